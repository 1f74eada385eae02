"""The task: one directive at one unit."""
