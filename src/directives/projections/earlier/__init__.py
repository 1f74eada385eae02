"""The read models as they stood: as of a moment, as far as was known at a moment.

Each stream is folded by itself, in log order, of the events that were recorded by the one and had happened by the
other. The questions are those of today; only what they read is of then.
"""
