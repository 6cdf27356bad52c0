DELETE FROM ONLY users AS u USING x WHERE u.id=x.id;
DELETE FROM users;
WITH gone AS (DELETE FROM logs WHERE at < now() RETURNING *), up AS (UPDATE t SET a = 1)
INSERT INTO archive SELECT * FROM gone;
INSERT INTO t (a, b) VALUES (1, 'DROP TABLE x;'), (2, 'y') ON CONFLICT (a) DO UPDATE SET b = 'z';
UPDATE ONLY t AS x SET a = 'secret', b = b + 1 WHERE x.a IS NULL;
SET session_replication_role = 'replica';
SET app.secret = 'hidden';
DROP OWNED BY app, "Old" CASCADE;
COPY t (a) FROM stdin;
DROP TABLE in_data;
\.
DROP TABLE after_data
