#!/usr/bin/env bats
# The server: pre-receive judges every ref before it moves.

load library

DROP='ALTER TABLE users DROP COLUMN email;'

setup_file() {
	world
	git init -q "$W/template" && cd "$W/template"
	mkdir -p db/migrations
	echo 'CREATE TABLE users (id int, email text);' >db/migrations/0001_init.sql
	git add . && git commit -qm base
	git clone -q --bare . "$W/template.git"
	git -C "$W/template.git" config receive.advertisePushOptions true
	ln -s "$HOLDFAST_BUILD/pre-receive" "$W/template.git/hooks/pre-receive"
}

setup() {
	R=$W/r$BATS_TEST_NUMBER
	UP=$R.git
	cp -R "$W/template" "$R"
	cp -R "$W/template.git" "$UP"
	cd "$R"
	git remote add origin "$UP" && git fetch -q
}

# drop NUMBER [BRANCH]: a dangerous migration in one commit.
drop() {
	echo "$DROP" >"db/migrations/$1_drop.sql"
	git add . && git commit -qm "drop $1"
}

harmless() {
	echo "CREATE TABLE t$1 (id int);" >"db/migrations/$1_add.sql"
	git add . && git commit -qm "add $1"
}

remote_lines() {
	grep '^remote: ' <<<"$output" | sed 's/^remote: //; s/ *$//'
}

@test "a dangerous push is refused, first and last line, nothing moved" {
	drop 0002
	before=$(git -C "$UP" for-each-ref)
	run git push origin main
	same "$status" 1
	has "$(remote_lines | head -n 1)" "holdfast: push refused: drops column email"
	has "$(remote_lines | tail -n 1)" "nothing was accepted"
	same "$(git -C "$UP" for-each-ref)" "$before"
	run git -C "$UP" cat-file -e "$(git rev-parse HEAD)"
	[ "$status" != 0 ]
}

@test "a harmless push is accepted without a word" {
	harmless 0002
	run git push -q origin main
	same "$status" 0
	same "$output" ""
}

@test "one bad ref of several refuses all of them" {
	git checkout -qb good && harmless 0002
	git checkout -qb bad main && drop 0003
	run git push origin good bad
	same "$status" 1
	same "$(git -C "$UP" for-each-ref --format='%(refname)')" refs/heads/main
	git push -q origin good
}

@test "a new branch, a tag and a forced push are judged" {
	git checkout -qb feature && drop 0002
	run git push origin feature
	same "$status" 1
	git tag -a -m m v1
	run git push origin v1
	same "$status" 1
	git checkout -q main && harmless 0003 && git push -q origin main
	git reset -q --hard HEAD~1 && drop 0004
	run git push -f origin main
	same "$status" 1
}

@test "deleting a branch needs no judgement and has no quarantine" {
	git push -q origin main:refs/heads/gone
	run git push -q origin :gone
	same "$status" 0
	same "$output" ""
}

@test "an override in the file passes" {
	printf -- '-- @override-destructive\n-- @rollback-plan: restore the backup of today\n%s\n' \
		"$DROP" >db/migrations/0002_drop.sql
	git add . && git commit -qm x
	run git push origin main
	same "$status" 0
}

@test "the policy is the old tip's, and the default branch's for a new ref" {
	printf 'rules:\n  drop-column: off\n' >.holdfast.yaml
	drop 0002
	run git push origin main
	same "$status" 1
	git checkout -qb feature
	run git push origin feature
	same "$status" 1
	git reset -q --hard HEAD~1 && git checkout -q main && git reset -q --hard HEAD~1
	printf 'rules:\n  drop-column: off\n' >.holdfast.yaml
	git add . && git commit -qm policy && git push -q origin main
	drop 0002
	git push -q origin main
}

@test "push options: refused unless the server allows them" {
	drop 0002
	options=(-o "holdfast.allow=drop-column: nothing reads it since 4.2"
		-o "holdfast.rollback-plan=restore the dump of Monday")
	run git push "${options[@]}" origin main
	same "$status" 1
	has "$(remote_lines | head -n 1)" "-o holdfast.allow is not accepted here"
	git -C "$UP" config holdfast.pushOptions true
	run git push -o 'holdfast.allow=drop-column: no plan' origin main
	same "$status" 1
	run git push -o 'holdfast.allow=drop-column:' "${options[@]:2}" origin main
	same "$status" 1
	run git push -o 'holdfast.allow=drop-table: another rule' \
		-o holdfast.rollback-plan=x origin main
	same "$status" 1
	run git push "${options[@]}" origin main
	same "$status" 0
	has "$output" "nothing reads it since 4.2"
}

@test "GitLab: every line has the prefix its pages show" {
	rm "$UP/hooks/pre-receive"
	hook "$UP/hooks" pre-receive <<-'END'
		#!/bin/sh
		export GL_ID=user-1 GL_REPOSITORY=project-1
		exec "$HOLDFAST_BUILD/pre-receive"
	END
	drop 0002
	run git push origin main
	same "$status" 1
	same "$(remote_lines | grep -vc '^GL-HOOK-ERR: *')" 0
	has "$(remote_lines | head -n 1)" "GL-HOOK-ERR: holdfast: push refused"
}

@test "what git does not write is no judgement" {
	cd "$UP"
	for line in 'a b' 'a b c d' ''; do
		run env GIT_DIR=. "$HOLDFAST_BUILD/pre-receive" <<<"$line"
		same "$status" 2
		has "$output" "holdfast: pre-receive cannot judge"
	done
	run env GIT_DIR=. "$HOLDFAST_BUILD/pre-receive" </dev/null
	same "$status" 0
}

@test "a repository that belongs to somebody else, as on many servers" {
	[ "$(id -u)" = 0 ] || skip "needs root"
	drop 0002
	git config --global safe.directory '*'
	chown -R nobody "$UP"
	run git push origin main
	git config --global --unset safe.directory
	same "$status" 1
	has "$output" "drops column email"
}

@test "replaced objects on the server hide nothing" {
	harmless 0002 && fine=$(git rev-parse HEAD)
	git reset -q --hard HEAD~1 && drop 0002 && bad=$(git rev-parse HEAD)
	git push -q origin "$fine:refs/heads/fine"
	git -C "$UP" update-ref "refs/replace/$bad" "$fine"
	git -C "$UP" update-ref "refs/replace/$(git rev-parse 'HEAD^{tree}')" \
		"$(git rev-parse "$fine^{tree}")"
	run git push origin main
	same "$status" 1
	has "$output" "drops column email"
}

@test "a push to a checked-out repository" {
	git clone -q "$R" "$R.work" && cd "$R.work"
	git config receive.denyCurrentBranch updateInstead
	ln -s "$HOLDFAST_BUILD/pre-receive" .git/hooks/pre-receive
	cd "$R" && drop 0002
	run git push "$R.work" main
	same "$status" 1
	has "$output" "drops column email"
}
