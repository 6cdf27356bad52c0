DROP TABLE a;
-- a comment
DROP TABLE b
GO
ALTER TABLE c
  DROP COLUMN d,
  e;
GO
