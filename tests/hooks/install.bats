#!/usr/bin/env bats
# install.sh in every state a repository can be in: what it writes, what it
# leaves alone, what runs afterwards, and that --uninstall restores all of it.
# The programs are stand-ins that write down how they were called.

load library

setup_file() {
	world
	export P=$W/prefix LOG=$W/log
	hook "$P/bin" holdfast <<-'END'
		#!/bin/sh
		case $1 in
		--version) echo 'holdfast 0.1.0' ;;
		doctor) echo "doctor of $2" ;;
		hook) shift; echo "via command: $*" >>"$LOG" ;;
		esac
	END
	for h in pre-commit pre-merge-commit pre-applypatch pre-push pre-receive; do
		hook "$P/libexec/holdfast" $h <<-'END'
			#!/bin/sh
			[ -z "${HOLDFAST_PROBE-}" ] || {
				echo "holdfast-probe $HOLDFAST_PROBE ${0##*/}" >&2
				exit 1
			}
			echo "ours: ${0##*/} $*" >>"$LOG"
			case $0 in *pre-push | *pre-receive) sed 's/^/ours read: /' >>"$LOG" ;; esac
			exit ${OURS:-0}
		END
	done
	repo template
	git clone -q --bare "$W/template" "$W/template.git"
}

setup() {
	R=$W/r$BATS_TEST_NUMBER
	cp -R "$W/template" "$R"
	cd "$R"
	rm -f "$LOG"
	rm -f "$HOME/.gitconfig.lock"
	git config --global --unset-all core.hooksPath || true
}

install() {
	run "$SOURCE_DIR/install.sh" --no-build --prefix "$P" "$@"
}

installed() {
	install "$@"
	[ "$status" = 0 ] || { echo "$output"; return 1; }
}

# refused TEXT OPTIONS…: nothing was changed, and the message says TEXT.
refused() {
	local text=$1 before
	shift
	before=$(state)
	install "$@"
	has "$output" "$text"
	same "$status" 1
	same "$(state)" "$before"
}

# Hooks, settings and work tree of the repository.
state() {
	local common
	common=$(git -C "$R" rev-parse --git-common-dir)
	(
		cd "$R" && cd "$common" && find hooks holdfast custom_hooks \
			\( -type f -exec sha256sum {} + -o -type l -print \) 2>/dev/null
		find hooks -printf '%m %p\n' 2>/dev/null
		cat config
	)
	(cd "$R" && find . -path ./.git -prune -o -type f -exec sha256sum {} +)
	cat "$HOME/.gitconfig"
}

log() {
	cat "$LOG" 2>/dev/null || true
}

commit() {
	git commit -q --allow-empty -m x
}

foreign() {
	hook "${2:-.git/hooks}" "$1" <<-END
		#!/bin/sh
		echo "theirs: $1 \$*" >>"$LOG"
		[ $1 != pre-push ] || sed 's/^/theirs read: /' >>"$LOG"
		exit \${THEIRS:-0}
	END
}

# PATH without the folders that hold a program.
path_without() {
	local dir rest=
	while IFS= read -r dir; do
		[ -x "$dir/$1" ] || rest=$rest${rest:+:}$dir
	done < <(tr : '\n' <<<"$PATH")
	printf '%s' "$rest"
}

@test "a clean repository: installed, run, up to date, taken out" {
	before=$(state)
	installed .
	has "$output" "git runs it: yes"
	has "$output" "doctor of $R"
	commit
	same "$(log)" "ours: pre-commit "
	after=$(state)
	installed .
	has "$output" "already up to date"
	same "$(state)" "$after"
	installed --uninstall .
	same "$(state)" "$before"
	rm "$LOG" && commit
	same "$(log)" ""
}

@test "a dry run says what and how it is undone, and does nothing" {
	foreign pre-commit
	before=$(state)
	installed --dry-run .
	has "$output" "hook      $R/.git/hooks/pre-push"
	has "$output" "moved     $R/.git/hooks/pre-commit -> pre-commit.pre-holdfast"
	has "$output" "mv $R/.git/hooks/pre-commit.pre-holdfast $R/.git/hooks/pre-commit"
	same "$(state)" "$before"
	installed .
	before=$(state)
	installed --uninstall --dry-run .
	has "$output" "rm $R/.git/hooks/pre-push"
	same "$(state)" "$before"
}

@test "hooks that were there run first, get the input, and count" {
	foreign pre-commit
	foreign pre-push
	cp -R "$W/template.git" "$R.up"
	git remote add origin "$R.up"
	before=$(state)
	installed .
	has "$output" "pre-commit: the hook that was here runs first"
	commit
	same "$(log)" $'theirs: pre-commit \nours: pre-commit '
	rm "$LOG"
	THEIRS=1 run commit
	same "$status" 1
	same "$(log)" $'theirs: pre-commit \nours: pre-commit '
	OURS=1 run commit
	same "$status" 1
	rm "$LOG" && git push -q origin main
	line="refs/heads/main $(git rev-parse HEAD) refs/heads/main $(git -C "$W/template" rev-parse HEAD)"
	same "$(log)" "$(printf '%s\n' "theirs: pre-push origin $R.up" \
		"theirs read: $line" "ours: pre-push origin $R.up" \
		"ours read: $line")"
	installed --uninstall .
	same "$(state)" "$before"
}

@test "an empty input stays empty" {
	foreign pre-push
	installed .
	cp -R "$W/template.git" "$R.up"
	git remote add origin "$R.up"
	git push -q origin main
	same "$(log)" "$(printf '%s\n' "theirs: pre-push origin $R.up" \
		"ours: pre-push origin $R.up")"
}

@test "an older backup is never overwritten" {
	foreign pre-commit
	echo precious >.git/hooks/pre-commit.pre-holdfast
	before=$(state)
	installed .
	commit
	same "$(log)" $'theirs: pre-commit \nours: pre-commit '
	same "$(cat .git/hooks/pre-commit.pre-holdfast)" precious
	installed --uninstall .
	same "$(state)" "$before"
}

@test "a hook that git does not run is kept, but not run" {
	foreign pre-commit && chmod -x .git/hooks/pre-commit
	ln -s nowhere .git/hooks/pre-push
	before=$(state)
	installed .
	commit
	same "$(log)" "ours: pre-commit "
	installed --uninstall .
	same "$(state)" "$before"
}

@test "a path with blanks and quotes" {
	cp -R "$R" "$W/it's a path"
	cp -R "$P" "$W/my prefix's"
	R="$W/it's a path" && cd "$R"
	run "$SOURCE_DIR/install.sh" --no-build --prefix "$W/my prefix's" "$R"
	same "$status" 0
	commit
	same "$(log)" "ours: pre-commit "
	git worktree add -q "$W/another one" && cd "$W/another one"
	rm "$LOG" && commit
	same "$(log)" "ours: pre-commit "
}

@test "a linked worktree installs for all of them" {
	git worktree add -q "$R-wt" -b wt
	cd "$R-wt"
	installed .
	commit && git -C "$R" commit -q --allow-empty -m x
	same "$(log)" $'ours: pre-commit \nours: pre-commit '
	[ ! -e "$R/.git/worktrees/r$BATS_TEST_NUMBER-wt/hooks" ]
}

@test "from a subdirectory, and by default the current folder" {
	cd sub/deep
	installed
	commit
	same "$(log)" "ours: pre-commit "
}

@test "the program is gone: blocked, with what to do, first and last line" {
	cp -R "$P" "$P-gone"
	run "$SOURCE_DIR/install.sh" --no-build --prefix "$P-gone" .
	rm -r "$P-gone"
	PATH=$(path_without holdfast) run commit
	same "$status" 1
	has "${lines[0]}" "holdfast: pre-commit blocks"
	has "${lines[1]}" "holdfast: blocked. Run install.sh again"
	PATH=$P/bin:$PATH commit
	same "$(log)" "via command: pre-commit"
}

@test "HOLDFAST=0 skips ours, says so, and not theirs" {
	foreign pre-commit
	installed .
	export HOLDFAST=0
	run commit
	unset HOLDFAST
	same "$status" 0
	has "$output" "pre-commit skipped, because HOLDFAST=0"
	same "$(log)" "theirs: pre-commit "
}

@test "a probe never lets a commit through" {
	installed .
	HOLDFAST_PROBE=x run commit
	same "$status" 1
	has "$output" "holdfast-probe x pre-commit"
}

@test "an upgrade replaces the wrappers, and uninstall still restores" {
	foreign pre-commit
	before=$(state)
	installed .
	cp -R "$P" "$P-2"
	run "$SOURCE_DIR/install.sh" --no-build --prefix "$P-2" .
	same "$status" 0
	grep -q "$P-2/libexec" .git/hooks/pre-commit
	commit
	same "$(log)" $'theirs: pre-commit \nours: pre-commit '
	installed --uninstall .
	same "$(state)" "$before"
}

@test "a wrapper changed by hand is neither replaced nor removed" {
	installed .
	echo '# mine' >>.git/hooks/pre-commit
	refused "changed since it was installed: $R/.git/hooks/pre-commit" --uninstall .
	refused "our wrapper was changed by hand" .
}

@test "a hook put over ours stays" {
	installed .
	foreign pre-commit
	refused "changed since it was installed" --uninstall .
}

@test "a failure half-way rolls everything back" {
	foreign pre-commit
	echo 'in the way' >.git/holdfast
	before=$(state)
	install .
	same "$status" 3
	has "$output" "everything is as it was"
	same "$(state)" "$before"
}

@test "killed after any step, it can be finished and taken out" {
	foreign pre-commit
	foreign pre-push
	before=$(state)
	for n in 1 2 3 4 5 6 7 8; do
		rm -f "$R.count"
		hook "$R.bin" mv <<-END
			#!/bin/sh
			$(command -v mv) "\$@" || exit
			echo >>"$R.count"
			[ "\$(wc -l <"$R.count")" -lt $n ] || kill -9 \$PPID
		END
		PATH=$R.bin:$PATH install .
		installed --uninstall .
		rm -f .git/hooks/*.holdfast-new
		rm -rf .git/holdfast
		same "$(state)" "$before"
		PATH=$R.bin:$PATH install .
		installed .
		commit
		same "$(log)" $'theirs: pre-commit \nours: pre-commit '
		rm "$LOG"
		installed --uninstall .
		rm -f .git/hooks/*.holdfast-new
		rm -rf .git/holdfast
		same "$(state)" "$before"
	done
}

@test "core.hooksPath of the repository, untracked: installed there" {
	git config core.hooksPath .myhooks
	foreign pre-commit .myhooks
	echo .myhooks >.git/info/exclude
	before=$(state)
	installed .
	commit
	same "$(log)" $'theirs: pre-commit \nours: pre-commit '
	installed --uninstall .
	same "$(state)" "$before"
}

@test "core.hooksPath of the repository, tracked: refused, with the lines" {
	git config core.hooksPath .githooks
	foreign pre-commit .githooks
	git add . && git -c core.hooksPath=/dev/null commit -qm hooks
	refused '.githooks/pre-push:  holdfast hook pre-push "$@"' .
}

@test "core.hooksPath that is not there, is empty, or leads out" {
	git config core.hooksPath .none
	refused "names a folder that is not there" .
	git config core.hooksPath ''
	refused "set to nothing" .
	mkdir -p "$W/shared-hooks"
	git config core.hooksPath "$W/shared-hooks"
	refused "leads out of this repository" .
	installed --follow .
	[ -x "$W/shared-hooks/pre-commit" ]
	installed --uninstall .
	[ ! -e "$W/shared-hooks/pre-commit" ]
}

@test "core.hooksPath in the git directory" {
	git config core.hooksPath .git/hooks
	installed .
	commit
	same "$(log)" "ours: pre-commit "
}

@test "core.hooksPath of all repositories: refused, or for this one only" {
	foreign pre-commit "$W/global hooks"
	foreign commit-msg "$W/global hooks"
	git config --global core.hooksPath "$W/global hooks"
	refused "./install.sh --local-hooks-path" .
	before=$(state)
	installed --local-hooks-path .
	commit
	same "$(log | sed 's/ \.git.*//')" \
		$'theirs: pre-commit \nours: pre-commit \ntheirs: commit-msg'
	installed --uninstall .
	same "$(state)" "$before"
}

@test "husky: the lines, or into its files" {
	mkdir -p .husky/_ && echo '*' >.husky/_/.gitignore
	git config core.hooksPath .husky/_
	printf 'npm test' >.husky/pre-commit
	refused '.husky/pre-commit:  holdfast hook pre-commit "$@"' .
	before=$(state)
	installed --into-husky .
	same "$(cat .husky/pre-commit)" $'npm test\nholdfast hook pre-commit "$@"'
	same "$(cat .husky/pre-push)" 'holdfast hook pre-push "$@"'
	after=$(state)
	installed --into-husky .
	same "$(state)" "$after"
	installed --uninstall .
	same "$(cat .husky/pre-commit)" 'npm test'
	[ ! -e .husky/pre-push ]
}

@test "lefthook, pre-commit and overcommit own their hooks" {
	for tool in 'lefthook run' 'https://pre-commit.com' 'Overcommit'; do
		printf '#!/bin/sh\n# %s\n' "$tool" >.git/hooks/pre-commit
		chmod +x .git/hooks/pre-commit
		refused "writes the hook pre-commit anew" .
	done
	installed --chain .
	commit
	same "$(log)" "ours: pre-commit "
}

@test "git-lfs is chained without a word" {
	printf '#!/bin/sh\ncommand -v git-lfs >/dev/null\n' >.git/hooks/pre-push
	chmod +x .git/hooks/pre-push
	installed .
	[ -x .git/hooks/pre-push.pre-holdfast ]
}

@test "a hooks folder that is a link" {
	mkdir "$R-shared" && rm -rf .git/hooks && ln -s "$R-shared" .git/hooks
	refused "is a link or lies outside" .
	installed --follow .
	[ -x "$R-shared/pre-commit" ]
	commit
	same "$(log)" "ours: pre-commit "
	installed --uninstall .
	same "$(ls "$R-shared")" ""
}

@test "no hooks folder at all" {
	rm -rf .git/hooks
	before=$(state)
	installed .
	commit
	same "$(log)" "ours: pre-commit "
	installed --uninstall .
	same "$(state)" "$before"
}

@test "bare: only with --server; and --server only bare" {
	R=$W/b.git
	cp -R "$W/template.git" "$R"
	refused "bare repository" "$R"
	installed --server "$R"
	git push -q "$R" HEAD:refs/heads/x
	has "$(log)" "ours: pre-receive "
	has "$(log)" "ours read: $(printf '0%.0s' $(seq 40)) $(git rev-parse HEAD) refs/heads/x"
	installed --server "$R"
	has "$output" "up to date"
	R=$W/r$BATS_TEST_NUMBER
	refused "--server is for a bare repository" --server .
}

@test "a server with folders of hooks (GitLab, Gitea)" {
	R=$W/gl.git
	cp -R "$W/template.git" "$R"
	mkdir -p "$R/custom_hooks"
	installed --server "$R"
	[ -x "$R/custom_hooks/pre-receive.d/holdfast" ]
	installed --uninstall "$R"
	[ ! -e "$R/custom_hooks/pre-receive.d" ]
	rmdir "$R/custom_hooks" && mkdir -p "$R/hooks/pre-receive.d"
	installed --server "$R"
	[ -x "$R/hooks/pre-receive.d/holdfast" ]
}

@test "no repository: 2, or nothing with --if-repo" {
	mkdir "$R-none" && cd "$R-none"
	install .
	same "$status" 2
	has "$output" "not a git repository"
	installed --if-repo .
	same "$output" ""
	install "$R-none/nowhere"
	same "$status" 2
}

@test "usage" {
	install --what
	same "$status" 2
	has "$output" "unknown option --what"
	install --hooks 'pre-commit post-commit' .
	same "$status" 2
	install a b
	same "$status" 2
	installed --help
	has "$output" "usage: ./install.sh"
}

@test "only some hooks" {
	installed --hooks pre-push .
	[ -x .git/hooks/pre-push ]
	[ ! -e .git/hooks/pre-commit ]
}

@test "inside of a hook, where git has set its variables" {
	export GIT_DIR=$R/.git
	install .
	unset GIT_DIR
	same "$status" 1
	has "$output" "GIT_DIR"
}

@test "the home folder is no project" {
	git init -q "$HOME"
	install "$HOME"
	rm -rf "$HOME/.git"
	same "$status" 1
	has "$output" "home folder"
}

@test "root in somebody else's repository" {
	[ "$(id -u)" = 0 ] || skip "needs root"
	git config --global safe.directory '*'
	chown -R nobody "$R"
	refused "belongs to somebody else" .
	chown -R root "$R"
	git config --global --unset safe.directory
}

@test "a submodule: only with --recurse, and then with its parent" {
	git submodule --quiet add "$W/template" mod && git commit -qm mod
	install mod
	same "$status" 1
	has "$output" "this is a submodule"
	installed --recurse .
	git -C mod commit -q --allow-empty -m x
	same "$(log)" "ours: pre-commit "
}

@test "hooks by configuration, where git knows them" {
	if [ "$(printf '%s\n2.54\n' "$(git --version | cut -d' ' -f3)" |
		sort -V | head -n 1)" != 2.54 ]; then
		refused "does not run hooks of the configuration" --config-hooks .
		skip "this git has no hooks in the configuration"
	fi
	before=$(state)
	installed --config-hooks .
	has "$output" "git runs it: yes"
	git config core.hooksPath /dev/null
	commit
	git config --unset core.hooksPath
	same "$(log)" "ours: pre-commit "
	installed --uninstall .
	same "$(state)" "$before"
}

@test "taking out what is not there" {
	installed --uninstall .
	has "$output" "not installed"
}

@test "missing packages: the exact command, and nothing is done" {
	mkdir "$R-bin"
	for t in sh git sed awk grep cat dirname basename mktemp rm id ls tr tail \
		head env printf date pwd cp mv mkdir chmod cut cmp getconf; do
		ln -s "$(command -v $t)" "$R-bin/$t" 2>/dev/null || true
	done
	printf '#!/bin/sh\nexit 1\n' >"$R-bin/apt-get" && chmod +x "$R-bin/apt-get"
	before=$(state)
	PATH=$R-bin run "$R-bin/sh" "$SOURCE_DIR/install.sh" --prefix "$R-new" .
	same "$status" 1
	has "$output" "install -y --no-install-recommends git cmake"
	has "$output" "--with-deps"
	same "$(state)" "$before"
	# With it the command is run; what it did not bring stops all the same.
	printf '#!/bin/sh\necho "apt-get $*" >>"%s"\n' "$LOG" >"$R-bin/apt-get"
	PATH=$R-bin run "$R-bin/sh" "$SOURCE_DIR/install.sh" --with-deps \
		--prefix "$R-new" .
	same "$status" 1
	has "$(log)" "install -y"
	has "$output" "still missing: cmake"
	same "$(state)" "$before"
}
