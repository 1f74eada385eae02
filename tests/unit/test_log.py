"""The log, backwards page by page, and what is asked for of it."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import Clock
from tests.stores import fresh

from directives import InvalidInput, Text, Tracker, UnknownDirective, UnknownUnit, day_of, generated_state
from directives.queries import log
from directives.store import newest
from directives.store.mapper import ACTOR_AT, actor_bytes, office_bytes, row_of

pytestmark = pytest.mark.every_store

HQ = {"office": "headquarters@GA"}
TITLE = Text(en="Report", hi="प्रतिवेदन")
ACTORS = [None, "officer-1", "अधिकारी", 'x","office":"clerk@GA', "officer-1\\"]
IDS = ["d", "d-2", "d2"]
"""Of which one is how the others begin."""
FIRST = date(2023, 10, 20)


@pytest.fixture(scope="module")
def goa():
    """A state with what many offices and actors did on ten days, and a unit that moved and one that retired."""
    clock, draw = Clock(), Random(3)
    with Tracker(fresh(), clock=clock) as tracker:
        tracker.found([*generated_state("GA", scale=0.02)])
        for name in IDS:
            tracker.issue(name, "written_report", TITLE, **HQ)
            tracker.assign(name, "booth", "GA", date(2999, 1, 1), **HQ)
        tasks = [view.task for name in IDS for view in tracker.tasks(directive=name)]
        for task in draw.sample(tasks, 60):
            clock.forward(hours=draw.randrange(9))
            unit, actor = task.partition("/")[2], draw.choice(ACTORS)
            deed = draw.choice(["acknowledge", "waive", "extend"])
            if deed == "acknowledge":
                tracker.acknowledge(task, office=f"{draw.choice(['clerk', 'convenor'])}@{unit}", actor=actor)
            elif deed == "waive":
                tracker.waive(task, "No booth.", office="clerk@GA", actor=actor)
            else:
                tracker.extend_task(task, date(2999, 2, 1), "Flood.", **HQ, actor=actor)
        seats = [unit for unit in tracker.units() if unit.level == "vidhan_sabha"]
        away = next(seat for seat in seats if seat.parent != "GA-PC01")
        tracker.move(away.code, "GA-PC01", "Redrawn.")
        tracker.retire(next(unit.code for unit in tracker.units() if unit.level == "booth"), "Merged.")
        yield tracker


def expected(tracker, *, actor, office, unit, directive, event, day, since, until):
    """What a look at each event finds."""
    with tracker._reading() as models:
        rows = [*models.units.under(""), *models.units.under("~/")]
        there = {row.code for row in rows if unit in row.lineage}

    def holds(each):
        aggregate, _, about = each.stream.partition("/")
        recorded = day_of(each.recorded_at, tracker.zone)
        of_unit = aggregate in ("unit", "task") and about.rpartition("/")[2] in there
        of_directive = aggregate in ("directive", "task") and about.partition("/")[0] == directive
        return (
            actor in (None, each.actor)
            and office in (None, each.office)
            and (unit is None or of_unit)
            and (directive is None or of_directive)
            and (event is None or event.casefold() == each.name.casefold())
            and day in (None, recorded)
            and (since is None or since <= recorded)
            and (until is None or recorded <= until)
        )

    return [each for each in tracker.events() if holds(each)]


def pages(tracker, size, **asked):
    """All pages, from the newest, put together again."""
    found, before = [], None
    while page := tracker.log(before=before, limit=size, **asked):
        assert len(page) <= size
        assert before is None or page[-1].position < before
        found, before = [*page, *found], page[0].position
    return found


NOTHING = dict.fromkeys(("actor", "office", "unit", "directive", "event", "day", "since", "until"))


@pytest.mark.parametrize("few", [0, 20_000])
@pytest.mark.parametrize(
    "asked",
    [
        *({"directive": name} for name in IDS),
        *({"unit": code} for code in ("GA", "GA-PC01", "GA-AC01")),
        {"directive": "d", "unit": "GA-PC01"},
    ],
)
def test_a_directive_and_a_unit_are_found_by_the_index_and_along_the_log(goa, monkeypatch, asked, few):
    monkeypatch.setattr(log, "FEW", few)
    monkeypatch.setattr(newest, "FEW", few)
    found = [each.position for each in goa.log(limit=None, **asked)]
    assert found == [each.position for each in expected(goa, **NOTHING | asked)]


def maybe(*values):
    return st.sampled_from([None, None, *values])


DAYS = maybe(*(FIRST + timedelta(days=number) for number in range(-1, 12)))
ASKED = st.fixed_dictionaries(
    {
        "actor": maybe(*filter(None, ACTORS), "clerk@GA", "headquarters@GA", "nobody"),
        "office": maybe("clerk@GA", "headquarters@GA", "nobody@GA"),
        "unit": maybe("GA", "GA-PC01", "GA-PC02", "GA-AC01", "retired"),
        "directive": maybe(*IDS),
        "event": maybe("Registered", "acknowledged", "WAIVED", "AssignedToLevel", "Moved", "Verified"),
        "day": DAYS,
        "since": DAYS,
        "until": DAYS,
    }
)


@given(ASKED, st.integers(1, 40), st.booleans())
@settings(max_examples=100, deadline=None)
def test_it_is_what_a_look_at_each_event_finds_on_pages_of_any_size(goa, asked, size, few):
    with goa._reading() as models:
        retired = next(models.units.under("~/")).code
    asked = asked | {"unit": retired if asked["unit"] == "retired" else asked["unit"]}
    if asked["since"] and asked["until"] and asked["until"] < asked["since"]:
        with pytest.raises(InvalidInput, match=r"until: .* is before"):
            goa.log(**asked)
        return
    with pytest.MonkeyPatch.context() as patch:
        if few:
            patch.setattr(log, "FEW", 0)
            patch.setattr(newest, "FEW", 0)
        found = pages(goa, size, **asked)
    assert [each.position for each in found] == [each.position for each in expected(goa, **asked)]


def test_an_office_and_an_actor_of_one_unit_are_found(goa):
    offices = {event.office for event in goa.events()}
    assert len(offices) > 10
    for office in offices:
        assert [each.position for each in goa.log(office=office, limit=None)] == [
            event.position for event in goa.events() if event.office == office
        ]


def test_an_entry_is_the_event_with_a_sentence_and_what_it_is_about(goa):
    entries, events = goa.log(limit=None), [*goa.events()]
    assert [each.model_dump(include={*type(events[0]).model_fields}) for each in entries] == [
        each.model_dump() for each in events
    ]
    acknowledged = next(each for each in entries if each.name == "Acknowledged")
    directive, unit = acknowledged.subject.split("/")
    assert acknowledged.stream == f"task/{directive}/{unit}"
    assert acknowledged.about == f"{directive}, {goa.labels([unit])[unit].en}"
    assert goa.log(lang="hi", before=acknowledged.position + 1)[-1].about.endswith(goa.labels([unit])[unit].of("hi"))
    assert {each.subject for each in entries if each.name == "Issued"} == {*IDS}
    assert next(each for each in entries if each.name == "Registered").subject == "GA"
    assert entries[0].subject == "organisation"
    dumped = acknowledged.model_dump(mode="json")
    assert dumped["subject"] == acknowledged.subject
    assert "about" not in dumped


def test_fifty_come_unless_more_are_asked_for(goa):
    newest_first = [event.position for event in goa.events()][-50:]
    assert [each.position for each in goa.log()] == newest_first
    assert goa.log(before=1) == []


def test_the_row_of_each_event_has_actor_and_office_where_the_log_looks(goa):
    for event in goa.events():
        state, (name, text) = row_of(event)[4], office_bytes(event.office)
        rest = state[ACTOR_AT - 1 :]
        assert rest.startswith(actor_bytes(event.actor))
        assert rest[rest.index(name) :].startswith(name + text)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"event": "verifed"}, "event: 'verifed' is unknown: did you mean Verified"),
        ({"event": "zzz"}, "event: 'zzz' is unknown: directives schema events lists"),
        ({"day": "2023-10-20"}, "day: '2023-10-20' is not a day"),
        ({"limit": 0}, "limit: must be 1 or more, not 0"),
        ({"before": "x"}, "before: 'x' is not a position"),
        ({"actor": "a\nb"}, "actor: .* is not a text of one line"),
        ({"lang": "fr"}, "lang: 'fr'"),
    ],
)
def test_what_is_wrong_is_told(goa, asked, said):
    with pytest.raises(InvalidInput, match=said):
        goa.log(**asked)


def test_what_there_is_not_is_told(goa):
    with pytest.raises(UnknownUnit):
        goa.log(unit="NOWHERE")
    with pytest.raises(UnknownDirective):
        goa.log(directive="nothing")
