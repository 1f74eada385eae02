"""What the tracker says is what the definition says, in histories in which many acts are typed in late."""

from collections import Counter
from dataclasses import fields

import pytest
from tests.store.definition import Numbers, Then
from tests.store.late_lives import ZONE, LateLife

pytestmark = pytest.mark.every_store(slow_on_server=True)

COUNTED = [field.name for field in fields(Numbers) if field.name != "work"]


def rows(status):
    """The rows of a status, as the definition counts them."""
    return {
        (row.directive, row.level): Numbers(**{name: getattr(row, name) for name in COUNTED}, work=Counter(row.work))
        for row in status
    }


def check_today(life):
    tracker = life.tracker
    then = Then(tracker.events(), ZONE, None, None, life.today)
    units = tracker.units()
    assert then.tree() == {unit.code: unit.parent for unit in units}
    for unit in (None, *then.units):
        assert then.status(unit) == rows(tracker.status(unit=unit))
    owed = then.tasks()
    assert owed == {(task.directive, task.unit): (task.state, task.due, task.overdue) for task in tracker.tasks()}
    overdue = {(task.directive, task.unit) for task in tracker.tasks(overdue=True)}
    assert {task for task, (_, _, is_overdue) in owed.items() if is_overdue} == overdue
    assert then.waiting() == {(task.directive, task.unit) for task in tracker.waiting()}
    for row in tracker.daily():
        assert +Counter(row.by_day) == then.covered(row.directive, row.level, row.unit)


def check_evening(life, day, said):
    then = Then(life.tracker.events(), ZONE, day, day, life.today)
    assert {None, *then.tree()} == said.keys()
    assert {unit: then.status(unit) for unit in said} == {unit: rows(status) for unit, status in said.items()}
    for unit in said:
        assert rows(life.tracker.status(unit=unit, as_of=day, known_at=day)) == then.status(unit)
        assert rows(life.tracker.status(unit=unit, known_at=day)) == then.status(unit)


@pytest.mark.parametrize("seed", range(40))
def test_what_is_said_of_today_and_was_said_in_the_evening_is_the_plain_fold(seed):
    life = LateLife(seed, steps=50)
    with life.tracker:
        check_today(life)
        for day, said in life.evenings[::9]:
            check_evening(life, day, said)
