"""The read models: tables derived from the events, written in the same transaction."""
