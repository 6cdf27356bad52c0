# What every hook test stands on: a home of its own, a fixed author, no
# configuration of the system, and repositories in a folder that bats removes.
#
# The programs under test are in $HOLDFAST_BUILD (ctest sets it).

HOLDFAST_BUILD=${HOLDFAST_BUILD:-$BATS_TEST_DIRNAME/../../build/release}
HOLDFAST_BUILD=$(cd "$HOLDFAST_BUILD" && pwd)
CHANGES=$HOLDFAST_BUILD/tests/changes_dump
SOURCE_DIR=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
export HOLDFAST_BUILD CHANGES SOURCE_DIR

# Called from setup_file; everything of one file happens below $W.
world() {
	export W=$BATS_FILE_TMPDIR
	export HOME=$W/home
	export XDG_CONFIG_HOME=$W/home/.config
	export GIT_CONFIG_NOSYSTEM=1
	export GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@example.com
	export GIT_COMMITTER_NAME=Ada GIT_COMMITTER_EMAIL=ada@example.com
	export GIT_AUTHOR_DATE='2024-01-01T00:00:00Z'
	export GIT_COMMITTER_DATE='2024-01-01T00:00:00Z'
	export LC_ALL=C TERM=dumb NO_COLOR=1
	export GIT_TERMINAL_PROMPT=0 GIT_EDITOR=true
	unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE GIT_PREFIX CI
	unset HOLDFAST HOLDFAST_PROBE GL_ID GL_REPOSITORY GL_PROTOCOL
	unset PRE_COMMIT_TO_REF PRE_COMMIT_FROM_REF PRE_COMMIT_REMOTE_NAME
	mkdir -p "$HOME"
	cat >"$HOME/.gitconfig" <<-END
		[init]
			defaultBranch = main
		[protocol "file"]
			allow = always
		[advice]
			detachedHead = false
		[maintenance]
			auto = false
		[gc]
			auto = 0
	END
	cd "$W" || return 1
}

# libgit2 1.5 leaks a match when it looks for extensions of a repository; only
# a sanitizer minds. Slow, so only where a test has such a repository.
forgive_libgit2() {
	echo 'leak:git_regexp_' >"$W/lsan"
	export LSAN_OPTIONS=suppressions=$W/lsan:print_suppressions=0
	export ASAN_OPTIONS=fast_unwind_on_malloc=0
}

# repo NAME: a repository with the files a, b and sub/deep/c in one commit.
repo() {
	git init -q "$W/$1"
	cd "$W/$1" || return 1
	mkdir -p sub/deep
	echo a >a
	echo b >b
	echo c >sub/deep/c
	git add .
	git -c core.hooksPath=/dev/null commit -qm base
}

# hook DIR NAME: standard input becomes the hook NAME in folder DIR.
hook() {
	mkdir -p "$1"
	cat >"$1/$2"
	chmod +x "$1/$2"
}

# Everything that a hook must leave alone: index, refs, work tree, locks.
fingerprint() {
	local dir
	dir=$(git -C "${1:-.}" rev-parse --absolute-git-dir)
	(
		cd "$dir" || exit 1
		find . -type f \( -name 'index*' -o -name '*.lock' -o \
			-name HEAD -o -name packed-refs -o -path './refs/*' \
			-o -name MERGE_HEAD \) -exec sha256sum {} + | sort -k2
		find . -type f | LC_ALL=C sort
	)
	if [ "$(git -C "${1:-.}" rev-parse --is-bare-repository)" = false ]; then
		(
			cd "$(git -C "${1:-.}" rev-parse --show-toplevel)" &&
				find . -path ./.git -prune -o -type f \
					-exec sha256sum {} + | sort -k2
		)
	fi
}

# Fails with both texts where they differ.
same() {
	[ "$1" = "$2" ] && return 0
	diff <(printf '%s\n' "$2") <(printf '%s\n' "$1") |
		sed '1i < expected, > got' | head -n 40
	return 1
}

has() {
	case $1 in *"$2"*) return 0 ;; esac
	printf 'not found: %s\n in: %s\n' "$2" "$1"
	return 1
}

lacks() {
	case $1 in *"$2"*) ;; *) return 0 ;; esac
	printf 'found: %s\n in: %s\n' "$2" "$1"
	return 1
}
