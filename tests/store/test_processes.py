"""Two processes at one moment: nothing happens twice, and nobody decides on a stale state."""

import multiprocessing
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from tests.conftest import earlier_minutes

from directives import DirectivesError, Document, SubmitReport, Tracker, read_minutes, read_organisation

SPAWN = multiprocessing.get_context("spawn")
SEATS = [f"JH-PC{number:02}" for number in range(1, 15)]
ROUNDS = 5


def act(url, barrier, outcomes, deed, fields):
    """In a process of its own: open the store, wait for the other, act."""
    with Tracker(url) as tracker:
        barrier.wait(60)
        try:
            outcomes.put(len(getattr(tracker, deed)(**fields)))
        except DirectivesError as error:
            outcomes.put(type(error).__name__)


def at_one_moment(url, *deeds):
    barrier, outcomes = SPAWN.Barrier(len(deeds)), SPAWN.Queue()
    workers = [SPAWN.Process(target=act, args=(url, barrier, outcomes, *deed)) for deed in deeds]
    for worker in workers:
        worker.start()
    found = [outcomes.get(timeout=20) for _ in workers]
    for worker in workers:
        worker.join(60)
        assert worker.exitcode == 0
    return sorted(found, key=str)


@pytest.fixture
def url(tmp_path):
    url = f"sqlite:///{tmp_path}/store.db"
    with Tracker(url, create=True) as tracker:
        tracker.found(read_organisation())
        tracker.record_meeting(earlier_minutes())
    return url


def submit(tracker, seat):
    document = Document(digest=f"sha256:{int(seat[-2:]):064x}", media_type="text/plain", size=1)
    tracker.make(SubmitReport, task=f"written-report/{seat}", document=document, office=f"convenor@{seat}")


def verify(seat, **given):
    return "verify", {"task": f"written-report/{seat}", "office": "clerk@JH", **given}


@pytest.mark.parametrize("number", range(ROUNDS))
def test_the_last_two_verified_at_one_moment_complete_the_level_once(url, number):
    with Tracker(url) as tracker:
        for seat in SEATS:
            submit(tracker, seat)
        for seat in SEATS[:12]:
            tracker.verify(f"written-report/{seat}", office="clerk@JH")
    assert at_one_moment(url, verify(SEATS[12]), verify(SEATS[13])) == [1, 3]
    with Tracker(url) as tracker:
        names = Counter(event.name for event in tracker.events())
        assert tracker.status()[0].done == 14
    assert (names["Verified"], names["LevelCompleted"], names["Completed"]) == (14, 1, 1)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_one_command_id_at_one_moment_leaves_one_event(url, number):
    with Tracker(url) as tracker:
        submit(tracker, SEATS[0])
    assert at_one_moment(url, verify(SEATS[0], command_id="c"), verify(SEATS[0], command_id="c")) == [1, 1]
    with Tracker(url) as tracker:
        assert [event.name for event in tracker.events() if event.command_id == "c"] == ["Verified"]


def test_the_same_task_verified_at_one_moment_by_two_is_verified_once(url):
    with Tracker(url) as tracker:
        submit(tracker, SEATS[0])
    assert at_one_moment(url, verify(SEATS[0]), verify(SEATS[0], actor="P2")) == [1, "TaskClosed"]


def test_a_store_is_not_configured_by_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("COMPRESSOR_TOPIC", "zlib")
    monkeypatch.setenv("PERSISTENCE_MODULE", "eventsourcing.popo")
    with Tracker(f"sqlite:///{tmp_path}/s.db", create=True, clock=lambda: datetime(2023, 11, 1, tzinfo=UTC)) as tracker:
        tracker.found(read_organisation())
        tracker.record_meeting(read_minutes())
        stored = tracker._store.event_log.select_notifications(100, 1)[0]
        assert stored.state.startswith(b'{"occurred_at":"2023-10-18T18:30:00.000000Z","recorded_at":"2023-11-01T00:00')
        assert tracker.task("written-report/JH-PC01").due == date(2023, 11, 15)
