"""Lists of what is on record: the rows of each, what changes them, their order, and their pages."""

from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import Clock, Desk, Meeting
from tests.stores import fresh

from directives import (
    DirectivesError,
    InvalidInput,
    Record,
    Tracker,
    UnknownDirective,
    UnknownTask,
    UnknownUnit,
    kinds,
    read_organisation,
)
from directives.acceptance.files import earlier_minutes

GROUPS = {"window_from": "2023-10-20", "window_to": "2023-10-24"}
DAY = date(2023, 10, 20)


def rows(tracker, noun, **asked):
    return [record.values for record in tracker.records(noun, **asked)]


def places(records):
    return [record.place for record in records]


@pytest.fixture
def groups(tracker, clock):
    return Desk(tracker, clock, "social_groups", GROUPS)


def test_groups_with_their_last_name_their_workers_and_why_they_were_retired(groups, clock):
    groups.do("group create", platform="x", name="Khunti X")
    groups.do("group create", platform="whatsapp", name="Khunti")
    groups.do("group count", group="x-1", active=12)
    groups.do("group count", group="x-1", active=40)
    groups.do("group rename", group="x-1", name="Khunti, X")
    clock.forward(days=2)
    groups.do("group retire", group="x-1", reason="Unused.")
    created = {"platform": "x", "name": "Khunti, X", "active": 40, "created": DAY}
    assert groups.tracker.records("group") == [
        Record(
            task="d/JH-PC11",
            directive="d",
            unit="JH-PC11",
            number=1,
            values={"group": "x-1", **created, "retired": date(2023, 10, 22), "reason": "Unused."},
        ),
        Record(
            task="d/JH-PC11",
            directive="d",
            unit="JH-PC11",
            number=2,
            values={"group": "whatsapp-1", "platform": "whatsapp", "name": "Khunti", "created": DAY}
            | dict.fromkeys(("active", "retired", "reason")),
        ),
    ]


def test_posts_and_which_of_them_count(groups, clock):
    groups.do("group create", platform="x", name="Khunti")
    groups.do("activity post", text="First.")
    groups.do("activity post", text="Second.", group="x-1")
    clock.forward(days=5)
    groups.do("activity post", text="After the window.")
    told = [(row["day"], row["text"], row["counts"]) for row in rows(groups.tracker, "activity")]
    assert told == [(DAY, "First.", True), (DAY, "Second.", False), (date(2023, 10, 25), "After the window.", False)]
    assert rows(groups.tracker, "activity")[1]["groups"] == ("x-1",)


def test_reports_and_which_were_superseded(meeting):
    assert meeting.tracker.records("report") == []
    meeting.submit("JH-PC11", summary="All done.")
    meeting.give_back("JH-PC11")
    meeting.submit("JH-PC11", "A better report.\n", language="en")
    first, second = rows(meeting.tracker, "report")
    assert (first["report"], first["language"], first["summary"], first["superseded"]) == (1, "hi", "All done.", True)
    assert (second["report"], second["language"], second["summary"], second["superseded"]) == (2, "en", None, False)
    assert {first["day"], second["day"]} == {DAY}
    assert [first["digest"], second["digest"]] == [
        each.digest for each in meeting.tracker.evidence("written-report/JH-PC11")
    ]


def test_speakers_by_their_codes_alone(tracker, clock):
    desk = Desk(tracker, clock, "speaker_identification", {"trained": 1, "deployed": 1})
    desk.do("speaker identify", speaker="SP-01", name="Asha Kumari", phone="9876543210")
    desk.do("speaker identify", speaker="SP-02")
    desk.do("speaker train", speaker="SP-01", subject="Speech")
    desk.do("speaker deploy", speaker="SP-01", gathering="Block meeting")
    desk.do("speaker stand-down", speaker="SP-02", reason="Moved away.")
    one, two = rows(tracker, "speaker")
    assert one == {"speaker": "SP-01", "identified": DAY, "sessions": 1, "deployed": 1, "stood_down": False}
    assert two == {"speaker": "SP-02", "identified": DAY, "sessions": 0, "deployed": 0, "stood_down": True}
    assert not any("Asha" in str(each) or "98765" in str(each) for each in tracker.records("speaker"))
    clock.forward(days=1)
    desk.do("speaker identify", speaker="SP-02")
    assert rows(tracker, "speaker")[1] == two | {"stood_down": False}


def test_support_to_the_alliance(tracker, clock):
    desk = Desk(tracker, clock, "alliance_support", {})
    desk.do("alliance record", what="step", text="Committee formed.")
    for what in ("briefing", "activity", "confirmation"):
        desk.do("alliance record", what=what, partner="partner-a", text=f"A {what}.")
    told = rows(tracker, "alliance")
    assert [row["what"] for row in told] == ["step", "briefing", "activity", "confirmation"]
    assert [row["partner"] for row in told] == [None, "partner-a", "partner-a", "partner-a"]
    assert {row["day"] for row in told} == {DAY}
    assert told[0]["text"] == "Committee formed."


def test_actions_with_their_files(tracker, clock, tmp_path):
    desk, photo = Desk(tracker, clock, "action", {"what": "Hold a block meeting"}), tmp_path / "photo.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0 photo")
    desk.do("action record", text="Held.")
    desk.do("action record", text="Held again.", evidence=photo)
    plain, shown = rows(tracker, "action")
    assert plain == {"action": 1, "day": DAY, "text": "Held.", "file": None, "digest": None}
    assert (shown["action"], shown["text"], shown["file"]) == (2, "Held again.", "photo.jpg")
    assert shown["digest"] == tracker.evidence(desk.task)[0].digest


def test_the_values_in_json_are_codes_and_days(groups):
    groups.do("group create", platform="x", name="Khunti")
    (record,) = groups.tracker.records("group")
    values = record.model_dump(mode="json")["values"]
    assert (values["platform"], values["created"], values["retired"]) == ("x", "2023-10-20", None)
    groups.do("activity post", text="Posted.")
    (post,) = groups.tracker.records("activity")
    assert post.model_dump(mode="json")["values"]["groups"] == ["x-1"]


@pytest.mark.parametrize("noun", [noun for kind in kinds().values() for noun in kind.lists])
def test_nothing_on_record_is_no_row(groups, noun):
    groups.tracker.acknowledge(groups.task, office="convenor@JH-PC11")
    assert groups.tracker.records(noun) == []
    assert groups.tracker.records(noun, "JH-PC11", below=True) == []


def test_each_listing_has_the_columns_of_its_rows():
    for kind in kinds().values():
        for noun, listing in kind.lists.items():
            assert {*listing.words, *listing.hidden} <= {*listing.columns}, noun
            assert all(text.hi for text in (listing.title, *listing.columns.values())), noun


@pytest.fixture
def three(meeting):
    """Reports of three seats, one of them twice; and a retired unit's."""
    for seat in ("JH-PC11", "JH-PC02", "JH-PC09"):
        meeting.submit(seat, f"Of {seat}.\n")
    meeting.give_back("JH-PC02")
    meeting.submit("JH-PC02", "Better.\n")
    return meeting.tracker


def test_they_come_by_directive_and_unit_and_then_as_they_were_recorded(three):
    expected = [f"written-report/JH-PC{seat}" for seat in ("02@1", "02@2", "09@1", "11@1")]
    assert places(three.records("report")) == expected
    assert places(three.records("report", "JH", below=True)) == expected
    assert three.records("report", "JH") == []
    assert places(three.records("report", "JH-PC11")) == expected[3:]
    assert places(three.records("report", directive="written-report")) == expected


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_pages_have_each_row_once(three, size):
    found, page = [], three.records("report", limit=size)
    while page:
        assert len(page) <= size
        found += page
        page = three.records("report", after=page[-1].place, limit=size)
    assert found == three.records("report")


def test_after_a_task_comes_the_next_one(three):
    assert places(three.records("report", after="written-report/JH-PC02"))[0] == "written-report/JH-PC09@1"
    assert places(three.records("report", after="written-report/JH-PC01"))[0] == "written-report/JH-PC02@1"


def test_a_retired_unit_is_listed_where_it_is_asked_for(three):
    below = [unit.code for unit in three.units() if unit.parent == "JH-PC09"]
    for code in (*below, "JH-PC09"):
        three.retire(code, "Merged.", office="headquarters@JH")
    expected = ["written-report/JH-PC09@1"]
    assert places(three.records("report", "JH-PC09")) == expected
    assert places(three.records("report", "JH-PC09", below=True)) == expected
    assert "written-report/JH-PC09@1" not in places(three.records("report"))
    assert places(three.records("report", after=expected[0])) == ["written-report/JH-PC11@1"]


@pytest.mark.parametrize(
    ("noun", "asked", "error", "match"),
    [
        ("nothing", {}, InvalidInput, "noun: nothing has no list: use one of action, alliance, group, activity"),
        ("group", {"unit": "NOWHERE"}, UnknownUnit, "NOWHERE is unknown"),
        ("group", {"directive": "none"}, UnknownDirective, "none is unknown"),
        ("group", {"after": "none"}, UnknownTask, "none is unknown"),
        ("group", {"after": "d/JH-PC11@x"}, InvalidInput, "after: 'x' is not the number of a row"),
        ("group", {"limit": 0}, InvalidInput, "limit: must be 1 or more"),
    ],
)
def test_what_there_is_not_is_told(groups, noun, asked, error, match):
    with pytest.raises(error, match=match):
        groups.tracker.records(noun, **asked)


DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("create"), st.sampled_from(["x", "whatsapp"]), st.sampled_from("abc")),
        st.tuples(st.just("count"), st.integers(1, 3), st.integers(0, 9)),
        st.tuples(st.just("retire"), st.integers(1, 3), st.just(0)),
        st.tuples(st.just("post"), st.integers(0, 7), st.just(0)),
    ),
    max_size=25,
)


def carry_out(desk, deed):
    """Carry a deed out, if it is allowed."""
    verb, one, other = deed
    begin = datetime(2023, 10, 20, 7, tzinfo=UTC)
    given = {
        "create": {"platform": one, "name": other},
        "count": {"group": f"x-{one}", "active": other},
        "retire": {"group": f"x-{one}", "reason": "Unused."},
        "post": {"text": "Posted.", "occurred_at": begin.replace(day=20 + one) if verb == "post" else begin},
    }[verb]
    with suppress(DirectivesError):
        desk.do("activity post" if verb == "post" else f"group {verb}", **given)


@settings(max_examples=40, deadline=None)
@given(DEEDS)
def test_the_rows_say_what_is_counted(deeds):
    clock = Clock(datetime(2023, 11, 5, tzinfo=UTC))
    with Tracker(fresh(), clock=clock) as tracker:
        clock.now = datetime(2023, 10, 19, tzinfo=UTC)
        tracker.found(read_organisation())
        desk = Desk(tracker, clock, "social_groups", GROUPS)
        clock.now = datetime(2023, 11, 5, tzinfo=UTC)
        for deed in deeds:
            carry_out(desk, deed)
        in_use = [row for row in rows(tracker, "group") if row["retired"] is None]
        counted = {"groups": len(in_use), "active_workers": sum(row["active"] or 0 for row in in_use)}
        assert desk.work() == counted
        (daily,) = tracker.daily(directive="d", unit="JH-PC11")
        days = [row["day"] for row in rows(tracker, "activity") if row["counts"]]
        assert len(days) == len({*days}) == sum(daily.by_day.values())


def test_a_long_list_does_not_read_what_is_not_on_the_page(tracker, clock, tmp_path, monkeypatch):
    tracker.record_meeting(earlier_minutes())
    meeting = Meeting(tracker, clock, tmp_path)
    for number in range(1, 15):
        meeting.submit(f"JH-PC{number:02}", f"{number}\n")
    monkeypatch.setattr("directives.queries.records.READ", 2)
    read, event = [], tracker._store.event
    monkeypatch.setattr(tracker._store, "event", lambda stored: read.append(stored) or event(stored))
    assert len(tracker.records("report", limit=3)) == 3
    assert len(read) == 4
    assert {each.topic for each in read} == {"ReportRecorded.v1"}
