"""What a command does: the states that it needs are read, the decision is made, the events are recorded."""

from directives.handlers import directive, meeting, organisation, person, task

__all__ = ["directive", "meeting", "organisation", "person", "task"]  # each registers its handlers
