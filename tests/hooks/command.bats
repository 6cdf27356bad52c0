#!/usr/bin/env bats
# The command: what it refuses, and never passes over.

load library

setup_file() {
	world
	git init -q template
	cd template
	mkdir migrations
	echo 'CREATE TABLE a (x int);' >migrations/1.sql
	git add . && git commit -qm base
	echo 'DROP TABLE a;' >migrations/2.sql
	git add . && git commit -qm drop
}

setup() {
	R=$W/r$BATS_TEST_NUMBER
	cp -R "$W/template" "$R"
	cd "$R" || return 1
	export PATH="$HOLDFAST_BUILD:$PATH"
}

# refused WORDS: the last run could not judge, and says so in one line.
refused() {
	same "$status" 2
	same "${#lines[@]}" 1
	has "$output" "holdfast: check cannot judge: "
	has "$output" "$1"
}

@test "a range that is there" {
	for range in HEAD~1..HEAD HEAD~1...HEAD HEAD~1.. HEAD~1; do
		run holdfast check --range "$range"
		same "$status" 1
	done
	run holdfast check --range HEAD..HEAD~1
	same "$status" 0
}

@test "a range without a beginning: the empty variable of a script" {
	for range in '' ..HEAD ...HEAD .. ..; do
		run holdfast check --range "$range"
		refused 'has no beginning (an empty variable?)'
		run holdfast check "--range=$range"
		refused 'has no beginning (an empty variable?)'
	done
	run holdfast check --range nowhere..HEAD
	refused "there is no commit 'nowhere'"
}

@test "words that do not fit" {
	run holdfast check --range
	refused '--range needs a value'
	run holdfast check --all --staged
	refused 'cannot be combined'
	run holdfast check --range HEAD~1 migrations
	refused 'cannot be combined'
	run holdfast check --stagde
	refused 'unknown option "--stagde"'
	run holdfast check --framework flyawy migrations
	refused 'did you mean flyway?'
	run holdfast check --framework nothing-like-it migrations
	refused 'see holdfast frameworks'
	run holdfast check --dialect oracle migrations
	refused 'unknown dialect "oracle"'
	run holdfast check --format xml migrations
	refused 'unknown format "xml"'
	run holdfast check missing
	refused 'missing: no such file or folder'
	run holdfast check ''
	refused 'no such file or folder'
}

@test "outside of a repository" {
	cd "$W" && mkdir -p outside && cd outside
	export GIT_CEILING_DIRECTORIES=$W
	run holdfast check
	refused 'name files or folders to judge them without git'
	echo 'DROP TABLE a;' >1.sql
	run holdfast check 1.sql
	same "$status" 1
}

@test "a configuration that is there is never passed over" {
	ln -s nowhere .holdfast.yaml
	run holdfast check migrations
	refused 'it must be a regular file'
	git add .holdfast.yaml
	run holdfast check
	refused 'it must be a regular file'
	rm .holdfast.yaml && mkdir .holdfast.yaml
	run holdfast check migrations
	refused 'it must be a regular file'
	touch .holdfast.yaml/file && git rm -q --cached .holdfast.yaml
	git add .holdfast.yaml && git commit -qm folder
	run holdfast check --range HEAD..HEAD
	refused 'it must be a regular file'
}

@test "a configuration whose content git does not have" {
	echo 'strict: true' >.holdfast.yaml
	git add . && git commit -qm policy
	blob=$(git rev-parse HEAD:.holdfast.yaml)
	rm -f ".git/objects/${blob:0:2}/${blob:2}"
	echo 'DROP TABLE b;' >migrations/3.sql
	git add migrations
	run holdfast check
	refused 'it must be a regular file'
}

@test "a program is no empty migration, wherever it lies" {
	mkdir -p src/schema
	echo 'public class V1__Zones extends Zones {}' >src/schema/V1__Zones.java
	cat >src/schema/V2__Drop.java <<-'END'
		public class V2__Drop extends BaseJavaMigration {
		  public void migrate(Context c) { run(c, "DROP TABLE zones"); }
		}
	END
	run holdfast check src
	[ "$status" -eq 1 ]
	[[ $output != *migration-empty* ]]
	[[ $output == *'src/schema/V2__Drop.java:2:44: '*'[drop-table]'* ]]
}

@test "a named pipe is unread, not waited for" {
	mkfifo migrations/3.sql
	run timeout 10 holdfast check migrations
	same "$status" 1
	has "$output" "migrations/3.sql"
	has "$output" "it cannot be opened"
}
