export DATABASE_URL="${DATABASE_URL:-file:./x.db}"
ssh h "npx prisma migrate reset"
psql -c "DROP TABLE a; DELETE FROM b"
mix do a, b
npm --prefix c run d
mongosh --eval "db.dropDatabase()"
