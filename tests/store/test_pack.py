"""A pack: whole or not at all, of one moment, and looked at before a store is made of it."""

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from tests.cli.test_store_faults import somebody_else
from tests.conftest import earlier_minutes
from tests.store.speakers import NAME, PERSON, identify
from tests.store.speakers import directed as with_speakers

from directives import (
    DirectivesError,
    InvalidInput,
    NewerStore,
    RecordAltered,
    StoreBusy,
    StoreUnusable,
    Tracker,
    unpack,
)
from directives.store.sqlite import packing, unpacking
from directives.store.sqlite.keys import KeysFile as Keys

HQ = {"office": "headquarters@JH"}
TASK = "written-report/JH-PC11"


def stocked(path):
    """A store with two files that were handed in and a person, at ``path``."""
    with Tracker(path, create=True) as tracker:
        with_speakers(tracker)
        identify(tracker)
        tracker.record_meeting(earlier_minutes())
        for seat in ("JH-PC11", "JH-PC12"):
            report = path.with_name(f"{seat}.txt")
            report.write_text(f"Report of {seat}\n" * 100)
            tracker.submit_report(f"written-report/{seat}", report, office=f"convenor@{seat}")
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return stocked(tmp_path_factory.mktemp("made") / "d.db")


@pytest.fixture
def path(made, tmp_path):
    """A copy of that store."""
    for suffix in ("", ".keys"):
        shutil.copy2(f"{made}{suffix}", tmp_path / f"d.db{suffix}")
    shutil.copytree(f"{made}.evidence", tmp_path / "d.db.evidence")
    return tmp_path / "d.db"


def packed(path, name="p.zip", **given):
    with Tracker(path) as tracker:
        return tracker.pack(path.parent / name, **given)


def found(path):
    """The states that doctor tells of a store, by its checks, but for what offices should look after."""
    with Tracker(path) as tracker:
        return {each.check: each.state for each in tracker.doctor() if each.check not in ("offices", "free space")}


def events_of(path):
    with Tracker(path) as tracker:
        return [event.model_dump() for event in tracker.events()]


def files_in(folder):
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def manifest_of(pack):
    with zipfile.ZipFile(pack) as file:
        return json.loads(file.read("pack.json"))


def test_what_is_unpacked_is_the_store_with_its_evidence_and_keys(path, tmp_path):
    told = packed(path, with_keys=True)
    assert (told.evidence, told.missing, told.altered, told.keys) == (2, (), (), 1)
    with Tracker(path) as tracker:
        last = [*tracker.events()][-1].position
    assert (told.path, told.newest, told.events) == (str(tmp_path / "p.zip"), last, last)
    assert unpack(tmp_path / "p.zip", tmp_path / "new" / "place") == tmp_path / "new" / "place" / "d.db"
    there = tmp_path / "new" / "place" / "d.db"
    assert {*found(there).values()} == {"ok"}
    assert events_of(there) == events_of(path)
    assert files_in(tmp_path / "new/place/d.db.evidence") == files_in(tmp_path / "d.db.evidence")
    with Tracker(there) as tracker:
        assert tracker.person(PERSON).name == NAME
        identify(tracker, "SP-02")
    assert {each.name for each in there.parent.iterdir()} == {"d.db", "d.db.evidence", "d.db.keys"}


def test_keys_are_packed_only_where_they_are_asked_for(path, tmp_path):
    assert packed(path).keys is None
    told = manifest_of(tmp_path / "p.zip")
    assert (told["format"], told["store"], told["keys"], "keys" in told["files"]) == (
        "directives-pack/v1",
        "d.db",
        False,
        False,
    )
    there = unpack(tmp_path / "p.zip", tmp_path / "new")
    assert not there.with_name("d.db.keys").exists()
    assert found(there)["personal data"] == "look"
    with Tracker(there) as tracker:
        assert tracker.person(PERSON).state == "unreadable"
        tracker.work("speaker stand-down", "speakers/JH-AC60", speaker="SP-01", reason="No.", office="convenor@JH-AC60")
        with pytest.raises(StoreUnusable, match=f"^keys: the key of {PERSON} is missing"):
            identify(tracker, name="दूसरा")
    assert not there.with_name("d.db.keys").exists(), "nothing is recorded under a new key"


def test_a_pack_with_keys_is_its_owners_alone_and_so_is_what_comes_of_it(path, tmp_path):
    before = os.umask(0o022)
    try:
        packed(path, "open.zip")
        packed(path, "private.zip", with_keys=True)
        there = unpack(tmp_path / "private.zip", tmp_path / "new")
    finally:
        os.umask(before)
    modes = {each.name: each.stat().st_mode & 0o777 for each in (*tmp_path.glob("*.zip"), *there.parent.iterdir())}
    assert (modes["open.zip"], modes["private.zip"], modes["d.db.keys"], modes["d.db"]) == (0o644, 0o600, 0o600, 0o644)


def test_of_an_erased_person_no_key_is_packed(path, tmp_path):
    keys = path.with_name("d.db.keys")
    content = keys.read_bytes()
    with Tracker(path) as tracker:
        identify(tracker, "SP-02")
        tracker.forget_person(PERSON, "They asked for it.", **HQ)
        keys.write_bytes(content)
        assert tracker._place.keys.of([PERSON]), "a copy of the keys was put back"
        assert tracker.pack(tmp_path / "p.zip", with_keys=True).keys == 0
    assert "keys" not in manifest_of(tmp_path / "p.zip")["files"]


@pytest.mark.parametrize("with_keys", [True, False])
def test_nobody_is_erased_between_the_copy_and_the_keys_and_nobody_waits_without_them(
    path, tmp_path, monkeypatch, with_keys
):
    read, copy, tried = Keys.all, packing._copy, []

    def erase():
        try:
            with Tracker(path, lock_timeout=0.1) as other:
                tried.append(other.forget_person(PERSON, "They asked for it.", **HQ)[0].name)
        except StoreBusy:
            tried.append("busy")

    def all_keys(keys):
        erase()
        return read(keys)

    def copied(session, target):
        if not with_keys:
            erase()
        copy(session, target)

    monkeypatch.setattr(Keys, "all", all_keys)
    monkeypatch.setattr(packing, "_copy", copied)
    packed(path, with_keys=with_keys)
    assert tried == ["busy" if with_keys else "PersonErased"]
    there = unpack(tmp_path / "p.zip", tmp_path / "new")
    with Tracker(there) as tracker:
        assert tracker.person(PERSON).state == ("known" if with_keys else "unreadable"), "of the moment of the copy"


def test_only_who_packs_keys_waits_for_somebody_who_writes(path, tmp_path):
    with Tracker(path) as writer, Tracker(path, lock_timeout=0.1) as tracker, writer._store.writing():
        with pytest.raises(StoreBusy):
            tracker.pack(tmp_path / "keys.zip", with_keys=True)
        tracker.pack(tmp_path / "p.zip")
    assert [each.name for each in tmp_path.glob("*.zip")] == ["p.zip"]
    assert {*found(unpack(tmp_path / "p.zip", tmp_path / "new")).values()} == {"ok", "look"}


def test_who_may_only_read_packs_what_may_be_read():
    place = Path(tempfile.mkdtemp())
    stocked(place / "d.db")
    with Tracker(place / "d.db") as tracker:
        tracker.acknowledge("written-report/JH-PC13", office="convenor@JH-PC13")
    place.chmod(0o755)
    out = Path(tempfile.mkdtemp())
    out.chmod(0o777)
    before = files_in(place)
    with somebody_else(), Tracker(place / "d.db") as tracker:
        told = tracker.pack(out / "p.zip")
        assert (told.evidence, told.missing) == (2, ())
        if os.geteuid() != os.getuid():
            with pytest.raises(StoreUnusable, match=r"^keys: .* belongs to another user|cannot be"):
                tracker.pack(out / "k.zip", with_keys=True)
    assert files_in(place) == before
    assert [each.name for each in out.iterdir()] == ["p.zip"]
    assert found(unpack(out / "p.zip", out / "new"))["log"] == "ok"
    shutil.rmtree(place)
    shutil.rmtree(out)


def test_a_store_with_nothing_in_it_is_packed(tmp_path):
    with Tracker(tmp_path / "d.db", create=True) as tracker:
        with_speakers(tracker)
        told = tracker.pack(tmp_path / "p.zip", with_keys=True)
    assert (told.evidence, told.keys) == (0, 0)
    assert {*found(unpack(tmp_path / "p.zip", tmp_path / "new")).values()} == {"ok"}


def test_missing_and_altered_files_are_packed_as_they_are(path, tmp_path):
    one, other = sorted(each for each in path.with_name("d.db.evidence").rglob("*") if each.is_file())
    one.chmod(0o644)
    one.write_text("another")
    other.unlink()
    told = packed(path)
    assert (told.evidence, told.altered, told.missing) == (1, (f"sha256:{one.name}",), (f"sha256:{other.name}",))
    there = unpack(tmp_path / "p.zip", tmp_path / "new")
    assert found(there)["evidence"] == "wrong"
    assert files_in(there.with_name("d.db.evidence")) == {f"{one.name[:2]}/{one.name}": b"another"}


def test_a_store_without_its_evidence_is_packed_without(path, tmp_path):
    shutil.rmtree(path.with_name("d.db.evidence"))
    assert len(packed(path).missing) == 2
    assert found(unpack(tmp_path / "p.zip", tmp_path / "new"))["evidence"] == "look"


def test_a_file_that_is_on_no_record_is_left_out(path, tmp_path):
    stray = path.with_name("d.db.evidence") / "ab" / f"ab{0:062x}"
    stray.parent.mkdir(exist_ok=True)
    stray.write_text("stray")
    assert packed(path).evidence == 2


@pytest.mark.parametrize("there", ["a file", "a folder", "a link to nothing"])
def test_nothing_that_is_there_is_replaced_by_a_pack(path, tmp_path, there):
    pack = tmp_path / "p.zip"
    {"a file": lambda: pack.write_text("x"), "a folder": pack.mkdir}.get(there, lambda: pack.symlink_to("nowhere"))()
    before = sorted(tmp_path.iterdir())
    with pytest.raises(InvalidInput, match=r"^file: .*p\.zip is there already: name a new one$"):
        packed(path)
    assert sorted(tmp_path.iterdir()) == before


def test_a_file_that_came_meanwhile_is_not_replaced(path, tmp_path, monkeypatch):
    link = os.link

    def late(made, target):
        target.write_text("of somebody else")
        link(made, target)

    monkeypatch.setattr(os, "link", late)
    with pytest.raises(InvalidInput, match="is there already"):
        packed(path)
    assert (tmp_path / "p.zip").read_text() == "of somebody else"
    assert not [*tmp_path.glob(".*")]


def test_where_no_pack_can_be_written_nothing_is_left(path, tmp_path):
    with pytest.raises(InvalidInput, match=r"^file: .* cannot be written: No such file or directory: name another$"):
        packed(path, "nowhere/p.zip")
    with pytest.raises(InvalidInput, match=r"^file: .* is named as a file beside a store: name another$"):
        packed(path, "other.db.keys")
    with (
        pytest.raises(InvalidInput, match=r"^db: a store in memory cannot be packed"),
        Tracker("sqlite:///:memory:") as tracker,
    ):
        tracker.pack(tmp_path / "p.zip")
    assert not [*tmp_path.glob(".*"), *tmp_path.glob("*.zip")]


def test_keys_that_are_not_to_be_used_are_not_packed(path, tmp_path):
    path.with_name("d.db.keys").chmod(0o644)
    with pytest.raises(StoreUnusable, match="is readable by others"):
        packed(path, with_keys=True)
    assert not [*tmp_path.glob(".*"), *tmp_path.glob("*.zip")]
    packed(path)


@pytest.mark.parametrize("target", ["d.db", "d.db-wal", "d.db-journal", "d.db.keys", "d.db.evidence"])
def test_nothing_that_is_there_is_replaced_by_what_is_unpacked(path, tmp_path, target):
    packed(path, with_keys=True)
    new = tmp_path / "new"
    new.mkdir()
    (new / target).write_text("x")
    with pytest.raises(
        InvalidInput, match=rf"^file: .*new/{target} is there already: move it away, or name another folder$"
    ):
        unpack(tmp_path / "p.zip", new)
    assert files_in(new) == {target: b"x"}


# What is no pack, or not as it was made


def rewritten(pack, change=None, manifest=None, more=()):
    """The pack with other members: ``change`` takes a name and content, ``manifest`` changes what it tells."""
    with zipfile.ZipFile(pack) as file:
        members = [(name, file.read(name)) for name in file.namelist()]
    with zipfile.ZipFile(pack, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members:
            if name == "pack.json" and manifest is not None:
                told = json.loads(content)
                manifest(told)
                content = json.dumps(told).encode()
            changed = (name, content) if change is None else change(name, content)
            if changed is not None:
                file.writestr(*changed)
        for name, content in more:
            file.writestr(name, content)


def instead(wanted, content):
    return lambda name, was: (name, content if name == wanted else was)


def evidence_renamed(name):
    def change(told):
        member = next(each for each in told["files"] if each.startswith("evidence/"))
        told["files"][name] = told["files"].pop(member)

    return change


def told(**values):
    return lambda manifest: manifest.update(values)


def flipped(name, content):
    return (name, content[:-1] + bytes([content[-1] ^ 1]) if name == "store" else content)


def smaller(manifest):
    manifest["files"]["store"]["size"] -= 1


WRONG = {
    "another format": ({"manifest": told(format="zip")}, InvalidInput, "is no pack: name a file that directives pack"),
    "no format": ({"manifest": lambda each: each.pop("format")}, InvalidInput, "is no pack"),
    "no JSON": ({"change": instead("pack.json", b"{")}, InvalidInput, "is no pack"),
    "a list": ({"change": instead("pack.json", b"[]")}, InvalidInput, "is no pack"),
    "deep": ({"change": instead("pack.json", b"[" * 100_000)}, InvalidInput, "is no pack"),
    "newer": ({"manifest": told(format="directives-pack/v2", new=1)}, NewerStore, "by a newer version of directives"),
    "a field more": ({"manifest": told(new=1)}, RecordAltered, "pack.json cannot be read"),
    "a field less": ({"manifest": lambda each: each.pop("events")}, RecordAltered, "pack.json cannot be read"),
    "no digest": ({"manifest": lambda each: each["files"]["store"].update(sha256="x")}, RecordAltered, "pack.json"),
    "other content": ({"change": flipped}, RecordAltered, "store has another digest"),
    "another size": ({"manifest": smaller}, RecordAltered, "store is not as large as it was"),
    "a bomb": (
        {"change": lambda name, was: (name, bytes(50_000_000) if name.startswith("evidence/") else was)},
        RecordAltered,
        "is not as large as it was",
    ),
    "more events": ({"manifest": told(events=1)}, RecordAltered, "store is not the store that was packed"),
    "another store format": ({"manifest": told(store_format=13)}, RecordAltered, "store is not the store that was"),
    "a member less": (
        {"change": lambda name, was: None if name.startswith("evidence/") else (name, was)},
        RecordAltered,
        "' is missing",
    ),
    "no store": ({"manifest": lambda each: each["files"].pop("store")}, RecordAltered, "store is missing"),
    "no keys": ({"manifest": lambda each: each["files"].pop("keys")}, RecordAltered, "keys is missing"),
    "keys that are denied": ({"manifest": told(keys=False)}, RecordAltered, "is missing"),
    "a member more": ({"more": [("other", b"x")]}, RecordAltered, "'other' is not named in it"),
    "a member outside": ({"more": [("../outside", b"x")]}, RecordAltered, "'../outside' is not named in it"),
    "a member twice": ({"more": [("store", b"x")]}, RecordAltered, "'store' is there twice"),
    "the manifest twice": ({"more": [("pack.json", b"x")]}, RecordAltered, "'pack.json' is there twice"),
    **{
        f"the member {name}": (
            {"manifest": evidence_renamed(name), "change": None},
            RecordAltered,
            "is no member of a pack",
        )
        for name in ("../x", "/etc/x", "evidence/../x", "evidence/AB", "evidence/" + "a" * 63, "x")
    },
    **{
        f"the name {name!r}": ({"manifest": told(store=name)}, RecordAltered, "is no name for a store")
        for name in ("", ".", "..", "../d.db", "/d.db", "a\\b", "a\nb", "d.db.keys", "d.db-wal", "x" * 201, ":memory:")
    },
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("wrong", WRONG)
def test_a_pack_that_is_none_or_was_altered_is_refused_in_one_line(path, tmp_path, wrong):
    packed(path, with_keys=True)
    changes, error, said = WRONG[wrong]
    rewritten(tmp_path / "p.zip", **changes)
    before = {*files_in(tmp_path)}
    with pytest.raises(error) as caught:
        unpack(tmp_path / "p.zip", tmp_path / "new" / "place")
    assert type(caught.value) is error
    assert said in str(caught.value)
    assert str(caught.value).startswith("file: ")
    assert "\n" not in str(caught.value)
    assert {*files_in(tmp_path)} == before
    assert not (tmp_path / "new").exists()
    with pytest.raises(error):
        unpack(tmp_path / "p.zip", tmp_path / "elsewhere")


@pytest.mark.parametrize("cut", [0, 1, 100, -1, -30])
def test_a_part_of_a_pack_is_refused(path, tmp_path, cut):
    packed(path)
    pack = tmp_path / "p.zip"
    pack.write_bytes(pack.read_bytes()[:cut])
    with pytest.raises(InvalidInput, match="is no pack"):
        unpack(pack, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_whatever_byte_is_flipped_the_store_is_as_it_was_or_refused(path, tmp_path):
    packed(path, with_keys=True)
    pack, content = tmp_path / "p.zip", (tmp_path / "p.zip").read_bytes()
    right = files_in(unpack(pack, tmp_path / "right").parent)
    refused, lines = 0, set()
    for number in range(0, len(content), len(content) // 150):
        pack.write_bytes(content[:number] + bytes([content[number] ^ 0x55]) + content[number + 1 :])
        try:
            there = unpack(pack, tmp_path / "new")
        except DirectivesError as error:
            refused += 1
            lines.add(str(error).count("\n"))
            assert not (tmp_path / "new").exists()
        else:
            assert files_in(there.parent) == right
            shutil.rmtree(there.parent)
    assert refused > 100
    assert lines == {0}


def test_another_database_is_no_store(path, tmp_path):
    packed(path)
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE x (y)")
    content = other.read_bytes()
    member = {
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    rewritten(
        tmp_path / "p.zip",
        change=instead("store", content),
        manifest=lambda each: each["files"].update(store=member),
    )
    with pytest.raises(RecordAltered, match="store is no store of directives"):
        unpack(tmp_path / "p.zip", tmp_path / "new")


def test_what_is_no_file_is_refused(tmp_path):
    with pytest.raises(InvalidInput, match="cannot be read: No such file or directory: name another"):
        unpack(tmp_path / "nowhere", tmp_path / "new")
    os.mkfifo(tmp_path / "pipe")
    for each in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(InvalidInput, match="is no pack"):
            unpack(each, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_folder_that_cannot_be_made_is_refused(path, tmp_path):
    packed(path)
    (tmp_path / "file").write_text("x")
    for each in ("file", "file/below"):
        with pytest.raises(InvalidInput, match=r"^folder: .* cannot be made: .*: name another$"):
            unpack(tmp_path / "p.zip", tmp_path / each)


def test_a_disk_without_room_is_told_before_anything_is_written(path, tmp_path, monkeypatch):
    packed(path)
    monkeypatch.setattr(unpacking.shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1000, 999, 1))
    with pytest.raises(StoreUnusable, match="bytes, and 1 are free: free some space, or name another folder"):
        unpack(tmp_path / "p.zip", tmp_path / "new")
    assert not (tmp_path / "new").exists()


# Killed, and beside others who write


def killed_at(point, times, act):
    """Run ``act`` in a process that kills itself at the call of ``point`` of that number, before or after it."""
    owner, name, when = point
    child = os.fork()
    if not child:
        try:
            whole, calls = getattr(owner, name), []

            def stop(*args, **given):
                calls.append(None)
                if when == "before" and len(calls) == times:
                    os.kill(os.getpid(), signal.SIGKILL)
                done = whole(*args, **given)
                if when == "after" and len(calls) == times:
                    os.kill(os.getpid(), signal.SIGKILL)
                return done

            setattr(owner, name, stop)
            act()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


PACKING = [
    *[(packing, "_copy", when, 1) for when in ("before", "after")],
    *[(packing._Writing, "member", when, number) for when in ("before", "after") for number in (1, 2, 3)],
    *[(packing._Writing, "manifest", when, 1) for when in ("before", "after")],
    *[(os, "fsync", when, 1) for when in ("before", "after")],
    *[(os, "link", when, 1) for when in ("before", "after")],
    (shutil, "rmtree", "before", 1),
]


@pytest.mark.parametrize(("owner", "name", "when", "number"), PACKING)
def test_a_pack_whose_process_was_killed_is_whole_or_not_there(path, tmp_path, owner, name, when, number):
    pack, before = tmp_path / "p.zip", {*tmp_path.iterdir()}
    assert killed_at((owner, name, when), number, lambda: packed(path, with_keys=True))
    left = {each for each in {*tmp_path.iterdir()} - before - {pack} if not each.name.startswith("d.db")}
    assert all(each.name.startswith(".p.zip.") and each.name.endswith(".packing") for each in left)
    assert {each.stat().st_mode & 0o777 for each in left} <= {0o700}
    assert pack.exists() == ((name, when) in (("link", "after"), ("rmtree", "before")))
    if not pack.exists():
        packed(path, with_keys=True)
    assert {*found(unpack(pack, tmp_path / "new")).values()} == {"ok"}
    for each in left:
        os.utime(each, (0, 0))
    packed(path, "p.zip.2")
    pack.unlink()
    packed(path)
    assert not [*tmp_path.glob(".p.zip.*")], "what is left goes after a day"


UNPACKING = [
    *[(unpacking, "_extract", when, number) for when in ("before", "after") for number in (1, 4)],
    (unpacking, "_require_store", "after", 1),
    *[(type(Path()), "rename", when, number) for when in ("before", "after") for number in (1, 2)],
    *[(os, "link", when, 1) for when in ("before", "after")],
]


@pytest.mark.parametrize(("owner", "name", "when", "number"), UNPACKING)
def test_what_a_killed_process_unpacked_is_whole_or_made_anew(path, tmp_path, owner, name, when, number):
    packed(path, with_keys=True)
    new = tmp_path / "new"
    assert killed_at((owner, name, when), number, lambda: unpack(tmp_path / "p.zip", new))
    assert (new / "d.db").exists() == ((name, when) == ("link", "after"))
    if not (new / "d.db").exists():
        unpack(tmp_path / "p.zip", new)
    assert {*found(new / "d.db").values()} == {"ok"}
    with Tracker(new / "d.db") as tracker:
        assert tracker.person(PERSON).name == NAME
    visible = {each.name for each in new.iterdir() if not each.name.startswith(".")}
    assert visible == {"d.db", "d.db.evidence", "d.db.keys"}


def test_what_is_being_unpacked_by_another_is_not_taken_for_left(path, tmp_path, monkeypatch):
    """Another process begins while this one has put the evidence in place, and not yet the store."""
    packed(path, with_keys=True)
    new, link, met = tmp_path / "new", os.link, []

    def meanwhile(made, target):
        monkeypatch.setattr(os, "link", link)
        with pytest.raises(InvalidInput, match="is there already") as caught:
            unpack(tmp_path / "p.zip", new)
        met.append(caught.value)
        link(made, target)

    monkeypatch.setattr(os, "link", meanwhile)
    unpack(tmp_path / "p.zip", new)
    assert len(met) == 1
    assert {*found(new / "d.db").values()} == {"ok"}


def test_what_cannot_be_put_in_place_is_taken_back(path, tmp_path, monkeypatch):
    packed(path, with_keys=True)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(unpacking, "put_in_place", full)
    with pytest.raises(InvalidInput, match="cannot be written: No space left on device"):
        unpack(tmp_path / "p.zip", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def writing(path, until):
    """Identify, erase and hand in, in a process of its own, till it is told to stop."""
    child = os.fork()
    if child:
        return child
    number = 0
    with Tracker(path) as tracker:
        asked = {"what": "P", "times": 10**6, "evidence": "required"}
        tracker.issue("papers", "action", {"en": "P", "hi": "प"}, asked, **HQ)
        tracker.assign("papers", "lok_sabha", "JH", date(2099, 1, 1), **HQ)
        while not until.exists():
            number += 1
            paper = path.with_name("paper.txt")
            paper.write_text(f"Paper {number}")
            tracker.work("action record", "papers/JH-PC11", evidence=paper, text="x", office="convenor@JH-PC11")
            identify(tracker, f"W-{number}")
            if number % 2:
                tracker.forget_person(f"JH-AC60/W-{number}", "They asked.", **HQ)
    os._exit(0)


def test_a_pack_is_of_one_moment_while_another_process_writes(path, tmp_path):
    stop = tmp_path / "stop"
    child = writing(path, stop)
    try:
        told = [packed(path, f"{number}.zip", with_keys=True) for number in range(12)]
    finally:
        stop.touch()
        _, status = os.waitpid(child, 0)
    assert status == 0
    assert told[0].events < told[-1].events, "it wrote meanwhile"
    assert [each.missing for each in told] == [()] * 12
    for number, each in enumerate(told):
        there = unpack(tmp_path / f"{number}.zip", tmp_path / f"new-{number}")
        assert {*found(there).values()} == {"ok"}, number
        with Tracker(there) as tracker:
            assert len([*tracker.events()]) == each.events
            assert {person.state for person in tracker.persons()} <= {"known", "erased"}
