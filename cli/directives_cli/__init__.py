"""The command line: parse, call the Tracker, print."""
