"""Files that were handed in, at a terminal: listed by short digests, given back under their own names."""

import hashlib
import json
import os
import subprocess
import sys

import pytest

TASK, OTHER = "written-report/JH-PC11", "written-report/JH-PC12"
OWN, OTHERS = ["--as", "convenor@JH-PC11"], ["--as", "convenor@JH-PC12"]
DIGITS = hashlib.sha256(b"Report").hexdigest()
SHORT = DIGITS[:12]


def alike(digits, number=2):
    """Contents whose digests begin with the same hexadecimal digits, so many of them."""
    seen = {}
    for each in range(1 << 24):
        content = b"%d\n" % each
        same = seen.setdefault(hashlib.sha256(content).hexdigest()[:digits], [])
        same.append(content)
        if len(same) == number:
            return same
    raise AssertionError


@pytest.fixture
def named_by_another_tool(desk):
    """Hands the file in by a command that says what it is called, as another tool may."""

    def hand_in(name):
        document = json.loads(desk.done("evidence", "add", "report.pdf", "--json").stdout)
        document.pop("name")
        line = {"command": "report submit", "task": TASK, "office": "convenor@JH-PC11", "document": document}
        if name is not None:
            document["name"] = name
        desk.file("lines.jsonl", json.dumps(line))
        desk.done("import", "lines.jsonl")
        desk.folder.joinpath("report.pdf").unlink()
        return desk

    return hand_in


def test_a_file_is_given_back_under_its_own_name(handed_in):
    refused = handed_in.run("evidence", "get", DIGITS)
    assert (refused.exit_code, refused.stderr) == (2, "Error: FILE: report.pdf already exists: name a new one\n")
    handed_in.folder.joinpath("report.pdf").unlink()
    told = handed_in.done("evidence", "get", SHORT)
    assert (told.stdout, told.stderr) == ("", "Wrote report.pdf; its digest matches.\n")
    assert handed_in.folder.joinpath("report.pdf").read_bytes() == b"Report"


def test_in_a_folder_it_keeps_its_name(handed_in):
    folder = handed_in.folder / "out"
    folder.mkdir()
    assert handed_in.done("evidence", "get", SHORT, "out").stderr == "Wrote out/report.pdf; its digest matches.\n"
    assert folder.joinpath("report.pdf").read_bytes() == b"Report"
    assert handed_in.run("evidence", "get", SHORT, "out").exit_code == 2
    assert handed_in.run("evidence", "get", SHORT, "nowhere/x").exit_code == 2
    handed_in.done("evidence", "get", SHORT, "other.pdf")
    assert handed_in.folder.joinpath("other.pdf").read_bytes() == b"Report"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        (None, f"{SHORT}.txt"),
        ("../../etc/passwd", "passwd"),
        ("/etc/cron.d/job", "job"),
        ("C:\\temp\\a b.pdf", "a b.pdf"),
        ("..", f"{SHORT}.txt"),
        ("a/", f"{SHORT}.txt"),
        (".bash_profile", f"{SHORT}.txt"),
        ("x/.ssh", f"{SHORT}.txt"),
        ("प्रतिवेदन.pdf", "प्रतिवेदन.pdf"),
    ],
)
def test_no_name_leads_out_of_the_folder_or_hides_there(named_by_another_tool, name, written):
    desk = named_by_another_tool(name)
    before = {*desk.folder.iterdir()}
    desk.done("evidence", "get", SHORT)
    (new,) = {*desk.folder.iterdir()} - before
    assert (new.name, new.read_bytes()) == (written, b"Report")


def test_a_name_that_is_too_long_for_the_folder_is_refused(named_by_another_tool):
    desk = named_by_another_tool("प" * 200)
    before = {*desk.folder.iterdir()}
    told = desk.run("evidence", "get", SHORT)
    assert told.exit_code == 2
    assert "cannot be written: File name too long: name another" in told.stderr
    assert {*desk.folder.iterdir()} == before


def test_standard_output_gets_the_file_and_nothing_else(handed_in):
    content = bytes(range(256)) * 5000
    handed_in.folder.joinpath("scan.bin").write_bytes(content)
    digest = handed_in.done("evidence", "add", "scan.bin").stdout.strip()
    get = [sys.executable, "-m", "directives_cli", "evidence", "get", digest, "-"]
    program = "from directives_cli.main import main; main()"
    done = subprocess.run([sys.executable, "-c", program, *get[3:]], capture_output=True, cwd=handed_in.folder)
    assert done.stdout == content
    assert done.stderr == b"Wrote standard output; its digest matches.\n"
    assert not handed_in.folder.joinpath("-").exists()
    handed_in.done("evidence", "get", digest, "./-")
    assert handed_in.folder.joinpath("-").read_bytes() == content, "a file may be called so, if one says where"


def test_an_altered_file_is_given_out_nowhere(handed_in):
    (file,) = (each for each in handed_in.folder.joinpath("directives.db.evidence").rglob("*") if each.is_file())
    file.chmod(0o644)
    file.write_bytes(b"Another")
    for given in ([], ["-"], ["new.pdf"]):
        handed_in.folder.joinpath("report.pdf").unlink(missing_ok=True)
        told = handed_in.run("evidence", "get", SHORT, *given)
        assert (told.exit_code, told.stdout) == (3, "")
        assert "was altered" in told.stderr
    assert not [name for name in ("-", "new.pdf", "report.pdf") if handed_in.folder.joinpath(name).exists()]


@pytest.mark.parametrize(
    "written", [DIGITS[:6], SHORT, SHORT.upper(), f"sha256:{DIGITS[:6]}", f"sha256:{DIGITS}", DIGITS]
)
def test_a_digest_may_be_shortened(handed_in, written):
    handed_in.done("evidence", "get", written, "copy.pdf")
    assert handed_in.folder.joinpath("copy.pdf").read_bytes() == b"Report"


@pytest.mark.parametrize(
    ("written", "code", "said"),
    [
        (DIGITS[:5], 2, f"DIGEST: '{DIGITS[:5]}' is not allowed: write 6 to 64 hexadecimal digits"),
        ("report.pdf", 2, "DIGEST: 'report.pdf' is not allowed: write 6 to 64 hexadecimal digits"),
        ("sha256:", 2, "DIGEST: 'sha256:' is not allowed: write 6 to 64 hexadecimal digits"),
        (f"{DIGITS}0", 2, "is not allowed: write 6 to 64 hexadecimal digits"),
        ("000000", 6, "DIGEST: no file has a digest that begins with 000000: directives evidence list shows those"),
        (f"sha256:{0:064x}", 6, "is not stored here"),
    ],
)
def test_what_is_no_beginning_of_a_digest_is_refused(handed_in, written, code, said):
    for given in ([], ["-"], ["copy.pdf"]):
        told = handed_in.run("evidence", "get", written, *given)
        assert (told.exit_code, told.stdout, told.stderr.count("\n")) == (code, "", 1)
        assert said in told.stderr
    assert not handed_in.folder.joinpath("copy.pdf").exists()


def test_a_beginning_that_several_digests_have_is_refused_with_those(desk):
    one, other = alike(6)
    for name, content, task, office in (("1.txt", one, TASK, OWN), ("2.txt", other, OTHER, OTHERS)):
        desk.folder.joinpath(name).write_bytes(content)
        desk.done("report", "submit", task, name, *office)
    both = sorted(hashlib.sha256(each).hexdigest() for each in (one, other))
    told = desk.run("evidence", "get", both[0][:6])
    assert told.exit_code == 2
    assert told.stderr == (
        f"Error: DIGEST: {both[0][:6]} begins those of several files: write one of {both[0][:12]}, {both[1][:12]}\n"
    )
    assert json.loads(desk.run("evidence", "get", both[0][:6], "--json").stderr)["error"] == "AmbiguousName"
    desk.done("evidence", "get", both[0][:12], "-")


def test_people_see_as_many_digits_as_tell_a_file_from_the_others(desk, monkeypatch):
    monkeypatch.setattr("directives.queries.digests.SHOWN", 4)
    for number, content in enumerate(alike(5)):
        desk.folder.joinpath(f"{number}.txt").write_bytes(content)
        desk.done("evidence", "add", f"{number}.txt")
    desk.done("evidence", "add", "report.pdf")
    digests = [line.split()[0] for line in desk.done("evidence", "list").stdout.splitlines()[2:]]
    assert sorted(map(len, digests))[0] == 4
    assert len({*digests}) == 3
    assert max(map(len, digests)) > 5
    whole = [each["digest"] for each in json.loads(desk.done("evidence", "list", "--json").stdout)]
    assert {len(each) for each in whole} == {71}
    assert DIGITS in desk.done("evidence", "list", "--csv").stdout


@pytest.mark.parametrize("columns", [60, 80])
def test_the_list_has_what_tells_a_file_on_a_narrow_terminal(handed_in, columns, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(columns))
    heading, _, row, *below = handed_in.done("evidence", "list").stdout.splitlines()
    assert row.split()[:4] == [SHORT, "whole", TASK, "report.pdf"]
    assert ("bytes" in heading) == (columns > 60)
    assert below == ([] if columns > 60 else ["  type: text/plain; bytes: 6"])


def test_a_store_that_came_without_its_evidence_says_so_and_is_not_wrong(handed_in):
    evidence = handed_in.folder / "directives.db.evidence"
    assert "not here" not in handed_in.done("evidence", "list").output
    evidence.rename(handed_in.folder / "elsewhere")
    told = handed_in.done("evidence", "list")
    assert told.stderr.startswith("The folder of the evidence is not here: put it beside the store")
    assert told.stdout.splitlines()[-1].split()[1:3] == ["not", "here"]
    (view,) = json.loads(handed_in.done("evidence", "list", "--json").stdout)
    assert (view["condition"], view["kept"]) == ("missing", True)
    shown = handed_in.done("task", "show", TASK).stdout
    assert f"report.pdf, 6 bytes, {SHORT}, not here" in shown
    assert "its file is not stored here" in handed_in.done("history", TASK).stdout
    found = {each["check"]: each for each in json.loads(handed_in.done("doctor", "--json").stdout)}["evidence"]
    assert (found["state"], found["found"]) == ("look", f"1 file is not here: sha256:{DIGITS}")
    assert found["what_to_do"] == "put the folder directives.db.evidence beside the store, or unpack a pack"
    refused = handed_in.run("evidence", "get", SHORT, "-")
    assert (refused.exit_code, refused.stdout) == (6, "")
    assert not evidence.exists(), "a question makes no folder"
    (handed_in.folder / "elsewhere").rename(evidence)
    assert json.loads(handed_in.done("evidence", "list", "--json").stdout)[0]["condition"] == "whole"


@pytest.mark.parametrize("how", ["a file is gone", "all files are gone", "altered", "the folder is a broken link"])
def test_a_folder_that_is_there_and_lacks_files_is_wrong(handed_in, how):
    evidence = handed_in.folder / "directives.db.evidence"
    (file,) = (each for each in evidence.rglob("*") if each.is_file())
    if how == "altered":
        file.chmod(0o644)
        file.write_bytes(b"Another")
    else:
        file.unlink()
        if how != "a file is gone":
            file.parent.rmdir()
        if how == "the folder is a broken link":
            evidence.rmdir()
            os.symlink("nowhere", evidence)
    assert handed_in.run("evidence", "list").exit_code == 3
    assert "is not here" not in handed_in.run("evidence", "list").stderr
    assert handed_in.run("doctor").exit_code == 3
