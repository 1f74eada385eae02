"""What a command does: the states that it needs are read, the decision is made, the events are recorded."""

from directives.handlers import audit, directive, meeting, organisation, person, task, tasks

__all__ = ["audit", "directive", "meeting", "organisation", "person", "task", "tasks"]  # each registers its handlers
