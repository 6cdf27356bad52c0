DECLARE @a int = 1, @sql nvarchar(max) = N'', @b nvarchar(200) = N'DROP TABLE x';
SELECT @sql += N'ALTER TABLE ' + QUOTENAME(t.name) + N' DROP CONSTRAINT ' + QUOTENAME(f.name) + N';'
FROM sys.foreign_keys f JOIN sys.tables t ON t.object_id = f.parent_object_id WHERE f.type = @a;
EXEC sp_executesql @sql;
EXEC (@b);
IF @a = 1 SET @sql = 'DELETE FROM dbo.a' ELSE SET @sql = 'DELETE FROM dbo.b';
EXEC sys.sp_executesql @stmt = @sql, N'@p int', @p = 1
SET @sql = 'UPDATE dbo.c SET x = 1';
SET @sql = @sql + ' WHERE id = ' + CAST(@a AS varchar(10));
EXECUTE (@sql)
GO
DECLARE @name sysname;
SELECT @name = [d].[name] FROM [sys].[default_constraints] [d] WHERE [d].[x] = 1;
IF @name IS NOT NULL EXEC(N'ALTER TABLE [t] DROP CONSTRAINT [' + @name + '];');
DECLARE @drop nvarchar(max)
SELECT @drop = 'ALTER TABLE [t] DROP CONSTRAINT [' + d.name + ']' FROM sys.default_constraints d
EXEC (@drop)
SET @drop = @unknown
EXEC (@drop)
