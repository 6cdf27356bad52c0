# Where git looks for the hooks of a repository, as git itself says, and the
# places where nothing is written.

# in_repo ARGS: git in the repository.
in_repo() {
	git -C "$repo" "$@"
}

# An absolute path, also from a git of before 2.31.
git_path() {
	path=$(in_repo rev-parse "$@") || return 1
	case $path in
	/* | ?:*) printf '%s\n' "$path" ;;
	*) printf '%s/%s\n' "$(real_dir "$repo")" "$path" ;;
	esac
}

# Sets $top (empty where bare), $common, $hooks_dir and $bare.
find_repository() {
	[ -z "${GIT_DIR-}${GIT_WORK_TREE-}${GIT_INDEX_FILE-}" ] ||
		refuse 'GIT_DIR, GIT_WORK_TREE or GIT_INDEX_FILE is set' \
			'Run this outside of a hook:  env -u GIT_DIR -u GIT_WORK_TREE -u GIT_INDEX_FILE ./install.sh'
	command -v git >/dev/null 2>&1 || unusable 'git is not installed'
	said=$(in_repo rev-parse --git-dir 2>&1) || {
		[ -z "$if_repo" ] || exit 0
		unusable "$repo: ${said#fatal: }"
	}
	case $repo in
	*"$TAB"* | *"$NEWLINE"*) refuse 'the path holds a tab or a line end' ;;
	esac
	bare=$(in_repo rev-parse --is-bare-repository)
	top=
	[ "$bare" = true ] || top=$(in_repo rev-parse --show-toplevel) ||
		unusable "$repo is inside of a git directory; name its work tree"
	[ -z "$top" ] || repo=$top
	common=$(real_dir "$(git_path --git-common-dir)")
	hooks_dir=$(git_path --git-path hooks)
	state=$common/holdfast
	manifest=$state/install.manifest
}

owner_of() {
	# shellcheck disable=SC2012 # the numeric owner is the third word
	ls -ldn -- "$1" | awk '{ print $3 }'
}

check_repository() {
	[ "$(id -u)" != 0 ] || [ "$(owner_of "$common")" = 0 ] ||
		refuse 'this is root, and the repository belongs to somebody else' \
			"Run it as that user, or git will refuse root's files."
	[ "$top" != "$(real_dir "${HOME:-/}")" ] || [ -z "$top" ] ||
		refuse 'this repository is your home folder' \
			'A mistake there blocks every commit of your settings; name a project instead.'
	[ "$bare" != true ] || [ -n "$server" ] ||
		refuse 'this is a bare repository, a server' \
			'Hooks of a server judge what is pushed to it:  ./install.sh --server REPO'
	[ -z "$server" ] || [ "$bare" = true ] ||
		refuse '--server is for a bare repository' \
			'Without --server the hooks judge commits and pushes made here.'
	[ -n "$recurse" ] || [ "$bare" = true ] ||
		[ -z "$(in_repo rev-parse --show-superproject-working-tree)" ] ||
		refuse 'this is a submodule' \
			'If you mean it:  ./install.sh --recurse REPO'
}

# Sets $path_value, $path_scope and $path_origin of core.hooksPath; the scope
# is empty where it is not set.
read_hooks_path() {
	path_scope='' path_value=''
	line=$(in_repo config --show-scope --get core.hooksPath 2>/dev/null) ||
		return 0
	path_scope=${line%%"$TAB"*}
	path_value=${line#*"$TAB"}
}

is_tracked() {
	[ -n "$top" ] && [ -n "$(in_repo ls-files -- ":(literal)$1" \
		2>/dev/null | head -n 1)" ]
}

is_below() {
	case $1 in "$2" | "$2"/*) return 0 ;; esac
	return 1
}

is_husky() {
	case $path_value in *.husky/_ | *.husky/_/ | .husky | */.husky) return 0 ;; esac
	return 1
}

# The folder may not be there yet: the nearest one above it counts.
real_above() {
	dir=$1
	while [ ! -d "$dir" ]; do
		dir=$(dirname -- "$dir")
	done
	real=$(real_dir "$dir")
	printf '%s%s\n' "${real%/}" "${1#"$dir"}"
}

lines_to_add() {
	for name in $hook_names; do
		printf '%s/%s:  holdfast hook %s "$@"\n' "$1" "$name" "$name"
	done
}

refuse_with_lines() {
	message=$1
	where=$2
	shift 2
	printf 'holdfast: %s\n' "$message" >&2
	lines_to_add "$where" | sed 's/^/  /' >&2
	for line in "$@"; do
		printf '  %s\n' "$line" >&2
	done
	exit 1
}

# Decides where the wrappers go ($hooks_dir), or refuses with what to do.
choose_place() {
	read_hooks_path
	global_dir=
	case $path_scope in
	'') ;;
	local | worktree)
		check_local_path
		return 0
		;;
	*) check_global_path ;;
	esac
	real=$(real_above "$hooks_dir")
	[ -n "$follow" ] || { [ ! -L "$hooks_dir" ] && is_below "$real" "$common"; } ||
		refuse "the hooks folder is a link or lies outside of the repository: $hooks_dir" \
			"Other repositories may share $real. If you mean them all:  ./install.sh --follow"
}

# core.hooksPath of this repository: returns where that folder may be used.
check_local_path() {
	[ -n "$path_value" ] ||
		refuse 'core.hooksPath is set to nothing: git looks for hooks in its working folder' \
			"Take it out:  git -C $(quoted "$repo") config --unset core.hooksPath"
	real=$(real_above "$hooks_dir")
	if is_husky; then
		husky_dir=${hooks_dir%/_}
		[ -z "$into_husky" ] || return 0
		refuse_with_lines 'husky has the hooks here (core.hooksPath). Add one line to each of its files:' \
			"$(basename -- "$husky_dir")" 'or let this do it:  ./install.sh --into-husky'
	fi
	is_below "$real" "$common" && return 0
	if [ -n "$top" ] && is_below "$real" "$(real_dir "$top")"; then
		! is_tracked "$real" ||
			refuse_with_lines "the hooks of this repository are tracked files in $path_value: they are the team's. Add one line to each:" \
				"$path_value"
		[ -d "$hooks_dir" ] ||
			refuse "core.hooksPath names a folder that is not there: $hooks_dir" \
				'Until it is, git runs no hook at all. Make it, or:' \
				"git -C $(quoted "$repo") config --unset core.hooksPath"
		return 0
	fi
	[ -n "$follow" ] ||
		refuse "core.hooksPath leads out of this repository: $hooks_dir" \
			'Other repositories may share it. If you mean them all:  ./install.sh --follow'
}

# core.hooksPath of the user or the system covers every repository.
check_global_path() {
	[ -n "$local_hooks_path" ] ||
		refuse_with_lines "core.hooksPath is set for every repository ($path_scope): $path_value. Add one line to each of its files:" \
			"$path_value" \
			'or, for this repository only, which then runs those hooks as well:' \
			'./install.sh --local-hooks-path'
	global_dir=$(real_dir "$hooks_dir")
	hooks_dir=$common/hooks
}
