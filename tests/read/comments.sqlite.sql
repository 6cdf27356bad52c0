/* a /* b */ DROP TABLE outside;
/* a -- b
*/ DROP TABLE behind_a_line;
-- a /* b
DROP TABLE below_a_line;
SELECT '/*'; DROP TABLE behind_a_string; -- */
/*/ DROP TABLE no; */
