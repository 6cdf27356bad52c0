if (process.env.NODE_ENV === 'production') throw 1;
await prisma.a.deleteMany();
await db.delete(b).where(c);
await prisma.$executeRaw`TRUNCATE d`;
