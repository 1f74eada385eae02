"""The organisation: its levels and units, the party's own chain of reporting, as data."""
