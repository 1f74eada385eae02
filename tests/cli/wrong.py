"""What the tests of wrong input share: a store at a terminal, and the ways out in both languages."""

import re
import sqlite3
from contextlib import closing

from click.testing import CliRunner

from directives_cli.choices import Choices
from directives_cli.main import main

MINUTES = """id = "{id}"
held_on = 2023-10-19
title = {{ en = "Meeting", hi = "बैठक" }}
[[statements]]
no = "S1"
asks_for = "directive"
text = {{ en = "Write.", hi = "लिखें।" }}
[[directives]]
id = "{directive}"
kind = "written_report"
statements = ["S1"]
title = {{ en = "Report", hi = "प्रतिवेदन" }}
set_by_issuing_office = ["due"]
parameters = {{ max_bytes = 10, period_from = 2023-10-01, period_to = 2023-10-31 }}
[[directives.assign]]
level = "lok_sabha"
due = 2099-11-15
"""
ENGLISH = re.compile(
    r"\b(is|are|the|an|of|or|and|not|no|to|write|must|should|have|has|give|name|line|value|try)\b", re.I
)
"""Words that no Hindi sentence has, outside what is quoted and what stands in brackets."""

GIVE = ("is missing: give it", "नहीं दिया गया: इसे दें")
REMOVE = ("is not a field here: remove it", "इसे हटाएँ")
NAMES = ("give its fields by name", "इसके फ़ील्ड उनके नामों से दें")
TWICE = ("each must be unique", "हर मान अलग होना चाहिए")
UNKNOWN = ("use one of", "इनमें से एक लिखें")
WORDS = ("write lower-case ASCII words", "छोटे ASCII अक्षरों के शब्द")
CODE = ("write ASCII letters, digits", "ASCII अक्षर, अंक")
OFFICE = ("write role@UNIT, as convenor@JH-PC08", "role@UNIT, जैसे convenor@JH-PC08")
FILLED = ("write 1 character or more", "1 या उससे अधिक अक्षर लिखें")
SHORTER = ("write 2,000 characters or fewer", "2,000 या कम अक्षर लिखें")
TURNS = ("break its line or turn its direction", "पंक्ति तोड़े या लिखने की दिशा बदले")
TEXT = ("write a text", "कोई पाठ लिखें")
WHOLE = ("write a whole number", "पूर्ण संख्या लिखें")
NUMBER = ("write a number", "संख्या लिखें")
DAY = ("write a day, as 2023-11-30", "कोई दिन लिखें, जैसे 2023-11-30")
PLAIN_DAY = ("write it as 2023-11-30", "इसे 2023-11-30 की तरह लिखें")
YEAR = ("name a year from 1900 to 2999", "1900 से 2999 तक का वर्ष बताएँ")
MOMENT = ("write 2023-11-30, 2023-11-30T18:00", "2023-11-30, 2023-11-30T18:00 या")
FUTURE = ("is in the future: name a moment that has passed", "अभी आया नहीं है: बीता हुआ समय बताएँ")
FOLDER = ("is a folder: name a file", "फ़ोल्डर है: फ़ाइल बताएँ")
EXISTS = ("does not exist: name an existing file", "मौजूद नहीं है: मौजूद फ़ाइल का नाम बताएँ")
NO_PATH = ("is not a path: name a file", "पथ नहीं है: किसी फ़ाइल का नाम बताएँ")
NULL = ("embedded null byte: name another", "नाम में शून्य (NUL) बाइट है: दूसरी फ़ाइल बताएँ")
TOO_LONG = ("File name too long: name another", "फ़ाइल का नाम बहुत लंबा है: दूसरी फ़ाइल बताएँ")
UTF8 = ("as UTF-8", "UTF-8 में सहेजें")
HELP = ("--help", "--help चलाकर देखें")


CODES = re.compile(r"'.*?'|'.*?\.\.\. |\(.*\)|--\S+|(file|[A-Z]+(\.[a-z]+)?): \S+|[\w.]+:")
"""What stands in a sentence of either language as it is: quoted values, options, paths, names of fields."""


class Terminal:
    """A store with an organisation, a meeting and a report; ``now`` is the present, where the machine has another."""

    def __init__(self, folder, now=None):
        self.folder, self.now = folder, now

    def run(self, *args, typed=None):
        chosen = {} if self.now is None else {"obj": Choices(lambda: self.now, {})}
        return CliRunner().invoke(main, [str(arg) for arg in args], input=typed, **chosen)

    def done(self, *args):
        """What a command prints that succeeds."""
        result = self.run(*args)
        assert result.exit_code == 0, result.output
        return result

    def file(self, name, content):
        (self.folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return name

    def stands(self):
        """All that is stored: the events, the commands, and the files that were handed in."""
        with closing(sqlite3.connect(self.folder / "directives.db")) as connection:
            rows = [connection.execute(f"SELECT * FROM {name}").fetchall() for name in ("stored_events", "commands")]
        kept = self.folder / "directives.db.evidence"
        return rows, {str(path): path.read_bytes() for path in kept.rglob("*") if path.is_file()}

    def wrong(self, args, code, field, way_out):
        """``args`` are wrong: one line tells ``field`` and the way out in each language, and nothing is changed."""
        before = self.stands()
        for lang, begin, said in (("en", "Error: ", way_out[0]), ("hi", "त्रुटि: ", way_out[1])):
            result = self.run("--lang", lang, *args)
            assert isinstance(result.exception, SystemExit), result.exception
            assert (result.exit_code, result.stdout) == (code, ""), result.stderr
            line = result.stderr.removesuffix("\n")
            assert line.startswith(begin)
            assert field in line
            assert said in line
            assert all(each.isprintable() or each in "\u200c\u200d" for each in line)
            assert lang == "en" or not ENGLISH.search(CODES.sub("", line)), line
        assert self.stands() == before
        assert not (self.folder / "new.db").exists()
