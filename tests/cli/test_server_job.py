"""A store of a server at a terminal: set up, work, look, copy; and what is wrong with an address."""

import json

import pytest
from tests import stores

stores.require(module=True)


@pytest.fixture
def url():
    """The URL of a schema that is not there; it is dropped afterwards."""
    with stores.server().elsewhere() as url:
        yield url


class OnServer:
    """A desk whose store is on a server, beside the same one in a file."""

    def __init__(self, desk, url):
        self.desk, self.url, self.folder = desk, url, desk.folder

    def run(self, *words):
        return self.desk.run(*words, *(() if "--db" in words or "copy" in words else ("--db", self.url)))

    def done(self, *words):
        told = self.run(*words)
        assert told.exit_code == 0, told.output
        return told


@pytest.fixture
def on_server(handed_in, url):
    desk = OnServer(handed_in, url)
    desk.done("init", "--at", "2023-10-01T09:00")
    desk.done("meeting", "record")
    desk.done("report", "submit", "written-report/JH-PC11", "report.pdf", "--as", "convenor@JH-PC11")
    return desk


@pytest.mark.parametrize(
    "words",
    [
        ("status",),
        ("overdue",),
        ("waiting",),
        ("board",),
        ("todo", "--unit", "JH-PC12"),
        ("task", "show", "written-report/JH-PC11"),
        ("history", "written-report/JH-PC11"),
        ("log",),
        ("daily",),
        ("org", "find", "khunti"),
        ("evidence", "list"),
        ("directive", "list", "--json"),
        ("status", "--as-of", "2023-11-01"),
        ("diff", "--from", "2023-10-01", "--to", "2023-11-10"),
    ],
)
def test_it_answers_as_a_file_does(on_server, words):
    assert on_server.done(*words).stdout == on_server.done(*words, "--db", "directives.db").stdout


def test_it_refuses_as_a_file_does(on_server):
    for words in (
        ("task", "verify", "written-report/JH-PC11", "--as", "convenor@JH-PC11"),
        ("task", "verify", "written-report/JH-PC12", "--as", "clerk@JH"),
        ("task", "show", "written-report/JH-PC99"),
        ("init",),
    ):
        here, there = on_server.run(*words), on_server.run(*words, "--db", "directives.db")
        assert (here.exit_code, here.stderr) == (there.exit_code, there.stderr), words


def test_evidence_is_read_from_it(on_server):
    (listed,) = json.loads(on_server.done("evidence", "list", "--json").stdout)
    on_server.done("evidence", "get", listed["digest"], "back.pdf")
    folder = on_server.folder
    assert (folder / "back.pdf").read_bytes() == (folder / "report.pdf").read_bytes()


def test_doctor_names_the_server(on_server):
    found = {each["check"]: each for each in json.loads(on_server.done("doctor", "--json").stdout)}
    assert found["server"]["found"].startswith("PostgreSQL ")
    assert (found["log"]["state"], found["schema"]["state"], found["evidence"]["state"]) == ("ok", "ok", "ok")
    assert "file" not in found


def test_it_is_copied_into_a_file_and_back(on_server, url):
    told = on_server.done("copy", url, "copy.db").stderr
    assert told.endswith(" events, 1 file of evidence; all is alike.\ndirectives status --db copy.db reads the copy.\n")
    assert on_server.done("status", "--db", "copy.db").stdout == on_server.done("status").stdout
    again = on_server.run("copy", url, "copy.db")
    assert (again.exit_code, again.stderr.split(" at ")[0]) == (2, "Error: TO: there is something")
    there = f"{stores.server().url(stores.server().new_schema())}&password=secret"
    assert "secret" not in on_server.done("copy", "copy.db", there).output
    told = json.loads(on_server.done("copy", "copy.db", "again.db", "--json").stdout)
    assert (told["evidence"], told["before"], told["keys"]) == (1, 0, 0)


def test_what_is_not_done_on_a_server_is_told(on_server, url):
    refused = on_server.run("pack", "p.zip")
    assert (refused.exit_code, refused.stderr.partition(": copy it")[0]) == (
        2,
        "Error: --db: a store of a server cannot be packed",
    )
    for words, named in (
        (("none.db", "x.db"), "FROM"),
        (("copy.db", "/none/x.db"), "TO"),
        (("copy.db", "ftp://x"), "TO"),
    ):
        on_server.done("copy", "directives.db", "copy.db") if named == "FROM" else None
        assert on_server.run("copy", *words).stderr.startswith(f"Error: {named}: "), words
    both = on_server.run("copy", url, "c.db", "--db", "directives.db")
    assert (both.exit_code, both.stderr) == (
        2,
        "Error: --db: the store is named as FROM: leave --db out: try main copy --help\n",
    )


def test_an_address_without_a_store_or_a_server(desk, url):
    for words, code, said in (
        (("status", "--db", url), 6, "there is no store at"),
        (
            ("status", "--db", "postgresql://127.0.0.1:1/d"),
            1,
            "the server of 127.0.0.1/d (directives) cannot be reached",
        ),
        (("status", "--db", "postgresql://h/d?schema=A"), 2, "'A' is no name for a schema"),
    ):
        told = desk.run(*words)
        assert (told.exit_code, told.stderr.count("\n")) == (code, 1), told.stderr
        assert said in told.stderr
