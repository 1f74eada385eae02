"""A store in a file, or in memory, by SQLite."""
