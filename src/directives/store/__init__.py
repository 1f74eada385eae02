"""The event log, and the state rows and read tables that are written in the transaction of the events."""
