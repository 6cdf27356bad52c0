#!/usr/bin/env bats
# A framework is one YAML file: tests/frameworks/quill.yaml is all there is of
# one that nobody has, and the command that was linked with it (cmake/tests.cmake)
# judges its migrations.

setup_file() {
	SOURCE=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	HOLDFAST_BUILD=$(cd "${HOLDFAST_BUILD:-$SOURCE/build/release}" && pwd)
	export SOURCE HOLDFAST_BUILD
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
	mkdir -p db/quill
	cat >db/quill/1_users.js <<-'END'
		export function apply(quill) {
		  quill.makeTable('users', t => {
		    t.words('name', 50).must();
		    t.words('email', 80);
		  });
		}
		export function revoke(quill) { quill.sql('DROP TABLE users') }
	END
	cat >db/quill/2_email.js <<-'END'
		export function apply(quill) {
		  quill.forget('users', 'email');
		}
		export function revoke(quill) { quill.forget('users', 'name') }
	END
}

quill() {
	run "$HOLDFAST_BUILD/tests/holdfast_made_up" "$@"
}

@test "the file is the one that the page shows" {
	sed -n '/^```yaml quill.yaml$/,/^```$/p' \
		"$SOURCE/docs/writing-frameworks.md" | sed '1d;$d' |
		diff - "$SOURCE/tests/frameworks/quill.yaml"
}

@test "nothing else knows its name" {
	run grep -rl quill "$SOURCE/lib" "$SOURCE/src" "$SOURCE/hooks"
	[ -z "$output" ]
	run "$HOLDFAST_BUILD/holdfast" check db
	[ "$status" -eq 0 ]
}

@test "a migration of it is blocked, by its way forward alone" {
	quill check db
	[ "$status" -eq 1 ]
	[[ $output == 'holdfast: blocked: drops column email of users '* ]]
	[[ $output == *'db/quill/2_email.js:2:3: dangerous: '*'[drop-column]'* ]]
	[[ $output == *'// @override-destructive'* ]]
	[[ $output != *'column name'* ]]
	[[ $output != *1_users.js* ]]
}

@test "its override is a comment of its language" {
	sed 's,^  quill.forget,  // @override-destructive\
  // @rollback-plan: restore it from the nightly dump\
&,' db/quill/2_email.js >new && mv new db/quill/2_email.js
	quill check db
	[ "$status" -eq 0 ]
	[[ $output == *'dangerous, overridden: drops column email'* ]]
}

@test "SQL that it cannot read is said" {
	cat >db/quill/3_file.js <<-'END'
		export function apply(quill) { quill.sql(readFileSync('up.sql')) }
		export function revoke(quill) { quill.sql('') }
	END
	quill check db/quill/3_file.js
	[[ $output == *'[dynamic-sql]'* ]]
}

@test "the commands list it" {
	quill frameworks
	[[ $output == *quill* ]]
}
