# Asking git itself whether it runs what was installed.

# reached HOOK DIR: git, in that work tree, runs our wrapper (or our program,
# of a hook in the configuration). 2 where this git cannot be asked.
reached() {
	git_at_least 2 36 || return 2
	nonce=$$-$(date +%s)
	HOLDFAST_PROBE=$nonce git -C "$2" hook run --ignore-missing "$1" \
		</dev/null 2>&1 | grep -q "^holdfast-probe $nonce $1\$"
}

verify_one() {
	status=0
	reached "$1" "$2" || status=$?
	case $status in
	0) return 0 ;;
	1)
		say "  git does NOT run $1 in $2: holdfast doctor says why"
		unreached=yes
		;;
	2) ;;
	esac
}

verify() {
	unreached=
	if [ "$bare" = true ]; then
		case $hooks_dir in *.d) return 0 ;; esac
		verify_one pre-receive "$repo"
	else
		in_repo worktree list --porcelain | sed -n 's/^worktree //p' \
			>"$tmp/worktrees"
		while IFS= read -r tree; do
			[ -d "$tree" ] || continue
			[ "$(git -C "$tree" rev-parse --is-inside-work-tree \
				2>/dev/null)" = true ] || continue
			for name in $hook_names; do
				verify_one "$name" "$tree"
			done
		done <"$tmp/worktrees"
	fi
	if [ -n "$unreached" ]; then
		return 1
	elif git_at_least 2 36; then
		say '  git runs it: yes, asked in every work tree'
	fi
}
