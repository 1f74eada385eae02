"""The read models: what the log says, kept ready in the transaction of the events."""
