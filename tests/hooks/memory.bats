#!/usr/bin/env bats
# Real runs of the hooks under valgrind: what sanitizers of our own code do not
# see, because the libraries are not built with them.

load library

setup_file() {
	world
	git init -q --bare up.git
	repo r
	git remote add origin "$W/up.git"
	git push -q origin main
	mkdir -p prisma/migrations/1_a
	echo 'CREATE TABLE t (a int, b int);' >prisma/migrations/1_a/migration.sql
	echo 'provider = "postgresql"' >prisma/migrations/migration_lock.toml
	git add . && git -c core.hooksPath=/dev/null commit -qm first
	mkdir -p prisma/migrations/2_b db/migrate
	echo 'ALTER TABLE t DROP COLUMN b;' >prisma/migrations/2_b/migration.sql
	cat >db/migrate/20240101000000_c.rb <<-'END'
		class C < ActiveRecord::Migration[7.1]
		  def change
		    remove_column :users, :email, :string
		  end
		end
	END
	echo 'DATABASE_URL=file:./x.db' >.env.production
	echo '{"scripts":{"deploy":"prisma migrate reset --force"}}' >package.json
	echo 'rules: { drop-index: caution }' >.holdfast.yaml
}

setup() {
	command -v valgrind >/dev/null && valgrind -q true ||
		skip 'valgrind does not run here'
	! grep -q __asan_init "$HOLDFAST_BUILD/pre-commit" ||
		skip 'AddressSanitizer looks already'
	cd "$W/r"
}

# clean STATUS COMMAND...: it exits so, with no error and nothing leaked.
clean() {
	run valgrind -q --leak-check=full --show-leak-kinds=all \
		--errors-for-leak-kinds=all --error-exitcode=99 "${@:2}"
	same "$status" "$1"
	lacks "$output" '=='
}

@test "pre-commit, nothing staged and much blocked" {
	clean 0 "$HOLDFAST_BUILD/pre-commit"
	git add .
	clean 1 "$HOLDFAST_BUILD/pre-commit"
	has "$output" 'nothing was committed'
}

@test "pre-push of what is blocked" {
	git add . && git -c core.hooksPath=/dev/null commit -qm second
	echo "refs/heads/main $(git rev-parse HEAD) refs/heads/main $(
		git rev-parse HEAD~2)" >"$W/refs"
	clean 1 "$HOLDFAST_BUILD/pre-push" origin "$W/up.git" <"$W/refs"
	has "$output" 'drop-column'
}

@test "check of everything" {
	for format in text json sarif; do
		clean 1 "$HOLDFAST_BUILD/holdfast" check --format "$format" .
	done
}
