INSERT OR REPLACE INTO settings (id, name) VALUES (1, 'a');
INSERT OR IGNORE INTO settings (id, name) VALUES (2, 'b');
