#!/usr/bin/env bats
# The programs as they are installed: by install.sh, from the build, into a
# prefix; and what `holdfast doctor` finds out about every way they can be
# reached or not.

load library

setup_file() {
	world
	export P=$W/prefix
	cmake --install "$HOLDFAST_BUILD" --prefix "$P" >/dev/null
	git init -q "$W/template" && cd "$W/template"
	mkdir -p db/migrations
	echo 'CREATE TABLE users (id int, email text);' >db/migrations/0001_init.sql
	echo 'ALTER TABLE users DROP COLUMN email;' >db/migrations/0002_drop.sql
	git add . && git commit -qm base
}

setup() {
	R=$W/r$BATS_TEST_NUMBER
	cp -R "$W/template" "$R"
	cd "$R"
}

install() {
	run "$SOURCE_DIR/install.sh" --no-build --prefix "$P" "$@"
	[ "$status" = 0 ] || { echo "$output"; return 1; }
}

doctor() {
	run "$P/bin/holdfast" doctor "$@"
}

# says HOOK TEXT: the line about a hook, in the first work tree.
says() {
	has "$(grep -m 1 "^  $1 " <<<"$output")" "$2"
}

@test "installed for real: reached, counted, timed, and it blocks" {
	install .
	has "$output" "git runs it: yes"
	has "$output" "1 of the files would block: drop-column 1"
	doctor
	same "$status" 0
	says pre-commit "yes, git runs it"
	says pre-push "yes, git runs it"
	has "$output" "migrations         2: "
	has "$output" "a commit's check   "
	has "$output" "read by            libgit2"
	echo 'ALTER TABLE users DROP COLUMN id;' >db/migrations/0003_drop.sql
	git add .
	run git commit -m x
	same "$status" 1
	has "$output" "drops column id of users"
}

@test "numbered programs that nobody claims are named" {
	mkdir -p db/steps docs
	for i in 1 2 3 4 5; do
		echo "exports.alter = (db) => db.go()" >"db/steps/00$i-users.js"
		echo "print($i)" >"docs/0$i.py"
	done
	git add . && git commit -qm steps
	doctor
	has "$output" "not read         5 numbered files in db/steps: "
	lacks "$output" "numbered files in docs"
	printf 'migrations:\n  - path: db/steps/*.js\n    framework: handwritten-code\n' >.holdfast.yaml
	git add . && git commit -qm config
	doctor
	lacks "$output" "not read"
	has "$output" "numbered or dated programs 5"
}

@test "not installed" {
	doctor .
	same "$status" 1
	says pre-commit "NO: not installed: ./install.sh"
}

@test "in every work tree, from a subdirectory of one" {
	install .
	git worktree add -q "$R-wt" -b wt
	mkdir "$R-wt/sub"
	doctor "$R-wt/sub"
	same "$status" 0
	same "$(grep -c '^hooks in ' <<<"$output")" 2
	same "$(grep -c 'yes, git runs it' <<<"$output")" 8
}

@test "a hidden folder: core.hooksPath, with where it was set" {
	install .
	mkdir .other && git config core.hooksPath .other
	doctor
	same "$status" 1
	says pre-commit "core.hooksPath = .other (local, file:.git/config): no such hook in there"
	git config core.hooksPath .gone
	doctor
	says pre-commit "that folder is not there, so git runs no hook at all"
}

@test "a hook that lost its bit, or its program" {
	install .
	chmod -x .git/hooks/pre-commit
	doctor
	same "$status" 1
	says pre-commit "is not executable"
	chmod +x .git/hooks/pre-commit
	sed -i 's/^program=.*/program=\/nowhere/' .git/hooks/pre-commit
	doctor
	same "$status" 0
}

@test "another hook put over ours" {
	install .
	hook .git/hooks pre-commit <<<'#!/bin/sh'
	doctor
	same "$status" 1
	says pre-commit "another hook stands there and does not name it"
	hook .git/hooks pre-commit <<-END
		#!/bin/sh
		touch "$R.ran"
		holdfast hook pre-commit
	END
	doctor
	same "$status" 0
	says pre-commit "named in $R/.git/hooks/pre-commit (not run to find out)"
	[ ! -e "$R.ran" ]
}

@test "husky's folder, with and without our line" {
	mkdir -p .husky/_ && git config core.hooksPath .husky/_
	for h in pre-commit pre-merge-commit pre-applypatch pre-push; do
		hook .husky/_ $h <<<'#!/usr/bin/env sh
. "$(dirname "$0")/h" # husky'
	done
	doctor
	same "$status" 1
	says pre-commit "husky's hook stands there and does not name it"
	for h in pre-commit pre-push; do
		echo "holdfast hook $h \"\$@\"" >.husky/$h
	done
	doctor
	same "$status" 0
	says pre-commit "named in $R/.husky/_/../pre-commit" ||
		says pre-commit "named in $R/.husky/pre-commit"
}

@test "a broken configuration" {
	install .
	echo 'nonsense: 1' >.holdfast.yaml
	git add . && git -c core.hooksPath=/dev/null commit -qm x
	doctor
	same "$status" 1
	has "$output" "configuration      .holdfast.yaml:1"
}

@test "how the repository is read" {
	git update-index --split-index
	doctor
	has "$output" "read by            libgit2"
	git init -q --object-format=sha256 "$R.256" 2>/dev/null || return 0
	forgive_libgit2
	doctor "$R.256"
	# why depends on the version of libgit2
	has "$output" "git plumbing ("
}

@test "a server" {
	git clone -q --bare . "$R.git"
	doctor "$R.git"
	same "$status" 1
	says pre-receive "NO"
	install --server "$R.git"
	doctor "$R.git"
	same "$status" 0
	says pre-receive "yes"
}

@test "no repository, no folder, no such option" {
	mkdir "$R.none"
	for args in "$R.none" "$R.nowhere" "--what"; do
		doctor "$args"
		same "$status" 2
	done
}

@test "a probe through the programs never lets anything through" {
	for h in pre-commit pre-push pre-receive; do
		HOLDFAST_PROBE=x run "$P/libexec/holdfast/$h" </dev/null
		same "$status" 1
		same "$output" "holdfast-probe x $h"
	done
}

@test "the demo: blocked, overridden, passed" {
	run "$SOURCE_DIR/install.sh" --no-build --prefix "$P" --demo
	same "$status" 0
	has "$output" "commit blocked: drops column email of users"
	has "$output" "1 finding is overridden"
	has "$output" "Create posts"
	rm -rf "$(sed -n 's/^The repository is \(.*\)\. To remove.*/\1/p' <<<"$output")"
}
