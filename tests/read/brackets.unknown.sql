DROP TABLE [dbo].[Users];
DELETE FROM [Order Lines] WHERE [Id] = 1;
ALTER TABLE [a] DROP COLUMN [index];
UPDATE a SET b = c[1], d = ARRAY[e, f], g = ARRAY [h], i = j [k];
