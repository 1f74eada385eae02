"""Eight processes at once for a minute on one file: nothing is lost, doubled or half done, and the totals are right."""

import multiprocessing
import random
import time
from collections import Counter

import pytest

from directives import (
    DirectivesError,
    Document,
    Text,
    Tracker,
    Unit,
    commands,
    read_minutes,
    read_organisation,
)

SPAWN = multiprocessing.get_context("spawn")
PROCESSES = 8
SECONDS = 60
SEATS = [f"JH-PC{number:02}" for number in range(1, 15)]
BLOCKS = [f"B{number}" for number in range(12)]
WORK = ("StrengtheningStepRecorded", "GroupCreated", "WorkersCounted", "ActivityPosted")
NAME = Text(en="Name", hi="नाम")


def some_command(chance, number, known=()):
    """Fields of a random command, its name among them; ``known`` has tasks, and the positions of work on record."""
    seat, other, block = chance.choice(SEATS), chance.choice(SEATS), chance.choice(BLOCKS)
    report, alliance = f"written-report/{seat}", f"alliance-support/{seat}"
    groups = f"social-groups/{chance.choice([seat, block])}"
    own, above = {"office": f"convenor@{seat}"}, {"office": "clerk@JH", "actor": f"P{chance.randrange(5)}"}
    document = Document(digest=f"sha256:{chance.getrandbits(256):064x}", media_type="text/plain", size=1)
    unit = {"code": block, "parent": chance.choice(["JH-AC60", "JH-AC59", "JH-AC01"]), "level": "block", "name": NAME}
    group = {"office": f"convenor@{groups.partition('/')[2]}"}
    why, hq = {"reason": "No."}, {"office": "headquarters@JH"}
    any_task = chance.choice([report, alliance, groups])
    worked, entry = chance.choice(known or [(alliance, number)])
    return chance.choice(
        [
            {"command": "task acknowledge", "task": report, **own},
            {"command": "report submit", "task": report, "document": document, **own},
            {"command": "report submit", "task": report, "document": document, **own},
            {"command": "task verify", "task": report, **above},
            {"command": "task verify", "task": report, **above},
            {"command": "task return", "task": report, **why, **above},
            {"command": "task waive", "task": any_task, **why, **above},
            {"command": "task reopen", "task": any_task, **why, **above},
            {"command": "task reopen", "task": report, **why, **above},
            {"command": "task extend", "task": report, "due": "2099-01-01", **why, **above},
            {"command": "task take-back", "task": any_task, **why, **above},
            {"command": "task take-back", "task": report, **why, **above},
            {"command": "task recall", "task": report, **why, **own},
            {"command": "task strike", "task": worked, "event": entry, **why, **hq},
            {"command": "task strike", "task": worked, "event": entry, **why, **hq},
            {"command": "task reschedule", "task": report, "due": "2098-01-01", **why, **above},
            {"command": "task reassign", "task": report, "unit": chance.choice([seat, seat, other]), **why, **above},
            {"command": "alliance record", "task": alliance, "what": "step", "text": f"Step {number}", **own},
            {"command": "group create", "task": groups, "platform": "x", "name": f"Group {number}", **group},
            {"command": "activity post", "task": groups, "text": f"Rally {number}", **group},
            {"command": "group count", "task": groups, "group": "x-1", "active": chance.randrange(99), **group},
            {"command": "org import", "units": [Unit(**unit)], **hq},
            {"command": "org move", "code": block, "parent": unit["parent"], **why, **hq},
            {"command": "org retire", "code": f"B{chance.randrange(200)}", **why, **hq},
        ]
    )  # fmt: skip


def act(url, seed, until, outcomes):
    """In a process of its own: random commands until the time is up; every tenth is one that all processes give."""
    chance, done, known, last = random.Random(seed), {}, [], 0
    with Tracker(url) as tracker:
        number = 0
        while time.time() < until:
            number += 1
            alike = number % 10 == 0
            fields = some_command(random.Random(number), number) if alike else some_command(chance, number, known)
            name, command_id = fields.pop("command"), f"all-{number}" if alike else f"{seed}-{number}"
            try:
                done[command_id] = len(tracker.make(commands()[name], command_id=command_id, **fields))
            except DirectivesError as error:
                done[command_id] = type(error).__name__
            if number % 20 == 0:  # several processes strike out the same
                new = [*tracker.events(after=last)]
                known += [(event.stream.removeprefix("task/"), event.position) for event in new if event.name in WORK]
                last = new[-1].position if new else last
            if number % 50 == 0:
                assert all(row.done + row.waived <= row.expected for row in tracker.status())
    outcomes.put(done)


def played(url, seconds, kill_after):
    """What the commands of each process came to; one more process is killed in the midst of its work."""
    outcomes, until = SPAWN.Queue(), time.time() + seconds + 5
    workers = [SPAWN.Process(target=act, args=(url, seed, until, outcomes)) for seed in range(PROCESSES + 1)]
    for worker in workers:
        worker.start()
    time.sleep(kill_after)
    workers.pop().kill()
    found = [outcomes.get(timeout=seconds + 60) for _ in workers]
    for worker in workers:
        worker.join(60)
        assert worker.exitcode == 0
    return found


@pytest.mark.slow
def test_eight_processes_for_a_minute(tmp_path):
    url = f"sqlite:///{tmp_path}/store.db"
    with Tracker(url, create=True) as tracker:
        tracker.found(read_organisation())
        tracker.record_meeting(read_minutes())
        earlier = len(list(tracker.events()))
    found = played(url, SECONDS, kill_after=SECONDS / 2)
    with Tracker(url) as tracker:
        events = list(tracker.events(after=earlier))
        assert [event.position for event in events] == [*range(earlier + 1, earlier + len(events) + 1)]
        caused = Counter(event.command_id for event in events)
        for done in found:
            for command_id, outcome in done.items():
                if not command_id.startswith("all-"):
                    assert caused[command_id] == (0 if isinstance(outcome, str) else outcome), command_id
        check_common(found, caused)
        check_taken_back(events)
        assert not [each for each in tracker.doctor() if each.state == "wrong"]
        assert all(table.differing == 0 for table in tracker.rebuild())
    outcomes = Counter(str(outcome) for done in found for outcome in done.values())
    assert "StoreBusy" not in outcomes
    assert sum(outcomes.values()) > 500
    assert outcomes["1"] > 200


def check_common(found, caused):
    """A command that several gave under one id was carried out once, for whoever came first."""
    for command_id in {name for done in found for name in done if name.startswith("all-")}:
        told = {done[command_id] for done in found if isinstance(done.get(command_id), int)}
        assert len(told) <= 1, command_id
        assert caused[command_id] == max(told, default=0) or not told


def check_taken_back(events):
    """Nothing is taken back twice, nor before it was recorded, nor from another task."""
    stream, taken = {event.position: event.stream for event in events}, Counter()
    for event in events:
        for position in getattr(event.data, "takes_back", ()):
            assert position < event.position
            assert stream[position] == event.stream
            taken[position] += 1
    assert max(taken.values()) == 1
    names = Counter(event.name for event in events)
    assert min(names[name] for name in ("TakenBack", "Recalled", "Struck", "DayRescheduled")) > 3, names
