# The steps of a plan: told, done, undone.

# Each step as a line, before or after it is done.
tell_steps() {
	while IFS=$SEP read -r verb one two three; do
		case $verb in
		made) say "  folder    $one" ;;
		moved) say "  moved     $two -> $(basename -- "$three")" ;;
		wrote) say "  hook      $two" ;;
		appended) say "  line      $two: $one" ;;
		set) say "  setting   $one = $three" ;;
		esac
	done <"$1"
}

# How to go back from each, last one first.
tell_undo() {
	sed -n '1!G;h;$p' "$1" | while IFS=$SEP read -r verb one two three; do
		case $verb in
		made) say "  rmdir $(quoted "$one")" ;;
		moved) say "  mv $(quoted "$three") $(quoted "$two")" ;;
		wrote) say "  rm $(quoted "$two")" ;;
		appended) say "  take '$one' out of $(quoted "$two")" ;;
		set)
			if [ -n "$two" ]; then
				say "  git -C $(quoted "$repo") config $one $(quoted "$two")"
			else
				say "  git -C $(quoted "$repo") config --unset $one"
			fi
			;;
		esac
	done
}

# Every temporary name lies beside its file, so that the rename is one step.
put_file() {
	cp -- "$1" "$2.holdfast-new" && chmod 755 "$2.holdfast-new" &&
		mv -f -- "$2.holdfast-new" "$2"
}

do_wrote() {
	# An older wrapper of ours is kept until all is done.
	if [ -e "$2" ]; then
		mkdir -p "$tmp/old" && cp -p -- "$2" "$tmp/old/$1" || return 1
	fi
	note wrote "$(hash_of "$tmp/new/$1")" "$2" "$1" &&
		put_file "$tmp/new/$1" "$2"
}

do_appended() {
	mkdir -p "$tmp/old" || return 1
	if [ -e "$2" ]; then
		cp -p -- "$2" "$tmp/old/$(basename -- "$2")" || return 1
		# A last line without an end must not swallow ours.
		[ -z "$(tail -c 1 -- "$2")" ] || printf '\n' >>"$2" || return 1
	fi
	printf '%s\n' "$1" >>"$2" || return 1
	note appended "$1" "$2"
}

do_set() {
	in_repo config --local "$1" "$3" || return 1
	note set "$1" "$2" "$3"
}

# In the manifest at once, so that --uninstall also knows what to do where the
# machine stopped half-way.
note() {
	line=$1
	shift
	for word in "$@"; do
		line=$line$SEP$word
	done
	printf '%s\n' "$line" >>"$tmp/journal" &&
		printf '%s\n' "$line" >>"$manifest"
}

step() {
	case $1 in
	made) mkdir -p -- "$2" && note made "$2" ;;
	moved)
		note moved "$(hash_of "$3" 2>/dev/null)" "$3" "$4" &&
			mv -- "$3" "$4"
		;;
	wrote) do_wrote "$2" "$3" ;;
	appended) do_appended "$2" "$3" ;;
	set) do_set "$2" "$3" "$4" ;;
	esac
}

# The journal backwards; as much of it as goes.
roll_back() {
	sed -n '1!G;h;$p' "$tmp/journal" >"$tmp/back"
	while IFS=$SEP read -r verb one two three; do
		case $verb in
		made) rmdir -- "$one" ;;
		moved) [ ! -e "$three" ] || mv -f -- "$three" "$two" ;;
		wrote)
			if [ -e "$tmp/old/$three" ]; then
				cp -p -- "$tmp/old/$three" "$two"
			else
				rm -f -- "$two"
			fi
			;;
		appended)
			old=$tmp/old/$(basename -- "$two")
			if [ -e "$old" ]; then cat "$old" >"$two"; else rm -f "$two"; fi
			;;
		set) restore_config "$one" "$two" ;;
		esac 2>/dev/null || true
	done <"$tmp/back"
	: >"$tmp/journal"
	if [ -f "$tmp/manifest.before" ]; then
		cp "$tmp/manifest.before" "$manifest"
	else
		rm -f -- "$manifest"
		rmdir -- "$state" 2>/dev/null || true
	fi
}

restore_config() {
	if [ -n "$2" ]; then
		in_repo config --local "$1" "$2"
	else
		in_repo config --local --unset "$1"
		section=${1%.*}
		[ -n "$(in_repo config --local --get-regexp "^$section\\." 2>/dev/null)" ] ||
			in_repo config --local --remove-section "$section" 2>/dev/null ||
			true
	fi
}

failed() {
	roll_back
	printf 'holdfast: %s; everything is as it was\n' "$1" >&2
	exit 3
}

open_manifest() {
	mkdir -p -- "$state" || return 1
	if [ -f "$manifest" ]; then
		cp -- "$manifest" "$tmp/manifest.before"
	else
		printf 'holdfast%s%s%s%s\n' "$SEP" "$version" "$SEP" "$prefix" \
			>"$manifest"
	fi
}

apply_plan() {
	: >"$tmp/journal"
	trap 'failed "stopped"' HUP INT TERM
	open_manifest 2>"$tmp/said" ||
		failed "cannot install: $(tail -n 1 "$tmp/said")"
	while IFS=$SEP read -r verb one two three <&3; do
		step "$verb" "$one" "$two" "$three" 2>"$tmp/said" ||
			failed "cannot install: $(tail -n 1 "$tmp/said")"
	done 3<"$tmp/plan"
	write_manifest || failed 'cannot write the manifest'
	trap - HUP INT TERM
}

# What was there before an upgrade stays the thing to go back to.
write_manifest() {
	{
		printf 'holdfast%s%s%s%s\n' "$SEP" "$version" "$SEP" "$prefix"
		steps_of_manifest
	} >"$manifest.new" && mv -f "$manifest.new" "$manifest"
}

# Of a file that was written several times, the last time counts.
steps_of_manifest() {
	awk -F "$SEP" 'FNR == 1 { next }
		NR == FNR { if ($1 == "wrote") last[$3] = FNR; next }
		$1 != "wrote" || last[$3] == FNR' "$manifest" "$manifest"
}

# What stands in the way of taking it out again, one line each.
uninstall_problems() {
	while IFS=$SEP read -r verb one two three; do
		case $verb in
		wrote)
			[ ! -e "$two" ] || is_as_written "$two" ||
				say "changed since it was installed: $two"
			;;
		moved)
			[ -e "$three" ] || [ -L "$three" ] || not_moved "$two" ||
				say "gone: $three"
			;;
		esac
	done <"$tmp/steps"
}

# The install was stopped just before it moved this one.
not_moved() {
	[ -e "$1" ] && ! is_wrapper "$1"
}

take_out() {
	sed -n '1!G;h;$p' "$tmp/steps" >"$tmp/back"
	while IFS=$SEP read -r verb one two three; do
		case $verb in
		wrote) rm -f -- "$two" ;;
		moved) not_moved "$two" || mv -- "$three" "$two" ;;
		made) rmdir -- "$one" 2>/dev/null || true ;;
		set)
			[ "$(in_repo config --local "$one")" != "$three" ] ||
				restore_config "$one" "$two"
			;;
		appended) take_line "$one" "$two" ;;
		esac
	done <"$tmp/back"
}

take_line() {
	[ -f "$2" ] || return 0
	grep -vxF -- "$1" "$2" >"$tmp/rest" || true
	if [ -s "$tmp/rest" ]; then cat "$tmp/rest" >"$2"; else rm -f -- "$2"; fi
}

uninstall() {
	[ -f "$manifest" ] || {
		say "holdfast: not installed in $repo (by this script)"
		exit 0
	}
	steps_of_manifest >"$tmp/steps"
	problems=$(uninstall_problems)
	[ -z "$problems" ] || {
		printf 'holdfast: nothing was taken out\n' >&2
		printf '%s\n' "$problems" | sed 's/^/  /' >&2
		say '  Put it back or remove it yourself, then run this again.' >&2
		exit 1
	}
	[ -z "$dry_run" ] || {
		say "holdfast: to be done in $repo:"
		tell_undo "$tmp/steps"
		exit 0
	}
	prefix=$(awk -F "$SEP" 'NR == 1 { print $3 }' "$manifest")
	take_out
	rm -f -- "$manifest"
	rmdir -- "$state" 2>/dev/null || true
	say "holdfast: taken out of $repo; its hooks are as they were"
	say "  The programs stay in $prefix for other repositories."
}
