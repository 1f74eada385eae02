"""Work that was struck out is as if it had never been recorded, whatever its kind; and any work can be left out."""

import sys
from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from itertools import compress
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import Clock
from tests.stores import fresh

from directives import Document, Level, NotFound, Refused, Text, Tracker, Unit
from directives.directive_kinds import registry
from directives.directive_kinds.installed import others_may_bring_kinds
from directives.directive_kinds.listing import OnRecord
from directives.directive_kinds.registry import kinds, task_commands
from directives.domain.event import EVENTS

NAME = Text(en="Name", hi="नाम")
ZONE = "Asia/Kolkata"
TASK, OWN, ABOVE = "d/U", {"office": "convenor@U"}, {"office": "clerk@S"}
FIFTH = Path(__file__).parents[1] / "fifth_kind"
DUE = date(2023, 12, 31)
PARAMETERS = {
    "action": {"what": "Meet", "times": 3},
    "alliance_support": {"steps": 2, "briefings": 1, "activities": 1, "confirmations": 1},
    "house_visits": {"houses": 500},
    "social_groups": {"platforms": ["whatsapp", "x"], "window_from": "2023-10-19", "window_to": "2023-10-25"},
    "speaker_identification": {"trained": 2, "deployed": 1, "sessions": 2},
    "written_report": {"period_from": "2023-10-01", "period_to": "2023-10-31"},
}
NUMBERS = ("session", "action", "report", "supersedes", "submission")
"""What is numbered on: it is given once, also where it was struck out."""
LAST = 99
"""Struck out after all deeds."""


class Deed(NamedTuple):
    """A record of work, some ``days`` ago, struck out after so many further deeds; its group is of an earlier one."""

    verb: str
    fields: dict
    struck: int | None
    days: int
    forward: int


def some(*values):
    return st.sampled_from(values)


def fields(**chosen):
    return st.fixed_dictionaries(chosen)


GROUPS, SPEAKERS, PARTNERS = st.integers(0, 5), some("S1", "S2", "S3"), some("p", "q")
FILES = st.integers(1, 3).map(lambda n: Document(digest=f"sha256:{n:064x}", media_type="text/plain", size=1))
VERBS = {
    "action": {"action record": fields(text=some("T"), evidence=st.none() | FILES)},
    "alliance_support": {
        "alliance record": fields(what=some("step"), text=some("T"))
        | fields(what=some("briefing", "activity", "confirmation"), text=some("T"), partner=PARTNERS)
    },
    "house_visits": {"house visit": fields(houses=some(100, 200))},
    "social_groups": {
        "group create": fields(platform=some("whatsapp", "x"), name=some("A", "B", "C")),
        "group rename": fields(group=GROUPS, name=some("A", "B", "C", "D")),
        "group retire": fields(group=GROUPS, reason=some("R")),
        "group count": fields(group=GROUPS, active=st.integers(0, 9)),
        "activity post": fields(group=st.none() | GROUPS, text=some("T")),
    },
    "speaker_identification": {
        "speaker identify": fields(speaker=SPEAKERS),
        "speaker train": fields(speaker=SPEAKERS, subject=some("T")),
        "speaker deploy": fields(speaker=SPEAKERS, gathering=some("G")),
        "speaker stand-down": fields(speaker=SPEAKERS, reason=some("R")),
    },
    "written_report": {"report submit": fields(document=FILES)},
}


def lives(kind):
    """Random histories of the work of a kind, in which some records are to be struck out."""
    verb = st.sampled_from([*VERBS[kind]])
    struck = some(None, 0) if kind == "written_report" else some(None, None, 0, 2, LAST)  # what waits is recalled
    when = (struck, st.integers(0, 2), some(0, 0, 1))
    deed = verb.flatmap(lambda verb: st.builds(Deed, st.just(verb), VERBS[kind][verb], *when))
    return st.lists(deed, min_size=5, max_size=30)


@pytest.fixture(scope="module")
def fifth_kind():
    """The kind of another distribution, as long as these tests run."""
    caches = (others_may_bring_kinds, registry._found, task_commands)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(FIFTH)
        for each in caches:
            each.cache_clear()
        kinds()
        yield
    for each in caches:
        each.cache_clear()
    del EVENTS[sys.modules.pop("house_visits").HousesVisited.topic()]


class Told:
    """A store in memory with one task of a kind, and what was recorded about it by ``deeds`` but those ``left_out``.

    ``events`` has what each deed came to, ``groups`` the numbers of deeds by the codes of the groups that they made.
    """

    def __init__(self, kind, deeds, left_out=()):
        self.clock, self.kind, self.deeds = Clock(), kind, deeds
        self.events, self.groups, self.struck = {}, {}, set()
        self.tracker = Tracker(fresh(), clock=self.clock)
        units = [Unit(code="S", level="state", name=NAME), Unit(code="U", parent="S", level="seat", name=NAME)]
        self.tracker.found(units, levels=[Level(code=code, name=NAME) for code in ("state", "seat")])
        before = {"occurred_at": self.clock() - timedelta(days=5), "office": "clerk@S"}
        self.tracker.issue("d", kind, NAME, PARAMETERS[kind], **before)
        self.tracker.assign("d", "seat", "S", DUE, **before)
        for number, deed in enumerate(deeds):
            self.clock.forward(days=deed.forward, minutes=1)
            if number not in left_out:
                self.record(number, deed)
                self.strike(each for each in range(number + 1) if each + (deeds[each].struck or LAST) == number)

    def record(self, number, deed):
        fields = {"task": TASK, "occurred_at": self.clock() - timedelta(days=deed.days), **deed.fields, **OWN}
        if fields.get("group") is not None:
            made = [code for code, maker in self.groups.items() if maker == self.maker(number)]
            fields["group"] = made[0] if made else "none-1"
        with suppress(Refused, NotFound):
            events = self.tracker.make(task_commands()[deed.verb], **fields)
            if events:
                self.events[number] = events
                self.groups |= {event.data.group: number for event in events if event.name == "GroupCreated"}
        if number in self.events and deed.struck == 0:
            self.strike([number])
        elif self.is_submitted(number):
            self.tracker.return_task(TASK, "R", **ABOVE)

    def maker(self, number):
        """The deed that was to make the group of another one."""
        made = [each for each in range(number) if self.deeds[each].verb == "group create"]
        return made[self.deeds[number].fields["group"] % len(made)] if made else None

    def is_submitted(self, number):
        return any(event.name == "Submitted" for event in self.events.get(number, ()))

    def strike(self, numbers):
        for number in numbers:
            if self.is_submitted(number) and number not in self.struck:
                self.tracker.recall(TASK, "R", **OWN)
            elif number in self.events and number not in self.struck:
                self.tracker.strike(TASK, self.events[number][0].position, "R", **OWN)
            self.struck.add(number)

    def said(self, number, left_out=()):
        """What a deed came to, whatever it was numbered."""
        events = self.events.get(number, ())
        return [(event.name, event.occurred_at, self.plain(dict(event.data), left_out)) for event in events]

    def plain(self, values, left_out=()):
        """Values without numbers; groups by the deeds that made them, without those left out."""
        told = {name: value for name, value in values.items() if name not in NUMBERS}
        if "figures" in told:
            told["figures"] = {name: value for name, value in told["figures"].items() if name not in NUMBERS}
        if "group" in told:
            told["group"] = self.groups[told["group"]]
        if "groups" in told:
            told["groups"] = [self.groups[code] for code in told["groups"] if self.groups[code] not in left_out]
        return told

    def state(self, left_out):
        """All that is asked about the task."""
        record, (row,) = self.tracker.task_record(TASK), self.tracker.status(directive="d")
        todo = self.tracker.todo("U")
        daily = self.tracker.daily(each=True) + self.tracker.daily()
        lists = {
            noun: [self.plain(each.values, left_out) for each in self.tracker.records(noun, directive="d")]
            for noun in kinds()[self.kind].lists
        }
        lacking = [[(str(lack.message), lack.deed, lack.fields) for lack in record.lacking]]
        assert [[(str(lack.message), lack.deed, lack.fields) for lack in task.lacking] for task in todo] == lacking
        return record.state, record.work, lacking, record.deed, row, daily, lists

    def numbers(self):
        """What was given to whom, each time."""
        for events in self.events.values():
            for event in events:
                data = dict(event.data)
                given = {name: data[name] for name in ("session", "action", "report", "submission") if name in data}
                given |= {"group": data["group"]} if event.name == "GroupCreated" else {}
                yield from ((event.name, data.get("speaker"), *each) for each in given.items())


def compared(kind, deeds):
    """A store in which some of ``deeds`` were struck out, and another one in which they were never recorded.

    What would have been recorded otherwise without those, or refused, is struck out too.
    """
    told = Told(kind, deeds)
    told.strike(number for number in told.events if deeds[number].struck is not None)
    while True:
        left_out = {number for number in range(len(deeds)) if number in told.struck or number not in told.events}
        other = Told(kind, deeds, left_out)
        stand = sorted({*told.events} - left_out)
        rests = [number for number in stand if told.said(number, left_out) != other.said(number)]
        if not rests:
            return told, other, left_out
        told.strike(rests)


def checked(kind, deeds):
    told, other, left_out = compared(kind, deeds)
    with told.tracker, other.tracker:
        assert told.state(left_out) == other.state(left_out)
        assert max(Counter(told.numbers()).values(), default=1) == 1
        assert not [each for each in told.tracker.doctor() if each.state == "wrong"]
        assert all(table.differing == 0 for table in told.tracker.rebuild())


BUNDLED = [*kinds()]


@pytest.mark.parametrize("kind", BUNDLED)
@settings(deadline=None, max_examples=30)
@given(data=st.data())
def test_struck_work_is_as_if_it_had_never_been_recorded(kind, data):
    checked(kind, data.draw(lives(kind)))


@settings(deadline=None, max_examples=15)
@given(data=st.data())
def test_struck_work_of_a_kind_of_another_distribution(fifth_kind, data):
    checked("house_visits", data.draw(lives("house_visits")))


@pytest.mark.parametrize("kind", BUNDLED)
@settings(deadline=None, max_examples=30)
@given(data=st.data())
def test_a_kind_takes_any_of_its_events(kind, data):
    """It counts them, and lists what it counts, whichever are missing."""
    any_of_them(kind, data)


@settings(deadline=None, max_examples=15)
@given(data=st.data())
def test_a_kind_of_another_distribution_takes_any_of_its_events(fifth_kind, data):
    any_of_them("house_visits", data)


def any_of_them(name, data):
    deeds = [deed._replace(struck=None) for deed in data.draw(lives(name))]
    with Told(name, deeds).tracker as tracker:
        events = [event for event in tracker.events() if event.stream == f"task/{TASK}"]
        parameters = tracker.task_record(TASK).asked
    for _ in range(4):
        stays = data.draw(st.lists(st.booleans(), min_size=len(events), max_size=len(events)))
        told_without(kinds()[name], parameters, events, {each.position for each in compress(events, stays)})


def told_without(kind, parameters, events, stay):
    """Count and list the work of ``events``, of which those at the positions ``stay`` were not struck out."""
    work, covered = {}, set()
    for event in events:
        if event.position in stay:
            kind.notes(work, event, parameters)
            covered = (covered | {kind.covers(work, event)}) - {None, *kind.uncovers(work, event)}
            work = kind.evolve(work, event)
        else:
            work = kind.numbered(work, event)
    assert covered == {*kind.covered(work)}
    kind.lacking(work, parameters)
    listed, window = {}, kind.window(parameters) if kind.window else None
    for noun, listing in kind.lists.items():
        of_it = [each for each in events if each.position in stay and isinstance(each.data, listing.events)]
        listed[noun] = [*listing.rows(OnRecord(of_it, parameters, ZONE, window))]
    counts = kind.counts(work, parameters) if kind.figures is None else kind.figures(work, parameters)
    assert COUNTED_IN_LISTS[kind.name](listed, parameters) == {**counts}


def actions(listed, _):
    return {"actions": len(listed["action"])}


def support(listed, _):
    what = Counter(row["what"] for row in listed["alliance"])
    plurals = {"steps": "step", "briefings": "briefing", "activities": "activity", "confirmations": "confirmation"}
    return {name: what[one] for name, one in plurals.items()}


def houses(listed, _):
    return {"houses": sum(row["houses"] for row in listed["house"])}


def groups(listed, _):
    used = [row for row in listed["group"] if "retired" not in row]
    counted = {"groups": len(used), "active_workers": sum(row.get("active", 0) for row in used)}
    return {"days": 7, "covered": sum(row["counts"] for row in listed["activity"])} | counted


def speakers(listed, parameters):
    active = [row for row in listed["speaker"] if not row["stood_down"]]
    trained = sum(row["sessions"] >= parameters["sessions"] for row in active)
    deployed = sum(row["deployed"] > 0 for row in active)
    return {"identified": len(active), "trained": trained, "deployed": deployed}


COUNTED_IN_LISTS = {
    "action": actions,
    "alliance_support": support,
    "house_visits": houses,
    "social_groups": groups,
    "speaker_identification": speakers,
    "written_report": lambda *_: {},
}
"""What a kind counts, told from its lists."""
