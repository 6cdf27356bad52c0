DO $$
DECLARE
  query text := 'DROP TABLE a';
  n int DEFAULT 3;
  one record;
BEGIN
  EXECUTE query;
  query := format('ALTER TABLE %I DROP COLUMN %I', 'x', 'y');
  EXECUTE query;
  query := 'ALTER TABLE t';
  query := query || ' DROP COLUMN z';
  EXECUTE query;
  SELECT string_agg(format('DROP VIEW %I', viewname), '; ') INTO query FROM pg_views;
  EXECUTE query;
  FOR one IN SELECT 'TRUNCATE ' || quote_ident(tablename) AS sql FROM pg_tables LOOP
    EXECUTE one.sql;
  END LOOP;
  EXECUTE (SELECT 'DROP SCHEMA ' || name || ' CASCADE' FROM names);
  EXECUTE nobody_knows;
  IF n = 1 THEN query := 'DELETE FROM a'; ELSE query := 'DELETE FROM b'; END IF;
  EXECUTE query USING 1;
END $$;
SELECT format('DROP TABLE %I', tablename) FROM pg_tables WHERE tablename LIKE 'old%' \gexec
SELECT 'DROP TABLE ' || tablename || ' CASCADE' FROM pg_tables
\gexec
SELECT x FROM t \gexec
DO $$ BEGIN
  EXECUTE format('ALTER TABLE %1$I.%2$I DROP COLUMN %2$s, DROP COLUMN %I', 'A b', 'c', d.e);
  EXECUTE format('DROP TABLE %I', t || '_old');
  EXECUTE format('DELETE FROM a WHERE b = %L AND c %% 2 = 0 AND ' || 'd = %s', lower('x'), 5);
  EXECUTE format('TRUNCATE %I, %I', x);
END $$;
