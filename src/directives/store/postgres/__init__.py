"""A store in a schema of a PostgreSQL database, to which many offices write at once."""
