"""Kills processes that write a store, at any moment, and looks whether what was acknowledged is there, once.

``python -m tests.store.kills NUMBER [SEED] [FOLDER] [URL]`` kills so many. Each process does one deed after another:
single commands, many at once, imports, evidence, personal data and its erasure, rebuilds. It says which deed it begins
and which is done. Whatever it was at when it was killed, the same deed again, in this process, makes it whole.
"""

import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from directives import (
    CommandIdReused,
    Text,
    Tracker,
    WrittenCommands,
    commands,
    read_organisation,
)

HQ = {"office": "headquarters@JH"}
UNITS = [f"JH-AC{number:02}" for number in range(1, 82)]
RECORD = commands()["action record"]
LONGEST = 0.12
"""Seconds after which a process is killed, at most, from when it begins its first deed."""


class Deed(NamedTuple):
    """What a process does: its kind, its id, and how many commands it is made of."""

    kind: str
    id: str
    number: int


KINDS = {"single": 8, "bulk": 3, "parts": 2, "import": 3, "evidence": 4, "identify": 3, "erase": 4, "rebuild": 1}
"""The kinds of deeds, and how often each is done."""


def store_in(folder: Path, *, create: bool = False) -> Tracker:
    """The store: a file of the folder, or that of the URL which is noted there."""
    noted = folder / "url"
    return Tracker(noted.read_text() if noted.exists() else folder / "d.db", create=create)


def made(folder: Path) -> None:
    """Make a store with tasks of which any number of acts can be recorded."""
    with store_in(folder, create=True) as tracker:
        tracker.found(read_organisation(), occurred_at=datetime(2023, 10, 1, tzinfo=UTC))
        tracker.issue("calls", "action", Text(en="Calls", hi="फ़ोन"), {"what": "Call.", "times": 1_000_000}, **HQ)
        asked = {"what": "Call.", "times": 1_000_000, "evidence": "required"}
        tracker.issue("papers", "action", Text(en="Papers", hi="काग़ज़"), asked, **HQ)
        tracker.issue("speakers", "speaker_identification", Text(en="S", hi="व"), {"trained": 1, "deployed": 0}, **HQ)
        for directive in ("calls", "papers", "speakers"):
            tracker.assign(directive, "vidhan_sabha", "JH", date(2099, 1, 1), **HQ)


def deeds(chance: random.Random, first: int) -> Iterator[Deed]:
    """Deeds, one after another; the ids begin with ``first``."""
    number = first
    while True:
        (kind,) = chance.choices([*KINDS], [*KINDS.values()])
        yield Deed(kind, f"{number:06}", chance.choice((3, 40, 250)) if kind in ("bulk", "parts", "import") else 1)
        number += 1


def unit_of(deed: Deed, number: int = 0) -> str:
    """The unit that does it."""
    return UNITS[(int(deed.id) + number) % len(UNITS)]


def recorded(deed: Deed, number: int, tracker: Tracker):
    """One of the commands of a deed of many."""
    unit = unit_of(deed, number)
    fields = {"task": f"calls/{unit}", "office": f"convenor@{unit}", "text": f"{deed.id}-{number}"}
    return tracker.command(RECORD, command_id=f"{deed.id}-{number}", **fields)


def do_single(deed: Deed, tracker: Tracker, _: Path) -> None:
    tracker.execute(recorded(deed, 0, tracker))


def do_bulk(deed: Deed, tracker: Tracker, _: Path) -> None:
    tracker.execute_all([recorded(deed, number, tracker) for number in range(deed.number)])


def do_parts(deed: Deed, tracker: Tracker, _: Path) -> None:
    tracker.execute_all([recorded(deed, number, tracker) for number in range(deed.number)], keep_going=True)


def do_import(deed: Deed, tracker: Tracker, folder: Path) -> None:
    path = folder / f"{deed.id}.jsonl"
    lines = [
        {
            "command": "action record",
            "task": f"calls/{unit_of(deed, number)}",
            "text": f"{deed.id}-{number}",
            "office": f"convenor@{unit_of(deed, number)}",
        }
        for number in range(deed.number)
    ]
    path.write_text("\n".join(map(json.dumps, lines)))
    tracker.import_commands(WrittenCommands(path))


def paper(deed: Deed) -> bytes:
    """The content of a file that is handed in."""
    return f"Paper {deed.id}\n".encode() * 500


def do_evidence(deed: Deed, tracker: Tracker, folder: Path) -> None:
    path = folder / f"{deed.id}.txt"
    path.write_bytes(paper(deed))
    unit = unit_of(deed)
    tracker.work(
        "action record",
        f"papers/{unit}",
        evidence=path,
        text=f"{deed.id}-0",
        office=f"convenor@{unit}",
        command_id=f"{deed.id}-0",
    )


def person_of(deed: Deed) -> str:
    """The person whom a deed is about."""
    return f"{unit_of(deed)}/SP-{deed.id}"


def do_identify(deed: Deed, tracker: Tracker, _: Path) -> None:
    unit = unit_of(deed)
    tracker.work(
        "speaker identify",
        f"speakers/{unit}",
        speaker=f"SP-{deed.id}",
        name=f"नमूना {deed.id}",
        phone="+910000000001",
        office=f"convenor@{unit}",
        command_id=f"{deed.id}-0",
    )


def do_erase(deed: Deed, tracker: Tracker, folder: Path) -> None:
    do_identify(deed, tracker, folder)
    tracker.forget_person(person_of(deed), "They asked for it.", **HQ, command_id=f"{deed.id}-forget")


def do_rebuild(_: Deed, tracker: Tracker, __: Path) -> None:
    wrong = [each for each in tracker.rebuild() if each.differing]
    assert not wrong, wrong


DO: dict[str, Callable[[Deed, Tracker, Path], None]] = {
    "single": do_single,
    "bulk": do_bulk,
    "parts": do_parts,
    "import": do_import,
    "evidence": do_evidence,
    "identify": do_identify,
    "erase": do_erase,
    "rebuild": do_rebuild,
}


def wanted(deed: Deed) -> Counter[str]:
    """The texts, or codes, that a deed leaves in the log, each once."""
    match deed.kind:
        case "single" | "evidence" | "bulk" | "parts" | "import":
            return Counter(f"{deed.id}-{number}" for number in range(deed.number))
        case "identify":
            return Counter([f"SP-{deed.id}"])
        case "erase":
            return Counter([f"SP-{deed.id}", f"erased {person_of(deed)}"])
        case _:
            return Counter()


def told(folder: Path, after: int) -> tuple[dict[str, Counter[str]], int]:
    """What is in the log after a position, by the id of its deed; and the last position."""
    found: dict[str, Counter[str]] = {}
    with store_in(folder) as tracker:
        for event in tracker.events(after):
            after = event.position
            match event.name:
                case "ActionRecorded":
                    text = event.data.text
                case "SpeakerIdentified":
                    text = event.data.speaker
                case "PersonErased":
                    text = f"erased {event.data.person}"
                case _:
                    continue
            found.setdefault(text.rpartition("SP-")[2].partition("-")[0], Counter())[text] += 1
    return found, after


def look(deed: Deed, found: Counter[str], *, done: bool) -> None:
    """Raises when what a deed left is not what it must leave."""
    right = wanted(deed)
    assert not found - right, f"{deed}: twice or strange: {found - right}"
    if done:
        assert found == right, f"{deed}: acknowledged, and lost: {right - found}"
    elif deed.kind in ("bulk", "import"):
        assert not found or found == right, f"{deed}: a part of what is all or nothing"


def look_at_files(deed: Deed, folder: Path, *, done: bool) -> None:
    """Raises when the file of a deed, or the key of a person, is not as it must be."""
    with store_in(folder) as tracker:
        if deed.kind == "evidence":
            unit = unit_of(deed)
            mine = [each for each in tracker.evidence(f"papers/{unit}") if each.name == f"{deed.id}.txt"]
            assert all(each.condition == "whole" for each in mine)
            assert mine or not done
            for each in mine:
                with tracker.open_evidence(each.digest) as file:
                    assert file.read() == paper(deed)
        if deed.kind in ("identify", "erase") and done:
            view = tracker.person(person_of(deed))
            assert view.state == ("known" if deed.kind == "identify" else "erased"), view
            if deed.kind == "erase":
                assert view.person not in keys_of(tracker, [view.person])
                again = refused(lambda: do_identify(deed._replace(id=deed.id), tracker, folder))
                assert again is None or "was erased" in str(again) or isinstance(again, CommandIdReused)


def keys_of(tracker: Tracker, persons: list[str]) -> dict[str, bytes]:
    """The keys that there are; they are in no answer."""
    return tracker._place.keys.of(persons)


def refused(act: Callable[[], object]) -> Exception | None:
    """The error of an act, if it has one."""
    try:
        act()
    except Exception as error:
        return error
    return None


def work(folder: Path, seed: int, first: int, saying: int) -> None:
    """Do deeds till the end, and say of each when it begins and when it is done."""
    with store_in(folder) as tracker:
        for deed in deeds(random.Random(seed), first):
            os.write(saying, f"{json.dumps(['begun', deed])}\n".encode())
            DO[deed.kind](deed, tracker, folder)
            os.write(saying, f"{json.dumps(['done', deed])}\n".encode())


def killed(folder: Path, chance: random.Random, first: int) -> tuple[list[Deed], Deed | None]:
    """Start a process, kill it, and tell which deeds it had done and at which it was."""
    listening, saying = os.pipe()
    seed, after = chance.randrange(2**32), chance.random() * LONGEST
    process = os.fork()
    if not process:
        os.close(listening)
        try:
            work(folder, seed, first, saying)
        except BaseException as error:
            os.write(saying, f"{json.dumps(['failed', repr(error)])}\n".encode())
        os._exit(1)
    os.close(saying)
    with os.fdopen(listening, encoding="utf-8") as reader:
        lines = [reader.readline()]
        time.sleep(after)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        lines += [line for line in reader if line.endswith("\n")]
    said = [json.loads(line) for line in lines if line]
    failed = [each for what, each in said if what == "failed"]
    assert not failed, failed
    done = [Deed(*each) for what, each in said if what == "done"]
    begun = [Deed(*each) for what, each in said if what == "begun"]
    return done, begun[-1] if len(begun) > len(done) else None


def main(number: int, seed: int, folder: Path) -> Counter[str]:
    """Kill so many processes; raises `AssertionError` at the first thing that is lost, doubled or wrong."""
    chance, first, after, at = random.Random(seed), 0, 0, Counter[str]()
    made(folder)
    for kill in range(number):
        done, during = killed(folder, chance, first)
        found, after = told(folder, after)
        for deed in done:
            look(deed, found.pop(deed.id, Counter()), done=True)
            look_at_files(deed, folder, done=True)
        if during is not None:
            at[during.kind] += 1
            left = found.pop(during.id, Counter())
            look(during, left, done=False)
            look_at_files(during, folder, done=False)
            with store_in(folder) as tracker:
                DO[during.kind](during, tracker, folder)
            more, after = told(folder, after)
            look(during, left + more.pop(during.id, Counter()), done=True)
            look_at_files(during, folder, done=True)
            assert not more, more
        assert not found, found
        first += len(done) + 1
        if kill % 25 == 24 or kill == number - 1:
            with store_in(folder) as tracker:
                wrong = [each for each in tracker.doctor() if each.state == "wrong"]
                assert not wrong, wrong
        for path in (*folder.glob("*.jsonl"), *folder.glob("*.txt")):
            path.unlink()
    return at


if __name__ == "__main__":
    given = sys.argv[1:]
    with tempfile.TemporaryDirectory() as passing:
        place = Path(given[2] if len(given) > 2 else passing)
        if len(given) > 3:
            (place / "url").write_text(given[3])
        print(dict(main(int(given[0]), int(given[1]) if len(given) > 1 else 29, place)))
