/* a /* b */ DROP TABLE in_a_nested_comment; */
DROP TABLE outside;
/* 1 /* 2 /* 3 */ */ */ DROP TABLE behind_three;
/* a -- b
*/ DROP TABLE behind_a_line;
-- a /* b
DROP TABLE below_a_line;
SELECT '/*'; DROP TABLE behind_a_string; -- */
/*/ DROP TABLE no; */
