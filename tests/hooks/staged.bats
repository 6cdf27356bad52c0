#!/usr/bin/env bats
# What a commit would record: shapes of a change, merges and other flows.

load library

setup_file() {
	world
	repo template
}

setup() {
	R=$W/r$BATS_TEST_NUMBER
	cp -R "$W/template" "$R"
	cd "$R"
}

staged() {
	DUMP=${DUMP:-} "$CHANGES" staged
}

# record HOOK MODE: the hook writes what it sees to $R.saw.
record() {
	hook .git/hooks "$1" <<-END
		#!/bin/sh
		DUMP=text "$CHANGES" $2 >"$R.saw" 2>&1
	END
}

@test "nothing staged is an empty list" {
	echo 2 >a
	same "$(staged)" ""
}

@test "the index counts, not the work tree" {
	echo staged >a && git add a && echo worktree >a
	same "$(DUMP=text staged)" $'M a\n\told [a]\n\tnew [staged]'
}

@test "a deleted file has an old side" {
	git rm -q a
	same "$(DUMP=text staged)" $'D a\n\told [a]\n\tnew []'
}

@test "the same content under another name is a rename" {
	git mv a z
	same "$(DUMP=text staged)" $'R z < a\n\told [a]\n\tnew [a]'
}

@test "two files of one content, one moved: the other stays deleted" {
	cp a a2 && git add a2 && git commit -qm x
	git mv a z && git rm -q a2
	same "$(staged | sort)" $'D a2\nR z < a'
}

@test "a file that is moved and edited is new" {
	git mv a z && echo 2 >>z && git add z
	same "$(staged)" $'D a\nA z'
}

@test "an empty file is not a rename" {
	: >e && git add e && git commit -qm x
	git mv e e2
	same "$(staged)" $'D e\nA e2'
}

@test "only the mode changed: nothing to read" {
	chmod +x a && git add a
	same "$(staged)" ""
}

@test "a file that becomes a link has no new text but the target's name" {
	rm a && ln -s b a && git add a
	same "$(DUMP=text staged)" $'M a link\n\told [a]\n\tnew [b]'
}

@test "a link that becomes a file was nothing before" {
	ln -s b l && git add l && git commit -qm x
	rm l && echo file >l && git add l
	same "$(DUMP=text staged)" $'M l\n\told []\n\tnew [file]'
}

@test "a folder that becomes a file" {
	git rm -rq sub && echo s >sub && git add sub
	same "$(staged)" $'A sub\nD sub/deep/c'
	same "$(DUMP=tree staged | grep ^now)" \
		$'now a [a]\nnow b [b]\nnow sub [s]'
}

@test "a file that becomes a submodule" {
	git -C "$W/template" rev-parse HEAD >"$W/id"
	git rm -q a
	git update-index --add --cacheinfo "160000,$(cat "$W/id"),a"
	same "$(DUMP=text staged)" \
		$'M a submodule\n\told [a]\n\tnew unread: it is a submodule'
}

@test "an intended addition is not part of the commit" {
	echo n >n && git add -N n
	same "$(staged)" ""
	echo 2 >a && git add a
	same "$(staged)" "M a"
	lacks "$(DUMP=tree staged)" "now n"
}

@test "an intended addition over a removed file is a deletion" {
	git rm -q --cached a && git add -N a
	same "$(staged)" "D a"
}

@test "amend compares with the commit that is replaced" {
	record pre-commit staged
	git commit -q --amend -m y
	same "$(cat "$R.saw")" ""
}

@test "the tree as it will be is HEAD with the index laid over" {
	echo 2 >a && git add a && git rm -q b
	mkdir -p sub/more && echo n >sub/more/n && git add sub
	same "$(DUMP=tree staged | grep -v ^[MAD])" "$(printf '%s\n' \
		'now a [2]' 'now sub/deep/c [c]' 'now sub/more/n [n]' \
		'base a [a]' 'base b [b]' 'base sub/deep/c [c]' \
		'policy a [2]' 'policy sub/deep/c [c]' 'policy sub/more/n [n]')"
}

@test "names with every odd byte" {
	printf x >'with space'
	printf x >$'new\nline'
	printf x >$'\xff'
	printf x >'"quoted"'
	printf x >'-dash'
	printf x >'*'
	printf x >'größe'
	long=$(printf 'd%.0s' $(seq 200)) && mkdir "$long" && printf x >"$long/f"
	git add .
	staged >"$R.ours"
	git diff --cached --name-only -z | tr '\0' '\n' | sed '1!b' >"$R.theirs"
	same "$(sed 's/^A //' "$R.ours" | LC_ALL=C sort)" \
		"$(LC_ALL=C sort "$R.theirs")"
}

@test "a blob over 64 MiB is listed, and its reason told" {
	truncate -s 65M big && git add big
	has "$(DUMP=text staged)" "new unread: it is larger than 64 MiB"
}

@test "a damaged blob is a reason, and hides nothing else" {
	echo broken >a && echo fine >b && git add a b
	id=$(git rev-parse :a)
	f=.git/objects/${id:0:2}/${id:2}
	chmod u+w "$f" && printf junk >"$f"
	run staged
	same "$output" $'M a\nM b'
	out=$(DUMP=text staged)
	has "$out" "new unread: git cannot read its content (object ${id:0:12}"
	has "$out" "new [fine]"
	rm -f "$f"
	has "$(DUMP=text staged)" "is missing or damaged"
}

@test "unmerged paths cannot be judged" {
	git checkout -qb x && echo x >a && git commit -qam x
	git checkout -q main && echo y >a && git commit -qam y
	git merge -q x || true
	run "$CHANGES" staged
	same "$status" 2
	has "$output" "unmerged paths"
}

# Two branches: main changes a, side changes b and adds s; both change c.
fork() {
	git checkout -qb side
	echo side >b && echo s >s && echo side >sub/deep/c
	git add . && git commit -qm side
	git checkout -q main
	echo main >a && [ "$1" != conflict ] || echo main >sub/deep/c
	git add . && git commit -qm main
}

@test "a clean merge brings nothing of its own" {
	fork clean
	record pre-merge-commit merging
	git merge -q --no-edit side
	same "$(cat "$R.saw")" ""
}

@test "a merge in a subdirectory, pulled" {
	fork clean
	git clone -q . "$R-clone" && cd "$R-clone"
	git checkout -q side && git checkout -q main
	echo more >a && git commit -qam more
	hook .git/hooks pre-merge-commit <<-END
		#!/bin/sh
		"$CHANGES" merging >"$R.saw" 2>&1
	END
	cd sub/deep && git pull -q --no-rebase --no-edit origin side
	same "$(cat "$R.saw")" ""
}

@test "an octopus merge brings nothing of its own" {
	git checkout -qb one && echo 1 >one && git add . && git commit -qm 1
	git checkout -qb two main && echo 2 >two && git add . && git commit -qm 2
	git checkout -q main && echo m >a && git commit -qam m
	record pre-merge-commit merging
	git merge -q --no-edit one two
	same "$(cat "$R.saw")" ""
}

@test "a merge that stopped before the commit: only what was added to it" {
	fork clean
	git merge -q --no-commit side
	record pre-commit staged
	echo extra >extra && git add extra
	git commit -qm merged
	same "$(grep -v ^$'\t' "$R.saw")" "A extra"
}

@test "a resolved conflict is read against both parents" {
	fork conflict
	git merge -q side || true
	echo both >sub/deep/c && git add .
	record pre-commit staged
	git commit -qm merged
	same "$(cat "$R.saw")" "$(printf '%s\n' 'M sub/deep/c others 1' \
		$'\told [main]' $'\tnew [both]' $'\tother [side]')"
}

@test "a conflict resolved to one side brings nothing" {
	fork conflict
	git merge -q side || true
	git checkout -q --theirs sub/deep/c && git add .
	record pre-commit staged
	git merge --continue
	same "$(cat "$R.saw")" ""
}

@test "a merge that drops what the other side added" {
	fork clean
	git merge -q --no-commit side
	git rm -qf s && echo s2 >s && git add s
	record pre-commit staged
	git commit -qm evil
	same "$(head -n 1 "$R.saw")" "A s others 1"
}

@test "GITHEAD of an outer merge does not count in pre-commit" {
	fork clean
	record pre-commit staged
	echo side >b && git add b
	env "GITHEAD_$(git rev-parse side)=side" git commit -qm x
	same "$(head -n 1 "$R.saw")" "M b"
}

@test "a squashed merge is this commit's own" {
	fork clean
	git merge -q --squash side 2>/dev/null
	record pre-commit staged
	git commit -qm squashed
	same "$(grep -v ^$'\t' "$R.saw")" $'M b\nA s\nM sub/deep/c'
}

@test "cherry-pick -n and revert -n are judged at the commit" {
	fork clean
	record pre-commit staged
	git cherry-pick -n side && git commit -qm picked
	same "$(grep -v ^$'\t' "$R.saw")" $'M b\nA s\nM sub/deep/c'
	git revert -n HEAD && git commit -qm reverted
	same "$(grep -v ^$'\t' "$R.saw")" $'M b\nD s\nM sub/deep/c'
}

@test "a cherry-pick that stopped in a conflict" {
	fork conflict
	git cherry-pick side >/dev/null 2>&1 || true
	echo both >sub/deep/c && git add .
	record pre-commit staged
	git cherry-pick --continue
	has "$(grep -v ^$'\t' "$R.saw")" "M sub/deep/c"
}

@test "rebase -i: edit, then amend" {
	echo 1 >a && git commit -qam 1 && echo 2 >a && git commit -qam 2
	record pre-commit staged
	GIT_SEQUENCE_EDITOR='sed -i 1s/pick/edit/' git rebase -q -i HEAD~2 \
		>/dev/null 2>&1 || true
	echo edited >b && git add b && git commit -q --amend --no-edit
	same "$(grep -v ^$'\t' "$R.saw")" "M b"
}

@test "every file of HEAD, each as if new" {
	same "$("$CHANGES" all)" $'A a\nA b\nA sub/deep/c'
	git init -q "$R-empty" && cd "$R-empty"
	same "$("$CHANGES" all)" ""
}

@test "the command looks where git would, from a subdirectory and with GIT_DIR" {
	echo 2 >a && git add a
	export DUMP_AS_COMMAND=1 DUMP=how
	cd sub/deep
	has "$("$CHANGES" staged)" "workdir $R/"
	cd "$W"
	has "$(GIT_DIR=$R/.git GIT_WORK_TREE=$R \
		"$CHANGES" staged)" "workdir $R/"
	run "$CHANGES" staged
	same "$status" 2
	has "$output" "not a git repository"
}

@test "no list changes anything in the repository" {
	echo 2 >a && git add a && git add -N b
	before=$(fingerprint)
	staged >/dev/null
	DUMP=tree "$CHANGES" merging >/dev/null
	DUMP=tree "$CHANGES" all >/dev/null
	"$CHANGES" range HEAD..HEAD
	same "$(fingerprint)" "$before"
}
