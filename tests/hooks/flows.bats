#!/usr/bin/env bats
# The real hooks in every way git can make a commit or a merge: what blocks,
# what passes, what runs at all, and that nothing but git's own work changes.

load library

DROP='ALTER TABLE users DROP COLUMN email;'
ADD='CREATE TABLE posts (id int);'

setup_file() {
	world
	git init -q "$W/template" && cd "$W/template"
	mkdir -p db/migrations sub/deep
	echo 'CREATE TABLE users (id int, email text);' >db/migrations/0001_init.sql
	echo a >a && echo c >sub/deep/c
	git add . && git commit -qm base
	for h in pre-commit pre-merge-commit pre-applypatch pre-push; do
		hook .git/hooks $h <<-END
			#!/bin/sh
			echo "$h" >>"\$RAN"
			exec "$HOLDFAST_BUILD/$h" "\$@"
		END
	done
}

setup() {
	R=$W/r$BATS_TEST_NUMBER
	export RAN=$R.ran
	cp -R "$W/template" "$R"
	cd "$R"
	M=db/migrations
}

danger() {
	echo "$DROP" >"$M/${1:-0002}_drop.sql"
}

harmless() {
	echo "$ADD" >"$M/${1:-0003}_add.sql"
}

# blocked COMMAND…: the hook said no, on its first and its last line, nothing
# was recorded, and the repository is as before.
blocked() {
	local before
	before=$(contents)
	run "$@" </dev/null
	[ "$status" != 0 ] || { echo "passed: $*"; return 1; }
	has "$(grep -m 1 ^holdfast <<<"$output")" "blocked: drops column email of users"
	has "$output" "[drop-column]"
	has "$(grep ^holdfast <<<"$output" | tail -n 1)" "blocked"
	same "$(contents)" "$before"
}

# What git itself may not change when a hook says no. (It does refresh the
# index before it asks.)
contents() {
	git for-each-ref
	git rev-parse -q --verify HEAD || true
	git ls-files -s
	git status --porcelain
	find "$(git rev-parse --git-dir)" -name '*.lock'
}

# passes COMMAND…: it went through and the hook printed nothing.
passes() {
	run "$@" </dev/null
	[ "$status" = 0 ] || { echo "$output"; return 1; }
	lacks "$output" holdfast
}

ran() {
	same "$(cat "$RAN" 2>/dev/null | tr '\n' ' ')" "${1:+$1 }"
	rm -f "$RAN"
}

# What a branch brings past all hooks.
smuggle() {
	git checkout -qb "$1" && danger && git add . &&
		git commit -qnm "$1" && git checkout -q main
}

@test "commit: staged, from a subdirectory, with -C" {
	danger && git add .
	blocked git commit -m x
	cd sub/deep
	run git commit -m x
	same "$status" 1
	cd "$W"
	run git -C "$R" commit -m x
	same "$status" 1
}

@test "commit: an unborn branch" {
	git checkout -q --orphan new && danger && git add .
	run git commit -m x
	same "$status" 1
	git rm -q --cached "$M/0002_drop.sql"
	passes git commit -qm x
}

@test "commit: harmless migrations pass without a word" {
	harmless && git add .
	passes git commit -qm x
	echo more >>a
	passes git commit -qam x
}

@test "commit -a" {
	harmless && git add . && git commit -qm x
	echo "$DROP" >>"$M/0003_add.sql"
	blocked git commit -am x
}

@test "commit PATH judges that path only" {
	danger && harmless && git add .
	passes git commit -qm x "$M/0003_add.sql"
	blocked git commit -m x "$M/0002_drop.sql"
	echo b >a
	passes git commit -qm x --only a
	echo c >a
	blocked git commit -m x --include a
}

@test "commit: the index counts, not the work tree" {
	danger && git add . && harmless 0002 && mv "$M/0002_add.sql" "$M/0002_drop.sql"
	blocked git commit -m x
	git add . && echo "$DROP" >>"$M/0002_drop.sql"
	passes git commit -qm x
}

@test "commit --amend" {
	harmless && git add . && git commit -qm x
	passes git commit -q --amend -m y
	danger && git add .
	blocked git commit --amend -m y
	git reset -q && rm "$M/0002_drop.sql"
	echo "$DROP" >>"$M/0003_add.sql"
	blocked git commit --amend -a -m y
}

@test "commit: allow-empty, nothing to commit, dry run" {
	passes git commit -q --allow-empty -m x
	run git commit -m x
	same "$status" 1
	lacks "$output" holdfast
	danger && git add . && rm -f "$RAN"
	git commit --dry-run >/dev/null
	ran ""
}

@test "commit: an intended addition is not judged" {
	danger && git add -N . && echo b >a
	passes git commit -qm x a
}

@test "commit: --no-verify and another hooks folder pass by" {
	danger && git add .
	passes git commit -qnm x
	danger 0004 && git add .
	passes git -c core.hooksPath=/dev/null commit -qm x
	ran ""
}

@test "commit: an override passes and is said, a caution does not block" {
	printf -- '-- @override-destructive\n-- @rollback-plan: restore the backup of today\n%s\n' \
		"$DROP" >"$M/0002_drop.sql" && git add .
	run git commit -qm x
	same "$status" 0
	has "$output" "overridden"
}

@test "commit: a deletion and a rename pass" {
	git mv a b && git rm -q sub/deep/c
	passes git commit -qm x
}

@test "commit: an editor is not opened when blocked" {
	danger && git add .
	GIT_EDITOR="touch $R.edited" blocked git commit
	[ ! -e "$R.edited" ]
}

@test "commit in a linked worktree, and with GIT_INDEX_FILE" {
	git worktree add -q "$R-wt" -b wt && cd "$R-wt"
	danger && git add .
	run git commit -m x
	same "$status" 1
	cd "$R" && cp .git/index .git/other
	danger && GIT_INDEX_FILE=.git/other git add .
	passes git commit -q --allow-empty -m x
	run env GIT_INDEX_FILE=.git/other git commit -m x
	same "$status" 1
}

@test "commit: a hook that a manager runs in a subfolder" {
	hook .git/hooks pre-commit <<-END
		#!/bin/sh
		cd sub/deep && exec "$HOLDFAST_BUILD/holdfast" hook pre-commit
	END
	danger && git add .
	blocked git commit -m x
	echo b >a
	passes git commit -qm x a
	git reset -q --hard && git worktree add -q "$R-wt" -b wt && cd "$R-wt"
	danger && git add .
	run git commit -m x
	same "$status" 1
}

@test "a configuration that cannot be read blocks" {
	echo 'nonsense: [' >.holdfast.yaml && git add . && echo b >a && git add a
	run git commit -m x
	same "$status" 1
	harmless && git add .
	run git commit -m x
	same "$status" 1
	has "$output" "holdfast: pre-commit cannot judge: .holdfast.yaml"
}

@test "what cannot be read blocks" {
	danger && git add .
	f=.git/objects/$(git rev-parse ":$M/0002_drop.sql" | sed 's|^..|&/|')
	rm -f "$f"
	run "$HOLDFAST_BUILD/pre-commit"
	same "$status" 1
	has "$output" "missing or damaged"
}

@test "merge: what the other side passed by is its own, and caught at push" {
	smuggle side && echo b >a && git commit -qam x && rm -f "$RAN"
	passes git merge -q --no-edit side
	ran pre-merge-commit
	git init -q --bare "$R.up"
	git push -q --no-verify "$R.up" HEAD~1:refs/heads/main
	git remote add up "$R.up" && git fetch -q up
	run git push up main
	same "$status" 1
	has "$output" "push blocked: drops column"
	has "$output" "commit:   $(git rev-parse --short=10 side)"
}

@test "merge: fast forward, squash, --no-commit" {
	smuggle side && rm -f "$RAN"
	git checkout -qb ff && passes git merge -q side
	ran ""
	git checkout -q main
	git merge -q --squash side >/dev/null 2>&1
	ran ""
	blocked git commit -m squashed
	git reset -q --hard
	echo b >a && git commit -qam x && rm -f "$RAN"
	git merge -q --no-commit side
	ran ""
	passes git commit -qm merged
	ran pre-commit
}

# Both sides change the same line of a migration that is new on neither.
conflict() {
	harmless && git add . && git commit -qm x
	git checkout -qb side && echo 'CREATE TABLE b (id int);' >>"$M/0003_add.sql"
	git commit -qam side && git checkout -q main
	echo 'CREATE TABLE c (id int);' >>"$M/0003_add.sql"
	git commit -qam main && rm -f "$RAN"
	run git merge side
	same "$status" 1
}

@test "merge: what a conflict's resolution brings is judged" {
	conflict
	echo "$DROP" >"$M/0003_add.sql" && git add .
	run git commit -qm merged
	same "$status" 1
	has "$output" "drops column email"
	run git merge --continue
	same "$status" 1
	run git commit -qam merged
	same "$status" 1
	ran "pre-commit pre-commit pre-commit"
	printf '%s\n' "$ADD" 'CREATE TABLE b (id int);' \
		'CREATE TABLE c (id int);' >"$M/0003_add.sql"
	git add . && passes git merge --continue
}

@test "merge: a conflict marker left behind" {
	conflict
	git add .
	run git commit -qm merged
	same "$status" 1
	has "$output" "conflict markers"
}

@test "merge: blocked in pre-merge-commit it is still open, and says so" {
	hook .git/hooks pre-merge-commit <<-END
		#!/bin/sh
		echo "$DROP" >$M/0009_evil.sql && git add $M/0009_evil.sql
		exec "$HOLDFAST_BUILD/pre-merge-commit"
	END
	git checkout -qb side && echo s >s && git add s && git commit -qm s
	git checkout -q main && echo b >a && git commit -qam x
	run git merge --no-edit side
	same "$status" 1
	has "$(grep ^holdfast <<<"$output" | tail -n 1)" "the merge is still open"
	[ -e .git/MERGE_HEAD ]
	run git commit -m merged
	same "$status" 1
	git merge --abort
}

@test "merge --no-verify and an octopus" {
	for b in one two; do
		git checkout -qb $b main && echo $b >$b && git add . && git commit -qm $b
	done
	git checkout -q main && echo b >a && git commit -qam x && rm -f "$RAN"
	passes git merge -q --no-edit one two
	ran pre-merge-commit
	smuggle side && rm -f "$RAN"
	echo e >e && git add e && git commit -qm e && rm -f "$RAN"
	passes git merge -q --no-verify --no-edit side
	ran ""
}

@test "pull with a merge and with a rebase" {
	git clone -q "$R" "$R.clone"
	echo b >a && git commit -qam b
	cp -R .git/hooks "$R.clone/.git/" && cd "$R.clone"
	echo d >sub/deep/c && git commit -qam d && rm -f "$RAN"
	git checkout -qb two && passes git pull -q --no-rebase --no-edit origin main
	ran pre-merge-commit
	git checkout -q main && passes git pull -q --rebase origin main
	ran ""
}

@test "cherry-pick and revert: clean ones run no hook, pushed they are judged" {
	smuggle side && rm -f "$RAN"
	passes git cherry-pick side
	ran ""
	git reset -q --hard HEAD~1
	git cherry-pick -n side
	blocked git commit -m picked
}

@test "rebase: conflicts concluded run no pre-commit; edit and amend does" {
	harmless && git add . && git commit -qm one
	echo b >a && git commit -qam two && rm -f "$RAN"
	GIT_SEQUENCE_EDITOR='sed -i 1s/pick/edit/' git rebase -q -i HEAD~2 \
		>/dev/null 2>&1 || true
	danger && git add .
	run git commit --amend --no-edit
	same "$status" 1
	ran pre-commit
	git rebase --abort
}

@test "am and rebase --apply: pre-applypatch" {
	smuggle side
	git format-patch -q -1 -o "$R.patch" side && rm -f "$RAN"
	run git am "$R.patch/"*
	same "$status" 1
	has "$output" "blocked: drops column email"
	ran pre-applypatch
	git am --abort
	echo b >a && git commit -qam b && git checkout -q side && rm -f "$RAN"
	run git rebase --apply main
	same "$status" 1
	ran pre-applypatch
	git rebase --abort
}

@test "stash, notes, tags, switch, reset: no hook" {
	danger && git add . && rm -f "$RAN"
	passes git stash -q
	passes git stash pop -q
	passes git notes add -m x
	passes git tag x
	passes git reset -q
	ran ""
}

@test "a push of what passed by the commit is blocked, of what is fine is not" {
	git init -q --bare "$R.up" && git remote add up "$R.up"
	passes git push -q up main
	danger && git add . && git commit -qnm x
	run git push up main
	same "$status" 1
	has "$(grep -m 1 ^holdfast <<<"$output")" "push blocked: drops column"
	has "$(grep ^holdfast <<<"$output" | tail -n 1)" "nothing was pushed"
	passes git push -q up HEAD~1:refs/heads/x
	passes git push -q up :x
}

@test "a push of two branches with the same finding tells it once" {
	git init -q --bare "$R.up" && git remote add up "$R.up"
	git push -q up main
	smuggle one && git branch two one
	git checkout -q two && echo b >a && git commit -qam b
	run git push up one two
	same "$status" 1
	same "$(grep -c '\[drop-column\]$' <<<"$output")" 1
}

@test "the policy of a push is the remote's, not the pushed one" {
	git init -q --bare "$R.up" && git remote add up "$R.up"
	git push -q up main
	printf 'rules:\n  drop-column: off\n' >.holdfast.yaml
	danger && git add . && git commit -qnm x
	run git push up main
	same "$status" 1
	has "$output" "drops column email"
}

@test "SHA-256, a split index and a linked worktree block all the same" {
	git init -q --object-format=sha256 "$R.256" 2>/dev/null ||
		skip "this git does not know SHA-256"
	forgive_libgit2
	cp -R db "$R.256/" && cp -R .git/hooks "$R.256/.git/" && cd "$R.256"
	git add . && git commit -qm base
	danger && git add .
	run git commit -m x
	same "$status" 1
	has "$output" "drops column email"
	cd "$R" && git update-index --split-index && danger && git add .
	run git commit -m x
	same "$status" 1
	has "$output" "drops column email"
}

@test "killed at any moment, a hook leaves no lock and no process" {
	danger && git add .
	before=$(fingerprint)
	for ms in 0 1 2 3 5 8; do
		"$HOLDFAST_BUILD/pre-commit" >/dev/null 2>&1 &
		pid=$!
		sleep "0.00$ms"
		kill -9 "$pid" 2>/dev/null || true
		wait "$pid" 2>/dev/null || true
	done
	same "$(fingerprint)" "$before"
	same "$(find .git -name '*.lock')" ""
}

@test "a closed, a full and a missing standard error change no verdict" {
	danger && git add .
	run bash -c '"$HOLDFAST_BUILD/pre-commit" 2>&-'
	same "$status" 1
	[ ! -e /dev/full ] || {
		run bash -c '"$HOLDFAST_BUILD/pre-commit" 2>/dev/full'
		same "$status" 1
	}
	run bash -c '"$HOLDFAST_BUILD/pre-commit" 2>&1 | :; exit ${PIPESTATUS[0]}'
	[ "$status" != 0 ]
}

@test "no colour off a terminal, colour on one, none with NO_COLOR" {
	danger && git add .
	run "$HOLDFAST_BUILD/pre-commit"
	lacks "$output" $'\e'
	script -qec true /dev/null >/dev/null 2>&1 ||
		skip "no terminal to be had with script(1)"
	out=$(env -u NO_COLOR TERM=xterm script -qec "$HOLDFAST_BUILD/pre-commit" /dev/null || true)
	has "$out" $'\e['
	out=$(NO_COLOR=1 TERM=xterm script -qec "$HOLDFAST_BUILD/pre-commit" /dev/null || true)
	lacks "$out" $'\e['
}

@test "nothing on standard output, ever" {
	danger && git add .
	same "$("$HOLDFAST_BUILD/pre-commit" 2>/dev/null)" ""
}

@test "pre-push by hand, with nonsense, with an empty input" {
	run "$HOLDFAST_BUILD/pre-push" origin x </dev/null
	same "$status" 0
	same "$output" ""
	for line in 'one two three' 'a b c d e' 'x 12 y 34' $'\t'; do
		run "$HOLDFAST_BUILD/pre-push" origin x <<<"$line"
		same "$status" 2
		has "$output" "holdfast: pre-push cannot judge"
	done
	run bash -c '"$HOLDFAST_BUILD/pre-push" origin x <&-'
	same "$status" 2
}

@test "pre-push as pre-commit calls it: no input, the ref in the environment" {
	git init -q --bare "$R.up" && git remote add up "$R.up"
	git push -q up main
	danger && git add . && git commit -qnm x
	export PRE_COMMIT_FROM_REF=$(git rev-parse HEAD~1)
	export PRE_COMMIT_TO_REF=$(git rev-parse HEAD)
	export PRE_COMMIT_REMOTE_NAME=up PRE_COMMIT_REMOTE_BRANCH=refs/heads/main
	run "$HOLDFAST_BUILD/holdfast" hook pre-push </dev/null
	same "$status" 1
	has "$output" "push blocked: drops column email"
	PRE_COMMIT_TO_REF=$(git rev-parse HEAD~1) \
		run "$HOLDFAST_BUILD/holdfast" hook pre-push </dev/null
	same "$status" 0
	unset PRE_COMMIT_FROM_REF PRE_COMMIT_TO_REF PRE_COMMIT_REMOTE_NAME \
		PRE_COMMIT_REMOTE_BRANCH
}

@test "outside of a repository a hook cannot judge" {
	mkdir "$R.none" && cd "$R.none"
	run "$HOLDFAST_BUILD/pre-commit"
	same "$status" 2
	has "$output" "not a git repository"
}

@test "holdfast hook NAME is the same, and says what it is not" {
	danger && git add .
	run "$HOLDFAST_BUILD/holdfast" hook pre-commit
	same "$status" 1
	has "$output" "drops column email"
	run "$HOLDFAST_BUILD/holdfast" hook update
	same "$status" 2
	has "$output" "install pre-receive instead"
	run "$HOLDFAST_BUILD/holdfast" hook commit-msg
	same "$status" 2
	run "$HOLDFAST_BUILD/holdfast" hook
	same "$status" 2
}
