#!/usr/bin/env bats
# What a push brings, for every shape of a push, seen from both ends.

load library

setup_file() {
	world
	repo template
	git clone -q --bare "$W/template" "$W/template.git"
	hook "$W" before <<-'END'
		#!/bin/sh
		# As pre-push: what is pushed, with the arguments of git.
		[ "$1" = "$2" ] && remote= || remote=$1
		cat >"$SAW.in"
		if [ -n "$remote" ]; then
			"$CHANGES" push "$remote"
		else
			"$CHANGES" push
		fi <"$SAW.in" >"$SAW" 2>&1
	END
	hook "$W" arrived <<-'END'
		#!/bin/sh
		DUMP=${DUMP_THERE:-} "$CHANGES" receive \
			>"$SAW.there" 2>&1
	END
}

setup() {
	UP=$W/up$BATS_TEST_NUMBER.git
	R=$W/r$BATS_TEST_NUMBER
	export SAW=$W/saw$BATS_TEST_NUMBER
	cp -R "$W/template.git" "$UP"
	cp -R "$W/template" "$R"
	cp "$W/arrived" "$UP/hooks/pre-receive"
	cd "$R"
	git remote add origin "$UP" && git fetch -q origin
	cp "$W/before" .git/hooks/pre-push
}

# add FILE [TEXT]: a commit that adds or changes it.
add() {
	echo "${2:-$1}" >"$1" && git add "$1" && git commit -qm "$1"
}

# The commits of a list by their subject, so that it reads.
named() {
	local out c s
	out=$(cat "$1")
	for c in $(git rev-list --all --reflog); do
		s=$(git log -1 --format=%s "$c")
		out=${out//@ ${c:0:7}/@ $s}
	done
	printf '%s' "$out"
}

# pushed LIST: both ends saw exactly this.
pushed() {
	same "$(named "$SAW")" "$1"
	same "$(named "$SAW.there")" "$1"
}

@test "fast forward: the net change of two commits" {
	add x 1 && add x 2 && add y
	git push -q origin main
	pushed $'ref refs/heads/main\nA x @ x\nA y @ y'
}

@test "up to date: nothing on standard input" {
	git push -q origin main
	same "$(cat "$SAW")$(cat "$SAW.in")" ""
}

@test "a new branch brings its own commits only" {
	git checkout -qb feature && add x
	git push -q origin feature
	pushed $'ref refs/heads/feature\nA x @ x'
}

@test "a new branch without a new commit brings nothing" {
	git push -q origin main:refs/heads/copy
	pushed "ref refs/heads/copy"
}

@test "two new branches in one push" {
	git checkout -qb one && add x && git checkout -qb two main && add y
	git push -q origin one two
	pushed $'ref refs/heads/one\nA x @ x\nref refs/heads/two\nA y @ y'
}

@test "a branch that is not checked out" {
	git checkout -qb feature && add x && git checkout -q main
	git push -q origin feature
	pushed $'ref refs/heads/feature\nA x @ x'
}

@test "what was added and taken back brings nothing" {
	add x && git rm -q x && git commit -qm gone
	git push -q origin main
	pushed "ref refs/heads/main"
}

@test "a revert of what is there" {
	add x && git push -q origin main
	git revert --no-edit HEAD >/dev/null
	git push -q origin main
	pushed $'ref refs/heads/main\nD x @ Revert "x"'
}

@test "a merge of what the remote has brings only the branch's own" {
	git checkout -qb feature && add x && git push -q origin feature
	git checkout -q main && add y && git push -q origin main
	git checkout -q feature && git merge -q --no-edit main && add z
	git push -q origin feature
	pushed $'ref refs/heads/feature\nA z @ z'
}

@test "a merge commit that changes a path itself is named" {
	git checkout -qb feature && add x && git push -q origin feature
	git checkout -q main && add y && git push -q origin main
	git checkout -q feature && git merge -q --no-commit main
	echo evil >a && git add a && git commit -qm evil
	git push -q origin feature
	pushed $'ref refs/heads/feature\nM a others 1 @ evil'
}

@test "a merge that undoes what the merged branch brought" {
	git checkout -qb feature && add x && git checkout -q main && add y
	git push -q origin main
	git checkout -q feature && git merge -q --no-commit main
	git rm -qf y && git commit -qm evil
	git push -q origin feature
	pushed $'ref refs/heads/feature\nA x @ x\nD y @ evil'
}

@test "forced, after an amend" {
	add x && git push -q origin main
	echo 2 >x && git commit -qa --amend -m x2
	git push -qf origin main
	pushed $'ref refs/heads/main\nA x @ x2'
}

@test "forced, back to an older commit: nothing new" {
	add x && git push -q origin main
	git reset -q --hard HEAD^ && git push -qf origin main
	pushed "ref refs/heads/main"
}

@test "forced, rebased onto what the remote has" {
	git checkout -qb feature && add x && git push -q origin feature
	git checkout -q main && add y && git push -q origin main
	git checkout -q feature && git rebase -q main
	git push -qf origin feature
	pushed $'ref refs/heads/feature\nA x @ x'
}

@test "refused by the remote: git gives the hook nothing" {
	add x && git push -q origin main
	git reset -q --hard HEAD^ && add y
	run git push -q origin main
	same "$status" 1
	same "$(cat "$SAW")$(cat "$SAW.in")" ""
}

@test "the remote moved on to a commit we never saw, plain and forced" {
	git clone -q "$UP" "$R-other" && cd "$R-other"
	echo o >o && git add o && git commit -qm o && git push -q origin main
	cd "$R" && add x
	run git push -q origin main
	same "$(named "$SAW")" $'ref refs/heads/main\nA x @ x'
	git push -qf origin main
	pushed $'ref refs/heads/main\nA x @ x'
}

@test "a deleted branch" {
	git push -q origin main:refs/heads/gone
	git push -q origin :gone
	same "$(cat "$SAW")$(cat "$SAW.there")" ""
	has "$(cat "$SAW.in")" "(delete)"
}

@test "one deleted and one new in the same push" {
	git push -q origin main:refs/heads/gone && add x
	git push -q origin :gone main
	pushed $'ref refs/heads/main\nA x @ x'
}

@test "tags: light, annotated, and one on an old commit" {
	add x && git tag light && git tag -a -m m heavy
	git tag -a -m m old HEAD^
	git push -q origin light heavy old
	for saw in "$SAW" "$SAW.there"; do
		same "$(named "$saw" | paste -sd, | sed 's/,ref/\n&/g' |
			sed 's/^,//' | sort)" "$(printf '%s\n' \
			'ref refs/tags/heavy,A x @ x' \
			'ref refs/tags/light,A x @ x' 'ref refs/tags/old')"
	done
}

@test "a tag of a tag" {
	add x && git tag -a -m m one && git tag -a -m m two one 2>/dev/null
	git push -q origin two
	pushed $'ref refs/tags/two\nA x @ x'
}

@test "a hundred old tags cost one look" {
	for i in 1 2 3 4 5; do add "x$i"; done
	git push -q origin main
	for i in $(seq 100); do git tag -a -m m "t$i" "HEAD~$((i % 5))"; done
	git push -q origin --tags
	same "$(wc -l <"$SAW.in")" 100
	same "$(cat "$SAW")$(cat "$SAW.there")" ""
}

@test "many refs of which one is new" {
	for i in 1 2 3 4 5; do git tag -a -m m "t$i"; done
	git checkout -qb feature && add x
	git push -q origin --tags feature
	pushed $'ref refs/heads/feature\nA x @ x'
}

@test "a deleted tag" {
	git tag t && git push -q origin t
	git push -q origin :refs/tags/t
	same "$(cat "$SAW")$(cat "$SAW.there")" ""
}

@test "a tag of a blob, and of a tree" {
	git tag blob "$(git rev-parse HEAD:a)"
	git push -q origin blob
	pushed "ref refs/tags/blob"
	git tag tree "$(git rev-parse 'HEAD:sub')"
	git push -q origin tree
	pushed $'ref refs/tags/tree\nA deep/c'
}

@test "HEAD:x, HEAD~1:x and a bare id" {
	add x && add y
	git push -q origin HEAD:refs/heads/head
	pushed $'ref refs/heads/head\nA x @ x\nA y @ y'
	git push -q origin :head
	git fetch -q --prune
	git push -q origin HEAD~1:refs/heads/before
	pushed $'ref refs/heads/before\nA x @ x'
	git push -q origin "$(git rev-parse HEAD):refs/heads/id"
	pushed $'ref refs/heads/id\nA y @ y'
}

@test "one good and one refused ref" {
	git checkout -qb feature && add x && git push -q origin feature
	git commit -q --amend -m other && git checkout -q main && add y
	run git push -q origin main feature
	same "$(named "$SAW")" $'ref refs/heads/main\nA y @ y'
}

@test "to a bare URL" {
	add x
	git push -q "$UP" main
	pushed $'ref refs/heads/main\nA x @ x'
}

@test "to a remote with two URLs, once each" {
	cp -R "$UP" "$UP.second"
	git remote set-url --add --push origin "$UP"
	git remote set-url --add --push origin "$UP.second"
	add x
	git push -q origin main
	same "$(named "$SAW.there")" $'ref refs/heads/main\nA x @ x'
	# The second call knows what the first has just brought there.
	same "$(named "$SAW")" "ref refs/heads/main"
}

@test "to a remote that was never fetched: what no other remote has" {
	add x && git push -q origin main && add y
	git init -q --bare "$UP.deploy"
	git remote add deploy "$UP.deploy"
	git push -q deploy main
	same "$(named "$SAW")" $'ref refs/heads/main\nA y @ y'
}

@test "the first push of all: everything" {
	git init -q --bare "$UP.new" && cp "$W/arrived" "$UP.new/hooks/pre-receive"
	git remote set-url origin "$UP.new" && git fetch -q --prune
	git push -q origin main
	pushed "$(printf '%s\n' 'ref refs/heads/main' 'A a @ base' \
		'A b @ base' 'A sub/deep/c @ base')"
}

@test "--all, --mirror and a dry run" {
	git checkout -qb feature && add x
	git push -q origin --all
	pushed $'ref refs/heads/feature\nA x @ x'
	add y
	git push -q --dry-run origin feature
	same "$(named "$SAW")" $'ref refs/heads/feature\nA y @ y'
	git push -q --mirror origin 2>/dev/null
	has "$(named "$SAW")" $'A y @ y'
}

@test "--no-verify skips this end, not the other" {
	add x && git push -q --no-verify origin main
	[ ! -e "$SAW" ]
	same "$(named "$SAW.there")" $'ref refs/heads/main\nA x @ x'
}

@test "from a shallow clone" {
	add x && git push -q origin main
	git clone -q --depth 1 "file://$UP" "$R-shallow" && cd "$R-shallow"
	cp "$W/before" .git/hooks/pre-push
	add y && git push -q origin main
	same "$(sed 's/@.*//' "$SAW")" $'ref refs/heads/main\nA y '
	git checkout -qb feature && add z && git push -q origin feature
	same "$(sed 's/@.*//' "$SAW")" $'ref refs/heads/feature\nA z '
}

@test "from a subdirectory, from a linked worktree, and bare" {
	add x && cd sub && git push -q origin main
	same "$(named "$SAW")" $'ref refs/heads/main\nA x @ x'
	git worktree add -q "$R-wt" -b wt && cd "$R-wt" && add y
	git push -q origin wt
	same "$(named "$SAW")" $'ref refs/heads/wt\nA y @ y'
	git clone -q --bare "$R" "$R.git" && cd "$R.git"
	cp "$W/before" hooks/pre-push
	git remote set-url origin "$UP" 2>/dev/null || git remote add origin "$UP"
	git fetch -q origin '+refs/heads/*:refs/remotes/origin/*'
	git push -q origin main:refs/heads/bare
	same "$(named "$SAW")" "ref refs/heads/bare"
}

@test "the policy of a push is the old tip's, on a server the default branch's" {
	add x && git push -q origin main
	add x 2
	DUMP_THERE=tree git push -q origin main
	has "$(cat "$SAW.there")" "policy x [x]"
	has "$(cat "$SAW.there")" "now x [2]"
	git checkout -q --detach HEAD~2 && add y
	DUMP_THERE=tree git push -q origin HEAD:refs/heads/old
	has "$(cat "$SAW.there")" "policy x [2]"
	lacks "$(cat "$SAW.there")" "base x"
}

@test "in pre-receive the new objects are in quarantine, and stay out when refused" {
	hook "$UP/hooks" pre-receive <<-'END'
		#!/bin/sh
		[ -n "$GIT_QUARANTINE_PATH" ] || exit 9
		DUMP=text "$CHANGES" receive >"$SAW.there" 2>&1
		exit 1
	END
	add x
	run git push -q origin main
	same "$status" 1
	has "$(cat "$SAW.there")" "new [x]"
	run git -C "$UP" cat-file -e "$(git rev-parse HEAD)"
	[ "$status" != 0 ]
}

@test "hidden refs of a server are not what it has" {
	add x
	git push -q origin main:refs/pull/1/head
	git push -q origin main
	same "$(named "$SAW.there")" $'ref refs/heads/main\nA x @ x'
}

@test "a push changes nothing but what git itself changes" {
	add x && git checkout -q -b other && git checkout -q main
	line="refs/heads/main $(git rev-parse main) refs/heads/main $(git rev-parse origin/main)"
	before=$(fingerprint)
	echo "$line" | "$CHANGES" push origin >/dev/null
	same "$(fingerprint)" "$before"
}

@test "a pushed id that is not there is an error" {
	run "$CHANGES" push origin <<<"x $(printf '1%.0s' \
		$(seq 40)) refs/heads/x $(printf '0%.0s' $(seq 40))"
	same "$status" 2
	run "$CHANGES" push origin <<<"x 12 refs/heads/x 34"
	same "$status" 2
}
