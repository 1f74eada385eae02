"""What those who can write the files may do to a store: 47 kinds of tampering, by 4 attackers.

On a server they write the tables; the notes and the key stand in a folder there too.
The store has events of all sorts; Monday's checkpoint was given away and its log published, Tuesday's followed, and a
few events are under none yet. The attackers: one who only writes (raw); one who lets the read models be made anew
(rebuilt); one who makes the tiles anew too and removes the checkpoints, without the key (remade); and one who has the
key, and signs all again without its memory (resigned).
"""

import json
import os
import shutil
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime

from tests import stores
from tests.conftest import Clock

from directives import DirectivesError, Tracker, read_minutes, read_organisation
from directives.audit.log import PART, grow
from directives.store import audit_log

HQ = {"office": "headquarters@JH"}
NAME = {"en": "Name", "hi": "नाम"}


def build(folder):
    """A store in ``folder`` with its log, Monday's and Tuesday's notes, and what was published on Monday."""
    clock = Clock(datetime(2023, 10, 20, 6, tzinfo=UTC))
    with Tracker(f"sqlite:///{folder}/a.db", create=True, clock=clock) as tracker:
        tracker.found(read_organisation())
        tracker.record_meeting(read_minutes())
        tracker.introduce_log_key(folder / "log.pem", "directives.example/jh")
        for number in range(1, 9):
            clock.forward(hours=1)
            act(tracker, folder, f"JH-PC{number:02}")
        (folder / "monday.note").write_text(tracker.checkpoint(folder / "log.pem"))
        tracker.publish(folder / "published")
        clock.forward(days=1)
        for number in range(9, 13):
            act(tracker, folder, f"JH-PC{number:02}")
        (folder / "tuesday.note").write_text(tracker.checkpoint(folder / "log.pem"))
        clock.forward(hours=1)
        for number in (13, 14):
            act(tracker, folder, f"JH-PC{number:02}")
        # One command that changed nothing, and one of many events.
        tracker.acknowledge("written-report/JH-PC13", office="convenor@JH-PC13", command_id="quiet")
        tracker.issue("w", "written_report", NAME, {"period_from": "2023-10-01", "period_to": "2023-10-02"}, **HQ)
        tracker.assign("w", "lok_sabha", "JH", date(2023, 11, 15), **HQ)
        tracker.withdraw("w", "No more.", **HQ)


def act(tracker, folder, seat):
    """What a seat does about its report."""
    own, report = {"office": f"convenor@{seat}"}, folder / f"{seat}.txt"
    report.write_text(f"Report of {seat}.\n")
    tracker.acknowledge(f"written-report/{seat}", **own)
    tracker.submit_report(f"written-report/{seat}", report, **own)
    if seat == "JH-PC05":
        tracker.return_task(f"written-report/{seat}", "No figures.", **HQ)
    elif seat != "JH-PC14":
        tracker.verify(f"written-report/{seat}", actor="clerk-1", **HQ)


def url_of(folder):
    """The URL of the store whose notes and key are in ``folder``: of a file beside them, or of what ``url`` names."""
    noted = folder / "url"
    return noted.read_text() if noted.exists() else f"sqlite:///{folder}/a.db"


@contextmanager
def opened(folder):
    """The store under the attacker's hands."""
    with stores.raw(url_of(folder)) as handle:
        yield (OnServer if (folder / "url").exists() else Files)(handle, folder)


class Files:
    """A store in a file, with its evidence, its notes and its key in a folder."""

    def __init__(self, handle, folder):
        self.handle, self.folder = handle, folder

    def do(self, statement, *values):
        changed = self.handle.execute(statement, values).rowcount
        assert changed != 0, statement

    def one(self, query, *values):
        return self.handle.execute(query, values).fetchone()[0]

    def position(self, topic, last=False):
        """The position of the first event of that topic; of the last one."""
        return self.one(f"SELECT {'max' if last else 'min'}(position) FROM stored_events WHERE topic = ?", topic)

    @property
    def end(self):
        return self.one("SELECT max(position) FROM stored_events")

    def edit(self, position, change):
        """Change the stored text of an event."""
        text = self.one("SELECT state FROM stored_events WHERE position = ?", position).decode()
        changed = change(text)
        assert changed != text
        self.do("UPDATE stored_events SET state = ? WHERE position = ?", changed.encode(), position)

    def set(self, position, **fields):
        """Change fields of an event."""

        def change(text):
            state = json.loads(text)
            for name, value in fields.items():
                (state if name in state else state["data"])[name] = value
            return json.dumps(state, ensure_ascii=False, separators=(",", ":"))

        self.edit(position, change)

    def remove(self, position):
        """Remove an event and let those behind it move up, with their versions and commands."""
        stream = self.one("SELECT originator_id FROM stored_events WHERE position = ?", position)
        version = self.one("SELECT originator_version FROM stored_events WHERE position = ?", position)
        self.do("DELETE FROM stored_events WHERE position = ?", position)
        for each in range(position + 1, self.end + 1):
            self.do("UPDATE stored_events SET position = position - 1 WHERE position = ?", each)
        later = "UPDATE stored_events SET originator_version = ? WHERE originator_id = ? AND originator_version = ?"
        while self.handle.execute(later, (version, stream, version + 1)).rowcount:
            version += 1
        self.handle.execute("UPDATE commands SET first = first - 1 WHERE first > ?", (position,))
        self.handle.execute("UPDATE commands SET last = last - 1 WHERE last >= ?", (position,))
        self.handle.execute("UPDATE commands SET first = NULL, last = NULL WHERE last < first")

    def insert(self, position):
        """Put a copy of an acknowledgement in, with a command of its own, and let those behind it move down."""
        for each in range(self.end, position - 1, -1):
            self.do("UPDATE stored_events SET position = position + 1 WHERE position = ?", each)
        self.handle.execute("UPDATE commands SET first = first + 1, last = last + 1 WHERE first >= ?", (position,))
        before = self.one("SELECT state FROM stored_events WHERE position = ?", position - 1)
        state = json.loads(before) | {"actor": "forger", "office": "convenor@JH-AC01", "command_id": "forged"}
        state["data"] = {}
        row = (position, "task/written-report/JH-AC01", 1, "Acknowledged.v1", json.dumps(state).encode())
        self.do("INSERT INTO stored_events VALUES (?, ?, ?, ?, ?)", *row)
        self.do("INSERT INTO commands VALUES ('forged', 'x', ?, ?, NULL)", position, position)

    @property
    def report(self):
        """The digest of the first report."""
        return self.one("SELECT min(digest) FROM evidence")

    @property
    def evidence(self):
        """The file of the first report."""
        name = self.report.removeprefix("sha256:")
        return self.folder / "a.db.evidence" / name[:2] / name

    def replace_evidence(self, content):
        self.evidence.chmod(0o644)
        self.evidence.write_bytes(content)

    def delete_evidence(self):
        self.evidence.unlink()

    def add_trigger(self):
        self.do("CREATE TRIGGER t AFTER INSERT ON stored_events BEGIN DELETE FROM evidence; END")

    def drop_index(self):
        self.do(f"DROP INDEX {self.one('SELECT name FROM sqlite_master WHERE type = ? AND sql IS NOT NULL', 'index')}")

    def set_format(self, version):
        self.do(f"PRAGMA user_version = {version}")

    def cut(self, count):
        """Remove the last events, with their commands."""
        end = self.end - count
        self.do("DELETE FROM stored_events WHERE position > ?", end)
        self.do("DELETE FROM commands WHERE first > ?", end)
        self.handle.execute("UPDATE commands SET last = ? WHERE last > ?", (end, end))


class OnServer(Files):
    """A store in a schema of a server, with its notes and its key in a folder."""

    def replace_evidence(self, content):
        self.do("UPDATE evidence_pieces SET content = ? WHERE digest = ?", content, self.report)

    def delete_evidence(self):
        self.do("DELETE FROM evidence_pieces WHERE digest = ?", self.report)

    def add_trigger(self):
        self.do(
            """CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN DELETE FROM evidence; RETURN NULL; END $$;
            CREATE TRIGGER t AFTER INSERT ON stored_events EXECUTE FUNCTION t()"""
        )

    def drop_index(self):
        ours = """SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()
            AND indexname NOT IN (SELECT conname FROM pg_constraint) ORDER BY indexname"""
        self.do(f"DROP INDEX {self.one(ours)}")

    def set_format(self, version):
        self.do("UPDATE directives_store SET format = ?", version)


def swap(files):
    a, b = files.position("Acknowledged.v1") + 1, files.position("Acknowledged.v1") + 2
    files.do("UPDATE stored_events SET position = -1 WHERE position = ?", a)
    files.do("UPDATE stored_events SET position = ? WHERE position = ?", a, b)
    files.do("UPDATE stored_events SET position = ? WHERE position = -1", b)


def gap(files):
    files.do("DELETE FROM stored_events WHERE position = ?", files.position("Acknowledged.v1"))


def monday(files):
    return int((files.folder / "monday.note").read_text().split("\n")[1])


def late(files):
    """A report that was on time becomes a late one."""
    files.edit(files.position("Verified.v1"), lambda text: text.replace('"on_time":true', '"on_time":false'))


def flip_tile(files):
    first = "level = 0 AND number = 0"
    hashes = files.one(f"SELECT hashes FROM audit_tiles WHERE {first}")
    files.do(f"UPDATE audit_tiles SET hashes = ? WHERE {first}", bytes([hashes[0] ^ 1]) + hashes[1:])


def both_gone(files):
    """The first report and its row."""
    report = files.report
    files.delete_evidence()
    files.do("DELETE FROM evidence WHERE digest = ?", report)


def foreign_note(files):
    """Sign the newest checkpoint with a key that nobody introduced."""
    from directives.audit.keys import make_key
    from directives.audit.notes import LOG_KEY, read_checkpoint, signed

    note = files.one("SELECT note FROM audit_checkpoints ORDER BY size DESC LIMIT 1")
    checkpoint = read_checkpoint(note.encode())
    signer = make_key(files.folder / "foreign.pem").signer(checkpoint.origin, LOG_KEY)
    forged = str(signed(checkpoint.note.text, [signer]))
    files.do("UPDATE audit_checkpoints SET note = ? WHERE size = ?", forged, checkpoint.size)


def origin(files):
    files.do("UPDATE audit_log SET origin = 'other.example/jh' || substr(origin, length(origin) - 16)")
    files.set(files.position("LogKeyIntroduced.v1"), origin=files.one("SELECT origin FROM audit_log"))


def without(files, *tables):
    for table in tables:
        files.do(f"DELETE FROM {table}")


FIRST = "Acknowledged.v1"
KINDS = {
    "gap": gap,
    "swapped": swap,
    "stream renamed": lambda f: f.do(
        "UPDATE stored_events SET originator_id = 'task/written-report/JH-AC02' WHERE position = ?", f.position(FIRST)
    ),
    "version hole": lambda f: f.do(
        "UPDATE stored_events SET originator_version = 9 WHERE position = ?", f.position("Verified.v1")
    ),
    "recorded_at backwards": lambda f: (
        f.set(f.position(FIRST), recorded_at="2023-10-20T06:00:01.000000Z", command_id="x")
        or f.set(f.position(FIRST) + 1, recorded_at="2023-10-20T06:00:00.000000Z")
    ),
    "re-dated past a neighbour": lambda f: f.set(f.position(FIRST), recorded_at="2023-10-25T06:00:00.000000Z"),
    "TEXT for BLOB": lambda f: f.do(
        "UPDATE stored_events SET state = CAST(state AS TEXT) WHERE position = ?", f.position(FIRST)
    ),
    "trigger added": lambda f: f.add_trigger(),
    "table added": lambda f: f.do("CREATE TABLE other (x INTEGER)"),
    "a bit flipped": lambda f: f.edit(f.position(FIRST), lambda text: text.replace("convenor", "bonvenor")),
    "actor": lambda f: f.set(f.position("Verified.v1"), actor="clerk-9"),
    "office": lambda f: f.set(f.position("Verified.v1"), office="president@JH"),
    "source": lambda f: f.set(f.position(FIRST), source="cli"),
    "occurred_at": lambda f: f.set(f.position(FIRST), occurred_at="2023-10-20T05:00:00.000000Z"),
    "document digest": lambda f: f.edit(
        f.position("ReportRecorded.v1"), lambda text: text.replace('"size":19', '"size":20')
    ),
    "self-verification forged": lambda f: f.set(f.position("Verified.v1"), actor="convenor@JH-PC01"),
    "on_time flipped": late,
    "duplicate JSON key": lambda f: f.edit(
        f.position("Verified.v1"), lambda text: text.replace('"actor":', '"actor":"clerk-9","actor":')
    ),
    "trailing space": lambda f: f.edit(f.position(FIRST), lambda text: text + " "),
    "command_id": lambda f: (
        f.set(f.position(FIRST), command_id="x")
        or f.do("UPDATE commands SET command_id = 'x' WHERE first = ?", f.position(FIRST))
    ),
    "removed and renumbered": lambda f: f.remove(f.position("Returned.v2")),
    "inserted and renumbered": lambda f: f.insert(f.position(FIRST) + 1),
    "cut to before Monday": lambda f: f.cut(f.end - monday(f) + 3),
    "secret": lambda f: f.do("UPDATE audit_log SET secret = ?", os.urandom(32)),
    "whole audit tables dropped": lambda f: without(f, "audit_log", "audit_tiles", "audit_checkpoints"),
    "origin": origin,
    "last events cut into Tuesday": lambda f: f.cut(20),
    "Monday's row deleted": lambda f: f.do("DELETE FROM audit_checkpoints WHERE size = ?", monday(f)),
    "all checkpoints deleted": lambda f: without(f, "audit_checkpoints"),
    "topic changed after the last checkpoint": lambda f: f.do(
        "UPDATE stored_events SET topic = 'Acknowledged.v9' WHERE position = ?", f.position(FIRST, last=True)
    ),
    "evidence replaced": lambda f: f.replace_evidence(b"Another report.\n"),
    "evidence deleted": lambda f: f.delete_evidence(),
    "evidence row altered": lambda f: f.do("UPDATE evidence SET size = 7 WHERE digest = ?", f.report),
    "all commands deleted": lambda f: without(f, "commands"),
    "a range moved": lambda f: f.do("UPDATE commands SET last = last + 1 WHERE first = ?", f.position(FIRST)),
    "last 2 events cut with commands left": lambda f: f.do("DELETE FROM stored_events WHERE position > ?", f.end - 2),
    "index dropped": lambda f: f.drop_index(),
    "user_version": lambda f: f.set_format(9),
    "tallies": lambda f: f.do("DELETE FROM tallies WHERE unit = 'JH'"),
    "tasks row": lambda f: f.do("DELETE FROM tasks WHERE unit = 'JH-PC05'"),
    "tile bit": flip_tile,
    "tiles removed": lambda f: without(f, "audit_tiles"),
    "note signed by another key": foreign_note,
    "altered after the last checkpoint": lambda f: f.set(f.position("Withdrawn.v1"), actor="clerk-9"),
    "digest of a command": lambda f: f.do("UPDATE commands SET digest = 'x' WHERE first = ?", f.position(FIRST)),
    "a command without events planted": lambda f: f.do(
        "INSERT INTO commands VALUES ('planted', 'x', NULL, NULL, NULL)"
    ),
    "evidence file and row deleted": both_gone,
}
ATTACKERS = ("raw", "rebuilt", "remade", "resigned")


def rebuilt(folder):
    with suppress(DirectivesError), Tracker(url_of(folder)) as tracker:
        tracker.rebuild()


def remade(folder):
    """The tiles anew from the events, and no checkpoint."""
    with suppress(DirectivesError), Tracker(url_of(folder)) as tracker:
        with suppress(DirectivesError):
            tracker.rebuild()
        with tracker._store.writing() as session:
            log = audit_log.log_of(session)
            session.cursor.execute("DELETE FROM audit_checkpoints")
            session.cursor.execute("DELETE FROM audit_tiles")
            if log is not None:
                for last in (
                    *range(PART, tracker._store.event_log.count(session), PART),
                    tracker._store.event_log.count(session),
                ):
                    grow(session, log, last)


def resigned(folder):
    """Signed again with the key, whose memory the attacker leaves out."""
    remade(folder)
    copy = folder / "copied.pem"
    shutil.copy(folder / "log.pem", copy)
    with suppress(DirectivesError), Tracker(url_of(folder)) as tracker:
        tracker.checkpoint(copy)


def tampered(base, folder, kind, attacker):
    """A copy of the store in ``folder``, tampered with."""
    return at_work(shutil.copytree(base, folder), kind, attacker)


@contextmanager
def template_of(base):
    """A schema of the server with the store of ``base``."""
    stores.require()
    server = stores.server()
    schema = server.new_schema()
    with Tracker(url_of(base)) as tracker:
        tracker.copy(server.url(schema), with_keys=True)
    yield schema
    server.drop(server.url(schema))


def copied_to_server(base, template, folder):
    """A store with the rows of the schema ``template``; what stands beside that of ``base`` is in ``folder``."""
    shutil.copytree(base, folder, ignore=shutil.ignore_patterns("a.db*"))
    (folder / "url").write_text(stores.server().like(template))
    return folder


def tampered_on_server(base, template, folder, kind, attacker):
    """A store of a server, tampered with."""
    return at_work(copied_to_server(base, template, folder), kind, attacker)


def at_work(folder, kind, attacker):
    with opened(folder) as files:
        KINDS[kind](files)
    if attacker != "raw":
        {"rebuilt": rebuilt, "remade": remade, "resigned": resigned}[attacker](folder)
    return folder


def found_by(folder):
    """What finds it: the first check that is wrong by itself, or what must be given besides; ``nothing``."""
    ways = {
        "": {},
        "monday": {"against": [folder / "monday.note"]},
        "tuesday": {"against": [folder / "tuesday.note"]},
        "memory": {"key": folder / "log.pem"},
    }
    try:
        tracker = Tracker(url_of(folder), as_it_is=True, clock=Clock(datetime(2023, 11, 1, tzinfo=UTC)))
    except DirectivesError as error:
        return type(error).__name__
    look = []
    with tracker:
        for way, asked in ways.items():
            try:
                findings = tracker.audit(**asked)
            except DirectivesError as error:
                return type(error).__name__
            wrong = [each.check for each in findings if each.state == "wrong"]
            if wrong:
                return way or wrong[0]
            look += [way for each in findings if each.state == "look" and each.check == "against"]
    return f"{look[0]}, to be looked at" if look else "nothing"
