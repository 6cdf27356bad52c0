#!/usr/bin/env bats
# The rules about the history of migrations and about the policy itself, by
# what others have: pushes, ranges, the server, and what a commit alone may do.

load library

setup_file() {
	world
	git init -q "$W/template" && cd "$W/template"
	mkdir -p db/migrations src/main/resources/db/migration go/migrations \
		goose diesel/migrations
	F=src/main/resources/db/migration
	for n in 1 2 3; do
		echo "CREATE TABLE a$n (id int); -- note" \
			>"db/migrations/000${n}_a$n.sql"
		echo "CREATE TABLE b$n (id int);" >"$F/V${n}__b$n.sql"
		echo "CREATE TABLE c$n (id int);" \
			>"go/migrations/00000${n}_c$n.up.sql"
		echo "DROP TABLE c$n;" >"go/migrations/00000${n}_c$n.down.sql"
		printf '%s\n' '-- +goose Up' "CREATE TABLE d$n (id int);" \
			'-- +goose Down' "DROP TABLE d$n;" >"goose/0000${n}_d$n.sql"
		dir=diesel/migrations/2024-01-0$n-000000_e$n
		mkdir "$dir"
		echo "CREATE TABLE e$n (id int);" >"$dir/up.sql"
		echo "DROP TABLE e$n;" >"$dir/down.sql"
	done
	echo "INSERT INTO a1 VALUES (7);" >db/migrations/0004_rows.sql
	echo "CREATE VIEW v AS SELECT 1;" >"$F/R__views.sql"
	touch diesel/diesel.toml
	mkdir -p changelog db/migrate
	cat >changelog/001.sql <<-END
		--liquibase formatted sql
		--changeset ada:1
		CREATE TABLE f1 (id int);
	END
	cat >db/migrate/20240101000001_g1.rb <<-END
		class G1 < ActiveRecord::Migration[7.0]
		  def change
		    add_column :a1, :note, :string
		  end
		end
	END
	cat >.holdfast.yaml <<-END
		overrides:
		  dangerous: [override, rollback-plan, backup]
		  approvers: [ada]
	END
	git add . && git commit -qm base
	git clone -q --bare . "$W/template.git"
	git remote add origin "$W/template.git" && git fetch -q
	git remote set-head origin main
}

setup() {
	R=$W/r$BATS_TEST_NUMBER
	UP=$R.git
	cp -R "$W/template" "$R"
	cp -R "$W/template.git" "$UP"
	cd "$R"
	git remote set-url origin "$UP"
	F=src/main/resources/db/migration
	M=db/migrations
}

commit() {
	git add -A && git commit -qnm "${1:-x}"
}

# push [BRANCH]: what pre-push says of HEAD going there.
push() {
	local old
	old=$(git rev-parse -q --verify "refs/remotes/origin/${1:-main}" ||
		git rev-parse HEAD | tr '0-9a-f' 0)
	run "$HOLDFAST_BUILD/pre-push" origin "$UP" \
		<<<"refs/heads/x $(git rev-parse HEAD) refs/heads/${1:-main} $old"
}

sent() {
	git push -q --no-verify origin "HEAD:refs/heads/$1"
	git fetch -q
}

staged() {
	git add -A
	run "$HOLDFAST_BUILD/pre-commit"
}

range() {
	run "$HOLDFAST_BUILD/holdfast" check --range "$1"
}

# says RULE TEXT: exactly one finding of the rule, with that title.
says() {
	local lines
	lines=$(grep -F "[$1]" <<<"$output" | grep -v '^holdfast: ')
	has "$lines" "$2"
	same "$(wc -l <<<"$lines")" 1
}

# why: all that is said of what is staged, in full.
why() {
	"$HOLDFAST_BUILD/holdfast" check --staged --format json
}

silent() {
	same "$output" ""
	same "$status" 0
}

@test "edited: a statement, pushed to main, in a range, on the server" {
	sed -i 's/int/bigint/' $M/0002_a2.sql && commit
	push main
	says migration-edited "0002_a2.sql was changed after it was released"
	same "$status" 0
	range origin/main..HEAD
	says migration-edited "0002_a2.sql"
	ln -s "$HOLDFAST_BUILD/pre-receive" "$UP/hooks/pre-receive"
	run git push origin HEAD:main
	same "$status" 0
	has "$output" "0002_a2.sql was changed after it was released"
}

@test "edited: the text of a string counts, comments and spaces do not" {
	sed -i 's/7/8/' $M/0004_rows.sql && commit
	push main
	says migration-edited "0004_rows.sql"
	git reset -q --hard origin/main
	printf '%s\n' '-- why' 'create  table A1 (' ' id int )' >$M/0001_a1.sql
	commit
	push main
	silent
}

@test "edited: a runner with checksums refuses even a comment" {
	sed -i 's/$/ -- note/' $F/V2__b2.sql && commit
	push main
	says migration-edited "V2__b2.sql was changed"
	same "$status" 1
	printf '%s\n\n' '-- @allow migration-edited: no database has run it' |
		cat - $F/V2__b2.sql >x && mv x $F/V2__b2.sql
	commit
	push main
	same "$status" 0
	lacks "$output" "unused-override"
}

@test "edited: what is meant to change may: repeatable, the way back" {
	echo "CREATE OR REPLACE VIEW v AS SELECT 2;" >$F/R__views.sql
	echo "DROP TABLE IF EXISTS c2;" >go/migrations/000002_c2.down.sql
	sed -i 's/^DROP TABLE d2/DROP TABLE IF EXISTS d2/' goose/00002_d2.sql
	commit
	push main
	lacks "$output" migration-edited
	same "$status" 0
}

@test "edited: a change log may grow, what it ran may not change" {
	printf '%s\n' '--changeset ada:2' 'CREATE TABLE f2 (id int);' \
		>>changelog/001.sql && commit
	push main
	silent
	sed -i 's/f1 (id int/f1 (id bigint/' changelog/001.sql && commit
	push main
	says migration-edited "001.sql"
	same "$status" 1
}

@test "edited: calls of a program, not its layout" {
	sed -i 's/^    add/      # why\n      add/' db/migrate/*_g1.rb && commit
	push main
	lacks "$output" migration-edited
	sed -i 's/:note/:remark/' db/migrate/*_g1.rb && commit
	push main
	says migration-edited "20240101000001_g1.rb"
}

@test "edited: one's own branch, pushed before, is one's own" {
	git checkout -qb feature
	echo "CREATE TABLE own (id int);" >$F/V4__own.sql && commit
	sent feature
	sed -i 's/int/bigint/' $F/V4__own.sql && commit
	push feature
	silent
	sed -i 's/int/bigint/' $F/V3__b3.sql && commit
	push feature
	says migration-edited "V3__b3.sql"
	lacks "$output" V4__own
}

@test "edited: without a default branch only what is new or a trunk" {
	git remote rename origin up && git remote rename up origin
	git update-ref -d refs/remotes/origin/HEAD
	git update-ref -d refs/remotes/origin/main
	git checkout -qb feature
	echo "CREATE TABLE own (id int);" >$F/V4__own.sql && commit
	git update-ref refs/remotes/origin/feature HEAD
	sed -i 's/int/bigint/' $F/V4__own.sql && commit
	push feature
	silent
	git update-ref refs/remotes/origin/develop HEAD~1
	push develop
	says migration-edited "V4__own.sql"
	push other
	says migration-edited "V4__own.sql"
}

@test "edited: a commit may edit what it likes" {
	sed -i 's/int/bigint/' $F/V3__b3.sql
	staged
	silent
}

@test "a range from a branch that moved on blames nobody for that" {
	git checkout -qb feature && echo x >x && commit
	git checkout -q main
	echo "CREATE TABLE n (id int);" >$F/V4__n.sql
	sed -i 's/int/bigint/' $M/0001_a1.sql
	printf 'rules:\n  drop-table: restricted\n' >.holdfast.yaml
	commit
	git checkout -q feature
	range main..feature
	silent
	range main...feature
	silent
	echo "CREATE TABLE m (id int);" >$F/V4__m.sql && commit
	for r in main..feature main...feature; do
		range $r
		says migration-duplicate "V4__m.sql and V4__n.sql claim the same place"
		same "$status" 1
	done
}

@test "deleted: one, and many that a squash replaces" {
	git rm -q $M/0002_a2.sql && commit
	push main
	says migration-deleted "migration 0002_a2.sql is gone"
	same "$status" 0
	git rm -q $M/0001_a1.sql $M/0003_a3.sql
	echo "CREATE TABLE a1 (id int);" >$M/0005_all.sql && commit
	push main
	says migration-deleted \
		"0001_a1.sql (with 2 more, replaced by 0005_all.sql) is gone"
}

@test "deleted: not one's own, not what moved, not the way back" {
	git checkout -qb feature
	echo "CREATE TABLE own (id int);" >$M/0005_own.sql && commit
	sent feature
	git rm -q $M/0005_own.sql && commit
	push feature
	silent
	mkdir -p api/db && git mv $M api/db/migrations && commit
	push feature
	silent
	git rm -q go/migrations/000001_c1.down.sql && commit
	push feature
	silent
}

@test "deleted: another number makes it another migration" {
	git mv $M/0002_a2.sql $M/0007_a2.sql && commit
	push main
	says migration-deleted "0002_a2.sql (now 0007_a2.sql) is gone"
	git reset -q --hard origin/main
	git mv $M/0002_a2.sql $M/0002_second.sql && commit
	push main
	silent
}

@test "order: before the newest that is released" {
	git mv go/migrations/000003_c3.up.sql go/migrations/000009_c3.up.sql
	git mv go/migrations/000003_c3.down.sql go/migrations/000009_c3.down.sql
	commit && sent main
	echo "CREATE TABLE n (id int);" >go/migrations/000005_n.up.sql
	echo "DROP TABLE n;" >go/migrations/000005_n.down.sql
	staged
	says migration-order "000005_n.up.sql sorts before 000009_c3.up.sql"
	same "$status" 1
	has "$output" "never run 000005_n.up.sql"
	commit
	push main
	says migration-order "000005_n.up.sql sorts before 000009_c3.up.sql"
	same "$status" 1
}

@test "order: versions by value, and only against what is released" {
	echo "CREATE TABLE n (id int);" >$F/V10__n.sql
	echo "CREATE TABLE m (id int);" >$F/V3_1__m.sql
	commit
	push main
	silent
	echo "CREATE TABLE k (id int);" >$F/V4__k.sql
	staged
	silent
	echo "CREATE TABLE l (id int);" >$F/V2_1__l.sql
	staged
	says migration-order "V2_1__l.sql sorts before V3__b3.sql"
	same "$status" 0
}

@test "order: without a remote, against HEAD" {
	git remote remove origin
	rm -r go/migrations/000002_c2.*.sql && commit
	echo "CREATE TABLE n (id int);" >go/migrations/000002_n.up.sql
	echo "DROP TABLE n;" >go/migrations/000002_n.down.sql
	staged
	says migration-order "000002_n.up.sql sorts before 000003_c3.up.sql"
}

@test "duplicate: two files of one number" {
	echo "CREATE TABLE n (id int);" >$F/V3__n.sql
	staged
	says migration-duplicate "V3__n.sql and V3__b3.sql claim the same place"
	same "$status" 1
	git reset -q --hard
	mkdir diesel/migrations/2024-01-03-000000_n
	echo "CREATE TABLE n (id int);" >diesel/migrations/2024-01-03-000000_n/up.sql
	echo "DROP TABLE n;" >diesel/migrations/2024-01-03-000000_n/down.sql
	staged
	says migration-duplicate "2024-01-03-000000_n and 2024-01-03-000000_e3"
	git reset -q --hard && git clean -qfd
	for n in n m; do
		echo "CREATE TABLE $n (id int);" >$M/0005_$n.sql
	done
	staged
	has "$output" "0005_n.sql and 0005_m.sql claim the same place"
	lacks "$output" "0005_m.sql and 0005_n.sql"
}

@test "duplicate: what others took meanwhile, as far as it was fetched" {
	git checkout -qb other
	echo "CREATE TABLE n (id int);" >$F/V4__n.sql && commit
	sent main
	git checkout -q main
	echo "CREATE TABLE m (id int);" >$F/V4__m.sql
	staged
	says migration-duplicate "V4__m.sql and V4__n.sql"
}

@test "duplicate: not both ways, dialects, days, or where it is usual" {
	echo "CREATE TABLE n (id int);" >$M/0005_n.mysql.sql
	echo "CREATE TABLE n (id int);" >$M/0005_n.postgres.sql
	echo "CREATE TABLE n (id int);" >$M/20240101_n.sql
	echo "CREATE TABLE m (id int);" >$M/20240101_m.sql
	echo "CREATE TABLE n (id int);" >go/migrations/000004_n.up.sql
	echo "DROP TABLE n;" >go/migrations/000004_n.down.sql
	mkdir parts
	echo "CREATE TABLE n (id int);" >parts/001_n.sql
	echo "CREATE TABLE m (id int);" >parts/001_m.sql
	git add . && git commit -qnm x parts
	echo "CREATE TABLE k (id int);" >parts/001_k.sql
	git mv $F/V3__b3.sql $F/V3__again.sql
	staged
	silent
}

@test "rollback: missing or empty where the others have one" {
	echo "CREATE TABLE n (id int);" >go/migrations/000004_n.up.sql
	echo "CREATE TABLE m (id int);" >go/migrations/000005_m.up.sql
	echo "-- TODO" >go/migrations/000005_m.down.sql
	printf '%s\n' '-- +goose Up' 'CREATE TABLE n (id int);' >goose/00004_n.sql
	mkdir diesel/migrations/2024-02-01-000000_n
	echo "CREATE TABLE n (id int);" >diesel/migrations/2024-02-01-000000_n/up.sql
	staged
	same "$status" 0
	has "$output" "nobody can undo migration 000004_n.up.sql"
	has "$output" "nobody can undo migration 000005_m.up.sql"
	has "$output" "nobody can undo migration 00004_n.sql"
	has "$output" "nobody can undo migration 2024-02-01-000000_n"
	run why
	has "$output" "000005_m.down.sql has no statement."
	has "$output" 'It has no part behind \"+goose Down\".'
}

@test "rollback: not where it is there, planned, or not the custom" {
	echo "CREATE TABLE n (id int);" >go/migrations/000004_n.up.sql
	echo "DROP TABLE n;" >go/migrations/000004_n.down.sql
	echo "CREATE TABLE m (id int);" >go/migrations/000005_m.up.sql
	echo "-- @rollback-plan: restore m from the nightly dump" \
		>go/migrations/000005_m.down.sql
	printf '%s\n' '-- +goose Up' 'CREATE TABLE n (id int);' \
		'-- +goose Down' 'SELECT 1;' >goose/00004_n.sql
	staged
	silent
	commit
	for n in 4 5 6 7; do
		rm -f goose/0000$n*
		printf '%s\n' '-- +goose Up' "CREATE TABLE n$n (id int);" \
			>goose/0000${n}_n.sql
	done
	commit
	printf '%s\n' '-- +goose Up' 'CREATE TABLE m (id int);' >goose/00008_m.sql
	staged
	silent
}

@test "contract with expand: in one push, though in two commits" {
	git checkout -qb feature
	echo "ALTER TABLE a1 ADD COLUMN name text;" >$M/0005_add.sql && commit
	echo "ALTER TABLE a1 DROP COLUMN id;" >$M/0006_drop.sql && commit
	push feature
	says contract-with-expand "a1"
	git reset -q --hard HEAD~1
	sent feature
	echo "ALTER TABLE a1 DROP COLUMN id;" >$M/0006_drop.sql && commit
	push feature
	lacks "$output" contract-with-expand
	git reset -q --hard origin/main
	echo "ALTER TABLE a2 ADD COLUMN name text;" >$M/0005_add.sql
	echo "ALTER TABLE a1 DROP COLUMN id;" >$M/0006_drop.sql && commit
	push main
	lacks "$output" contract-with-expand
}

@test "policy: what is loosened is named, by the old policy" {
	cat >.holdfast.yaml <<-END
		rules:
		  drop-table: caution
		  policy-loosened: off
		allow:
		  - { path: 'db/**', rule: drop-column, reason: because }
		overrides:
		  dangerous: [override]
		  approvers: [ada, bob]
	END
	staged
	says policy-loosened "weakens the policy of this repository"
	same "$status" 0
	run why
	has "$output" "The level of drop-table goes from dangerous to caution; "
	has "$output" "; Allow lets drop-column pass in db/**; "
	has "$output" "dangerous no longer needs a rollback plan; "
	has "$output" "needs a backup; and 1 more."
	commit
	echo "DROP TABLE a1;" >$M/0005_drop.sql && commit
	push main
	same "$status" 1
	has "$output" "[policy-loosened]"
	has "$output" "[drop-table]"
}

@test "policy: tightened, reordered or said in other words is not loosened" {
	cat >.holdfast.yaml <<-END
		# stricter
		rules:
		  drop-index: dangerous
		  drop-table: dangerous
		strict: true
		overrides:
		  approvers: [ada]
		  dangerous: [backup, rollback-plan, reason, override]
	END
	staged
	silent
	commit
	push main
	silent
}
