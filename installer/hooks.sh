# What is written for each hook: first a plan, then its steps, each of which
# can be undone, and a manifest from which --uninstall undoes them later.
#
# A line of plan, journal and manifest is a verb and its words: made DIR, moved
# HASH FROM TO, wrote HASH PATH (in the plan: wrote HOOK PATH), appended LINE
# PATH, set KEY OLD NEW.

SERVER_HOOKS='pre-receive'
CLIENT_HOOKS='pre-commit pre-merge-commit pre-applypatch pre-push'

# A hook that a tool writes anew whenever it likes; its name, or nothing.
owner_of_hook() {
	if grep -qi lefthook "$1" 2>/dev/null; then
		say lefthook
	elif grep -q 'pre-commit\.com' "$1" 2>/dev/null; then
		say pre-commit
	elif grep -qi overcommit "$1" 2>/dev/null; then
		say overcommit
	fi
}

snippet_of() {
	case $1 in
	lefthook) say "lefthook.yml:  $2: { jobs: [ { run: holdfast hook $2 {0} , use_stdin: true } ] }" ;;
	pre-commit) say '.pre-commit-config.yaml: see .pre-commit-hooks.yaml of holdfast' ;;
	overcommit) say ".overcommit.yml: see docs/hook-managers.md of holdfast" ;;
	esac
}

is_wrapper() {
	sed -n 2p "$1" 2>/dev/null | grep -q '^# holdfast .*, wrapper of '
}

# Is a file as we wrote it, now or before an upgrade that was stopped?
is_as_written() {
	[ -f "$manifest" ] || return 1
	awk -F "$SEP" -v path="$1" -v hash="$(hash_of "$1")" '
		$1 == "wrote" && $3 == path && $2 == hash { found = 1 }
		END { exit !found }' "$manifest"
}

# wrapper HOOK BEFORE FILE: renders the wrapper; BEFORE is sh.
wrapper() {
	program=$(quoted "$prefix/libexec/holdfast/$1")
	VERSION=$version HOOK=$1 PROGRAM=$program BEFORE=$2 awk '
		function put(line, mark, value,    at) {
			at = index(line, mark)
			return !at ? line : substr(line, 1, at - 1) value \
				substr(line, at + length(mark))
		}
		{
			$0 = put($0, "@VERSION@", ENVIRON["VERSION"])
			$0 = put($0, "@HOOK@", ENVIRON["HOOK"])
			$0 = put($0, "@PROGRAM@", ENVIRON["PROGRAM"])
			print put($0, "@BEFORE@", ENVIRON["BEFORE"])
		}' "$source/installer/wrapper.sh" >"$3"
}

plan() {
	line=$1
	shift
	for word in "$@"; do
		line=$line$SEP$word
	done
	printf '%s\n' "$line" >>"$tmp/plan"
}

# A name for the hook that was here first; an older one is never overwritten.
backup_name() {
	backup=$1.pre-holdfast
	number=1
	while [ -e "$backup" ] || [ -L "$backup" ]; do
		number=$((number + 1))
		backup=$1.pre-holdfast-$number
	done
}

# plan_wrapper HOOK FILE: what has to be done for one hook.
plan_wrapper() {
	name=$1
	file=$2
	# shellcheck disable=SC2016 # expanded when the hook runs
	before='${0%/*}/'$(basename -- "$file").pre-holdfast
	if [ -n "$global_dir" ] && [ -x "$global_dir/$name" ]; then
		before=$(quoted "$global_dir/$name")
	elif [ -e "$file" ] || [ -L "$file" ]; then
		if is_wrapper "$file"; then
			# What it runs first stays so.
			before=$(sed -n 's/^before=\(.*\) # the hook.*/\1/p' "$file")
		elif [ -x "$file" ] && [ ! -d "$file" ]; then
			plan_chain "$name" "$file"
		else
			plan_aside "$name" "$file"
		fi
	fi
	mkdir -p "$tmp/new"
	wrapper "$name" "$before" "$tmp/new/$name"
	if [ -f "$file" ] && is_wrapper "$file"; then
		cmp -s "$file" "$tmp/new/$name" && [ -x "$file" ] && {
			unchanged="$unchanged $name"
			return 0
		}
		is_as_written "$file" ||
			refuse "our wrapper was changed by hand: $file" \
				'Take it out yourself, then run this again:' \
				"rm $(quoted "$file")"
	fi
	plan wrote "$name" "$file"
}

# An existing hook is moved aside and runs first, with the same input.
plan_chain() {
	tool=$(owner_of_hook "$2")
	[ -z "$tool" ] || [ -n "$chain" ] ||
		refuse "$tool writes the hook $1 anew whenever it likes" \
			"Let it run holdfast:  $(snippet_of "$tool" "$1")" \
			"or put holdfast before it:  ./install.sh --chain"
	plan_aside "$1" "$2"
	[ "$tool" ] || tool='the hook that was here'
	chained="$chained$NEWLINE  $1: $tool runs first"
}

plan_aside() {
	! is_tracked "$2" ||
		refuse "the hook is a tracked file: $2" \
			"Add a line to it:  holdfast hook $1 \"\$@\""
	backup_name "$2"
	# shellcheck disable=SC2016 # expanded when the hook runs
	before='${0%/*}/'$(basename -- "$backup")
	plan moved '' "$2" "$backup"
}

# A local core.hooksPath hides all global hooks: those we do not have are
# handed on.
plan_forwarders() {
	for hook in "$global_dir"/*; do
		name=$(basename -- "$hook")
		case " $hook_names " in *" $name "*) continue ;; esac
		case $name in *.*) continue ;; esac
		if [ ! -f "$hook" ] || [ ! -x "$hook" ] ||
			[ -e "$hooks_dir/$name" ]; then
			continue
		fi
		mkdir -p "$tmp/new"
		printf '#!/bin/sh\n# holdfast %s, wrapper of %s: hands on to the hook of every repository.\nexec %s "$@"\n' \
			"$version" "$name" "$(quoted "$hook")" >"$tmp/new/$name"
		plan wrote "$name" "$hooks_dir/$name"
	done
	plan set core.hooksPath "$(in_repo config --local core.hooksPath)" \
		"$hooks_dir"
}

# One line at the end of each of husky's files, which are the team's.
plan_husky() {
	for name in $hook_names; do
		file=$husky_dir/$name
		line="holdfast hook $name \"\$@\""
		if [ -f "$file" ] && grep -qxF "$line" "$file"; then
			unchanged="$unchanged $name"
		else
			plan appended "$line" "$file"
		fi
	done
}

# git of 2.54 and later runs hooks named in the configuration, beside any
# others and whatever core.hooksPath says.
plan_config() {
	git_at_least 2 54 ||
		refuse "this git ($(git --version)) does not run hooks of the configuration" \
			'It came with 2.54. Without --config-hooks they are files.'
	for name in $hook_names; do
		key=hook.holdfast-$name
		command=$(quoted "$prefix/libexec/holdfast/$name")
		if [ "$(in_repo config --local "$key.command")" = "$command" ]; then
			unchanged="$unchanged $name"
			continue
		fi
		plan set "$key.event" "$(in_repo config --local "$key.event")" "$name"
		plan set "$key.command" "$(in_repo config --local "$key.command")" \
			"$command"
	done
}

git_at_least() {
	git --version | awk -v major="$1" -v minor="$2" '{
		split($3, v, "."); exit !(v[1] > major || (v[1] == major && v[2] >= minor))
	}'
}

# On a server: the folder that the platform runs, where it has one.
plan_server() {
	if [ -d "$common/custom_hooks" ]; then
		hooks_dir=$common/custom_hooks/pre-receive.d
	elif [ -d "$common/hooks/pre-receive.d" ]; then
		hooks_dir=$common/hooks/pre-receive.d
	fi
	case $hooks_dir in
	*.d) plan_made_dir && plan_wrapper pre-receive "$hooks_dir/holdfast" ;;
	*) plan_made_dir && plan_wrapper pre-receive "$hooks_dir/pre-receive" ;;
	esac
}

plan_made_dir() {
	[ -d "$hooks_dir" ] || plan made "$hooks_dir"
}

make_plan() {
	: >"$tmp/plan"
	unchanged='' chained=''
	if [ -n "$config_hooks" ]; then
		plan_config
	elif [ -n "$into_husky" ] && is_husky; then
		plan_husky
	elif [ -n "$server" ]; then
		plan_server
	else
		plan_made_dir
		for name in $hook_names; do
			plan_wrapper "$name" "$hooks_dir/$name"
		done
		[ -z "$global_dir" ] || plan_forwarders
	fi
}
