"""The directive: an order that units of some levels owe a task each."""
