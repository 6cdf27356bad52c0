#!/bin/sh
# holdfast @VERSION@, wrapper of @HOOK@: written by install.sh, which replaces
# it on an upgrade and takes it out with --uninstall, unless it was changed.
hook=@HOOK@
program=@PROGRAM@
before=@BEFORE@ # the hook that was here first
via= # words, not quoted below

# "Does git run this?", from install.sh and `holdfast doctor`. Lets nothing
# through.
if [ -n "${HOLDFAST_PROBE-}" ]; then
	echo "holdfast-probe $HOLDFAST_PROBE $hook" >&2
	exit 1
fi
if [ "${HOLDFAST-}" = 0 ] && [ $hook != pre-receive ]; then
	echo "holdfast: $hook skipped, because HOLDFAST=0" >&2
	program=true
elif [ ! -x "$program" ] && command -v holdfast >/dev/null 2>&1; then
	program=holdfast
	via="hook $hook"
elif [ ! -x "$program" ]; then
	echo "holdfast: $hook blocks, nothing was checked: $program is missing" >&2
	echo "holdfast: blocked. Run install.sh again, or take the hook out: rm '$0'" >&2
	exit 1
fi
[ -x "$before" ] || exec "$program" $via "$@"

# Both get the same input, and both have a say.
status=0
case $hook in
pre-push | pre-receive)
	input=$(cat)
	[ -z "$input" ] || input="$input
"
	printf %s "$input" | "$before" "$@" || status=1
	printf %s "$input" | "$program" $via "$@" || status=1
	;;
*)
	"$before" "$@" || status=1
	"$program" $via "$@" || status=1
	;;
esac
exit $status
