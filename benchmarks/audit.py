"""What is measured of the audit log, on a store of a million events."""

import json
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path
from random import Random
from statistics import median

from benchmarks.measuring import Row, Spent, peak_megabytes, ratio, raw, size_of, spent, tell, under, user_seconds
from benchmarks.stores import PERIOD, Clock, small_store
from directives import Text, Tracker
from directives.audit.log import log_of, tree_of
from directives.audit.tree_check import Pass, pass_over
from directives.store import audit_log, durable
from directives.store.session import Session

EVENTS = 1_000_000
TURNS = 9
"""How often what takes seconds is measured; the least counts, since whatever else runs only adds to it."""
PROOFS, CHECKPOINTS = 300, 101
GOAL = "under 60 MB"


def rows() -> Iterator[Row]:
    """Measure, and tell each figure as it comes."""
    with tempfile.TemporaryDirectory() as name:
        path, key, clock = Path(name) / "audit.db", Path(name) / "log.pem", Clock()
        tell(f"a store of {EVENTS:,} events")
        with small_store(path, clock) as tracker:
            tracker.introduce_log_key(key, "directives.example/jh")
        fill(path)
        yield from growing(path, key)
        with Tracker(f"sqlite:///{path}", clock=clock) as tracker:
            yield from passing(tracker, path)
            yield from proving(tracker)
            yield from signing(tracker, key)


def fill(path: Path) -> None:
    """Write events up to the last one past everything: they need be neither decoded nor known to any read model."""
    connection = sqlite3.connect(path)
    (last,) = connection.execute("SELECT max(position) FROM stored_events").fetchone()
    made = ((position, *_event(position)) for position in range(last + 1, EVENTS + 1))
    connection.executemany("INSERT INTO stored_events VALUES (?, ?, ?, ?, ?)", made)
    connection.commit()
    connection.close()


def _event(position: int) -> tuple[str, int, str, bytes]:
    """One of the three events of a task: its stream, version, topic and state."""
    number, done = divmod(position, 3)
    code = f"JH-S{number:06}"
    topic, data = _DONE[done]
    digest = sha256(code.encode()).hexdigest()
    state = _STATE % {"code": code, "id": sha256(b"%d" % position).hexdigest()[:32], "data": data % {"digest": digest}}
    return f"task/d/{code}", done + 1, topic, state.encode()


_STATE = (
    '{"occurred_at":"2023-10-20T06:00:00.000000Z","recorded_at":"2023-10-20T06:00:00.000000Z","actor":"convenor@%(code)s"'
    ',"office":"convenor@%(code)s","source":"import","command_id":"%(id)s","data":%(data)s}'
)
_DOCUMENT = '{"digest":"sha256:%(digest)s","media_type":"text/plain","size":1000}'
_DONE = (
    ("Acknowledged.v1", '{"due":"2023-10-30","note":{"en":"Under way.","hi":"प्रतिवेदन तैयार हो रहा है।"}}'),
    ("Submitted.v2", '{"submission":1,"figures":{"report":1,"document":' + _DOCUMENT + '},"due":"2023-10-30"}'),
    ("Verified.v1", '{"submission":1,"due":"2023-10-30","on_time":true}'),
)


def growing(path: Path, key: Path) -> Iterator[Row]:
    """The tiles of all events, up to their first checkpoint."""
    tell("the tiles of all")
    before = size_of(path)
    found = _apart("grow", path, key)
    took, cpu, bytes_each = found["clock"], found["cpu"], (size_of(path) - before) / EVENTS
    note = f"{EVENTS / took:,.0f} a second, {cpu:.2f} s of processor time, {bytes_each:.1f} bytes each on the disk"
    yield Row(f"the tiles of {EVENTS:,} events, first checkpoint included", f"{took:.2f} s", note=note)
    yield _memory("… peak memory of a process that makes them", found)


def passing(tracker: Tracker, path: Path) -> Iterator[Row]:
    """The pass of ``audit verify`` over all events, against bare SHA-256 of the same bytes, in turns."""
    tell("the first pass of audit verify")
    with tracker._store.reading() as session:
        deeds = [partial(deed, session) for deed in (_bare, _passed, _bare_as_one)]
        turns = [[user_seconds(deed) for deed in deeds] for _ in range(TURNS)]
    bare, passed, as_one = map(min, zip(*turns, strict=True))
    middle = median(here / there for here, there, _ in turns)
    note = f"{passed:.2f} and {bare:.2f} s of user time, least of {TURNS}; median ratio {middle:.2f}"
    yield ratio(
        "first pass of verify / reading and SHA-256 of each event, in rate", bare / passed, "at least", 0.5, note
    )
    yield Row("… / one SHA-256 over all of them", f"{as_one / passed:.2f}", note=f"{as_one:.2f} s")
    yield _memory("… peak memory of a process that makes it", _apart("pass", path))


def _bare(session: Session) -> None:
    for events in audit_log.committed_in_order(session):
        for stream, version, topic, state in events:
            sha256(b"%b\n%d\n%b\n%b" % (stream.encode(), version, topic.encode(), state)).digest()


def _bare_as_one(session: Session) -> None:
    digest = sha256()
    for events in audit_log.committed_in_order(session):
        for stream, version, topic, state in events:
            digest.update(b"%b\n%d\n%b\n%b" % (stream.encode(), version, topic.encode(), state))


def _passed(session: Session) -> Pass:
    made = pass_over(session, log_of(session).secret, [EVENTS])
    assert (made.events, made.altered_leaf, made.altered_tile) == (EVENTS, None, False), "all of it is as it was signed"
    return made


def proving(tracker: Tracker) -> Iterator[Row]:
    """Proofs that an event is in the log, each from a tree that has read nothing yet."""
    tell("proofs of inclusion")
    chosen = Random(1).sample(range(EVENTS), PROOFS)
    with tracker._store.reading() as session:
        prove = [lambda index=index: tree_of(session).inclusion(index, EVENTS) for index in chosen]
        for each in prove:
            each()
        took = [spent(each) for each in prove]
    worst = max(each.clock for each in took) * 1000
    note = f"worst of {PROOFS} {worst:.2f} ms"
    yield under(f"a proof that an event is among {EVENTS:,}, warm", _middle(took), 10, note)


def signing(tracker: Tracker, key: Path) -> Iterator[Row]:
    """A checkpoint after each new event, in turns with the bare writes that make one durable: a file and a commit."""
    tell("checkpoints")
    took, bare = list[Spent](), list[Spent]()
    with raw(key.with_name("commits.db")) as connection:
        connection.execute("CREATE TABLE t (n INTEGER PRIMARY KEY, note BLOB)")

        def write() -> None:
            durable.replace(key.with_name("bare"), bytes(300), 0o600)
            connection.execute("INSERT INTO t (note) VALUES (zeroblob(300))")

        for number in range(CHECKPOINTS):
            _issue(tracker, number)
            took.append(spent(lambda: tracker.checkpoint(key)))
            bare.append(spent(write))
    waited = median(each.clock - each.cpu for each in took) * 1000
    note = f"{waited:.2f} ms of waiting for the disk; its bare writes take {_middle(bare).clock * 1000:.2f} ms"
    yield under(f"a checkpoint after one new event, durable, of {EVENTS:,}", _middle(took), 5, note)


def _issue(tracker: Tracker, number: int) -> None:
    """One new event."""
    text = Text(en="Report", hi="प्रतिवेदन")
    tracker.issue(f"d-{number}", "written_report", text, PERIOD, office=f"headquarters@{tracker.top}")


def _middle(took: list[Spent]) -> Spent:
    return Spent(*map(median, zip(*took, strict=True)))


def _memory(what: str, found: dict[str, float]) -> Row:
    peak = found["megabytes"]
    return Row(what, f"{peak:.0f} MB", GOAL, peak < 60, f"{found['before']:.0f} MB before it begins")


def _apart(what: str, *paths: Path) -> dict[str, float]:
    """What a process of its own tells."""
    command = [sys.executable, "-m", "benchmarks.audit", what, *map(str, paths)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def _grown(tracker: Tracker, key: Path) -> Spent:
    with tracker._store.writing() as session:
        session.cursor.execute("DELETE FROM audit_tiles")
        session.cursor.execute("DELETE FROM audit_checkpoints")
    return spent(lambda: tracker.checkpoint(key))


def main() -> None:
    """Make the tiles or the pass, and tell how long it took and how much memory."""
    what, path, *key = sys.argv[1:]
    with Tracker(f"sqlite:///{path}", clock=Clock()) as tracker:
        before = peak_megabytes()
        if what == "grow":
            took = min(_grown(tracker, Path(*key)) for _ in range(3))
        else:
            with tracker._store.reading() as session:
                took = spent(lambda: _passed(session))
    print(json.dumps({"clock": took.clock, "cpu": took.cpu, "megabytes": peak_megabytes(), "before": before}))


if __name__ == "__main__":
    main()
