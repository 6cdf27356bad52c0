# Drop what nobody reads

# --- !Ups
DROP TABLE a;
#
## and this
ALTER TABLE b
# its column
DROP COLUMN c;
SELECT 5 # 3, a #>> '{b}';
SELECT 5
# 3; DROP TABLE d;
