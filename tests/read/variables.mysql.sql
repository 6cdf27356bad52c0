SET @there := (SELECT COUNT(*) FROM information_schema.columns WHERE table_name = 'a');
SET @q := IF(@there > 0, CONCAT('ALTER TABLE ', @t, ' DROP COLUMN b'), 'SELECT 1');
PREPARE s FROM @q;
EXECUTE s;
SELECT IF(COUNT(*) = 0, 'ALTER TABLE a ADD COLUMN c int', 'DO 0') INTO @q FROM information_schema.columns;
PREPARE s FROM @q; EXECUTE s;
SET @a = 1, @q = 'DROP TABLE x';
PREPARE s FROM @q; EXECUTE s;
SET @q = CASE WHEN @there THEN 'DROP INDEX i ON t' ELSE 'SELECT ''no index''' END;
PREPARE s FROM @q; EXECUTE s;
SET @q = CONCAT('KILL ', 3); PREPARE s FROM @q;
DELIMITER //
CREATE PROCEDURE p()
BEGIN
  DECLARE v varchar(64) DEFAULT NULL;
  SELECT name INTO v FROM names LIMIT 1;
  IF v IS NOT NULL THEN
    SET @q = CONCAT('ALTER TABLE t DROP FOREIGN KEY `', v, '`');
    PREPARE s FROM @q; EXECUTE s;
  END IF;
END //
DELIMITER ;
CALL p();
