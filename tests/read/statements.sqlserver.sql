DROP TABLE #t;
CREATE TABLE #t (a int);
SELECT * INTO #u FROM dbo.t;
ALTER TABLE [dbo].[t] ADD a int, [b c] nvarchar(max) NULL, CONSTRAINT d DEFAULT 0 FOR a;
ALTER TABLE t ALTER COLUMN a bigint NOT NULL;
ALTER TABLE t ALTER COLUMN a varchar(50);
ALTER TABLE t WITH CHECK ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES u (b);
ALTER TABLE t WITH NOCHECK ADD CONSTRAINT ck CHECK (a > 0);
ALTER TABLE t DROP COLUMN a, b;
ALTER TABLE t DROP CONSTRAINT IF EXISTS c, COLUMN d;
ALTER TABLE t NOCHECK CONSTRAINT ALL;
EXEC sp_rename 't.a', 'b', 'COLUMN';
EXEC sp_rename N'dbo.t', N'u';
EXECUTE sys.sp_rename @objname = 'dbo.t.a', @newname = 'c', @objtype = 'COLUMN';
EXEC sp_rename 't.ix', 'iy', 'INDEX';
DROP INDEX t.i;
DROP INDEX i ON t;
DROP INDEX [dbo].[t].[i];
CREATE UNIQUE NONCLUSTERED INDEX [i] ON [dbo].[t] ([a] ASC) INCLUDE ([b]) WITH (ONLINE = ON);
DELETE t WHERE a = 1;
DELETE x FROM dbo.t x JOIN u ON u.id = x.id;
DELETE TOP (100) FROM t;
UPDATE x SET x.a = 1 FROM dbo.t x;
TRUNCATE TABLE dbo.t;
IF NOT EXISTS (SELECT 1 FROM sys.columns WHERE name = 'a')
	ALTER TABLE t ADD a int
ELSE
BEGIN
	DROP TABLE in_else;
	EXEC('DROP TABLE in_exec; DROP TABLE in_exec_too');
END
DROP TABLE IF EXISTS dbo.[a;b]
EXEC sp_executesql N'DROP TABLE in_sp'
DECLARE @sql nvarchar(max) = N'DROP TABLE ' + QUOTENAME(@name)
EXEC (@sql)
EXEC sp_executesql @sql
GO
BEGIN TRAN
DROP VIEW v
COMMIT TRAN
GO 3
CREATE PROCEDURE p AS
	DELETE FROM t;
	DROP TABLE in_a_procedure;
GO
EXEC p
GO
WITH x AS (SELECT 1 AS a) DELETE FROM x
GO
BEGIN TRY
	DROP TABLE tried
END TRY
BEGIN CATCH
	ROLLBACK;
	THROW;
END CATCH
go -- a comment behind it
PRINT 'DROP TABLE printed'
USE other
GO
EXEC sp_rename '[dbo].[My Table].[Old.Col]', 'New Col', 'COLUMN'
EXEC sp_rename 'a' , @new
