"""Hindi throughout: each sentence that is told has its Hindi, and none of them holds English left over."""

import re
import unicodedata

from tests.docs import messages

messages.main.prepare()  # whichever of these tests comes first in its process
CATALOG = messages.catalogue()
ENTRIES = [entry for entry in CATALOG if entry.id]
SAME = {
    "directives task reassign",
    "store: {way_out} ({said})",
    "config: {file}: {why}",
    "key: {path} {what}: {way_out}",
}
"""What is a command, or has no words of its own."""
CODES = re.compile(
    r"fpath=\S+ \$fpath\)|~/\.\w+rc|\b(bash-completion|bash|zsh|fish|compinit)\b|\[env |"
    r"(^| )-h |code,parent\S*|JSON Lines|OLD\.last|-o -|\{[^}]*\}|\d{4}-\d\d\S*|%\(\w+\)s|sqlite:///\S*|(sha256|role|convenor|headquarters)[:@]\S*|--[a-z-]+|"
    r"^[a-z_ ]+:|\b[A-Za-z]+[_-][\w-]+|\b[A-Z][A-Z_0-9./=-]*\b|\.csv|\.jsonl|\.toml|\.db|Asia/Kolkata|"
    r"example\.org/\w*|chmod 600|window_to=\S+|\bs\d\b|conformance\.json|junit\.xml|"
    r"pip install '[^']*'|pytest(-bdd)?|(directive|unit)/"
)
NAMES = [
    "cd",
    "JSON",
    "Schema",
    "Unicode",
    "Kind",
    "district",
    "due",
    "goal",
    "action",
    "whatsapp",
    "instagram",
    "facebook",
    "x",
    "hi",
    "en",
    "ok",
    "directives",
    "csv",
    "toml",
    "log",
    "witness",
    "group",
    "quorum",
    "all",
    "any",
    "none",
    "zip",
    "readable",
    "events",
    "jsonl",
    "auditor",
    "Verified",
]
FIELDS = [
    "parent",
    "level",
    "scope",
    "office",
    "as",
    "db",
    "lang",
    "actor",
    "block",
    "panchayat",
    "parameters",
    "statement",
    "statements",
    "step",
    "true",
    "false",
]


def commands(command=messages.main):
    """The names of all commands."""
    yield command.name
    for each in getattr(command, "commands", {}).values():
        yield from commands(each)


def left_over(hindi):
    """The Latin words in a Hindi sentence that are neither codes nor the names of commands or things."""
    known = {*NAMES, *FIELDS, *commands()}
    return [word for word in re.findall(r"[A-Za-z]+", CODES.sub(" ", hindi)) if word not in known]


def test_each_sentence_is_in_the_catalogue_and_no_other():
    stands = {entry.id for entry in ENTRIES}
    assert stands == messages.sentences(), "make messages brings it up to date"


def test_each_has_its_hindi():
    lacking = [entry.id for entry in ENTRIES if not re.search(r"[\u0900-\u097f]", entry.string)]
    assert {*lacking} == SAME


def test_each_has_the_values_and_the_edges_of_its_english():
    for entry in ENTRIES:
        assert unicodedata.is_normalized("NFC", entry.string)
        assert messages.values_in(entry.string) == messages.values_in(entry.id), entry.id
        ends = [
            (text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]) for text in (entry.id, entry.string)
        ]
        assert ends[0] == ends[1], entry.id


def test_no_english_is_left_in_it():
    found = {entry.id: left_over(entry.string) for entry in ENTRIES}
    assert {english: words for english, words in found.items() if words} == {}


def test_the_compiled_catalogue_is_that_which_is_read():
    assert messages.CATALOGUE.with_suffix(".mo").read_bytes() == messages.compiled(CATALOG)


def test_the_collection_misses_no_way_of_telling():
    said = messages.sentences()
    for sentence in (
        "is missing: give it",
        "{task} is now {state}.",
        "streak",
        "Print JSON.",
        "on time",
        "No such option {name!r}.",
    ):
        assert sentence in said


def test_help_is_told_in_hindi(run):
    told = run("--lang", "hi", "directive", "amend", "--help").stdout
    assert told.startswith("उपयोग: ")
    options = told.partition("विकल्प:")[2].partition("उदाहरण:")[0]
    assert left_over(re.sub(r"(?m)^ +--\S+( \S+)?  ", "", options)) == []
    assert run("directive", "amend", "--help", "--lang", "hi").stdout == told, "wherever the language stands"
    assert run("directive", "amend", "--help").stdout.startswith("Usage: ")
