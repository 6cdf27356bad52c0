#!/bin/sh
# What `check` costs over a folder of migrations, side by side with a search by
# ripgrep and, where it is installed, with squawk.
#
#	tests/bench/check.sh FOLDER [BUILD]
#
# Only the SQL files of FOLDER are read, by all alike. $RG and $SQUAWK name the
# programs where they are not in PATH. measure.c says what the columns are.
set -eu

[ $# -ge 1 ] || {
	echo "usage: $0 FOLDER [BUILD]" >&2
	exit 2
}
folder=$(cd -- "$1" && pwd)
build=$(cd -- "${2:-build/release}" && pwd)
measure=$build/tests/measure
rg=${RG:-rg}
squawk=${SQUAWK:-squawk}
words='drop\s+(table|column|index|schema|type|view)|truncate|delete\s+from'
words="$words|rename|alter\s+column|set\s+not\s+null|add\s+constraint"
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT

# Without their folders' other files, so that nobody walks past more than SQL.
(cd "$folder" && find . -name '*.sql' -type f -exec tar -cf - {} +) |
	tar -C "$work" -ixf -
cd "$work"
printf '%s SQL files, %s KiB\n' "$(find . -type f | wc -l)" \
	"$(find . -type f -exec cat {} + | wc -c | awk '{ print int($1 / 1024) }')"

if command -v "$rg" >/dev/null; then
	printf '\nbeside one search (budget: 2, and 32 MiB)\n'
	"$measure" 15 "$rg" --no-config -ic "$words" . -- \
		"$build/holdfast" check . -- \
		"$build/holdfast" check --format json .
else
	echo "$rg is not installed: nothing to compare with"
fi

if command -v "$squawk" >/dev/null; then
	printf '\nbeside squawk (budget: 0.02 of its processor time)\n'
	export squawk
	"$measure" 1 sh -c \
		'find . -name "*.sql" -print0 | xargs -0 "$squawk"' -- \
		"$build/holdfast" check .
else
	echo "$squawk is not installed: nothing to compare with"
fi
