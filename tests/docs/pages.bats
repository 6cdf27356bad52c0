#!/usr/bin/env bats
# The pages and manuals say what the program does: nothing is missing, nothing
# has moved.

setup_file() {
	SOURCE=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	HOLDFAST_BUILD=$(cd "${HOLDFAST_BUILD:-$SOURCE/build/release}" && pwd)
	export SOURCE HOLDFAST_BUILD
}

setup() {
	cd "$SOURCE" || return 1
}

# is_in PAGE WORD...: fails with the words that the page lacks.
is_in() {
	local page=$1 word missing=
	shift
	[ $# -gt 0 ]
	for word in "$@"; do
		grep -qF -- "$word" "$page" || missing="$missing $word"
	done
	[ -z "$missing" ] || {
		echo "not in $page:$missing"
		return 1
	}
}

# The page as people see it, without the marks of a manual.
manual() {
	sed -e 's/^\.[A-Z][a-z] //' -e 's/Fl -/--/g' -e 's/Cm //g' "$1" \
		>"$BATS_TEST_TMPDIR/manual"
	echo "$BATS_TEST_TMPDIR/manual"
}

commands() {
	"$HOLDFAST_BUILD/holdfast" --help | sed -n 's/^  \([a-z][a-z]*\) .*/\1/p'
}

# keys FILE...: the names in tables of keys, { "name", load_… }.
keys() {
	cat "$@" | tr '\n\t' '  ' |
		grep -oE '\{ "[a-z-]+", +(load_|NULL|KEY_|REWRITE_)' |
		sed 's/.*"\(.*\)".*/\1/'
}

@test "what the program prints is what the pages show" {
	scripts/docs --check "$HOLDFAST_BUILD"
}

@test "every command is in the manual" {
	is_in "$(manual docs/man/holdfast.1)" $(commands)
}

@test "every option of every command is in the manual" {
	for command in $(commands); do
		"$HOLDFAST_BUILD/holdfast" help "$command"
	done >"$BATS_TEST_TMPDIR/help"
	"$HOLDFAST_BUILD/holdfast" --help >>"$BATS_TEST_TMPDIR/help"
	is_in "$(manual docs/man/holdfast.1)" $(grep -oE -- '--[a-z]+' \
		"$BATS_TEST_TMPDIR/help" | sort -u)
}

@test "every option in the manual is known" {
	for command in $(commands); do
		"$HOLDFAST_BUILD/holdfast" help "$command"
	done >"$BATS_TEST_TMPDIR/help"
	"$HOLDFAST_BUILD/holdfast" --help >>"$BATS_TEST_TMPDIR/help"
	is_in "$BATS_TEST_TMPDIR/help" $(sed -n 's/.*Fl -\([a-z]*\).*/--\1/p' \
		docs/man/holdfast.1)
}

@test "help exits with 0, an unknown command with 2" {
	for command in $(commands); do
		"$HOLDFAST_BUILD/holdfast" "$command" --help >/dev/null
	done
	run "$HOLDFAST_BUILD/holdfast" help chekc
	[ "$status" -eq 2 ]
	[[ $output == *'did you mean check?' ]]
}

@test "every key of the configuration is in its page and its manual" {
	is_in docs/configuration.md $(keys lib/load/config.c | sed 's/.*/`&`/')
	is_in "$(manual docs/man/holdfast.yaml.5)" $(keys lib/load/config.c)
}

@test "every key of a framework is in its page" {
	is_in docs/writing-frameworks.md \
		$(keys lib/load/framework_load.c lib/load/code_load.c |
			sed 's/.*/`&`/')
}

@test "every annotation is in the page of overrides" {
	is_in docs/overrides.md $(sed -n \
		's/.*{ "\([a-z-]*\)", ANNOTATION_.*/@\1/p' \
		lib/judge/annotation.c)
}

@test "every format is in the page of CI" {
	is_in docs/ci.md $(ls lib/report/report_*.c lib/export/report_*.c |
		sed 's/.*report_\(.*\)\.c/`\1`/')
}

@test "every exit status is in the manual and the README" {
	for status in 0 1 2 3; do
		grep -q "^\.It $status\$" docs/man/holdfast.1
		grep -q "^| $status |" README.md
	done
}

# The anchors of a page: its headings as GitHub writes them.
anchors() {
	grep -E '^#+ ' "$1" | sed -e 's/^#* //' -e 's/[^A-Za-z0-9 _-]//g' \
		-e 's/ /-/g' | tr '[:upper:]' '[:lower:]'
}

@test "links between pages lead somewhere" {
	broken=
	for page in README.md CHANGELOG.md docs/*.md; do
		for link in $(grep -oE '\]\([^) ]+\)' "$page" |
			sed 's/^](\(.*\))$/\1/' | sort -u); do
			case $link in *://*) continue ;; esac
			file=${link%%#*}
			target=$(dirname "$page")/$file
			[ -n "$file" ] || target=$page
			[ -e "$target" ] || broken="$broken $page:$link"
			case $link in *'#'*)
				anchors "$target" | grep -qxF "${link#*#}" ||
					broken="$broken $page:$link" ;;
			esac
		done
	done
	[ -z "$broken" ] || {
		echo "broken:$broken"
		return 1
	}
}

@test "the manuals are well formed" {
	command -v mandoc >/dev/null || skip 'mandoc is not installed'
	mandoc -T lint -W warning docs/man/*
}
