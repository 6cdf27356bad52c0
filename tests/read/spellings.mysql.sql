# a comment; with a 'quote
ALTER TABLE `users` DROP `email`, CHANGE `a` `b` varchar(20) NOT NULL, MODIFY c ENUM('x','y') DEFAULT 'x', CHANGE d d int,
 DROP FOREIGN KEY fk, DROP PRIMARY KEY, DROP INDEX ix, ADD KEY k2 (c), ADD UNIQUE KEY uk (d), ADD UNIQUE (e), RENAME INDEX i TO j, ENGINE=InnoDB;
RENAME TABLE a TO b, `db`.`c` TO d;
/*!50000 DROP TABLE */ hidden;
INSERT INTO t VALUES ("a\"b;", 'it\'s; DROP TABLE x');
DELETE u FROM users u JOIN x ON x.id = u.id WHERE x.a = 1;
UPDATE users u INNER JOIN x ON x.id = u.id SET u.a = 1 WHERE x.b = 2;
DELIMITER $$
CREATE PROCEDURE p() BEGIN IF 1 = 1 THEN DROP TABLE in_p; END IF; END $$
CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW BEGIN DELETE FROM log; END$$
DELIMITER ;
CALL p();
PREPARE s FROM 'DROP TABLE prepared';
CREATE OR REPLACE TABLE `shop`.`users` (`id` int);
REPLACE `users` SET `id` = 1;
SET @x = 1; DROP TABLE last_one
