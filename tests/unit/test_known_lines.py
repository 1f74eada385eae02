"""A line of a file of commands that gives no id is known by the command as it was read, however it is spelt."""

import hashlib
import json
import unicodedata
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Desk

from directives import WrittenCommands, command_of
from directives.domain import errors
from directives.exchange.known_lines import known_as_read
from directives.handlers import bulk
from directives.handlers.unit_of_work import digest
from directives.store import command_log

STEP = {
    "command": "alliance record",
    "task": "d/JH-PC11",
    "what": "step",
    "text": "Booth committees met.",
    "office": "convenor@JH-PC11",
    "occurred_at": "2023-10-20T06:30:00Z",
}
SPELT = [
    STEP,
    STEP | {"occurred_at": "2023-10-20T12:00:00+05:30"},
    STEP | {"text": "Booth committees met. "},
    STEP | {"occurred_at": "2023-10-20 06:30:00Z"},
    STEP | {"task": "task/d/JH-PC11"},
]
SPEAKER = {
    "command": "speaker identify",
    "task": "d/JH-PC11",
    "speaker": "SP-01",
    "name": "Sample",
    "phone": "+910000000001",
    "office": "convenor@JH-PC11",
    "source": "sheet",
}
UNITS = {
    "command": "org import",
    "office": "headquarters@JH",
    "units": [
        {
            "code": "B1",
            "parent": "JH-AC60",
            "level": "block",
            "name": {"en": "B", "hi": "ब"},
            "attributes": {"b": "1", "a": "2"},
        }
    ],
}
ONE_STEP = {"steps": 1, "briefings": 0, "activities": 0, "confirmations": 0}
FORMERLY = [
    (SPELT[0], "line-27325c486342bf33a9446ba5231450278f1dbd37"),
    (SPELT[1], "line-94710484cec850532a46a654fa12f089257b1a0c"),
    (SPELT[2], "line-04c140383c4af7b61d83f6287c49a041c192d259"),
    (SPELT[3], "line-745bccca9e57c24abe3c8b213f1dc95d489592b9"),
    (SPELT[4], "line-117eb7c11de4f2b5aaa018c0493aa6ba6686f99a"),
    (SPEAKER, "line-6fa37a6ace01e00773d02cb51aa2b6db6bb7359b"),
    (UNITS, "line-abeca10e86d8ff42542c6d786b7782fa4d832214"),
]
"""Lines, and the ids under which stores have them that were written before."""


def former_id(line):
    """The id of a line as it was when it was made of the text, which never changes: stores hold it."""
    left_out = {"source", *(("name", "phone") if line["command"] == "speaker identify" else ())}
    asked = {name: value for name, value in line.items() if name not in left_out}
    text = json.dumps(asked, sort_keys=True, ensure_ascii=False, default=str)
    return f"line-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:40]}"


def id_of(line):
    """The id of a line that gives none."""
    return known_as_read(command_of(line)).command_id


@pytest.fixture
def seat(tracker, clock):
    """A seat with an order for the alliance, on the day after it was given."""
    desk = Desk(tracker, clock, "alliance_support", ONE_STEP)
    clock.forward(days=1)
    return desk


@pytest.fixture
def imported(seat, tmp_path):
    def imported(*lines, **how):
        path = tmp_path / "commands.jsonl"
        path.write_text("".join(json.dumps(each) + "\n" for each in lines), "utf-8")
        carried = seat.tracker.import_commands(WrittenCommands(path), **how)
        return carried.done, carried.nothing, carried.before, len(carried.refused)

    return imported


def steps(seat):
    return [event.name for event in seat.tracker.events()].count("StrengtheningStepRecorded")


# However it is spelt.


@pytest.mark.parametrize("chunk", [1, 3, 1000])
def test_five_spellings_of_a_step_are_one_step(seat, imported, monkeypatch, chunk):
    monkeypatch.setattr(bulk, "CHUNK", chunk)
    assert imported(*SPELT) == (1, 0, 4, 0)
    assert steps(seat) == 1
    assert seat.work() == ONE_STEP
    assert imported(*reversed(SPELT), keep_going=True) == (0, 0, 5, 0)
    assert steps(seat) == 1


def test_a_line_is_the_same_where_defaults_are_written_out_and_in_another_order(imported):
    last_first = dict(reversed(STEP.items()))
    assert imported(STEP, STEP | {"partner": None, "actor": None}, last_first, STEP | {"source": "sheet"}) == (
        1,
        0,
        3,
        0,
    )


def test_an_object_is_the_same_in_another_order(imported, seat):
    (unit,) = UNITS["units"]
    other = UNITS | {"units": [unit | {"attributes": {"a": "2", "b": "1"}, "name": {"hi": "ब", "en": "B"}}]}
    assert imported(UNITS, other) == (1, 0, 1, 0)
    assert seat.tracker.unit("B1").attributes == {"a": "2", "b": "1"}


def test_a_line_that_gives_its_own_id_is_known_by_that_and_left_as_it_is(seat, imported, tmp_path):
    own = [STEP | {"command_id": f"own-{number}"} for number in range(2)]
    assert imported(*own, own[0]) == (2, 0, 1, 0)
    assert steps(seat) == 2
    path = tmp_path / "own.jsonl"
    path.write_text(json.dumps(SPELT[4] | {"command_id": "own"}))
    ((_, command, former),) = WrittenCommands(path)
    assert (command.task, former) == ("task/d/JH-PC11", None)


def test_a_text_that_cannot_be_stored_is_refused_by_line(imported):
    issue = {"command": "directive issue", "directive": "e", "kind": "alliance_support", "office": "headquarters@JH"}
    with pytest.raises(errors.InvalidInput, match=r"^line 2: .*contains invalid Unicode"):
        imported(
            STEP,
            issue | {"title": {"en": "T", "hi": "शी"}, "parameters": {"x": "\ud800"}},
        )


# What was carried out before.


@pytest.mark.parametrize(("line", "known_as"), FORMERLY)
def test_the_id_made_of_the_text_is_what_it_was(line, known_as, tmp_path):
    assert former_id(line) == known_as
    path = tmp_path / "commands.jsonl"
    path.write_text(json.dumps(line))
    ((_, command, former),) = WrittenCommands(path)
    assert former.command_id == known_as
    assert digest(former) == digest(command_of({"command_id": "c"} | line))
    assert command.command_id.startswith("read-")


def test_digests_are_what_they_were():
    assert [digest(command_of(each)) for each in (STEP, SPELT[4], SPEAKER, UNITS)] == [
        "1829e4c1208f953b046a76f8f885f5505c6317cfd0a3d412e21439f42ad90bdc",
        "02907266c9854fb54433e33fac2c3ca1a182bca29abb39d7cf52a5e3a8b0b8d5",
        "c05e6947ddecb0dac7e64397e49848f86669d379f39f94a5625b42d711c2c9a3",
        "f0d61dbc8fa4e33e43a5c8b829557e21b6bbb96566ce93cbafdb50207b43e489",
    ]


@pytest.mark.parametrize("line", [*SPELT, UNITS])
def test_a_line_that_was_carried_out_under_its_former_id_is_known(seat, imported, line):
    seat.tracker.execute(command_of({"command_id": former_id(line)} | line))
    events = len(list(seat.tracker.events()))
    assert imported(line) == (0, 0, 1, 0)
    assert imported(line, line, dry_run=True) == (0, 0, 2, 0)
    assert len(list(seat.tracker.events())) == events


@pytest.mark.parametrize("chunk", [1, 3, 1000])
def test_once_it_is_known_by_its_former_id_it_is_known_however_it_is_spelt(seat, imported, monkeypatch, chunk):
    monkeypatch.setattr(bulk, "CHUNK", chunk)
    seat.tracker.execute(command_of({"command_id": former_id(STEP)} | STEP))
    assert imported(*SPELT) == (0, 0, 5, 0)
    assert imported(*SPELT[1:], keep_going=True) == (0, 0, 4, 0)
    assert steps(seat) == 1


def test_the_events_of_a_command_known_by_its_former_id_are_returned_for_the_new_one_too(seat, imported):
    caused = seat.tracker.execute(command_of({"command_id": former_id(STEP)} | STEP))
    assert imported(STEP) == (0, 0, 1, 0)
    assert seat.tracker.execute(known_as_read(command_of(STEP))) == caused


def test_a_former_id_that_was_used_for_another_command_is_a_conflict(seat, imported):
    other = STEP | {"text": "Another."}
    seat.tracker.execute(command_of({"command_id": former_id(STEP)} | other))
    with pytest.raises(errors.CommandIdReused, match="line 1: command id: line-"):
        imported(STEP)


def test_a_chunk_is_looked_up_by_one_query(seat, imported, monkeypatch):
    asked = []
    logged = command_log.logged
    monkeypatch.setattr(command_log, "logged", lambda session, ids: asked.append([*ids]) or logged(session, asked[-1]))
    lines = [STEP | {"text": f"Step {number}."} for number in range(20)]
    assert imported(*lines) == (20, 0, 0, 0)
    assert imported(*lines) == (0, 0, 20, 0)
    assert [len(each) for each in asked] == [40, 40]


# Spellings of any command.

MOMENTS = st.integers(0, 10**15).map(lambda micro: datetime(2001, 1, 1, tzinfo=UTC) + timedelta(microseconds=micro))
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp")), min_size=1, max_size=20).filter(
    lambda text: text.strip() == text and unicodedata.is_normalized("NFC", text)
)
CODES = st.from_regex(r"[a-z]{1,3}", fullmatch=True)
WRITTEN = st.fixed_dictionaries(
    {
        "command": st.just("group count"),
        "task": st.builds("{}/{}".format, CODES, CODES),
        "group": CODES,
        "active": st.integers(0, 1_000_000),
        "office": st.sampled_from(["convenor@A", "clerk@B"]),
        "occurred_at": MOMENTS | st.none(),
        "actor": TEXTS | st.none(),
    }
)
DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")


@st.composite
def spelt(draw, line):
    """``line`` in another spelling."""
    other = dict(line)
    at = line["occurred_at"]
    if at is None:
        other |= {} if draw(st.booleans()) else {"occurred_at": None}
    else:
        zone = timezone(timedelta(minutes=draw(st.integers(-12 * 60, 12 * 60))))
        other["occurred_at"] = at.astimezone(zone).isoformat(draw(st.sampled_from("T ")))
    if line["actor"] is None:
        if draw(st.booleans()):
            del other["actor"]
    else:
        form = draw(st.sampled_from(["NFC", "NFD"]))
        other["actor"] = draw(st.sampled_from(["", " "])) + unicodedata.normalize(form, line["actor"]) + " "
    number = str(line["active"])
    other["active"] = draw(st.sampled_from([line["active"], number, number.translate(DEVANAGARI)]))
    other["task"] = draw(st.sampled_from(["", "task/"])) + line["task"]
    other["source"] = draw(st.sampled_from(["import", "sheet"]))
    return dict(draw(st.permutations([*other.items()])))


@given(WRITTEN.flatmap(lambda line: st.tuples(st.just(line), spelt(line), spelt(line))))
def test_all_spellings_of_a_command_have_one_id_and_one_digest(lines):
    known = [known_as_read(command_of(line)) for line in lines]
    assert len({command.command_id for command in known}) == 1
    assert len({digest(command) for command in known}) == 1


@given(WRITTEN, WRITTEN)
def test_different_commands_have_different_ids(one, other):
    assert (id_of(one) == id_of(other)) == (one == other)


@given(WRITTEN, st.data())
def test_another_value_of_a_field_is_another_command(line, data):
    name = data.draw(st.sampled_from([name for name in line if name != "command"]))
    other = line | {name: data.draw(WRITTEN)[name]}
    assert (id_of(line) == id_of(other)) == (line == other)


def test_the_same_fields_of_another_command_are_another_one():
    fields = {"task": "d/X", "reason": "No.", "office": "clerk@JH"}
    assert id_of({"command": "task waive"} | fields) != id_of({"command": "task return"} | fields)


@given(st.text("0123456789", min_size=6, max_size=15), st.from_regex(r"[A-Z][a-z]{1,9}", fullmatch=True))
def test_personal_values_have_no_part_in_the_id(phone, name):
    assert id_of(SPEAKER | {"phone": phone, "name": name}) == id_of(SPEAKER)
    bare = {key: value for key, value in SPEAKER.items() if key not in ("name", "phone")}
    assert id_of(bare) == id_of(SPEAKER)


def test_an_actor_that_is_the_office_is_as_without_one(tmp_path, tracker):
    line = {"command": "task acknowledge", "task": "d/JH-PC11", "office": "convenor@JH-PC11"}
    lines = [line, line | {"actor": "convenor@JH-PC11"}, line | {"actor": "W17"}]
    path = tmp_path / "lines.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in lines))
    ids = [written.command.command_id for written in WrittenCommands(path)]
    assert ids[0] == ids[1] != ids[2]
