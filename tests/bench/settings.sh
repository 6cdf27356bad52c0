#!/bin/sh
# What `check` costs over one environment file of 1 MiB.
#
#	tests/bench/settings.sh [BUILD]
#
# Four shapes, from the most ordinary one to the worst: comments and values as
# people write them, keys alone, values that loaders disagree about, comments
# alone. measure.c says what the columns are.
set -eu

build=$(cd -- "${1:-build/release}" && pwd)
measure=$build/tests/measure
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
cd "$work"

# fill NAME FORMAT: NAME/.env.production of 1 MiB, FORMAT again and again with
# a number that counts up for each %d
fill() {
	mkdir "$1"
	awk -v format="$2\\n" 'BEGIN {
		for (i = 0; size < 1048576; i++) {
			line = sprintf(format, i, i, i, i)
			size += length(line)
			printf "%s", line
		}
	}' >"$1/.env.production"
}

fill mixed '# service %d\nSERVICE_%d_URL="https://s%d.internal.example.com/v1"\nSERVICE_%d_TIMEOUT=30\n'
fill plain 'SERVICE_NAME_%06d=shop.example.com'
fill hard 'export DATABASE_%06d_URL="postgres://u:p#\\"x@h/d" # $HOME `x`'
fill comments '# the service that was called %06d before the move'
for shape in mixed plain hard comments; do
	wc -l "$shape/.env.production" | sed 's/^ *\([0-9]*\).*/\1 lines, '"$shape"'/'
done
"$measure" 15 "$build/holdfast" check mixed -- \
	"$build/holdfast" check plain -- \
	"$build/holdfast" check hard -- \
	"$build/holdfast" check comments
