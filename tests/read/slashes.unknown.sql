// what nobody reads; not this: DROP TABLE a;
DROP TABLE b;
  // and its rows
ALTER TABLE c // no comment within a line
DROP d;
SELECT 'https://x
// in a string', 4 / 2;
//