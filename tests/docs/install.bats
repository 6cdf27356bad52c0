#!/usr/bin/env bats
# What `cmake --install` puts into a prefix works there.

setup_file() {
	SOURCE=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	HOLDFAST_BUILD=$(cd "${HOLDFAST_BUILD:-$SOURCE/build/release}" && pwd)
	PREFIX=$BATS_FILE_TMPDIR/prefix
	export SOURCE HOLDFAST_BUILD PREFIX
	cmake --install "$HOLDFAST_BUILD" --prefix "$PREFIX" >/dev/null
}

@test "the program runs and judges" {
	[ "$("$PREFIX/bin/holdfast" --version)" = "holdfast $(sed -n \
		's/^project(holdfast VERSION \([0-9.]*\).*/\1/p' \
		"$SOURCE/CMakeLists.txt")" ]
	echo 'DROP TABLE users;' >"$BATS_TEST_TMPDIR/1.sql"
	run "$PREFIX/bin/holdfast" check "$BATS_TEST_TMPDIR/1.sql"
	[ "$status" -eq 1 ]
	[[ $output == *'[drop-table]'* ]]
}

@test "every hook has a program" {
	for hook in "$SOURCE"/hooks/*.c; do
		name=$(basename "$hook" .c | tr _ -)
		[ -x "$PREFIX/libexec/holdfast/$name" ]
	done
}

@test "the manuals and the pages are there" {
	[ -s "$PREFIX/share/man/man1/holdfast.1" ]
	[ -s "$PREFIX/share/man/man5/holdfast.yaml.5" ]
	for page in README.md CHANGELOG.md LICENSE docs/configuration.md \
		docs/rules.md; do
		[ -s "$PREFIX/share/doc/holdfast/$page" ]
	done
	[ ! -e "$PREFIX/share/doc/holdfast/docs/man" ]
}
