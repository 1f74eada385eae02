"""What a command does: the states that it needs are read, the decision is made, the events are recorded."""
