"""One state, 34,210 units: what a meeting costs does not grow with the organisation."""

import pytest
from tests.stores import fresh

from directives import Tracker, generated_state, read_minutes, read_organisation

EVERY = 50
"""Every so many steps of SQLite's virtual machine are counted as one."""


def recorded(units):
    """The events of recording the meeting, and the steps that SQLite's virtual machine took for it."""
    with Tracker(fresh()) as tracker:
        tracker.found(units)
        steps = 0

        def count():
            nonlocal steps
            steps += 1

        with tracker._store.writing() as session:
            session.cursor.connection.set_progress_handler(count, EVERY)
        events = tracker.record_meeting(read_minutes())
        with tracker._store.writing() as session:
            session.cursor.connection.set_progress_handler(None, EVERY)
        status = tracker.status()
    return [event.name for event in events], steps, sum(row.expected for row in status)


@pytest.mark.slow
def test_recording_the_meeting_is_as_much_work_for_34210_units_as_for_96():
    names, steps, expected = recorded(read_organisation())
    all_names, all_steps, all_expected = recorded(tuple(generated_state("JH")))
    assert all_names == names
    assert len(names) == 12
    assert expected == 14 + (14 + 81) + 14
    assert all_expected == 14 + (14 + 81 + 264) + (264 + 4350) + 14
    assert 0 < all_steps < 1.2 * steps
