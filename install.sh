#!/bin/sh
# Installs holdfast: builds its programs, puts them in place, and lets git run
# them before a commit and before a push of one repository.
set -eu

usage() {
	cat <<-'END'
	usage: ./install.sh [options] [REPO]

	Builds holdfast and installs its hooks in REPO (the current folder without
	one). Hooks that are there already keep running, first and with the same
	input. Nothing is changed where something is in the way: it says what.

	  --with-deps          install missing packages for the build
	                       (apt, dnf, pacman, apk or brew)
	  --dry-run            say what would be done, and how it is undone; do nothing
	  --uninstall          take it out of REPO again, exactly
	  --demo               show a commit being blocked, in a repository made for it

	  --server             REPO is bare: judge what is pushed to it (pre-receive)
	  --chain              run before a hook that lefthook, pre-commit or
	                       overcommit owns
	  --into-husky         add a line to each of husky's files
	  --config-hooks       by configuration instead of files (git 2.54 and later)
	  --local-hooks-path   leave the core.hooksPath of all repositories for this one
	  --follow             install although other repositories may share the folder
	  --recurse            REPO is a submodule, or has some: these too
	  --hooks 'A B'        these hooks only
	  --if-repo            outside of a repository: do nothing and succeed
	  --prefix DIR         where the programs go (/usr/local for root, else ~/.local)
	  --no-build           the programs are in PREFIX already

	Exit status: 0 done or nothing to do, 1 refused, nothing changed, 2 usage or
	no repository, 3 failed, everything is as it was.
	END
}

source=$(cd -- "$(dirname -- "$0")" && pwd -P)
version=$(sed -n 's/^project(holdfast VERSION \([0-9.]*\).*/\1/p' \
	"$source/CMakeLists.txt")
for part in common program repository hooks steps verify demo; do
	# shellcheck source=/dev/null
	. "$source/installer/$part.sh"
done

parse_arguments() {
	with_deps='' dry_run='' action=install server='' chain='' into_husky=''
	config_hooks='' local_hooks_path='' follow='' recurse='' hook_names=''
	if_repo='' no_build='' repo='' prefix=/usr/local
	[ "$(id -u)" = 0 ] || prefix=${HOME:?}/.local
	while [ $# -gt 0 ]; do
		case $1 in
		--with-deps) with_deps=yes ;;
		--dry-run) dry_run=yes ;;
		--uninstall) action=uninstall ;;
		--demo) action=demo ;;
		--server) server=yes ;;
		--chain) chain=yes ;;
		--into-husky) into_husky=yes ;;
		--config-hooks) config_hooks=yes ;;
		--local-hooks-path) local_hooks_path=yes ;;
		--follow) follow=yes ;;
		--recurse) recurse=yes ;;
		--if-repo) if_repo=yes ;;
		--no-build) no_build=yes ;;
		--hooks | --prefix)
			[ $# -gt 1 ] || unusable "$1 needs a value"
			case $1 in
			--hooks) hook_names=$2 ;;
			--prefix) prefix=$2 ;;
			esac
			shift
			;;
		-h | --help)
			usage
			exit 0
			;;
		-*) unusable "unknown option $1 (see --help)" ;;
		*)
			[ -z "$repo" ] || unusable 'one repository at a time'
			repo=$1
			;;
		esac
		shift
	done
	[ -n "$repo" ] || repo=.
	case $prefix in
	/*) ;;
	*) prefix=$PWD/$prefix ;;
	esac
}

check_hook_names() {
	known=$CLIENT_HOOKS
	[ -z "$server" ] || known=$SERVER_HOOKS
	[ -n "$hook_names" ] || hook_names=$known
	for name in $hook_names; do
		case " $known " in
		*" $name "*) ;;
		*) unusable "no such hook here: $name (there are: $known)" ;;
		esac
	done
}

# What is in this repository, and what it would mean today. Never a reason to
# fail: the hooks are in place.
report() {
	case :$PATH: in
	*:"$prefix/bin":*) ;;
	*) say "  the command is $prefix/bin/holdfast (not in your PATH)" ;;
	esac
	"$prefix/bin/holdfast" doctor "$repo" 2>&1 | sed 's/^/  /' || true
}

install_hooks() {
	choose_place
	make_plan
	if [ -n "$dry_run" ]; then
		[ -s "$tmp/plan" ] || {
			say "holdfast: nothing to be done in $repo"
			return 0
		}
		say "holdfast: to be done in $repo:"
		tell_steps "$tmp/plan"
		say 'To go back: ./install.sh --uninstall, which does'
		tell_undo "$tmp/plan"
		return 0
	fi
	install_program
	if [ ! -s "$tmp/plan" ]; then
		say "holdfast: already up to date in $repo"
		return 0
	fi
	apply_plan
	say "holdfast $version: installed in $repo"
	tell_steps "$tmp/plan"
	[ -z "$chained" ] || say "  kept:$chained"
	verify || true
	report
}

install_submodules() {
	[ -n "$recurse" ] && [ "$bare" != true ] || return 0
	in_repo submodule --quiet foreach --recursive pwd >"$tmp/submodules"
	while IFS= read -r module; do
		repo=$module
		find_repository
		check_repository
		install_hooks
	done <"$tmp/submodules"
}

main() {
	parse_arguments "$@"
	tmp=$(mktemp -d)
	trap 'rm -rf -- "$tmp"' EXIT
	# first, because git may be among what is missing
	case $action$dry_run$no_build in
	install | demo) [ -z "$with_deps" ] || install_packages ;;
	esac
	if [ "$action" = demo ]; then
		install_program
		demo
		return 0
	fi
	find_repository
	if [ "$action" = uninstall ]; then
		uninstall
		return 0
	fi
	check_repository
	check_hook_names
	install_hooks
	install_submodules
}

main "$@"
