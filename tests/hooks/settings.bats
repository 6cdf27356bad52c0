#!/usr/bin/env bats
# Settings and commands, as a commit brings them in.

load library

setup_file() {
	world
	git init -q template
	cd template
	git commit -q --allow-empty -m base
}

setup() {
	R=$W/r$BATS_TEST_NUMBER
	cp -R "$W/template" "$R"
	cd "$R" || return 1
	export PATH="$HOLDFAST_BUILD:$PATH"
}

# check STATUS: of what is staged, with the output for has and lacks.
check() {
	git add -A
	run holdfast check
	same "$status" "$1"
}

@test "a byte order mark is part of the first key" {
	printf '\xef\xbb\xbfDATABASE_URL=postgres://u@h/d\nA=1\n' \
		>.env.production
	check 0
	has "$output" 'caution: DATABASE_URL is not the same for every program'
	has "$output" 'for some, a byte order mark is part of the key'
	git commit -qm mark
	echo B=2 >>.env.production
	check 0
	lacks "$output" 'byte order mark'
}

@test "a project elsewhere is not run by the one the user is in" {
	mkdir ../apart$BATS_TEST_NUMBER && echo 'TRUNCATE a;' \
		>../apart$BATS_TEST_NUMBER/seed.sql
	echo 'pnpm --filter db exec prisma db seed' >deploy.sh
	for path in "../apart$BATS_TEST_NUMBER" \
		"$PWD/../apart$BATS_TEST_NUMBER"; do
		run holdfast check "$path"
		has "$output" ' restricted: the seed empties tables'
	done
	cp deploy.sh ../apart$BATS_TEST_NUMBER
	run holdfast check "../apart$BATS_TEST_NUMBER"
	has "$output" ' dangerous: the seed empties tables'
}
