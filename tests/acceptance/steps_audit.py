"""The audit log: signed, verified by those who were not there, rewritten by somebody with the key."""

import shutil
import sqlite3
from contextlib import closing

from pytest_bdd import given, then, when
from tests.acceptance.world import UNIT, step

from directives import Tracker, verify_file

NOTE = r'"(?P<note>[^"]+)"'
FILE = r'"(?P<name>[^"]+)"'


def opened_again(world):
    """The store, opened again after somebody wrote its file."""
    world.tracker = Tracker(f"sqlite:///{world.store}", clock=lambda: world.now)


def receipt_states(world, unit, file):
    """What is found of the receipt of the report of a unit, without the store."""
    (receipt,) = [each for each in world.tracker.receipts(world.task("report", unit)) if each.name == "ReportRecorded"]
    path = world.folder / receipt.file_name
    path.write_text(receipt.text, "utf-8")
    return {each.state for each in verify_file(path, world.folder / "policy", evidence=[file])}


@step("state headquarters starts the audit log", "प्रदेश मुख्यालय ऑडिट लॉग शुरू करता है", given)
def starts_log(world):
    key = world.tracker.introduce_log_key(world.folder / "log.pem", "directives.example/jh")
    (world.folder / "policy").write_text(f"log {key}\nquorum none\n")


@step(
    f"state headquarters signs the record as {NOTE}",
    f"प्रदेश मुख्यालय अभिलेख पर {NOTE} के नाम से हस्ताक्षर करता है",
)
def signs(world, note):
    (world.folder / note).write_text(world.tracker.checkpoint(world.folder / "log.pem"), "utf-8")


@step(
    "state headquarters tries to sign the record",
    "प्रदेश मुख्यालय अभिलेख पर हस्ताक्षर करने की कोशिश करता है",
    when,
)
def tries_to_sign(world):
    world.refused(world.tracker.checkpoint, world.folder / "log.pem")


@step(
    rf"the convenor of {UNIT} tries to get the receipt for the report",
    rf"{UNIT} के संयोजक प्रतिवेदन की रसीद लेने की कोशिश करते हैं",
    when,
)
def tries_to_get_receipt(world, unit):
    world.refused(world.tracker.receipts, world.task("report", unit))


@step(
    rf"the receipt for the report of {UNIT} holds for the file {FILE}",
    rf"{UNIT} के प्रतिवेदन की रसीद फ़ाइल {FILE} के लिए सही है",
    then,
)
def receipt_holds(world, unit, name):
    assert receipt_states(world, unit, world.folder / name) == {"ok"}


@step(
    rf"the receipt for the report of {UNIT} does not hold for another file",
    rf"{UNIT} के प्रतिवेदन की रसीद किसी और फ़ाइल के लिए सही नहीं है",
    then,
)
def receipt_does_not_hold(world, unit):
    assert "wrong" in receipt_states(world, unit, world.folder / "policy")


@step(
    rf"someone who has the key rewrites the report of {UNIT} and signs again",
    rf"जिसके पास कुंजी है वह {UNIT} का प्रतिवेदन बदलकर फिर हस्ताक्षर करता है",
    when,
)
def rewrites(world, unit):
    task = world.task("report", unit)
    world.tracker.close()
    with closing(sqlite3.connect(world.store, isolation_level=None)) as connection:
        changed = connection.execute(
            """UPDATE stored_events
            SET state = CAST(replace(CAST(state AS TEXT), '"source":"library"', '"source":"cli"') AS BLOB)
            WHERE originator_id = ? AND topic = 'ReportRecorded.v1'""",
            (f"task/{task}",),
        )
        assert changed.rowcount == 1
        connection.execute("DELETE FROM audit_checkpoints")
        connection.execute("DELETE FROM audit_tiles")
    opened_again(world)
    world.tracker.rebuild()
    shutil.copy(world.folder / "log.pem", world.folder / "copied.pem")
    world.tracker.checkpoint(world.folder / "copied.pem")


@step("the record agrees with itself", "अभिलेख में आपस में मेल है", then)
def agrees(world):
    assert not [each for each in world.tracker.audit() if each.state == "wrong"]


def against(world, note):
    (found,) = [each for each in world.tracker.audit(against=[world.folder / note]) if each.check == "against"]
    return found.state


@step(f"the record continues the checkpoint {NOTE}", f"अभिलेख जाँच-बिंदु {NOTE} का आगे का रूप है", then)
def continues(world, note):
    assert against(world, note) == "ok"


@step(
    f"the record does not continue the checkpoint {NOTE}",
    f"अभिलेख जाँच-बिंदु {NOTE} का आगे का रूप नहीं है",
    then,
)
def does_not_continue(world, note):
    assert against(world, note) == "wrong"


@step("a backup is made", "एक प्रति बनाई जाती है", given)
def backup(world):
    world.tracker.close()
    shutil.copy(world.store, world.folder / "backup.db")
    opened_again(world)


@step("the backup is restored", "वह प्रति वापस रखी जाती है", when)
def restored(world):
    world.tracker.close()
    shutil.copy(world.folder / "backup.db", world.store)
    opened_again(world)
