#!/usr/bin/env bats
# A..B, A...B and A, and who brought what.

load library

setup_file() {
	world
	repo template
	git tag base
	git checkout -qb side
	echo 1 >s && git add s && git commit -qm s1 && git tag s1
	echo 2 >s && echo t >t && git add . && git commit -qm s2 && git tag s2
	git checkout -q main
	echo 2 >a && git commit -qam m1 && git tag m1
	git merge -q --no-edit side && git tag merged
}

setup() {
	cd "$W/template"
}

range() {
	"$CHANGES" range "$1" |
		sed -E "s/@ $(id s1)/@ s1/; s/@ $(id s2)/@ s2/; s/@ $(id m1)/@ m1/"
}

id() {
	git rev-parse --short=7 "$1"
}

@test "A..B is the net change, each with its commit" {
	same "$(range base..s2)" $'A s @ s2\nA t @ s2'
	same "$(range base..s1)" "A s @ s1"
	same "$(range base..merged)" $'M a @ m1\nA s @ s2\nA t @ s2'
}

@test "A...B is from the merge base" {
	same "$(range m1...side)" $'A s @ s2\nA t @ s2'
	same "$(range m1..side)" $'M a @ s2\nA s @ s2\nA t @ s2'
}

@test "A alone, A.. and ..B mean HEAD" {
	same "$(range s1)" "$(range s1..HEAD)"
	same "$(range s1..)" "$(range s1..HEAD)"
	same "$(range ..base)" "$(range HEAD..base)"
}

@test "the other way round it is the way back" {
	same "$(range s2..s1 | cut -d@ -f1)" $'M s \nD t '
}

@test "an empty range" {
	same "$(range HEAD..HEAD)" ""
}

@test "what is no revision is an error that says which" {
	for r in nowhere..HEAD HEAD..nowhere --all -1 'x y'; do
		run "$CHANGES" range "$r"
		same "$status" 2
		has "$output" "there is no commit"
	done
}

@test "a shallow clone says what to do" {
	git clone -q --depth 1 "file://$W/template" "$W/shallow"
	cd "$W/shallow"
	run "$CHANGES" range "$(git -C "$W/template" \
		rev-parse base)..HEAD"
	same "$status" 2
	has "$output" "fetch-depth: 0"
}

@test "unrelated histories have no common ancestor" {
	git checkout -q --orphan other && git commit -qm other
	git checkout -q main
	run "$CHANGES" range other...main
	same "$status" 2
	has "$output" "no common ancestor"
}
