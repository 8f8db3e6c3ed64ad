"""Backups: one portable file for SQLite and PostgreSQL, sealed so that no change goes unseen.

sealing   a backup's head, and what seals each chunk: a hash, or the chunk's encryption
chunks    bytes to sealed chunks and back
contents  the manifest, each table's rows and what they add up to, as lines
shape     which tables a schema revision has
dumping   a database's tables as lines
loading   lines as a database's tables
place     where a backup or a restored database is put: whole, or not at all
"""
