"""Hindi throughout: each sentence that is told has its Hindi, and none of them holds English left over."""

import ast
import re
import unicodedata

import pytest
from click.testing import CliRunner
from tests.docs import messages

from directives import Message, say_message

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
    r"postgresql://\S*|docs/\w+\.md|pip install '[^']*'|pytest(-bdd)?|(directive|unit)/"
)
NAMES = [
    "cd",
    "JSON",
    "PostgreSQL",
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


def test_a_wrong_language_is_told_in_the_usual_one(monkeypatch):
    monkeypatch.setenv("DIRECTIVES_LANG", "hi")
    done = CliRunner().invoke(messages.main, ["status", "--lang", "fr"])
    assert (done.exit_code, done.stderr.partition(":")[0]) == (2, "त्रुटि")


def test_help_is_told_in_hindi(run):
    told = run("--lang", "hi", "directive", "amend", "--help").stdout
    assert told.startswith("उपयोग: ")
    options = told.partition("विकल्प:")[2].partition("उदाहरण:")[0]
    assert left_over(re.sub(r"(?m)^ +--\S+( \S+)?  ", "", options)) == []
    assert run("directive", "amend", "--help", "--lang", "hi").stdout == told, "wherever the language stands"
    assert run("directive", "amend", "--help").stdout.startswith("Usage: ")


NOT_USED = {
    "तर्क": "आर्ग्युमेंट",
    "मापदंड": "पैरामीटर",
    "निकास-कोड": "निकास कोड",
    "निकास संख्या": "निकास कोड",
    "आज्ञा": "आदेश",
    "वस्तु": "ऑब्जेक्ट",
    "वर्ण": "अक्षर",
    "सारणी": "तालिका",
    "सारणिय": "तालिका",
    "हेक्सा-": "हेक्साडेसिमल",
    "षोडशाधारी": "हेक्साडेसिमल",
    "योजक-चिह्न": "हाइफ़न",
    "प्रतिलिपि": "बैकअप",
    "प्रति से": "बैकअप से",
    "छाप": "दिखाना",
    "समाप्त": "बंद, or पूरा",
    "मशीन": "कंप्यूटर",
    "सबसे ऊपर की इकाई": "शीर्ष इकाई",
    "(?<!समय-)(?<!निर्वाचन )क्षेत्र": "फ़ील्ड, or दायरा",
}
"""Words, or patterns of their beginnings, that no Hindi message has, and what it has instead."""
ONLY_FOR = {"सौंप": r"assign", "खान[ाेो]": r"\bcell\b", "धारा": r"never"}
"""Words that a Hindi message has only where the English one has the other: सौंपना is to assign, not to submit."""
TERMS = {
    "events?": "घटना",
    "checkpoints?": "जाँच-बिंदु",
    "receipts?": "रसीद",
    "bundles?": "पुलिंद",
    "tiles?": "खंड",
    "policy": "नीति",
    "meetings?": "बैठक",
    "minutes": "कार्यवृत्त",
    "tasks?": "कार्य",
    "units?": "इकाई|इकाइय",
    "levels?": "स्तर",
    "organisations?": "संगठन",
    "documents?": "दस्तावेज़",
    "digests?": "हैश",
    "keys?": "कुंजी|कुंजिय",
    "signatures?": "हस्ताक्षर",
    "backups?": "बैकअप",
    "tables?": "तालिका",
    "columns?": "स्तंभ",
    "rows?": "पंक्ति",
    "fields?": "फ़ील्ड",
    "index(es)?": "अनुक्रमणिका",
    "characters?": "अक्षर",
    "positions?": "क्रमांक",
    "parameters?": "पैरामीटर",
    "arguments?": "आर्ग्युमेंट",
    "commands?": "आदेश",
    "offices?": "कार्यालय|पद",
    "persons?": "व्यक्ति",
    "speakers?": "वक्ता",
    "groups?": "समूह",
    "platforms?": "मंच",
    "scopes?": "दायर",
    "scenarios?": "परिदृश्य",
    "files?": "फ़ाइल",
    "submit(s|ted)?|submissions?": "प्रस्तुत|प्रस्तुति",
    "waive[sdr]?": "छूट",
    "withdraw|withdrawn": "वापस ल|वापस {[^}]*ल|वापस नहीं ल",
    "reinstate[sd]?": "बहाल",
    "retire[sd]?": "बंद",
    "assign(ed|s)?": "सौंप",
    "reassign(ed|s)?": "पुनः सौंप",
    "acknowledge[sd]?": "पावती",
    "erase[sd]?": "मिट",
    "overdue": "अतिदेय",
    "partners?": "घटक दल",
    "sessions?": "सत्र",
    "settings?": "सेटिंग",
    "gatherings?": "सभा",
    "history": "इतिहास",
    "streams?": "शृंखला",
    "entr(y|ies)": "प्रविष्टि",
    "default": "डिफ़ॉल्ट",
    "options?": "विकल्प",
    "scope": "दायर",
}
"""English words, as patterns, and what the Hindi of a message has that tells the same."""
NO_WORDS = re.compile(
    r"directives( [a-z-]+)+|\{[a-z_.!]+\}|--[a-z-]+|\brole@\S+|\S+\.(csv|toml|jsonl|db)|^[a-z_.{}]+( id| and [a-z]+)?:|"
    r"\b[A-Z/.]{2,}\S*|audit_log|\b(task|audit|org|evidence|report|group|person|directive|meeting|init|import) "
    r"(show|list|extend|reopen|take-back|recall|strike|reassign|waive|key|prove|import|move|rename|submit|create|"
    r"checkpoint|forget|restore|verify)\b|\(?(log|witness|group|quorum)(, (log|witness|group|quorum))+|"
    r"write (log|witness|group|quorum)\b[^:]*|command line|levels of symbolic links|office, actor|"
    r"a field office|of a group$|code,parent\S*|"
    r"directive .directive.: parameters|parameters\.|^- goal"
)
"""What in an English message is no word of it: commands, options, names of fields and of files."""


def forms_told(sentence):
    """A sentence with the first of the forms that a number chooses between."""
    return re.sub(r"\{\w+:([^|{}]*)\|[^}]*\}", r"\1", sentence)


def devanagari(pattern):
    """A pattern that matches where a word in Devanagari begins."""
    return pattern if pattern.startswith("(?<!") else rf"(?<![\u0900-\u097f]){pattern}"


def words_amiss(english, hindi):
    """What in the Hindi of a message is not as the glossary has it."""
    for word, better in NOT_USED.items():
        if re.search(devanagari(word), hindi):
            yield f"{word}: {better}"
    for word, meant in ONLY_FOR.items():
        if re.search(devanagari(word), hindi) and not re.search(meant, english, re.I):
            yield f"{word}: only for {meant}"
    plain = NO_WORDS.sub(" ", forms_told(english))
    for word, told in TERMS.items():
        if re.search(rf"(?<![\w-])({word})(?![\w-])", plain, re.I) and not re.search(told, hindi):
            yield f"{word}: {told}"


def in_sources():
    """Texts in Hindi beside their English in the sources: names, sentences of events, words of kinds."""
    for path in (messages.ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Text":
                told = {each.arg: each.value.value for each in node.keywords if isinstance(each.value, ast.Constant)}
                if {*told} == {"en", "hi"}:
                    yield told["en"], told["hi"]


def test_the_hindi_is_that_of_the_glossary():
    found = {entry.id: [*words_amiss(entry.id, entry.string)] for entry in ENTRIES}
    assert {english: words for english, words in found.items() if words} == {}


def test_so_is_the_hindi_of_events_and_kinds():
    words = {word for word in NOT_USED if word != "समाप्त"}
    found = {hindi: [word for word in words if re.search(devanagari(word), hindi)] for _, hindi in in_sources()}
    assert {hindi: words for hindi, words in found.items() if words} == {}
    submitted = [hindi for english, hindi in in_sources() if "submitted" in english and "सौंप" in hindi]
    assert submitted == []


@pytest.mark.parametrize(
    ("english", "hindi"),
    [
        ("Exits with 3 if anything is wrong.", "कुछ गलत हो तो निकास संख्या 3 होती है।"),
        ("is not a field here: remove it", "यहाँ ऐसा कोई क्षेत्र नहीं है: इसे हटाएँ"),
        ("Write a submitted file to the new file FILE.", "सौंपी गई फ़ाइल को नई फ़ाइल FILE में लिखें।"),
        ("{unit} was retired", "{unit} को समाप्त किया जा चुका है"),
        ("the tile is missing", "टुकड़ा नहीं है"),
    ],
)
def test_other_words_are_found(english, hindi):
    assert [*words_amiss(english, hindi)] != []


def test_each_term_is_in_the_glossary():
    glossary = (messages.ROOT / "docs" / "glossary.md").read_text("utf-8")
    rows = [line.split("|")[1:3] for line in glossary.splitlines() if line.startswith("| ")]
    lacking = [
        word
        for word, told in TERMS.items()
        if not any(re.search(rf"\b({word})", english, re.I) and re.search(told, hindi) for english, hindi in rows)
    ]
    assert lacking == []


NUMBERS = {
    "number",
    "n",
    "count",
    "days",
    "size",
    "have",
    "below",
    "sessions",
    "events",
    "total",
    "owing",
    "all",
    "old",
}
NUMBERS |= {"signed", "published", "min_length", "quiet", "repeated", "before", "covered"}
"""Names of values that are numbers of things; limits (``most``, ``limit``) are always more than one."""
NOT_COUNTED = {
    "entries {number} are missing or do not match their tile",
    "Only the first {number} are shown; --json has all.",
}
"""Where a number names something, or is always greater than one."""
COUNTED = re.compile(
    rf"(?<![:|])\{{({'|'.join(sorted(NUMBERS))})\}}( of \{{\w+\}})? "
    r"(?!(of|is|to|at|was)\b)([a-z-]+s|are|were|have|do|people|persons)\b"
)
PLURAL = re.compile(rf"\{{({'|'.join(NUMBERS)})\}} (पंक्तियाँ|इकाइयाँ|घटनाएँ|फ़ाइलें|प्रविष्टियाँ|प्रस्तुतियाँ)")


def test_a_number_chooses_the_form_of_what_it_counts():
    told = [entry for entry in ENTRIES if entry.id not in NOT_COUNTED and "%(" not in entry.id]
    of_click = {each for pair in messages.plurals() for each in pair}
    found = [entry.id for entry in told if entry.id not in of_click and COUNTED.search(entry.id)]
    assert found == []
    assert [entry.string for entry in told if PLURAL.search(entry.string)] == []


@pytest.mark.parametrize("sentence", ["{number} files are missing", "{n} commands", "{have} are on record"])
def test_a_number_without_forms_is_found(sentence):
    assert COUNTED.search(sentence)
    assert not COUNTED.search("{number} {number:file is|files are} missing")


@pytest.mark.parametrize(
    ("number", "told"), [(1, "1 file is missing"), (0, "0 files are missing"), (2, "2 files are missing")]
)
def test_a_number_is_told_with_its_form(number, told):
    assert str(Message("{number} {number:file is|files are} missing", number=number)) == told


def test_so_it_is_in_hindi():
    assert say_message(Message("{number} {number:unit|units} registered.", number=1), "hi") == "1 इकाई दर्ज हुई।"
    assert say_message(Message("{number} {number:unit|units} registered.", number=110), "hi") == "110 इकाइयाँ दर्ज हुईं।"
