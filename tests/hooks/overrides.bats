#!/usr/bin/env bats
# An override directly above a statement covers it, however the language
# begins one: await, return, an assignment, `if err :=`, a decorator. What is
# called "open" is not covered, and must stay blocked alone.

load library

setup_file() {
	world
}

setup() {
	mkdir -p "$BATS_TEST_TMPDIR/of/app"
	cd "$BATS_TEST_TMPDIR/of/app" || return 1
	export PATH="$HOLDFAST_BUILD:$PATH"
}

covers() {
	run holdfast check "$1"
	echo "$output" | grep -E '^[^ ].*:[0-9]+:'
	[[ $output != *unused-override* ]]
	[[ $output != *'restricted: '* ]]
	[ "$(grep -c ': dangerous: ' <<<"$output")" -eq "$2" ]
	[ "$(grep -c ': dangerous: .*open' <<<"$output")" -eq "$2" ]
	[ "$(grep -c ': dangerous, overridden: ' <<<"$output")" -eq "$3" ]
}

# write FILE: in the text `PLAN` stands for the two lines of an override, in
# the comments of the file.
write() {
	local mark=//
	case $1 in *.py | *.exs) mark='#' ;; esac
	mkdir -p "$(dirname "$1")"
	sed "s,^\([[:blank:]]*\)PLAN\$,\1$mark @override-destructive\\
\1$mark @rollback-plan: restore it from the nightly dump," >"$1"
}

@test "TypeScript: await, const, the string itself" {
	write migrations/1700000000000-A.ts <<-'END'
		export class A1700000000000 implements MigrationInterface {
		  async up(q: QueryRunner): Promise<void> {
		    PLAN
		    await q.query(`DROP TABLE a`)
		    await q.query(`DROP TABLE open1`)
		    PLAN
		    const r = await q.query(`DROP TABLE b`)
		    await q.query(
		      PLAN
		      `DROP TABLE c`)
		    PLAN
		    await helper(q, 'DROP TABLE d')
		    await Promise.all([
		      PLAN
		      q.dropTable('e'),
		      q.dropTable('open2')])
		    PLAN
		    return q.dropTable('f')
		  }
		  async down(q: QueryRunner): Promise<void> { await q.query('x') }
		}
	END
	covers migrations 2 6
}

@test "Python: with, an assignment, a function" {
	write alembic/versions/1.py <<-'END'
		def upgrade():
		    PLAN
		    with op.batch_alter_table("t") as b:
		        b.drop_column("a")
		        b.drop_column("b")
		    PLAN
		    rows = op.get_bind().execute(sa.text("DROP TABLE c"))
		    op.drop_table("open")
		PLAN
		def downgrade():
		    op.drop_table("z")
	END
	run holdfast check alembic
	[ "$(grep -c ': dangerous: ' <<<"$output")" -eq 1 ]
	[ "$(grep -c ': dangerous, overridden: ' <<<"$output")" -eq 3 ]
}

@test "Go: if and several results" {
	write migrations/20260101000000_a.go <<-'END'
		package migrations

		func init() { goose.AddMigrationContext(upA, downA) }
		func upA(ctx context.Context, tx *sql.Tx) error {
			PLAN
			if _, err := tx.ExecContext(ctx, "DROP TABLE a"); err != nil {
				return err
			}
			PLAN
			_, err := tx.ExecContext(ctx, `
				DROP TABLE b;
			`)
			tx.ExecContext(ctx, "DROP TABLE open")
			PLAN
			return run(tx.Exec("DROP TABLE c"))
		}
		func downA(ctx context.Context, tx *sql.Tx) error { return nil }
	END
	covers migrations 1 3
}

@test "Java: try, new, an annotated method" {
	write db/migration/V1__A.java <<-'END'
		public class V1__A extends BaseJavaMigration {
		  PLAN
		  @Override
		  public void migrate(Context c) { s.execute("DROP TABLE a"); }
		}
	END
	write db/migration/V2__B.java <<-'END'
		public class V2__B extends BaseJavaMigration {
		  public void migrate(Context c) {
		    PLAN
		    try (Statement s = c.createStatement()) {
		      s.execute("DROP TABLE b");
		    }
		    PLAN
		    int n = new JdbcTemplate(ds).update("DROP TABLE c");
		    s.execute("DROP TABLE open");
		  }
		}
	END
	covers db 1 3
}

@test "Liquibase: an element, a change set, an entry of YAML" {
	mkdir -p db/changelog
	cat >db/changelog/1.xml <<-'END'
		<databaseChangeLog>
		  <!-- @override-destructive -->
		  <!-- @rollback-plan: restore it from the nightly dump -->
		  <changeSet id="1" author="a">
		    <dropTable tableName="a"/>
		    <dropTable tableName="b"/>
		  </changeSet>
		  <changeSet id="2" author="a">
		    <!-- @override-destructive
		         @rollback-plan: restore it from the nightly dump -->
		    <dropTable tableName="c"/>
		    <dropTable tableName="open1"/>
		  </changeSet>
		</databaseChangeLog>
	END
	cat >db/changelog/2.yaml <<-'END'
		databaseChangeLog:
		  - changeSet:
		      id: 3
		      changes:
		        - dropTable:
		            tableName: open2
		  # @override-destructive
		  # @rollback-plan: restore it from the nightly dump
		  - changeSet:
		      id: 4
		      changes:
		        - dropTable: { tableName: d }
	END
	covers db 2 4
}
