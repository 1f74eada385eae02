"""Persons of a kind of another distribution, in a list: told, exported, and erased one by one."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

HERE = Path(__file__).parent
TASK, OWN = "committees/JH-AC60", ("--as", "convenor@JH-AC60")
HQ = ("--as", "headquarters@JH")
CHAIR = {"code": "M-01", "name": "नमूना अध्यक्ष", "phone": "+910000000001", "address": "नमूना नगर 1"}
MEMBERS = [
    {"code": "M-02", "name": "नमूना मंत्री", "phone": "+910000000002", "address": "नमूना नगर 2"},
    {"code": "M-03", "name": "नमूना सदस्य"},
]
SECRETS = [value for each in (CHAIR, *MEMBERS) for name, value in each.items() if name != "code"]
RUN = """
import json, sys
from directives_cli import main as cli
for line in sys.stdin:
    sys.argv = ["directives", *json.loads(line)]
    try:
        cli.main()
    except SystemExit as end:
        code = end.code or 0
    print(f"\\n=== {code}", flush=True)
    print(f"\\n=== {code}", file=sys.stderr, flush=True)
"""
"""Runs many command lines in one process, for speed."""


def person(code):
    return f"JH-AC60/committee_list/{code}"


class CommandLine:
    """The command line in a process that has the other distribution on its path."""

    def __init__(self, folder):
        self.folder = folder
        env = {name: value for name, value in os.environ.items() if not name.startswith("DIRECTIVES_")}
        self.env = {**env, "PYTHONPATH": str(HERE), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}

    def all(self, *lines):
        """Run each; returns (code, stdout, stderr) of each."""
        written = "".join(json.dumps([*map(str, line)]) + "\n" for line in lines)
        done = subprocess.run(
            [sys.executable, "-c", RUN],
            input=written,
            env=self.env,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=True,
        )
        outs, errs = (re.split(r"\n=== (\d+)\n", text) for text in (done.stdout, done.stderr))
        return [(int(code), out, err) for out, code, err in zip(outs[::2], outs[1::2], errs[::2], strict=False)]

    def __call__(self, *args, code=0):
        ((got, out, err),) = self.all(args)
        assert got == code, err
        return out if code == 0 else err

    def json(self, *args):
        return json.loads(self(*args, "--json"))


@pytest.fixture(scope="module")
def founded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("committees")
    desk = CommandLine(folder)
    desk.all(("init",), ("meeting", "record", HERE / "minutes.toml"))
    recorded = ("committee", "list-members", TASK, *OWN, "--command-id", "c1")
    (folder / "members.json").write_text(json.dumps(MEMBERS), "utf-8")
    desk(*recorded, "--chair", json.dumps(CHAIR), "--members", "@members.json")
    (folder / "members.json").unlink()
    return folder


@pytest.fixture
def desk(founded, tmp_path):
    shutil.copytree(founded, tmp_path / "desk")
    return CommandLine(tmp_path / "desk")


def bytes_of(folder):
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def told_in(text):
    return [secret for secret in SECRETS if secret in text]


def test_members_are_shown_with_every_sealed_field_and_no_byte_of_the_store_holds_one(desk):
    (one, listed, log, listing, doctor, rebuilt) = desk.all(
        ("person", "show", person("M-02"), "--json"),
        ("person", "list", "--json"),
        ("log", "--json"),
        ("committee", "list", "--json"),
        ("doctor", "--json"),
        ("rebuild", "--json"),
    )
    view = json.loads(one[1])
    fields = {name: MEMBERS[0][name] for name in ("name", "phone", "address")}
    assert (view["state"], view["fields"]) == ("known", fields)
    assert (view["name"], view["phone"], view["unit"]) == (fields["name"], fields["phone"], "JH-AC60")
    assert [each["person"] for each in json.loads(listed[1])] == [person(f"M-0{number}") for number in (1, 2, 3)]
    assert told_in(listed[1]) == SECRETS
    for out in (log, listing, doctor, rebuilt):
        assert out[0] == 0
        assert told_in("".join(out[1:])) == []
    assert {row["differing"] for row in json.loads(rebuilt[1])} == {0}
    assert {each["state"] for each in json.loads(doctor[1]) if each["check"] == "personal data"} == {"ok"}
    content = bytes_of(desk.folder)
    assert b"CommitteeListed" in content
    assert [secret for secret in SECRETS if secret.encode() in content] == []


def test_people_see_them_in_lines_and_a_spreadsheet_in_columns(desk):
    shown, listed, csv = desk.all(
        ("person", "show", person("M-02")),
        ("person", "list"),
        ("person", "list", "--csv"),
    )
    for value in MEMBERS[0].values():
        assert value in shown[1]
    assert re.search(r"^address +नमूना नगर 2$", shown[1], re.MULTILINE)
    assert "address: नमूना नगर 1" in " ".join(listed[1].split())
    head, *rows = csv[1].splitlines()
    assert head == "person,state,phone,name,fields.address"
    assert rows[0] == f"{person('M-01')},known,'+910000000001,नमूना अध्यक्ष,नमूना नगर 1"


def test_a_person_is_named_by_the_name_of_the_unit_too(desk):
    names = ("Khunti (Vidhan Sabha)", "खूंटी (विधानसभा)", "jh-ac60")
    runs = desk.all(*(("person", "show", f"{name}/committee_list/M-03", "--json") for name in names))
    assert [json.loads(out)["person"] for _, out, _ in runs] == [person("M-03")] * 3
    assert "is unknown" in desk("person", "show", "jh-ac60/M-03", code=6)


def test_all_that_is_known_of_a_person_is_exported_with_the_event_that_told_it(desk):
    changed = ("committee", "list-members", TASK, *OWN, "--members")
    desk.all((*changed, json.dumps([{**MEMBERS[0], "phone": "+910000000009"}]), "--at", "2023-12-24"))
    desk("person", "export", person("M-02"), "--out", "one.json")
    exported = json.loads((desk.folder / "one.json").read_text("utf-8"))
    assert exported == desk.json("person", "export", person("M-02"))
    assert (desk.folder / "one.json").stat().st_mode & 0o777 == 0o600
    assert (exported["person"], exported["kind"], exported["unit"]) == (person("M-02"), "committee_list", "JH-AC60")
    told = [(each["field"], each["value"], each["event"], each["stream"]) for each in exported["told"]]
    first = [(name, MEMBERS[0][name], "CommitteeListed", f"task/{TASK}") for name in ("name", "phone", "address")]
    assert told == [*first, first[0], ("phone", "+910000000009", *first[0][2:]), first[2]]
    positions = [each["position"] for each in exported["told"]]
    assert positions == sorted(positions)
    assert {each["day"] for each in exported["told"][3:]} == {"2023-12-24"}
    assert exported["fields"]["phone"] == "+910000000009"
    assert "one.json already exists" in desk("person", "export", person("M-02"), "--out", "one.json", code=2)
    assert "is unknown" in desk("person", "export", person("M-99"), code=6)


def test_one_who_is_erased_is_erased_in_every_event_and_the_others_remain(desk):
    (_, exported, _, listed, doctor, rebuilt) = desk.all(
        ("person", "forget", person("M-02"), "--reason", "Asked for it.", *HQ),
        ("person", "export", person("M-02"), "--json"),
        ("person", "forget", person("M-02"), "--reason", "Again.", *HQ),
        ("person", "list", "--json"),
        ("doctor", "--json"),
        ("rebuild", "--json"),
    )
    known = {each["person"][-4:]: (each["state"], each["fields"]) for each in json.loads(listed[1])}
    assert known["M-02"] == ("erased", {})
    assert known["M-01"] == ("known", {name: CHAIR[name] for name in ("name", "phone", "address")})
    assert known["M-03"] == ("known", {"name": MEMBERS[1]["name"]})
    gone = json.loads(exported[1])
    assert [(each["field"], each["value"]) for each in gone["told"]] == [
        ("name", None),
        ("phone", None),
        ("address", None),
    ]
    assert {each["state"] for each in json.loads(doctor[1]) if each["check"] == "personal data"} == {"ok"}
    assert {row["differing"] for row in json.loads(rebuilt[1])} == {0}
    again = ("committee", "list-members", TASK, *OWN, "--members", json.dumps(MEMBERS))
    assert f"person: {person('M-02')} was erased" in desk(*again, code=4)


def test_a_wrong_value_of_a_member_is_told_by_its_path_and_never_shown(desk):
    list_members = ("committee", "list-members", TASK, *OWN)
    wrong = [{**MEMBERS[0], "code": "M-04"}, {"code": "M-05", "name": "नमूना", "phone": "98765x43210"}]
    bad = json.dumps(wrong)
    line = {"command": "committee list-members", "task": TASK, "office": OWN[1], "members": wrong}
    (desk.folder / "lines.jsonl").write_text(json.dumps(line), "utf-8")
    runs = desk.all(
        (*list_members, "--members", bad),
        (*list_members, "--members", bad, "--debug"),
        ("import", "lines.jsonl", "--debug"),
        (*list_members, "--members", "98765x43210", "--debug"),
        (*list_members, "--members", '"98765x43210"', "--debug"),
        (*list_members, "--members", '["98765x43210"]', "--debug"),
        (*list_members, "--members", "@98765x43210", "--debug"),
        (*list_members, "--members", "[]", "98765x43210"),
    )
    assert {code for code, _, _ in runs} == {2}
    told = [err.strip().splitlines()[-1] for _, _, err in runs]
    phone = "members.1.phone: is not allowed: write 6 to 15 digits, with + before the country code"
    assert told[0] == f"Error: {phone}"
    assert told[1].endswith(phone)
    assert phone in told[2]
    assert "it is not JSON: write JSON, or @FILE" in told[3]
    assert told[4].endswith("members: is not allowed: write a list")
    assert told[5].endswith("members.0: is not allowed: give its fields by name")
    assert "cannot be read" in told[6]
    assert "too many" in told[7]
    for number, (_, out, err) in enumerate(runs):
        assert number == 6 or "98765x43210" not in out + err
        assert told_in(out + err) == []
    assert "line 1" in told[2]
    assert desk.json("person", "list")[-1]["person"] == person("M-03"), "none came"


def test_an_import_of_a_list_is_known_by_what_is_not_personal_and_other_values_are_told(desk):
    def line(phone, *codes):
        members = [{"code": code, "name": "नमूना सदस्य", "phone": phone} for code in codes]
        return {"command": "committee list-members", "task": TASK, "office": OWN[1], "members": members}

    def write(*lines):
        (desk.folder / "lines.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")

    def imported(*more):
        ((code, out, err),) = desk.all(("import", "lines.jsonl", "--json", *more))
        return json.loads(out) if code == 0 else (code, err)

    write(line("+910000000004", "M-11", "M-12"))
    assert imported()["done"] == 1
    assert imported()["before"] == 1
    write(line("+910000000005", "M-11", "M-12"))
    code, err = imported()
    assert code == 5
    assert "with other personal values" in err
    assert "0000005" not in err
    write(line("+910000000005", "M-11", "M-13"))
    assert imported()["done"] == 1, "another list"
    for values in (CHAIR, {**CHAIR, "address": "नमूना नगर 9"}):
        again = ("committee", "list-members", TASK, *OWN, "--command-id", "c1", "--chair", json.dumps(values))
        ((code, _, err),) = desk.all((*again, "--members", json.dumps(MEMBERS)))
        assert (code, "other personal values" in err) == ((0, False) if values == CHAIR else (5, True))


def test_two_kinds_may_use_one_code_for_two_people(desk):
    directive = ("directive", "issue", "speakers", "--kind", "speaker_identification", "--title-en", "S")
    desk.all(
        (*directive, "--set", "trained=1", "--set", "deployed=0", *HQ),
        (
            "directive",
            "assign",
            "speakers",
            "--level",
            "vidhan_sabha",
            "--due",
            "2099-01-01",
            "--as",
            "headquarters@JH",
        ),
        ("speaker", "identify", "speakers/JH-AC60", *OWN, "--speaker", "M-01", "--name", "नमूना वक्ता"),
    )
    known = {each["person"]: each["name"] for each in desk.json("person", "list")}
    assert known["JH-AC60/M-01"] == "नमूना वक्ता"
    assert known[person("M-01")] == CHAIR["name"]
    desk("person", "forget", "JH-AC60/M-01", "--reason", "Asked.", *HQ)
    known = {each["person"]: each["name"] for each in desk.json("person", "list")}
    assert (known["JH-AC60/M-01"], known[person("M-01")]) == (None, CHAIR["name"])


FAULTY = """
import committee_lists
from committee_lists import *
def person_of(unit, code, kind):
    return {mode}
committee_lists.person_of = person_of
"""


@pytest.mark.parametrize(
    "mode",
    ['f"{unit}/{code}"', 'f"{unit}/other_kind/{code}"', 'f"NOWHERE/{kind}/{code}"'],
    ids=["two", "other", "unit"],
)
def test_a_kind_that_gives_its_people_ids_of_another_is_told_and_nothing_is_recorded(desk, mode):
    (desk.folder / "sitecustomize.py").write_text(FAULTY.format(mode=mode))
    desk.env["PYTHONPATH"] = os.pathsep.join([str(desk.folder), str(HERE)])
    new = [{"code": "M-21", "name": "नमूना"}]
    before = bytes_of(desk.folder)
    said = desk("committee", "list-members", TASK, *OWN, "--members", json.dumps(new), code=1)
    assert re.match(r"Error: kind: committee_list names \S+/M-21, who is not its own, instead of UNIT/comm", said)
    assert len(said.splitlines()) == 1
    assert len(bytes_of(desk.folder)) == len(before)
    assert len(desk.json("person", "list")) == 3


def test_a_list_of_plain_models_is_a_parameter(desk):
    shown = desk.json("directive", "show", "committees")
    posts = [{"title": "President", "number": 1}, {"title": "Secretary", "number": 2}]
    assert shown["parameters"] == {"members": 3, "posts": posts}
    (row,) = desk.json("status", "--unit", "JH")
    assert row["work"] == {"members": 3}
    desk("task", "submit", TASK, *OWN)


def test_a_kind_that_asks_for_a_personal_value_in_a_parameter_or_deeper_is_told_in_one_line(desk):
    source = (HERE / "committee_lists.py").read_text("utf-8")
    cases = {
        "parameters": (
            ("posts: tuple[Post, ...] = ()", "posts: tuple[Member, ...] = ()"),
            "no parameter holds a personal",
        ),
        "command": (("    members: tuple[Member, ...] =", "    members: dict[str, Member] ="), "and not deeper"),
        "event": (
            ("    members: tuple[SealedMember, ...]", "    members: tuple[list[SealedMember], ...]"),
            "not deeper",
        ),
        "unencrypted": (("    name: Personal\n", "    name: PersonName\n"), "is of the type Sealed, Unsealed"),
    }
    for name, ((old, new), said) in cases.items():
        folder = desk.folder / name.replace(" ", "-")
        shutil.copytree(HERE / "committee_lists-1.0.dist-info", folder / "committee_lists-1.0.dist-info")
        parameters = source[source.index("class Parameters") : source.index("class Member(")]
        moved = source.replace(parameters, "").replace("class SealedMember", f"{parameters}class SealedMember")
        assert old in moved
        (folder / "committee_lists.py").write_text(moved.replace(old, new), "utf-8")
        desk.env["PYTHONPATH"] = str(folder)
        ((code, _, err),) = desk.all(("status",))
        left_out, *rest = err.splitlines()
        assert (code, "is not installed" in " ".join(rest)) == (0, True)
        assert left_out.startswith("kind: committee_list of committee-lists 1.0 is left out: committee_lists:KIND ")
        assert said in left_out


def test_an_audit_log_and_what_is_made_of_it_hold_none_of_it(desk):
    (desk.folder / "policy").write_text(desk("audit", "key", "key", "--origin", "example.org/jh", *HQ), "utf-8")
    runs = desk.all(
        ("audit", "checkpoint", "--key", "key"),
        ("audit", "prove", TASK, "--output", "receipts"),
        ("audit", "export", "bundle.zip"),
        ("audit", "verify"),
        ("person", "forget", person("M-02"), "--reason", "Asked for it.", *HQ),
        ("audit", "verify"),
        ("audit", "verify", "bundle.zip", "--policy", "policy"),
    )
    assert [code for code, _, _ in runs] == [0] * 7, runs
    (receipt, *_) = [*(desk.folder / "receipts").iterdir()]
    with zipfile.ZipFile(desk.folder / "bundle.zip") as bundle:
        content = b"".join([bytes_of(desk.folder), receipt.read_bytes(), *map(bundle.read, bundle.namelist())])
    assert b"CommitteeListed" in content
    assert [secret for secret in SECRETS if secret.encode() in content] == []


def test_a_field_that_is_there_twice_is_refused_and_a_name_in_the_place_of_a_field_is_not_told(desk):
    twice = '[{"code": "M-60", "code": "M-61", "name": "नमूना", "name": "दूसरा"}]'
    told = desk("committee", "list-members", TASK, *OWN, "--members", twice, code=2)
    assert "duplicate field: give each field once" in told
    slip = json.dumps([{"code": "M-50", "name": "नमूना", "Secretname Ram": "+910000000009"}])
    for debug in ((), ("--debug",)):
        told = desk(*debug, "committee", "list-members", TASK, *OWN, "--members", slip, code=2)
        assert "members.0: has an unknown field: remove it" in told
        assert "Secretname" not in told
        assert "+910000000009" not in told


def test_a_list_of_models_as_a_parameter_is_told_in_words(desk):
    told = " ".join(desk("directive", "show", "committees").split())
    assert "posts title: President, number: 1; title: Secretary, number: 2" in told


def test_an_export_that_would_lack_what_was_told_is_refused_where_the_kind_is_not_there(desk):
    desk.env.pop("PYTHONPATH")
    told = desk("person", "export", person("M-02"), code=6)
    assert "only the kind committee_list can tell all about" in told
