/* the block */
DO $$
DECLARE r record; n int := 0;
BEGIN
  -- inside
  IF EXISTS (SELECT 1 FROM pg_class WHERE relname = 'x') THEN
    DROP TABLE x;
  ELSIF n = 1 THEN
    EXECUTE 'ALTER TABLE y DROP COLUMN z';
  END IF;
  FOR r IN SELECT * FROM t LOOP
    EXECUTE format('DROP TABLE %I.%I', r.s, r.t);
    EXECUTE r.command;
    EXECUTE 'TRUNCATE ' || 'TABLE logs';
  END LOOP;
EXCEPTION WHEN OTHERS THEN DELETE FROM t;
END $$ LANGUAGE plpgsql;
CREATE OR REPLACE FUNCTION never() RETURNS void LANGUAGE sql AS $f$ DROP TABLE a; $f$;
CREATE FUNCTION now_and_then(i int) RETURNS void AS $$ BEGIN DELETE FROM b; END $$ LANGUAGE plpgsql;
SELECT now_and_then(1);
CREATE FUNCTION atomic() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END;
BEGIN; DROP VIEW v; COMMIT;
DROP TABLE outside;
