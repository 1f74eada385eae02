"""The audit log: signed, verified by those who were not there, rewritten by somebody with the key."""

import shutil
import sqlite3
from contextlib import closing

from pytest_bdd import given, then, when

from directives import verify_file
from directives.acceptance.words import UNIT, step

NOTE = r'"(?P<note>[^"]+)"'
FILE = r'"(?P<name>[^"]+)"'


def receipt_states(bench, unit, file):
    """What is found of the receipt of the report of a unit, without the store."""
    (receipt,) = [
        each for each in bench.tracker.receipts(bench.world.task("report", unit)) if each.name == "ReportRecorded"
    ]
    path = bench.folder / receipt.file_name
    path.write_text(receipt.text, "utf-8")
    return {each.state for each in verify_file(path, bench.folder / "policy", evidence=[file])}


@step("state headquarters starts the audit log", "प्रदेश मुख्यालय ऑडिट लॉग शुरू करता है", given)
def starts_log(bench):
    key = bench.tracker.introduce_log_key(bench.folder / "log.pem", "directives.example/jh")
    (bench.folder / "policy").write_text(f"log {key}\nquorum none\n")


@step(
    f"state headquarters signs the record as {NOTE}",
    f"प्रदेश मुख्यालय अभिलेख पर {NOTE} के नाम से हस्ताक्षर करता है",
)
def signs(bench, note):
    (bench.folder / note).write_text(bench.tracker.checkpoint(bench.folder / "log.pem"), "utf-8")


@step(
    "state headquarters tries to sign the record",
    "प्रदेश मुख्यालय अभिलेख पर हस्ताक्षर करने की कोशिश करता है",
    when,
)
def tries_to_sign(bench):
    bench.refused(bench.tracker.checkpoint, bench.folder / "log.pem")


@step(
    rf"the convenor of {UNIT} tries to get the receipt for the report",
    rf"{UNIT} के संयोजक प्रतिवेदन की रसीद लेने की कोशिश करते हैं",
    when,
)
def tries_to_get_receipt(bench, unit):
    bench.refused(bench.tracker.receipts, bench.world.task("report", unit))


@step(
    rf"the receipt for the report of {UNIT} holds for the file {FILE}",
    rf"{UNIT} के प्रतिवेदन की रसीद फ़ाइल {FILE} के लिए सही है",
    then,
)
def receipt_holds(bench, unit, name):
    assert receipt_states(bench, unit, bench.file(name)) == {"ok"}


@step(
    rf"the receipt for the report of {UNIT} does not hold for another file",
    rf"{UNIT} के प्रतिवेदन की रसीद किसी और फ़ाइल के लिए सही नहीं है",
    then,
)
def receipt_does_not_hold(bench, unit):
    assert "wrong" in receipt_states(bench, unit, bench.folder / "policy")


@step(
    rf"someone who has the key rewrites the report of {UNIT} and signs again",
    rf"जिसके पास कुंजी है वह {UNIT} का प्रतिवेदन बदलकर फिर हस्ताक्षर करता है",
    when,
)
def rewrites(bench, unit):
    task = bench.world.task("report", unit)
    bench.subject.close()
    with closing(sqlite3.connect(bench.store, isolation_level=None)) as connection:
        changed = connection.execute(
            """UPDATE stored_events
            SET state = CAST(replace(CAST(state AS TEXT), '"source":"library"', '"source":"cli"') AS BLOB)
            WHERE originator_id = ? AND topic = 'ReportRecorded.v1'""",
            (f"task/{task}",),
        )
        assert changed.rowcount == 1
        connection.execute("DELETE FROM audit_checkpoints")
        connection.execute("DELETE FROM audit_tiles")
    bench.opened_again()
    bench.tracker.rebuild()
    shutil.copy(bench.folder / "log.pem", bench.folder / "copied.pem")
    bench.tracker.checkpoint(bench.folder / "copied.pem")


@step("the record agrees with itself", "अभिलेख में आपस में मेल है", then)
def agrees(bench):
    assert not [each for each in bench.tracker.audit() if each.state == "wrong"]


def against(bench, note):
    (found,) = [each for each in bench.tracker.audit(against=[bench.folder / note]) if each.check == "against"]
    return found.state


@step(f"the record continues the checkpoint {NOTE}", f"अभिलेख जाँच-बिंदु {NOTE} का आगे का रूप है", then)
def continues(bench, note):
    assert against(bench, note) == "ok"


@step(
    f"the record does not continue the checkpoint {NOTE}",
    f"अभिलेख जाँच-बिंदु {NOTE} का आगे का रूप नहीं है",
    then,
)
def does_not_continue(bench, note):
    assert against(bench, note) == "wrong"


@step("a backup is made", "एक प्रति बनाई जाती है", given)
def backup(bench):
    bench.subject.close()
    shutil.copy(bench.store, bench.folder / "backup.db")
    bench.opened_again()


@step("the backup is restored", "वह प्रति वापस रखी जाती है", when)
def restored(bench):
    bench.subject.close()
    shutil.copy(bench.folder / "backup.db", bench.store)
    bench.opened_again()
