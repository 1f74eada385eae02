"""What is measured in the short form: one state of 34,210 units, and the peers beside it."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

from benchmarks.measuring import LOG, Row, Spent, medians, ratio, raw, seconds, size_of, spent, tell, under
from benchmarks.peers import history, plain, taskwarrior
from benchmarks.stores import (
    Clock,
    booths,
    minutes,
    one_directive,
    small_store,
    state_store,
    submissions,
    verifications,
)
from directives import Tracker

SUBMISSIONS = 28_000
SINGLE = 600
FEW = 500
"""Tasks for Taskwarrior, which rewrites its files at each command."""


def rows() -> Iterator[Row]:
    """Measure, and tell each figure as it comes."""
    with tempfile.TemporaryDirectory() as name:
        folder, clock = Path(name), Clock()
        tell("a store of one state")
        with state_store(folder / "state.db", clock) as tracker:
            yield from assigning(tracker, folder, clock)
            one_directive(tracker, clock)
            codes = booths(tracker, SUBMISSIONS + SINGLE)
            yield from in_bulk(tracker, folder, codes[:SUBMISSIONS])
            yield from one_by_one(tracker, folder, codes[SUBMISSIONS:])
            yield from asking(tracker, clock, "JH-AC60")
            yield from moving(tracker)
            yield from rebuilding(tracker)
        yield from starting(folder / "state.db")


def assigning(tracker: Tracker, folder: Path, clock: Clock) -> Iterator[Row]:
    """A meeting that gives a directive to all six levels, against the same with 96 units."""
    tell("assigning to six levels")
    with small_store(folder / "small.db", clock) as small:
        pairs = [
            tuple(
                spent(lambda t=each, n=number: t.record_meeting(minutes(n, clock.now.date())))
                for each in (tracker, small)
            )
            for number in range(9)
        ]
    here, there = (Spent(*(median(pair[which][part] for pair in pairs[1:]) for part in (0, 1))) for which in (0, 1))
    units = f"{len(tracker.units()):,}"
    yield ratio(f"a directive to six levels of {units} units, durable / of 96", here.cpu / there.cpu, "at most", 2)
    yield under(f"a directive to six levels of {units} units, durable", here, 10)


def in_bulk(tracker: Tracker, folder: Path, codes: list[str]) -> Iterator[Row]:
    """Submissions, read tables and tallies included, against others that do the same."""
    tell(f"{len(codes):,} submissions in bulk")
    before = size_of(folder / "state.db")
    commands = submissions(codes)
    own = len(codes) / seconds(lambda: tracker.execute_all(commands))
    bytes_each = (size_of(folder / "state.db") - before) / len(codes)
    stored = _stored(tracker, 2 * len(codes))
    given = [(e.id, e.originator_id, e.originator_version, e.topic, e.state) for e in stored]
    with raw(folder / "raw.db") as connection:
        connection.execute(LOG)

        def insert() -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT INTO stored_events VALUES (?, ?, ?, ?, ?)", given)
            connection.execute("COMMIT")

        bare = len(codes) / seconds(insert)
    what = f"{len(codes):,} submissions in bulk"
    note = f"{own:,.0f} and {bare:,.0f} submissions a second, two events each"
    yield ratio(f"{what} / raw executemany of their events", own / bare, "at least", 0.3, note)
    sizes = {"raw": size_of(folder / "raw.db") / len(codes)}
    yield from beside_peers(own, folder, codes[: len(codes) // 4], sizes)
    said = ", ".join(f"{name} {size:,.0f}" for name, size in sizes.items())
    yield Row("bytes on disk for a submission", f"{bytes_each:,.0f}", note=said)
    done = verifications(codes[: len(codes) // 2], tracker.top)
    rate = len(done) / seconds(lambda: tracker.execute_all(done))
    note = f"{rate:,.0f} a second, one event each"
    yield Row("verifications in bulk / submissions in bulk", f"{rate / own:.2f}", note=note)


def beside_peers(own: float, folder: Path, codes: list[str], sizes: dict[str, float]) -> Iterator[Row]:
    """Our rate of submissions against that of others; ``sizes`` is told the bytes that each keeps of one."""
    app = plain.application(folder / "plain.db")
    tasks = plain.assigned(app, codes)
    start = size_of(folder / "plain.db")
    rate = len(codes) / seconds(lambda: plain.submit(app, tasks))
    app.close()
    yield ratio("… / a plain eventsourcing Application", own / rate, "at least", 5, f"{rate:,.0f} a second there")
    sizes["plain Application"] = (size_of(folder / "plain.db") - start) / len(codes)
    model = history.model(folder / "django.db")
    made = history.assigned(model, codes)
    start = size_of(folder / "django.db")
    rate = len(codes) / seconds(lambda: history.submit(model, made))
    note = f"{rate:,.0f} a second there, by its bulk_update"
    yield ratio("… / Django with simple-history", own / rate, "at least", 8, note)
    sizes["Django"] = (size_of(folder / "django.db") - start) / len(codes)
    if taskwarrior.PROGRAM:
        warrior = folder / "taskwarrior"
        warrior.mkdir()
        taskwarrior.assigned(warrior, codes[:FEW])
        start = taskwarrior.size(warrior)
        rate = FEW / seconds(lambda: taskwarrior.submit(warrior, FEW))
        sizes["Taskwarrior"] = (taskwarrior.size(warrior) - start) / FEW
        note = f"{rate:,.0f} a second there, version {taskwarrior.version()}, {FEW} tasks by one command"
        yield Row("… / Taskwarrior", f"{own / rate:.1f}", note=note)


def _stored(tracker: Tracker, number: int) -> list:
    store = tracker._store
    with store.reading() as session:
        last = store.event_log.last_event(session).position
        return store.event_log.between(session, last - number + 1, last)


def one_by_one(tracker: Tracker, folder: Path, codes: list[str]) -> Iterator[Row]:
    """Durable commands, each by itself, against bare commits of a row of the same size."""
    tell("durable commands, one by one")
    commands = submissions(codes)
    (row,) = _stored(tracker, 1)
    own, bare = [], []
    with raw(folder / "commits.db") as connection:
        connection.execute("CREATE TABLE t (n INTEGER PRIMARY KEY, state BLOB)")
        for number, command in enumerate(commands):
            own.append(spent(lambda c=command: tracker.execute(c)))
            insert = "INSERT INTO t VALUES (?, ?)"
            bare.append(spent(lambda n=number, insert=insert: connection.execute(insert, (n, row.state))).clock)
    by_clock, cpu = [each.clock for each in own], median(each.cpu for each in own) * 1e6
    percentile = quantiles(by_clock, n=100)[98] / median(by_clock)
    rates = f"{1 / median(by_clock):,.0f} and {1 / median(bare):,.0f} a second (medians)"
    yield ratio(
        "one durable command / one bare durable commit, in rate by the clock",
        median(bare) / median(by_clock),
        "at least",
        0.55,
        f"{rates}, {cpu:,.0f} µs of processor time",
    )
    yield ratio("… 99th percentile / median", percentile, "at most", 3)


def asking(tracker: Tracker, clock: Clock, seat: str) -> Iterator[Row]:
    """Status and lists."""
    tell("status and lists")
    events = f"{sum(1 for _ in _positions(tracker)):,} events"
    yield under(f"status of one directive for all, {events}", medians(lambda: tracker.status(directive="d")), 1)
    yield under("… of one seat", medians(lambda: tracker.status(directive="d", unit=seat)), 1)
    today = clock.now.date()
    clock.move(30)
    yield under("… for all, as of an earlier day", medians(lambda: tracker.status(directive="d", as_of=today), 3), 1500)
    took = medians(lambda: tracker.history_below(seat, limit=50))
    yield under("50 entries of the history of a seat and all below it", took, 100)
    page = medians(lambda: tracker.tasks(directive="d", level="booth", overdue=True, limit=50))
    yield under("a page of 50 overdue", page, 20)
    yield under("a page of 50 waiting, of all", medians(lambda: tracker.waiting(limit=50)), 20)
    yield under("… of one seat", medians(lambda: tracker.waiting(unit=seat, limit=50)), 20)


def _positions(tracker: Tracker) -> range:
    (last,) = _stored(tracker, 1)
    return range(last.id)


def moving(tracker: Tracker) -> Iterator[Row]:
    """The unit with most below it that can report to another one."""
    units = [unit for unit in tracker.units() if unit.level in ("state", "lok_sabha", "vidhan_sabha")]
    levels = {unit.code: unit.level for unit in units}
    below = {unit.code: sum(tracker.unit(unit.code).below.values()) for unit in units}
    for unit in sorted(units, key=lambda each: below[each.code], reverse=True):
        above = levels.get(unit.parent or "")
        other = next((each.code for each in units if each.level == above and each.code != unit.parent), None)
        if other is not None:
            took = spent(lambda u=unit, o=other: tracker.move(u.code, o, "Redrawn."))
            yield under(f"a unit moved with {below[unit.code]:,} below it", took, 1000)
            return


def rebuilding(tracker: Tracker) -> Iterator[Row]:
    """All tables anew, against merely reading the events."""
    tell("rebuild")
    events = 0

    def read() -> None:
        nonlocal events
        events = sum(1 for _ in tracker.events())

    reading = seconds(read)
    took = seconds(tracker.rebuild)
    note = f"{events / took:,.0f} and {events / reading:,.0f} of {events:,} events a second"
    yield ratio("rebuild / reading and decoding the events, in rate", reading / took, "at least", 0.4, note)


def starting(path: Path) -> Iterator[Row]:
    """Whole processes, against one that imports click, by processor time."""
    tell("start-up")
    program = str(Path(sys.executable).with_name("directives"))
    commands = {
        "click": [sys.executable, "-c", "import click"],
        "help": [program, "--help"],
        "status": [program, "--db", f"sqlite:///{path}", "status"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(11):
        for name, command in commands.items():
            times[name].append(seconds(lambda c=command: subprocess.run(c, stdout=subprocess.DEVNULL, check=True)))
    click = median(times["click"])
    for name, words, goal in (("help", "directives --help", 1.6), ("status", "directives status", 4)):
        took = median(times[name])
        note = f"{took * 1000:.0f} and {click * 1000:.0f} ms"
        yield ratio(f"{words} / python -c 'import click', whole processes", took / click, "at most", goal, note)
