IF OBJECT_ID('[dbo].[Old]') IS NOT NULL
BEGIN
    DROP TABLE [dbo].[Old]
END
GO
ALTER TABLE [dbo].[User] ADD [A] INT NULL, [B] BIT NOT NULL CONSTRAINT [DF_B] DEFAULT (0)
ALTER TABLE [dbo].[User] DROP COLUMN [C], [D]
ALTER TABLE [dbo].[User]
    ALTER COLUMN [Name] NVARCHAR(50) NOT NULL
EXEC sp_rename 'dbo.User.Old', 'New', 'COLUMN'
EXEC sp_rename 'dbo.T', 'U';
DROP INDEX [dbo].[User].[IX_A]
GO
CREATE OR ALTER PROCEDURE [dbo].[P] AS
BEGIN
    DELETE FROM [dbo].[User];
END
GO
UPDATE [dbo].[User] SET [A] = 1 WHERE [A] IS NULL
DELETE FROM [dbo].[Log]
EXEC('DROP TABLE x')
EXEC sp_executesql N'TRUNCATE TABLE y'
DELETE TOP (10) l FROM [dbo].[Log] l WHERE l.Id = 1
MERGE t USING s ON t.id = s.id WHEN MATCHED THEN DELETE;
CREATE TABLE #tmp (id int)
DROP TABLE #tmp
go
DISABLE TRIGGER audit_users ON dbo.users
ALTER TABLE dbo.users DISABLE TRIGGER ALL
ENABLE TRIGGER audit_users ON dbo.users
