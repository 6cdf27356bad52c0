# Shared by the parts of install.sh. POSIX sh; sourced, not run.

TAB=$(printf '\t')
NEWLINE='
'
# Between the words of a step. Not a tab: `read` would join empty words.
SEP=$(printf '\037')

say() {
	printf '%s\n' "$*"
}

# Every way out: 0 done or nothing to do, 1 refused and nothing changed,
# 2 wrong usage or no repository, 3 something failed and all was rolled back.
refuse() {
	printf 'holdfast: %s\n' "$1" >&2
	shift
	for line in "$@"; do
		printf '  %s\n' "$line" >&2
	done
	exit 1
}

unusable() {
	printf 'holdfast: %s\n' "$*" >&2
	exit 2
}

# A word as sh reads it back.
quoted() {
	case $1 in
	*[!A-Za-z0-9_./:@%+=,-]* | '')
		printf "'%s'" "$(printf %s "$1" | sed "s/'/'\\\\''/g")"
		;;
	*) printf %s "$1" ;;
	esac
}

# What a file holds, as one word. git is always there.
hash_of() {
	git hash-object --no-filters -- "$1"
}

# The folder of a file, with all links followed; empty where there is none.
real_dir() {
	(cd -- "$1" 2>/dev/null && pwd -P)
}
