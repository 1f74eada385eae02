"""Files in and out: organisations (CSV), minutes (TOML), documents."""
