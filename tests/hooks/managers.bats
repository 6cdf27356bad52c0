#!/usr/bin/env bats
# Beside other hook managers: every snippet of docs/hook-managers.md, run by
# the real tool where it is installed. None of it needs the network.

load library

setup_file() {
	world
	export P=$W/prefix
	cmake --install "$HOLDFAST_BUILD" --prefix "$P" >/dev/null
	export PATH=$P/bin:$PATH
	git init -q "$W/template" && cd "$W/template"
	mkdir -p db/migrations
	echo 'CREATE TABLE users (id int, email text);' >db/migrations/0001_init.sql
	git add . && git commit -qm base
	git clone -q --bare . "$W/template.git"
}

setup() {
	R=$W/r$BATS_TEST_NUMBER
	cp -R "$W/template" "$R"
	cp -R "$W/template.git" "$R.git"
	cd "$R"
	git remote add origin "$R.git" && git fetch -q
}

needs() {
	command -v "$1" >/dev/null || skip "$1 is not installed"
}

danger() {
	echo 'ALTER TABLE users DROP COLUMN email;' >db/migrations/0002_drop.sql
	git add .
}

# snippet NAME: a fenced block of the documentation, by the line above it.
snippet() {
	awk -v name="<!-- $1 -->" '$0 == name { found = 1; next }
		found && /^```/ { if (inside) exit; inside = 1; next }
		inside { print }' "$SOURCE_DIR/docs/hook-managers.md"
}

# guards: a commit, a commit of one path and a push are all judged.
guards() {
	danger
	run git commit -m x
	[ "$status" != 0 ] || { echo "$output"; return 1; }
	has "$output" "drops column email of users"
	echo b >b && git add b
	run git commit -qm fine b
	[ "$status" = 0 ] || { echo "$output"; return 1; }
	git commit -qnm smuggled
	run git push origin main
	[ "$status" != 0 ] || { echo "$output"; return 1; }
	has "$output" "drops column email of users"
	git push -q origin HEAD~1:refs/heads/fine
}

@test "husky: the lines of the documentation" {
	needs husky
	mkdir -p .husky
	snippet husky-pre-commit >.husky/pre-commit
	snippet husky-pre-merge-commit >.husky/pre-merge-commit
	snippet husky-pre-push >.husky/pre-push
	husky
	git add . && git commit -qm husky
	guards
	run holdfast doctor
	same "$status" 0
	has "$output" "named in $R/.husky/pre-push"
}

@test "husky: install.sh --into-husky, and out again" {
	needs husky
	husky
	echo 'echo theirs' >.husky/pre-commit
	"$SOURCE_DIR/install.sh" --no-build --prefix "$P" --into-husky .
	git add . && git commit -qm husky
	guards
	"$SOURCE_DIR/install.sh" --no-build --prefix "$P" --uninstall .
	same "$(cat .husky/pre-commit)" 'echo theirs'
}

@test "lefthook: the configuration of the documentation" {
	needs lefthook
	snippet lefthook >lefthook.yml
	git add . && git commit -qm lefthook
	lefthook install >/dev/null
	guards
	run holdfast doctor
	same "$status" 0
	has "$output" "named in $R/lefthook.yml"
}

@test "lefthook: install.sh --chain runs it first" {
	needs lefthook
	printf 'pre-commit:\n  jobs:\n    - run: echo theirs >>"%s"\n' "$R.ran" \
		>lefthook.yml
	git add . && git commit -qm lefthook
	lefthook install >/dev/null
	run "$SOURCE_DIR/install.sh" --no-build --prefix "$P" .
	same "$status" 1
	has "$output" "lefthook writes the hook pre-commit anew"
	"$SOURCE_DIR/install.sh" --no-build --prefix "$P" --chain .
	guards
	grep -q theirs "$R.ran"
}

# The stages had other names before 3.2.
for_this_pre_commit() {
	if [ "$(printf '%s\n3.2\n' "$(pre-commit --version | cut -d' ' -f2)" |
		sort -V | head -n 1)" = 3.2 ]; then
		cat
	else
		sed 's/\[pre-commit\]/[commit]/; s/\[pre-push\]/[push]/; s/\[pre-merge-commit\]/[merge-commit]/'
	fi
}

@test "pre-commit: the configuration of the documentation" {
	needs pre-commit
	export PRE_COMMIT_HOME=$W/pre-commit
	snippet pre-commit-local | for_this_pre_commit >.pre-commit-config.yaml
	git add . && git commit -qm config
	pre-commit install -t pre-commit -t pre-push -t pre-merge-commit >/dev/null
	guards
	run holdfast doctor
	same "$status" 0
	has "$output" "named in $R/.pre-commit-config.yaml"
}

@test "pre-commit: install.sh --chain runs it first" {
	needs pre-commit
	export PRE_COMMIT_HOME=$W/pre-commit
	printf 'repos: []\n' >.pre-commit-config.yaml
	git add . && git commit -qm config
	pre-commit install >/dev/null
	run "$SOURCE_DIR/install.sh" --no-build --prefix "$P" .
	same "$status" 1
	"$SOURCE_DIR/install.sh" --no-build --prefix "$P" --chain .
	guards
}

@test "prek: .pre-commit-hooks.yaml of this repository" {
	needs prek
	export PREK_HOME=$W/prek
	mkdir "$R.holdfast" && cp "$SOURCE_DIR/.pre-commit-hooks.yaml" "$R.holdfast"
	(cd "$R.holdfast" && git init -q && git add . && git commit -qm x && git tag v0)
	snippet pre-commit | sed "s|repo: .*|repo: file://$R.holdfast|; s|rev: .*|rev: v0|" \
		>.pre-commit-config.yaml
	git add . && git commit -qm config
	prek install -q -t pre-commit -t pre-push -t pre-merge-commit
	guards
}

@test "Git LFS: its pre-push keeps its input" {
	command -v git-lfs >/dev/null || skip "git-lfs is not installed"
	git lfs install --local >/dev/null
	"$SOURCE_DIR/install.sh" --no-build --prefix "$P" .
	git lfs track '*.bin' >/dev/null
	echo big >x.bin && git add . && git commit -qm lfs
	git push -q origin main
	[ -n "$(find "$R.git/lfs/objects" -type f)" ]
	guards
}

@test "plain shell: the line of the documentation" {
	for h in pre-commit pre-merge-commit pre-push; do
		{ echo '#!/bin/sh'; snippet "shell-$h"; } | hook .git/hooks $h
	done
	guards
}
