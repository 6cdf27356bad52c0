#!/usr/bin/env bats
# In every layout in which git runs a hook, the list is what git itself says is
# staged, and the work tree is the one git is in.

load library

setup_file() {
	world
	export RECORDER=$W/recorder SAW=$W/saw
	hook "$W" recorder <<-'END'
		#!/bin/sh
		{
			DUMP=how "$CHANGES" staged
			echo ---
			git diff --cached --no-renames --name-status \
				"$(git rev-parse -q --verify HEAD ||
					git hash-object -t tree /dev/null)" |
				sed 's/\t/ /; s/^T/M/'
			echo "workdir $(pwd -P)/"
		} >"$SAW" 2>&1
	END
}

setup() {
	rm -f "$SAW"
	name=r$BATS_TEST_NUMBER
}

# The recorder as every hook that judges the index.
record() {
	local h
	mkdir -p "$1/hooks"
	for h in pre-commit pre-merge-commit pre-applypatch; do
		cp "$RECORDER" "$1/hooks/$h"
	done
}

recorded_repo() {
	repo "$name"
	record .git
}

# seen "A x" "M y": the hook ran, saw exactly this, and so did git.
seen() {
	[ -f "$SAW" ] || { echo "the hook did not run"; return 1; }
	local ours theirs
	ours=$(sed '/^---$/,$d; /^read by/d; s/ submodule$//; s/ link$//' "$SAW")
	theirs=$(sed '1,/^---$/d' "$SAW")
	same "$ours" "$theirs"
	same "$(printf '%s\n' "$ours" | sed '/^workdir/d' | tr '\n' ',')" \
		"$(printf '%s,' "$@")"
	grep -q '^read by libgit2$' "$SAW"
}

@test "an unborn branch" {
	git init -q "$W/$name" && cd "$W/$name"
	record .git
	echo a >a && git add a
	git commit -qm x
	seen "A a"
}

@test "from a subdirectory" {
	recorded_repo
	cd sub/deep
	echo 2 >c && git add c
	git commit -qm x
	seen "M sub/deep/c"
}

@test "commit -a" {
	recorded_repo
	echo 2 >a
	git commit -qam x
	seen "M a"
}

@test "commit PATH while another is staged" {
	recorded_repo
	echo 2 >a && echo 2 >b && git add b
	git commit -qm x a
	seen "M a"
}

@test "commit --only from a subdirectory" {
	recorded_repo
	echo 2 >a && git add a && echo 2 >b
	cd sub/deep
	git commit -qm x --only ../../b
	seen "M b"
}

@test "commit --include" {
	recorded_repo
	echo 2 >a && echo 2 >b && git add b
	git commit -qm x --include a
	seen "M a" "M b"
}

@test "a linked worktree" {
	recorded_repo
	git worktree add -q "$W/$name-wt" -b wt && cd "$W/$name-wt"
	echo 2 >a && git add a
	git commit -qm x
	seen "M a"
}

@test "a linked worktree, commit -a from a subdirectory" {
	recorded_repo
	git worktree add -q "$W/$name-wt" -b wt && cd "$W/$name-wt/sub/deep"
	echo 2 >c
	git commit -qam x
	seen "M sub/deep/c"
}

@test "a linked worktree, commit PATH while another is staged" {
	recorded_repo
	git worktree add -q "$W/$name-wt" -b wt && cd "$W/$name-wt"
	echo 2 >a && echo 2 >b && git add b
	git commit -qm x a
	seen "M a"
}

@test "a merge" {
	recorded_repo
	git checkout -qb side && echo f >f && git add f && git commit -qm f
	git checkout -q main && echo 2 >a && git commit -qam x
	git merge -q --no-edit side
	seen "A f"
}

@test "a merge in a linked worktree" {
	recorded_repo
	git checkout -qb side && echo f >f && git add f && git commit -qm f
	git checkout -q main
	git worktree add -q "$W/$name-wt" -b wt && cd "$W/$name-wt"
	git merge -q --no-edit --no-ff side
	seen "A f"
}

@test "a new submodule" {
	repo "$name-inner"
	recorded_repo
	git submodule --quiet add "$W/$name-inner" mod
	git commit -qm x
	seen "A .gitmodules" "A mod"
}

@test "inside of a submodule, and its bump" {
	repo "$name-inner"
	recorded_repo
	git submodule --quiet add "$W/$name-inner" mod
	git commit -qm x
	record .git/modules/mod
	cd mod && echo 2 >a && git add a
	git commit -qm x
	seen "M a"
	echo 3 >b
	git commit -qam x
	seen "M b"
	cd .. && git add mod
	git commit -qm bump
	seen "M mod"
}

@test "--separate-git-dir" {
	git init -q --separate-git-dir "$W/$name.git" "$W/$name"
	cd "$W/$name" && record "$W/$name.git"
	echo a >a && git add a
	git commit -qm x
	seen "A a"
	echo 2 >a
	git commit -qam x
	seen "M a"
}

@test "git -C" {
	recorded_repo
	cd "$W"
	echo 2 >"$name/a"
	git -C "$name" commit -qam x
	seen "M a"
}

@test "absolute --git-dir and --work-tree from elsewhere" {
	recorded_repo
	cd "$W"
	echo 2 >"$name/a"
	git --git-dir="$W/$name/.git" --work-tree="$W/$name" commit -qam x
	seen "M a"
}

@test "relative --git-dir and --work-tree from elsewhere" {
	recorded_repo
	cd "$W"
	echo 2 >"$name/a"
	git --git-dir="$name/.git" --work-tree="$name" commit -qam x
	seen "M a"
}

@test "GIT_DIR only" {
	recorded_repo
	echo 2 >a
	GIT_DIR=$W/$name/.git git commit -qam x
	seen "M a"
}

@test "GIT_DIR and GIT_WORK_TREE from a subdirectory" {
	recorded_repo
	echo 2 >a
	cd sub/deep
	GIT_DIR=$W/$name/.git GIT_WORK_TREE=$W/$name git commit -qam x
	seen "M a"
}

@test "an absolute GIT_INDEX_FILE of the user's" {
	recorded_repo
	cp .git/index "$W/$name.index"
	export GIT_INDEX_FILE=$W/$name.index
	echo 2 >a && git add a
	git commit -qm x
	unset GIT_INDEX_FILE
	seen "M a"
}

@test "a relative GIT_INDEX_FILE of the user's" {
	recorded_repo
	cp .git/index .git/other
	echo 2 >a && GIT_INDEX_FILE=.git/other git add a
	GIT_INDEX_FILE=.git/other git commit -qm x
	seen "M a"
}

@test "a bare repository with --work-tree (dotfiles)" {
	git init -q --bare "$W/$name.git"
	record "$W/$name.git"
	mkdir "$W/$name" && cd "$W/$name"
	echo a >a
	git --git-dir="$W/$name.git" --work-tree=. add a
	git --git-dir="$W/$name.git" --work-tree=. commit -qm x
	seen "A a"
	echo 2 >a
	git --git-dir="$W/$name.git" --work-tree="$W/$name" commit -qam x
	seen "M a"
}

@test "core.worktree with GIT_DIR" {
	recorded_repo
	mv .git "$W/$name.git"
	git --git-dir="$W/$name.git" config core.worktree "$W/$name"
	cd "$W"
	echo 2 >"$name/a"
	GIT_DIR=$W/$name.git git commit -qam x
	seen "M a"
}

@test "run from inside the git directory" {
	recorded_repo
	mv .git "$W/$name.git"
	git --git-dir="$W/$name.git" config core.worktree "$W/$name"
	echo 2 >a
	cd "$W/$name.git"
	git commit -qam x
	seen "M a"
}

@test "a worktree of a bare repository" {
	repo "$name-src"
	git clone -q --bare "$W/$name-src" "$W/$name.git"
	record "$W/$name.git"
	git -C "$W/$name.git" worktree add -q "$W/$name" main && cd "$W/$name"
	echo 2 >a && git add a
	git commit -qm x
	seen "M a"
}

@test "through a link to the folder" {
	recorded_repo
	ln -s "$W/$name" "$W/$name-link"
	cd "$W/$name-link/sub"
	echo 2 >../a
	git commit -qam x
	seen "M a"
}

@test "a detached HEAD" {
	recorded_repo
	git checkout -q --detach
	echo 2 >a
	git commit -qam x
	seen "M a"
}

@test "an orphan branch" {
	recorded_repo
	git checkout -q --orphan new && git rm -qrf --cached b sub
	git commit -qm x
	seen "A a"
}

@test "git am" {
	recorded_repo
	echo 2 >a && git commit -qam x
	git format-patch -q -1 -o "$W/$name-patch"
	git reset -q --hard HEAD^
	rm -f "$SAW"
	git am -q "$W/$name-patch/"*
	seen "M a"
}

@test "relative paths between worktrees, and configuration per worktree" {
	recorded_repo
	git worktree add -q "$W/$name-wt" -b wt
	git config extensions.worktreeConfig true
	git -C "$W/$name-wt" config --worktree foo.bar x
	git config core.repositoryFormatVersion 1
	git config extensions.relativeWorktrees true
	cd "$W/$name-wt"
	echo 2 >a
	# git of before 2.48 refuses this extension; libgit2 must not.
	git commit -qam x 2>"$W/$name.err" || {
		grep -q 'unknown repository extension' "$W/$name.err"
		skip "this git does not know relativeWorktrees"
	}
	seen "M a"
}
