"""Bundles: written from a store, verified without it by both verifiers, which agree on whatever was done to them."""

import json
import random
import re
import shutil
import zipfile
from hashlib import sha256

import pytest
from tests.audit import tampering
from tests.audit.judges import both, by_library

from directives import (
    EvidenceAltered,
    InvalidInput,
    NotCheckpointed,
    Tracker,
    UnknownDirective,
    UnknownTask,
    UnknownUnit,
)
from directives.audit.keys import KeyFile
from directives.audit.notes import LOG_KEY, signed, text_of

PARTS = [{"task": "written-report/JH-PC05"}, {"directive": "written-report"}, {"unit": "JH-PC11"}]


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    folder = tmp_path_factory.mktemp("base")
    tampering.build(folder)
    with Tracker(f"sqlite:///{folder}/a.db") as tracker:
        public = next(event.data.vkey for event in tracker.events() if event.stream == "audit")
        (folder / "policy").write_text(f"log {public}\nquorum none\n")
        for name, asked in [
            ("all", {}),
            ("evidence", {"with_evidence": True}),
            *zip(("task", "directive", "unit"), PARTS, strict=True),
        ]:
            tracker.export(folder / f"{name}.zip", **asked)
        tracker.checkpoint(folder / "log.pem")
        (folder / "later.note").write_text(tracker.checkpoint(folder / "log.pem"))
    return folder


@pytest.fixture
def policy(base):
    return base / "policy"


def members(path):
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def packed(path, content, *, listed=True):
    """A bundle of those members; its manifest lists them as they are."""
    content = dict(content)
    if listed:
        manifest = json.loads(content["manifest.json"])
        manifest["files"] = {
            name: sha256(each).hexdigest() for name, each in content.items() if name != "manifest.json"
        }
        content["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, each in content.items():
            file.writestr(name, each)
    return path


def lines_of(content):
    return [json.loads(line) for line in content["events.jsonl"].decode().splitlines()]


def with_lines(content, lines):
    text = "".join(f"{json.dumps(line, ensure_ascii=False, separators=(',', ':'))}\n" for line in lines)
    return content | {"events.jsonl": text.encode()}


@pytest.mark.parametrize("name", ["all", "evidence", "task", "directive", "unit"])
def test_a_bundle_holds_by_both_verifiers(base, policy, name):
    assert both(base / f"{name}.zip", policy) == 0


def test_a_whole_bundle_continues_earlier_notes_and_a_part_does_not_show_it(base, policy):
    assert both(base / "all.zip", policy, [base / "monday.note", base / "tuesday.note"]) == 0
    assert both(base / "task.zip", policy, [base / "monday.note"]) == 2
    assert both(base / "task.zip", policy, [base / "tuesday.note"]) == 0, "it is under that one"
    assert both(base / "all.zip", policy, [base / "later.note"]) == 2, "more than it has"
    monday = (base / "monday.note").read_text()
    origin, size = monday.split("\n")[:2]
    forged = base / "forged.note"
    forged.write_text(
        str(signed(text_of(origin, int(size), bytes(32)), [KeyFile(base / "log.pem").signer(origin, LOG_KEY)]))
    )
    assert both(base / "all.zip", policy, [forged]) == 3


def test_what_is_in_it(base):
    whole, part = members(base / "all.zip"), members(base / "task.zip")
    assert {*whole} == {
        "manifest.json", "checkpoint", "checkpoints/142", "events.jsonl", "readable/index.html",
        "readable/organisation.csv", "readable/events.schema.json",
    }  # fmt: skip
    assert [line["position"] for line in lines_of(whole)] == [*range(1, 159)]
    assert {*lines_of(whole)[0]} == {"position", "stream", "version", "topic", "salt", "state"}
    assert {*lines_of(part)[0]} == {"position", "stream", "version", "topic", "salt", "state", "proof"}
    assert "checkpoints/142" not in part
    assert json.loads(part["manifest.json"])["scope"] == "task written-report/JH-PC05"
    page = part["readable/index.html"].decode()
    assert "it proves nothing" in page
    assert "No figures." in page
    assert re.findall(r"<td>(\d+)<td>", page) == [str(line["position"]) for line in lines_of(part)]
    assert part["readable/organisation.csv"].decode().startswith("code,parent,level,name_en,name_hi\n")
    assert "Returned.v2" in json.loads(part["readable/events.schema.json"])["$defs"]


def test_files_are_enclosed_where_they_are_asked_for(base, policy, tmp_path):
    whole = members(base / "evidence.zip")
    enclosed = {name: content for name, content in whole.items() if name.startswith("evidence/")}
    assert len(enclosed) == 12
    assert b"Report of JH-PC05.\n" in enclosed.values()
    assert both(base / "evidence.zip", policy, evidence=[base / "JH-PC05.txt"]) == 0
    assert both(base / "all.zip", policy, evidence=[base / "JH-PC05.txt"]) == 0, "the event names it"
    assert both(base / "all.zip", policy, evidence=[policy]) == 3
    (first, *_) = sorted(enclosed)
    assert both(packed(tmp_path / "a.zip", whole | {first: b"Another.\n"}), policy) == 3
    assert both(packed(tmp_path / "b.zip", whole | {f"evidence/{sha256(b'x').hexdigest()}": b"x"}), policy) == 3
    assert both(packed(tmp_path / "c.zip", {name: each for name, each in whole.items() if name != first}), policy) == 0


def test_an_altered_file_is_not_enclosed_and_a_missing_one_is_counted(base, tmp_path):
    folder = shutil.copytree(base, tmp_path / "store")
    with tampering.opened(folder) as files:
        path = files.evidence
    with Tracker(f"sqlite:///{folder}/a.db") as tracker:
        path.chmod(0o644)
        path.write_text("Another.\n")
        with pytest.raises(EvidenceAltered):
            tracker.export(folder / "x.zip", with_evidence=True)
        path.unlink()
        written = tracker.export(folder / "x.zip", with_evidence=True)
        assert (written.enclosed, written.not_enclosed) == (13, 1)
        assert not [*folder.glob(".x.zip*")], "nothing is left beside it"


def test_what_cannot_be_exported(base, meeting, tmp_path):
    with Tracker(f"sqlite:///{base}/a.db") as tracker:
        for error, asked, match in [
            (
                InvalidInput,
                {"task": "written-report/JH-PC05", "unit": "JH"},
                "give only one of task, directive and unit",
            ),
            (UnknownTask, {"task": "written-report/JH-AC01"}, "never owed anything"),
            (UnknownDirective, {"directive": "none"}, "none is unknown"),
            (UnknownUnit, {"unit": "none"}, "none"),
            (UnknownDirective, {"directive": ""}, "unknown"),
        ]:
            with pytest.raises(error, match=match):
                tracker.export(tmp_path / "x.zip", **asked)
        (tmp_path / "there.zip").write_text("mine")
        with pytest.raises(InvalidInput, match="already exists: name a new one"):
            tracker.export(tmp_path / "there.zip")
        assert (tmp_path / "there.zip").read_text() == "mine"
        with pytest.raises(InvalidInput, match="cannot be written"):
            tracker.export(tmp_path / "none" / "x.zip")
    with pytest.raises(NotCheckpointed, match="has no audit log"):
        meeting.tracker.export(tmp_path / "x.zip")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["there.zip"]


def spoilt(content):
    """What may be done to the members of a bundle, each with what is to be said of it: 2, 3, or either."""
    lines, whole = lines_of(content), "checkpoints/142" in content
    yield 3 if whole else 0, with_lines(content, lines[:-1])
    yield 3 if whole else 0, with_lines(content, lines[1:])  # a part does not show that it is all
    yield 3, with_lines(content, [*lines[:-2], lines[-1]])
    yield 3, with_lines(content, [lines[1], lines[0], *lines[2:]])
    yield 3, with_lines(content, [*lines, lines[-1]])
    yield 3, with_lines(content, [*lines[:-1], lines[-1] | {"position": lines[-1]["position"] + 1}])
    for change in (
        {"stream": "task/x/Y"},
        {"version": 9},
        {"topic": "Waived.v1"},
        {"state": lines[3]["state"] + " "},
        {"salt": lines[4]["salt"]},
        {"position": lines[4]["position"]},
    ):
        yield 3, with_lines(content, [*lines[:3], lines[3] | change, *lines[4:]])
    for change in (
        {"version": True},
        {"version": "1"},
        {"version": 0},
        {"position": 0},
        {"position": 1.0},
        {"salt": "AAAA"},
        {"salt": lines[3]["salt"].replace("=", "")},
        {"stream": "a\nb"},
        {"more": 1},
        {"state": None},
    ):
        yield 2, with_lines(content, [*lines[:3], lines[3] | change, *lines[4:]])
    yield 2, with_lines(content, [{name: each for name, each in lines[0].items() if name != "salt"}, *lines[1:]])
    text = content["events.jsonl"]
    yield 2, content | {"events.jsonl": text[:-1]}
    yield 2, content | {"events.jsonl": text.replace(b'{"position":', b'{"position":1,"position":', 1)}
    yield 2, content | {"events.jsonl": text + b"\n"}
    yield 2, content | {"events.jsonl": b"\xff" + text}
    yield 2, content | {"checkpoint": b"x"}
    yield 3, content | {"checkpoint": content["checkpoint"].replace(b"\n158\n", b"\n157\n")}
    yield 2, content | {"other": b"x"}
    yield 2, content | {"evidence/x": b"x"}
    yield 2, content | {"readable/../x": b"x"}
    for name in ("events.jsonl", "checkpoint"):
        yield 2, {each: text for each, text in content.items() if each != name}
    yield 0, {each: text for each, text in content.items() if not each.startswith("readable/")}
    yield 0, content | {"readable/more/page.html": b"x"}
    manifest = json.loads(content["manifest.json"])
    for change in ({"format": "other"}, {"scope": ""}, {"made_at": "today"}, {"made_at": 1}, {"more": 1}):
        yield 2, content | {"manifest.json": json.dumps(manifest | change).encode()}


@pytest.mark.parametrize("name", ["all", "task"])
def test_whatever_was_done_to_it_both_say_the_same(base, policy, tmp_path, name):
    content = members(base / f"{name}.zip")
    for number, (code, changed) in enumerate(spoilt(content)):
        assert both(packed(tmp_path / f"{number}.zip", changed), policy) == code, number


def test_a_whole_bundle_tells_its_earlier_checkpoints_and_a_part_has_none(base, policy, tmp_path):
    whole, part = members(base / "all.zip"), members(base / "task.zip")
    earlier = whole["checkpoints/142"]
    assert both(packed(tmp_path / "1.zip", whole | {"checkpoints/141": earlier}), policy) == 2
    assert both(packed(tmp_path / "2.zip", part | {"checkpoints/142": earlier}), policy) == 2
    assert (
        both(packed(tmp_path / "3.zip", whole | {"checkpoints/142": earlier.replace(b"\n142\n", b"\n141\n")}), policy)
        == 3
    )
    assert both(packed(tmp_path / "4.zip", whole | {"checkpoints/142": b"x"}), policy) == 2


def test_a_member_altered_without_the_manifest_is_damage(base, policy, tmp_path):
    content = members(base / "all.zip")
    for name in [each for each in content if each != "manifest.json"]:
        assert both(packed(tmp_path / "a.zip", content | {name: content[name] + b" "}, listed=False), policy) == 3
    assert both(packed(tmp_path / "a.zip", content | {"readable/x": b""}, listed=False), policy) == 3
    without = {name: each for name, each in content.items() if name != "readable/index.html"}
    assert both(packed(tmp_path / "a.zip", without, listed=False), policy) == 3


def test_what_is_no_zip_or_a_strange_one(base, policy, tmp_path):
    content, path = (base / "task.zip").read_bytes(), tmp_path / "a.zip"
    for size in (4, 10, 100, len(content) // 2, len(content) - 1):
        path.write_bytes(content[:size])
        assert both(path, policy) == 2
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as file:
        for name, each in members(base / "task.zip").items():
            file.writestr(name, each)
    assert both(path, policy) == 2
    with zipfile.ZipFile(path, "w") as file:
        for name, each in members(base / "task.zip").items():
            file.writestr(name, each)
        with pytest.warns(UserWarning, match="Duplicate name"):
            file.writestr("checkpoint", b"x")
    assert both(path, policy) == 2
    encrypted = bytearray(content)
    at = encrypted.index(b"PK\x01\x02")
    encrypted[at + 8] |= 1
    path.write_bytes(encrypted)
    assert both(path, policy) == 2


def flipped(content, rng):
    bit = rng.randrange(len(content) * 8)
    changed = bytearray(content)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def _members_or_none(path):
    try:
        return members(path)
    except Exception:
        return None


@pytest.mark.slow
@pytest.mark.parametrize("name", ["all", "task"])
def test_a_bit_flipped_in_the_zip_is_refused_or_changes_no_member(base, policy, tmp_path, name):
    content, path, rng, refused = (base / f"{name}.zip").read_bytes(), tmp_path / "a.zip", random.Random(1), 0
    expected = members(base / f"{name}.zip")
    for _ in range(500):
        path.write_bytes(flipped(content, rng))
        code = both(path, policy)
        refused += code != 0
        assert code in (2, 3) or _members_or_none(path) == expected
    assert refused > 300


@pytest.mark.slow
def test_a_bit_flipped_in_a_member_whose_manifest_was_made_right_again_is_refused(base, policy, tmp_path):
    content, rng = members(base / "all.zip"), random.Random(2)
    names = ["events.jsonl"] * 8 + ["checkpoint", "checkpoints/142"]
    for _ in range(500):
        name = rng.choice(names)
        path = packed(tmp_path / "a.zip", content | {name: flipped(content[name], rng)})
        code = both(path, policy)
        assert code in (2, 3), name


def test_a_bundle_of_a_rewritten_store_is_refused_against_the_note(base, policy, tmp_path):
    folder = tampering.tampered(base, tmp_path / "store", "actor", "resigned")
    with Tracker(f"sqlite:///{folder}/a.db") as tracker:
        tracker.export(folder / "t.zip")
    assert both(folder / "t.zip", policy) == 0, "it agrees with itself"
    assert both(folder / "t.zip", policy, [base / "monday.note"]) == 3


def test_every_way_of_tampering_is_told_alike_of_the_bundle_by_both(base, policy, tmp_path):
    """Where a bundle can be written at all, both verifiers say the same of it, with Monday's note and without."""
    told = []
    for number, kind in enumerate(tampering.KINDS):
        folder = tampering.tampered(base, tmp_path / str(number), kind, "resigned")
        path = folder / "t.zip"
        try:
            with Tracker(f"sqlite:///{folder}/a.db") as tracker:
                tracker.export(path)
        except Exception as error:
            told.append(type(error).__name__)
            continue
        told.append((both(path, policy), both(path, policy, [base / "monday.note"])))
        shutil.rmtree(folder)
    assert (0, 3) in told, "only the note finds what was signed again"
    assert (0, 0) in told
    assert by_library(base / "all.zip", policy) == 0
