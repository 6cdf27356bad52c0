%db.Database.EnsureDeleted();
