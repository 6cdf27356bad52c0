#!/usr/bin/env bats
# Every format and state of a repository: the same list as git's, read by
# libgit2 or, where that cannot, through git; and an error, never an empty
# list, where nobody can.

load library

setup_file() {
	world
	repo template
	forgive_libgit2
}

setup() {
	R=$W/r$BATS_TEST_NUMBER
	cp -R "$W/template" "$R"
	cd "$R"
}

# agrees [HOW]: what is staged is what git says, read the way HOW says.
agrees() {
	local ours theirs
	ours=$(DUMP=how "$CHANGES" staged)
	theirs=$(git diff --cached --no-renames --name-status |
		sed 's/\t/ /; s/^T/M/')
	same "$(printf '%s\n' "$ours" | grep -v '^workdir\|^read by')" \
		"$theirs"
	has "$ours" "read by ${1:-libgit2}"
}

# A change of each kind, and what its content must be.
change() {
	echo 2 >a && git add a && git rm -q b && echo n >n && git add n
	[ "$(DUMP=text "$CHANGES" staged)" = \
		$'M a\n\told [a]\n\tnew [2]\nD b\n\told [b]\n\tnew []\nA n\n\told []\n\tnew [n]' ]
}

# The three trees through whatever reads them here.
trees() {
	same "$(DUMP=tree "$CHANGES" staged |
		grep -v '^[MAD] ')" "$(printf '%s\n' 'now a [2]' 'now n [n]' \
		'now sub/deep/c [c]' 'base a [a]' 'base b [b]' \
		'base sub/deep/c [c]' 'policy a [2]' 'policy n [n]' \
		'policy sub/deep/c [c]')"
}

# newer_git: a second git, if there is one, that writes newer formats.
needs() {
	git "$@" >/dev/null 2>&1 || skip "this git does not know: git $*"
}

@test "SHA-1, as ever" {
	change && agrees "libgit2" && trees
}

@test "SHA-256" {
	needs init -q --object-format=sha256 "$R.256"
	cd "$R.256" && cp -R "$R/a" "$R/b" "$R/sub" .
	git add . && agrees "git plumbing"
	git commit -qm base
	change && agrees "git plumbing (it does not use SHA-1)" && trees
	git commit -qm x
	has "$("$CHANGES" range HEAD~1..HEAD)" "M a @"
	same "$("$CHANGES" all)" $'A a\nA n\nA sub/deep/c'
}

@test "SHA-256: pushes, deletions and merges" {
	needs init -q --object-format=sha256 "$R.256"
	cd "$R.256" && cp -R "$R/a" "$R/b" "$R/sub" .
	git add . && git commit -qm base
	git clone -q --bare . "$R.up" && git remote add origin "$R.up"
	git fetch -q origin
	zero=$(printf '0%.0s' $(seq 64))
	old=$(git rev-parse HEAD)
	echo 2 >a && git commit -qam x
	new=$(git rev-parse HEAD)
	push() { "$CHANGES" push origin <<<"$1"; }
	same "$(push "x $new refs/heads/main $old")" \
		"ref refs/heads/main"$'\n'"M a @ ${new:0:7}"
	same "$(push "x $new refs/heads/new $zero")" \
		"ref refs/heads/new"$'\n'"M a @ ${new:0:7}"
	same "$(push "(delete) $zero refs/heads/main $old")" ""
	git tag -a -m m t
	same "$(push "t $(git rev-parse t) refs/tags/t $zero")" \
		"ref refs/tags/t"$'\n'"M a @ ${new:0:7}"
	git tag blob "$(git rev-parse HEAD:a)"
	same "$(push "t $(git rev-parse blob) refs/tags/blob $zero")" \
		"ref refs/tags/blob"
	git checkout -qb side HEAD~1 && echo s >s && git add s &&
		git commit -qm s && git checkout -q main
	git merge -q --no-commit side && echo e >e && git add e
	same "$("$CHANGES" staged)" "A e"
}

@test "reftable" {
	needs init -q --ref-format=reftable "$R.ref"
	cd "$R.ref" && cp -R "$R/a" "$R/b" "$R/sub" .
	git add . && agrees "libgit2; git for refs"
	git commit -qm base
	change && agrees "libgit2; git for refs (its refs are not files)" && trees
}

@test "format version 1 with every extension that changes nothing" {
	git config core.repositoryFormatVersion 1
	change
	for e in noop:true preciousObjects:true worktreeConfig:true \
		objectFormat:sha1 partialClone:origin noop-v1:true; do
		git config "extensions.${e%%:*}" "${e#*:}"
		DUMP=how "$CHANGES" staged >"$R.out"
		has "$(cat "$R.out")" "read by libgit2"
		has "$(cat "$R.out")" "M a"
		git config --unset "extensions.${e%%:*}" || true
	done
}

@test "an unknown extension: git refuses too, and we say what git says" {
	git config core.repositoryFormatVersion 1
	git config extensions.fromTheFuture true
	run "$CHANGES" staged
	same "$status" 2
	has "$output" "extension"
}

@test "a format version from the future" {
	git config core.repositoryFormatVersion 9
	run "$CHANGES" staged
	same "$status" 2
	has "$output" "error: "
}

@test "index version 4" {
	git update-index --index-version 4
	change && agrees libgit2
}

@test "a split index" {
	git update-index --split-index
	change && agrees "libgit2; git for the index" && trees
}

@test "a sparse checkout, and a sparse index" {
	mkdir -p in out && echo i >in/i && echo o >out/o && git add . &&
		git commit -qm more
	git sparse-checkout set in
	echo 2 >in/i && git add in && agrees libgit2
	git sparse-checkout init --cone --sparse-index
	git sparse-checkout set in
	git reset -q && git add in
	agrees "libgit2; git for the index"
	has "$(DUMP=tree "$CHANGES" staged)" "now out/o [o]"
}

@test "an index without a checksum (index.skipHash)" {
	change
	size=$(stat -c %s .git/index)
	printf '\0%.0s' $(seq 20) |
		dd of=.git/index bs=1 seek=$((size - 20)) conv=notrunc status=none
	git status >/dev/null 2>&1 && cp .git/index "$R.index"
	printf '\0%.0s' $(seq 20) |
		dd of=.git/index bs=1 seek=$((size - 20)) conv=notrunc status=none
	GIT_OPTIONAL_LOCKS=0 agrees libgit2
}

@test "an untracked cache and a fsmonitor extension" {
	git update-index --untracked-cache 2>/dev/null || true
	change && agrees libgit2
}

@test "a large index is left to git" {
	seq 20001 | sed "s|^|100644 $(git rev-parse HEAD:a)\tmany/|" >"$R.list"
	git update-index --index-info <"$R.list"
	git commit -qm many
	change && agrees "libgit2; git for the index (it is large)"
}

@test "packed, with a commit graph, a multi-pack index and bitmaps" {
	for i in 1 2 3; do echo "$i" >a && git commit -qam "$i"; done
	git repack -qadb && git commit-graph write --reachable 2>/dev/null
	git multi-pack-index write --bitmap 2>/dev/null || git multi-pack-index write
	git pack-refs --all
	echo a >a && git commit -qam a
	change && agrees libgit2
}

@test "objects of another repository (--shared)" {
	git clone -q --shared . "$R.shared" && cd "$R.shared"
	change && agrees libgit2
}

@test "a shallow clone" {
	git clone -q --depth 1 "file://$R" "$R.shallow" && cd "$R.shallow"
	change && agrees libgit2
}

@test "a partial clone: what is missing is fetched by git" {
	git -C "$R" config uploadpack.allowFilter true
	git -C "$R" config uploadpack.allowAnySHA1InWant true
	git clone -q --no-checkout --filter=blob:none "file://$R" "$R.part"
	cd "$R.part"
	git update-index --index-info < <(git ls-tree -r HEAD)
	git rm -q --cached a
	same "$("$CHANGES" staged)" "D a"
	has "$(DUMP=text "$CHANGES" staged)" "old [a]"
	# Where nothing can be fetched, it is said of the one file.
	git remote set-url origin "$R.nowhere"
	git reset -q --mixed 2>/dev/null || true
	git rm -q --cached b
	has "$(DUMP=text "$CHANGES" staged)" \
		"old unread: git cannot read its content"
}

@test "a treeless clone reads old trees through git" {
	echo 2 >a && git commit -qam 2 && echo 3 >a && git commit -qam 3
	git config uploadpack.allowFilter true
	git config uploadpack.allowAnySHA1InWant true
	git clone -q --filter=tree:0 "file://$R" "$R.part" && cd "$R.part"
	change && agrees libgit2
	git commit -qm x
	has "$("$CHANGES" range HEAD~2..HEAD~1)" "M a @"
}

@test "replaced commits" {
	echo 2 >a && git commit -qam 2
	git replace HEAD "$(git commit-tree -m other 'HEAD~1^{tree}')"
	echo 3 >a && git add a
	# libgit2 does not replace; what is staged is in the list either way.
	has "$("$CHANGES" staged)" "M a"
}

@test "configuration by include, by environment, per worktree" {
	printf '[foo]\n\tbar = x\n' >"$R.inc"
	git config include.path "$R.inc"
	change
	GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.quotepath \
		GIT_CONFIG_VALUE_0=false agrees libgit2
	GIT_CONFIG_GLOBAL=/dev/null agrees libgit2
}

@test "a global configuration that nobody can parse is never a way through" {
	change
	printf '[broken\n' >"$R.broken"
	HOME=$W/nohome GIT_CONFIG_GLOBAL=$R.broken run "$CHANGES" staged
	# libgit2 of 1.7 and later reads it, and refuses it as git does
	[ "$status" -eq 0 ] || { has "$output" "bad config" && return 0; }
	has "$output" "M a"
}

@test "a broken configuration of the repository is an error" {
	printf '[broken\n' >>.git/config
	run "$CHANGES" staged
	same "$status" 2
	has "$output" "config"
}

@test "a damaged, a cut off and an unreadable index are errors" {
	change && cp .git/index "$R.index"
	printf 'XXXX' | dd of=.git/index conv=notrunc status=none
	run "$CHANGES" staged
	same "$status" 2
	head -c 20 "$R.index" >.git/index
	run "$CHANGES" staged
	same "$status" 2
	: >.git/index
	run "$CHANGES" staged
	lacks "$output" "A "
	rm .git/index && mkdir .git/index
	run "$CHANGES" staged
	same "$status" 2
}

@test "no index at all: everything is deleted, as git sees it" {
	rm .git/index
	agrees libgit2
	has "$("$CHANGES" staged)" "D a"
}

@test "a branch whose commit is damaged is an error, not an unborn branch" {
	f=.git/objects/$(git rev-parse HEAD | sed 's|^..|&/|')
	chmod u+w "$f" && printf junk >"$f"
	run "$CHANGES" staged
	same "$status" 2
	rm -f "$f"
	run "$CHANGES" staged
	same "$status" 2
}

@test "a ref that holds no id is an error" {
	echo junk >.git/refs/heads/main
	run "$CHANGES" staged
	same "$status" 2
}

@test "names that differ only in case, on a file system that does not mind" {
	git config core.ignoreCase true
	id=$(git rev-parse HEAD:a)
	for f in A.sql a.sql C/x c/x; do
		git update-index --add --cacheinfo "100644,$id,$f"
	done
	agrees libgit2
	git commit -qm case
	git update-index --add --cacheinfo "100644,$(git rev-parse HEAD:b),a.sql"
	git rm -q --cached C/x
	agrees libgit2
}

@test "CRLF, UTF-16 and LFS pointers arrive byte by byte" {
	git config core.autocrlf false
	printf 'x\r\ny\r\n' >crlf
	printf '\377\376d\0r\0' >utf16
	printf 'version https://git-lfs.github.com/spec/v1\n' >lfs
	git add .
	DUMP=text "$CHANGES" staged >"$R.out"
	grep -q $'x\r$' "$R.out"
	grep -qaP '\xff\xfed\x00r' "$R.out"
	has "$(cat "$R.out" | tr -d '\0')" "[version https://git-lfs"
}

@test "somebody else's repository: the hook reads it, the command asks git" {
	[ "$(id -u)" = 0 ] || skip "needs root to give a repository away"
	change
	chown -R nobody "$R"
	git config --global safe.directory '*'
	has "$("$CHANGES" staged)" "M a"
	has "$(DUMP_AS_COMMAND=1 "$CHANGES" staged)" "M a"
	git config --global --unset safe.directory
	run env DUMP_AS_COMMAND=1 "$CHANGES" staged
	same "$status" 2
	has "$output" "dubious ownership"
}

@test "no git in PATH: what needs it is an error" {
	git update-index --split-index
	change
	run env PATH=/nonexistent "$CHANGES" staged
	same "$status" 2
	has "$output" "git cannot be run"
}

@test "standard input, output or error closed" {
	change
	has "$("$CHANGES" staged <&-)" "M a"
	git update-index --split-index
	has "$("$CHANGES" staged <&- 2>&-)" "M a"
}
