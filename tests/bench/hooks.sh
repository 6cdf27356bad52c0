#!/bin/sh
# What a hook costs, side by side with git itself in the same minute.
#
#	tests/bench/hooks.sh [BUILD]
#
# The ratio of the medians to the first line of each group is what the budget
# is counted in; measure.c says what the columns are.
set -eu

build=$(cd -- "${1:-build/release}" && pwd)
measure=$build/tests/measure
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
export HOME="$work" GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.com
export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.com

small() {
	git init -q "$work/small"
	cd "$work/small"
	mkdir -p db/migrations
	echo 'CREATE TABLE users (id int, email text);' >db/migrations/0001_init.sql
	git add . && git commit -qm base
}

# large COUNT: so many files in folders of two hundred, and the migrations.
large() {
	git init -q "$work/large"
	cd "$work/large"
	blob=$(echo x | git hash-object -w --stdin)
	seq "$1" | awk -v blob="$blob" '{
		printf "100644 %s\tsrc/m%d/f%d.txt\n", blob, $1 / 200, $1
	}' | git update-index --index-info
	cp -R "$work/small/db" .
	git add db && git commit -qm base
}

stage_note() {
	echo note >notes.txt && git add notes.txt
}

stage_migration() {
	echo 'ALTER TABLE users ADD COLUMN name text;' \
		>db/migrations/0002_add.sql
	git add db
}

group() {
	printf '\n%s\n' "$1"
}

small
stage_note
group 'a commit of nothing of interest (budget: 2.5)'
"$measure" 200 git rev-parse HEAD -- "$build/pre-commit"
stage_migration
group 'a commit of one migration'
"$measure" 200 git rev-parse HEAD -- "$build/pre-commit"
git update-index --split-index
group 'the same, with an index that libgit2 cannot read'
"$measure" 100 git rev-parse HEAD -- "$build/pre-commit"

large 100000
stage_migration
group 'one migration among 100,000 files (budget: 1.5, and 32 MiB)'
"$measure" 50 git diff --cached --name-only -- "$build/pre-commit"
