!if (process.env.NODE_ENV === 'production') { execSync('npx prisma migrate reset'); }
else spawn('a', ['b']);
const u = process.env.DATABASE_URL || 'file:x.db';
export default { production: { client: 'sqlite3' }, synchronize: true };
