SELECT E'a\'; DROP TABLE no;', 'b\'; DROP TABLE a; SELECT '''';
SELECT $$; DROP TABLE no; $x$ ' $$; DROP TABLE b;
SELECT $x$ $$ ; DROP TABLE no; $y$ $x$; DROP TABLE c;
SELECT "a;""b", U&'\0061', B'1', 'it''s; not'; DROP TABLE d;
PREPARE p AS SELECT $1; DROP TABLE e;
ALTER TABLE t ADD COLUMN a text DEFAULT $$x$$, ADD b text DEFAULT 'y' 'z';
COMMENT ON COLUMN t.a IS E'\n';
