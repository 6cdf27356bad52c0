# A repository made for it, and three real commits: one that would lose data,
# the same with an override that says how to get it back, and a harmless one.

shown() {
	printf '\n$'
	for word in "$@"; do
		printf ' %s' "$(quoted "$word")"
	done
	printf '\n'
	"$@" 2>&1 || true
}

demo_file() {
	printf '\n$ cat %s\n' "$1"
	cat >"$1"
	cat "$1"
	git add .
}

demo() {
	folder=$(mktemp -d)
	cd -- "$folder" || exit 3
	git -c init.defaultBranch=main init -q
	git config user.name Demo
	git config user.email demo@example.com
	git config commit.gpgSign false
	git config core.hooksPath "$folder/.git/hooks"
	mkdir -p migrations
	printf 'CREATE TABLE users (\n\tid bigint PRIMARY KEY,\n\temail text\n);\n' \
		>migrations/0001_create_users.sql
	git add . && git commit -qm 'Create users'
	"$source/install.sh" --no-build --prefix "$prefix" --hooks \
		pre-commit "$folder" >"$tmp/demo.log" || {
		cat "$tmp/demo.log" >&2
		exit 1
	}
	say 'A repository with one migration, and a second one that drops a column:'
	demo_file migrations/0002_drop_email.sql <<-'END'
		ALTER TABLE users DROP COLUMN email;
	END
	shown git commit -m 'Drop email'
	printf '\nIt is meant, and somebody thought of the way back:\n'
	demo_file migrations/0002_drop_email.sql <<-'END'
		-- @override-destructive
		-- @rollback-plan: restore users.email from the nightly backup
		ALTER TABLE users DROP COLUMN email;
	END
	shown git commit -m 'Drop email'
	printf '\nWhat loses nothing passes without a word:\n'
	demo_file migrations/0003_create_posts.sql <<-'END'
		CREATE TABLE posts (id bigint PRIMARY KEY, title text);
	END
	shown git commit -m 'Create posts'
	shown git log --oneline
	printf '\nThe repository is %s. To remove it: rm -rf %s\n' \
		"$folder" "$(quoted "$folder")"
}
