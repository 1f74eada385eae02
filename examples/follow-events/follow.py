"""Follows the events of a store: tells each verification and return once, and keeps its place in a file.

python follow.py STORE PLACE
"""

import os
import sys
from pathlib import Path

from directives import Tracker


def told(event):
    """A line for the convenor of a task; None for events that this tool does not need, or does not know."""
    task = event.stream.removeprefix("task/")
    if event.name == "Verified":
        return f"{task}: verified by {event.office}"
    if event.name == "Returned":
        return f"{task}: returned by {event.office}: {event.data.reason}"
    if taken_back := getattr(event.data, "takes_back", ()):
        return f"{task}: does not hold any more: {', '.join(map(str, taken_back))}"
    return None


def keep(place, position):
    """Replace the file as a whole: an interrupted program leaves the old place or the new one."""
    making = place.with_name(f".{place.name}.new")
    making.write_text(f"{position}\n")
    os.replace(making, place)


def follow(store, place):
    after = int(place.read_text()) if place.exists() else 0
    with Tracker(store) as tracker:
        for event in tracker.events(after=after):
            if line := told(event):
                print(f"{event.position} {line}", flush=True)
            keep(place, event.position)


if __name__ == "__main__":
    follow(sys.argv[1], Path(sys.argv[2]))
