\set ON_ERROR_STOP on
\connect other
COPY public.t (a, b) FROM stdin;
1	; DROP TABLE data;
2	it's
\.
DROP TABLE a;
COPY t FROM STDIN WITH (FORMAT csv);
1,'
\.
DROP TABLE b;
COPY t TO STDOUT;
COPY t FROM '/tmp/file.csv';
DROP TABLE c;
\echo DROP TABLE d;
\i next.sql
SELECT 'a' \gset
DROP TABLE e;
