"""Files with each kind of mistake: minutes, organisations, commands; one line each, and the store as it was."""

import gc
import json

import pytest
from tests.cli.wrong import (
    CODE,
    DAY,
    EXISTS,
    FILLED,
    FOLDER,
    FUTURE,
    GIVE,
    MINUTES,
    NAMES,
    NO_PATH,
    NULL,
    NUMBER,
    OFFICE,
    PLAIN_DAY,
    REMOVE,
    SHORTER,
    TEXT,
    TOO_LONG,
    TURNS,
    TWICE,
    UNKNOWN,
    UTF8,
    WHOLE,
    WORDS,
    YEAR,
)

NO_TOML = ("is not TOML: correct it (", "TOML नहीं है: इसे सुधारें (")
SET = ("give that value, or leave its name out", "वह मान दें, या यह नाम हटाएँ")
LIST = ("write a list", "सूची लिखें")
MORE = ("give 1 or more", "1 या अधिक दें")
LATER = ("name a later day", "बाद ")
EXCHANGE = ("exchange or correct them", "इन्हें आपस में बदलें या सुधारें")
HELD = ("record the meeting after it was held", "बैठक हो जाने के बाद उसे दर्ज करें")
NEW = MINUTES.format(id="m-2", directive="new")
STATEMENT = '[[statements]]\nno = "S1"\nasks_for = "goal"\ntext = { en = "W.", hi = "लि" }\n'
DIRECTIVES, DIRECTIVE = "[[directives]]", NEW[NEW.index("[[directives]]") :]
ASKED = "max_bytes = 10, period_from = 2023-10-01, period_to = 2023-10-31"
HELD_ON, DUE, ID, EN = "held_on = 2023-10-19", "due = 2099-11-15", 'id = "m-2"', 'en = "Meeting"'
LEVEL, KIND, OWN, FROM = 'level = "lok_sabha"', 'kind = "written_report"', '["due"]', 'statements = ["S1"]'
IN_MINUTES = [
    (HELD_ON, "held_on = ", 2, "x.toml: ", NO_TOML),
    (HELD_ON, "held_on = 2023-02-30", 2, "x.toml: ", NO_TOML),
    (ID, "", 2, "x.toml: id: ", GIVE),
    (HELD_ON, "", 2, "x.toml: held_on: ", GIVE),
    ('en = "Meeting", ', "", 2, "x.toml: title.en: ", GIVE),
    ("[[statements]]", "[[other]]", 2, "x.toml: statements: ", GIVE),
    (DUE, "", 2, "x.toml: directives.0.assign.0.due: ", GIVE),
    (HELD_ON, f'{HELD_ON}\nplace = "Ranchi"', 2, "x.toml: place: ", REMOVE),
    ('no = "S1"', 'no = "S1"\nby = "x"', 2, "x.toml: statements.0.by: ", REMOVE),
    ('title = { en = "Meeting", hi = "बैठक" }', 'title = "a"', 2, "x.toml: title: 'a'", NAMES),
    ('{ en = "Write.", hi = "लिखें।" }', "5", 2, "x.toml: statements.0.text: 5", NAMES),
    (FROM, 'statements = "S1"', 2, "x.toml: directives.0.statements: ", LIST),
    (FROM, "statements = []", 2, "x.toml: directives.0.statements: ", MORE),
    (DIRECTIVES, STATEMENT + DIRECTIVES, 2, "x.toml: statements.no: S1", TWICE),
    (DIRECTIVES, DIRECTIVE + DIRECTIVES, 2, "x.toml: directives.id: new", TWICE),
    (FROM, 'statements = ["S9"]', 2, "directives.new.statements:", ("S9 is unknown: use one of S1", "S1")),
    (OWN, '["parameters.languages"]', 2, "directives.new.set_by_issuing_office:", SET),
    (OWN, '["bogus"]', 2, "directives.new.set_by_issuing_office:", SET),
    ('no = "S1"', 'no = "s 1"', 2, "x.toml: statements.0.no: 's 1'", ("as S1", "जैसे S1")),
    ('"directive"', '"wish"', 2, "x.toml: statements.0.asks_for: 'wish'", UNKNOWN),
    (KIND, 'kind = "bogus"', 6, "kind: bogus", UNKNOWN),
    (KIND, 'kind = "Written Report"', 2, "x.toml: directives.0.kind: 'Written Report'", WORDS),
    (ASKED, "max_size = 10", 2, "new: parameters.max_size: ", REMOVE),
    (ASKED, 'max_bytes = "many"', 2, "new: parameters.max_bytes: 'many'", WHOLE),
    (ASKED, "max_bytes = true", 2, "new: parameters.max_bytes: True", WHOLE),
    (ASKED, "max_bytes = 1.5", 2, "new: parameters.max_bytes: 1.5", WHOLE),
    (ASKED, "max_bytes = inf", 2, "new: parameters.max_bytes: inf", NUMBER),
    (ASKED, "max_bytes = 0", 2, "new: parameters.max_bytes: 0", ("write 1 or more", "1 या अधिक लिखें")),
    (ASKED, 'languages = ["ur"]', 2, "new: parameters.languages.0: 'ur'", ("use one of hi, en", "लिखें: hi, en")),
    (ASKED, "languages = []", 2, "new: parameters.languages: []", MORE),
    (ASKED, "period_from = 2023-11-01, period_to = 2023-10-01", 2, "new: parameters.period_from: 1 ", EXCHANGE),
    (ASKED, "period_from = 12:00:00", 2, "new: parameters.period_from: '12:00:00'", DAY),
    (f"{{ {ASKED} }}", "[1]", 2, "x.toml: directives.0.parameters: [1]", NAMES),
    (LEVEL, 'level = "taluk"', 6, "level: taluk", UNKNOWN),
    (LEVEL, 'level = "Big Seat"', 2, "x.toml: directives.0.assign.0.level: 'Big Seat'", WORDS),
    (LEVEL, f'{LEVEL}\nscope = "XX"', 6, "XX", ("org find", "नाम से खोजने के लिए directives org find")),
    (DUE, 'due = "soon"', 2, "x.toml: directives.0.assign.0.due: 'soon'", DAY),
    (DUE, "due = 20991115", 2, "x.toml: directives.0.assign.0.due: 20991115", PLAIN_DAY),
    (DUE, "due = 2023-10-01", 2, "due: 1 ", LATER),
    (HELD_ON, 'held_on = "३१ फ़रवरी २०२३"', 2, "x.toml: held_on: '2023-02-31'", DAY),
    (HELD_ON, "held_on = 2023-02-20T12:00:00", 2, "x.toml: held_on: '2023-02-20T12:00:00'", DAY),
    (HELD_ON, "held_on = true", 2, "x.toml: held_on: True", PLAIN_DAY),
    (HELD_ON, "held_on = 1800-10-19", 2, "x.toml: held_on: '1800-10-19'", YEAR),
    (HELD_ON, "held_on = 1900-01-01", 2, "held_on: 1 ", LATER),
    (HELD_ON, "held_on = 2199-10-19", 2, "held_on: 19 ", HELD),
    (ID, 'id = "M 2"', 2, "x.toml: id: 'M 2'", WORDS),
    (ID, f'id = "{"m" * 65}"', 2, "x.toml: id: 'mmm", ("at most 64 characters", "अधिकतम 64 अक्षर")),
    (ID, "id = 2", 2, "x.toml: id: 2", TEXT),
    (ID, 'id = "m-1"', 4, "", ("give this one another id", "इस बैठक को दूसरी पहचान दें")),
    (EN, 'en = " "', 2, "x.toml: title.en: ' '", FILLED),
    (EN, f'en = "{"x" * 2001}"', 2, "x.toml: title.en: 'xxx", SHORTER),
    (EN, 'en = "Meet\u202eing"', 2, r"x.toml: title.en: 'Meet\u202eing'", TURNS),
    (EN, 'en = "Meet\\u0007ing"', 2, r"x.toml: title.en: 'Meet\x07ing'", TURNS),
    (EN, 'en = """Meet\ning"""', 2, r"x.toml: title.en: 'Meet\ning'", TURNS),
    ('"Write."', '"Wri\u200ete."', 2, r"x.toml: statements.0.text.en: 'Wri\u200ete.'", TURNS),
    (OWN, f"{OWN}\ngrace_days = -1", 2, "x.toml: directives.0.grace_days: -1", ("write 0 or more", "0 या अधिक लिखें")),
]


@pytest.mark.parametrize(("part", "change", "code", "field", "way_out"), IN_MINUTES)
def test_minutes(terminal, part, change, code, field, way_out):
    assert part in NEW
    text = NEW.replace(part, change, 1)
    if 'id = "m-1"' in text:
        text = text.replace("Write.", "Other.")
    terminal.wrong(["meeting", "record", terminal.file("x.toml", text)], code, field, way_out)


HEAD = "code,parent,level,name_en,name_hi\n"
NO_CSV = ("is not CSV: correct it (", "CSV नहीं है: इसे सुधारें (")
FIRST = ("the first line must be code,parent,level,name_en,name_hi", "पहली पंक्ति यह होनी चाहिए: code,parent,level")
ONCE = ("name each column once", "हर स्तंभ का नाम एक ही बार दें")
FIELDS = ("has more or fewer fields than the first line: correct it", "पहली पंक्ति से कम या अधिक फ़ील्ड हैं: इसे सुधारें")
ADD = ("add that unit or correct it", "वह इकाई जोड़ें या इसे सुधारें")
ABOVE = ("give it a parent of a level above", "इसे ऊपर के किसी स्तर की इकाई के अधीन करें")
CYCLE = ("a unit cannot report to itself or to one under it", "कोई इकाई अपने ही या अपने नीचे की इकाई के अधीन नहीं हो सकती")
ONE_TOP = ("exactly one top unit is needed", "शीर्ष इकाई ठीक एक होनी चाहिए")
OF_ITS_OWN = ("is a duplicate: give each unit its own code", "हर इकाई को उसका अपना कोड दें")
NAME_IT = ("name it in the first line, or remove it", "पहली पंक्ति में उसका नाम दें, या इसे हटाएँ")
AT_LEAST = ("give at least one", "कम से कम एक दें")
LEAVE = ("leave its parent empty", "parent खाली छोड़ें")
OWN_CODE = ("give the new unit its own", "नई इकाई को उसका अपना कोड दें")
ON_LINE = "x.csv "
TREE = f"{HEAD}A,,state,A,ए\nB,A,lok_sabha,B,बी\n"
ORGANISATIONS = [
    ("code,parent,level,name_hi\nA,,state,A\n", 0, "name_en", FIRST),
    ("code,parent,level,name_en,name_hi,code\nA,,state,A,ए,A\n", 0, "code", ONCE),
    (f"{HEAD[:-1]},caf\u00e9,cafe\u0301\nA,,state,A,ए,1,2\n", 0, "caf\u00e9", ONCE),
    (f"{HEAD[:-1]},\nA,,state,A,ए,x\n", 2, "'x'", NAME_IT),
    (f"{HEAD[:-1]},ab\u202ec\nA,,state,A,ए,1\n", 1, r"'ab\u202ec'", TURNS),
    (f"{TREE}C,B,block,C\n", 4, "", FIELDS),
    (f"{TREE}C,B,block,C,सी,x\n", 4, "", FIELDS),
    (f"{TREE}C,B,taluk,C,सी\n", 4, "level: ", UNKNOWN),
    (f"{TREE}C,B,Big Seat,C,सी\n", 4, "level: 'Big Seat'", WORDS),
    (f"{TREE}C,X,block,C,सी\n", 4, "parent: ", ADD),
    (f"{TREE}C,X X,block,C,सी\n", 4, "parent: 'X X'", CODE),
    (f"{TREE}C,B,state,C,सी\n", 4, "level: ", ABOVE),
    (f"{TREE}C,D,block,C,सी\nD,C,panchayat,C,सी\n", 4, "parent: C -> D -> C", CYCLE),
    (f"{TREE}C,C,block,C,सी\n", 4, "parent: C -> C", CYCLE),
    (f"{TREE}C,,state,C,सी\n", 4, "A, C", ONE_TOP),
    (f"{HEAD}A,B,state,A,ए\nB,A,lok_sabha,B,बी\n", 2, "parent: A -> B -> A", CYCLE),
    (f"{TREE}B,A,lok_sabha,C,सी\n", 4, "code: B", OF_ITS_OWN),
    (f"{TREE}C C,B,block,C,सी\n", 4, "code: 'C C'", CODE),
    (f"{TREE}C\u202e,B,block,C,सी\n", 4, r"code: 'C\u202e'", CODE),
    (f"{TREE},B,block,C,सी\n", 4, "code: ''", CODE),
    (f"{TREE}C,B,block,,सी\n", 4, "name.en: ''", FILLED),
    (f"{TREE}C,B,block,{'x' * 2001},सी\n", 4, "name.en: 'xxx", SHORTER),
    (f"{TREE}C,B,block,C,सी\u2067\n", 4, r"name.hi: 'सी\u2067'", TURNS),
    (f'{TREE}C,B,block,"C\nD",सी\n', 5, r"name.en: 'C\nD'", TURNS),
    (f"{TREE}C,B,block,C\0,सी\n", 4, r"name.en: 'C\x00'", TURNS),
    (f"{HEAD[:-1]},x\nA,,state,A,ए,a\u200fb\n", 2, r"attributes.x: 'a\u200fb'", TURNS),
    (f'{TREE}C,B,block,"C,सी\n', 4, "", NO_CSV),
    (f'{TREE}C,B,block,"C"x,सी\n', 4, "", NO_CSV),
    (TREE.replace(",", ";"), 0, "code", FIRST),
    (HEAD, 0, "code: ", AT_LEAST),
]
CHANGES = [
    ("C1,X,block,C,सी", 2, "parent: ", ADD),
    ("C1,JH-PC11,taluk,C,सी", 2, "level: ", UNKNOWN),
    ("C1,,state,C,सी", 2, "JH, C1", ONE_TOP),
    ("JH,JH-PC11,state,K,के", 2, "parent: ", LEAVE),
    ("C1,JH-AC60,lok_sabha,K,के", 2, "level: ", ABOVE),
    ("JH-PC11,JH,block,K,के", 4, "code: JH-PC11", OWN_CODE),
]


@pytest.mark.parametrize(("text", "line", "field", "way_out"), ORGANISATIONS)
def test_organisations(terminal, text, line, field, way_out):
    args = ["init", "--db", "sqlite:///new.db", "--org", terminal.file("x.csv", text)]
    terminal.wrong(args, 2, field, way_out)
    assert terminal.run(*args).stderr.startswith(f"Error: x.csv line {line}: " if line else "Error: x.csv: ")


@pytest.mark.parametrize(("row", "code", "field", "way_out"), CHANGES)
def test_changes_of_the_organisation(terminal, row, code, field, way_out):
    args = ["org", "import", terminal.file("x.csv", f"{HEAD}{row}\n")]
    terminal.wrong(args, code, field, way_out)
    terminal.wrong([*args, "--dry-run"], code, field, way_out)
    assert terminal.run(*args).stderr.startswith("Error: x.csv line 2: ")


ACT = {"command": "task acknowledge", "task": "report/JH-PC01", "office": "convenor@JH-PC01"}
WAIVE = ACT | {"command": "task waive", "office": "headquarters@JH", "reason": "R"}
OBJECT = ("write one object a line", "हर पंक्ति में एक")
COMMANDS = [
    ("{x", 2, "JSON", OBJECT),
    ("[1]", 2, "list", OBJECT),
    ("[" * 100_000, 2, "JSON", OBJECT),
    ('{"task":"x/JH","task":"y/JH"}', 2, "task: ", ("give each field once", "एक ही बार दें")),
    (b'{"command":"\xff"}', 2, "13", ("save the file as UTF-8", "UTF-8 में सहेजें")),
    ({"task": "x/JH", "office": "clerk@JH"}, 2, "command: ", ("name it, as report submit", "report submit")),
    (ACT | {"command": "task fly"}, 2, "command: 'task fly'", UNKNOWN),
    ({"command": "task acknowledge", "task": "x/JH"}, 2, "office: ", ("name the acting office", "role@UNIT के रूप में")),
    ({"command": "task acknowledge", "office": "clerk@JH"}, 2, "task acknowledge: task: ", GIVE),
    (ACT | {"x": 1}, 2, "task acknowledge: x: ", REMOVE),
    (ACT | {"task": 5}, 2, "task acknowledge: task: 5", TEXT),
    (ACT | {"office": "x"}, 2, "task acknowledge: office: 'x'", OFFICE),
    (WAIVE | {"reason": "a\nb"}, 2, r"reason: 'a\nb'", TURNS),
    (WAIVE | {"reason": "a\u202eb"}, 2, r"reason: 'a\u202eb'", TURNS),
    (WAIVE | {"reason": "a\ud800"}, 2, r"reason: 'a\ud800'", TEXT),
    (ACT | {"occurred_at": "soon"}, 2, "occurred_at: 'soon'", ("write a moment, as", "समय लिखें, जैसे")),
    (ACT | {"occurred_at": 1700000000}, 2, "occurred_at: 1700000000", PLAIN_DAY),
    (ACT | {"occurred_at": "2999-01-01T00:00Z"}, 2, "at: 1", FUTURE),
    (ACT | {"occurred_at": "1800-01-01T00:00Z"}, 2, "occurred_at: '1800-01-01T00:00Z'", YEAR),
    (ACT | {"office": "convenor@JH-PC02"}, 4, "convenor@JH-PC02", ("an office of that unit must", "role@JH-PC01")),
    (ACT | {"task": "zz/JH-PC01"}, 6, "directive: zz", ("directive list", "directive list देखें")),
]


@pytest.mark.parametrize(("line", "code", "field", "way_out"), COMMANDS)
def test_commands(terminal, line, code, field, way_out):
    content = line if isinstance(line, bytes) else (line if isinstance(line, str) else json.dumps(line)).encode()
    args = ["import", terminal.file("x.jsonl", b"\n" + content)]
    terminal.wrong(args, code, field, way_out)
    assert terminal.run(*args).stderr.startswith("Error: line 2: ")


NO_TEXT = [b'id = "\xe9"', "id = 1".encode("utf-16"), bytes(range(256))]
READ = [["meeting", "record"], ["init", "--db", "sqlite:///new.db", "--org"], ["org", "import"], ["import"]]
CALLED = {"meeting": "MINUTES.toml", "init": "file", "org": "FILE.csv", "import": "FILE.jsonl"}
"""What the usage of a command calls the file; of ``init`` it may be that of the levels too."""
ADD_EVIDENCE = [["evidence", "add"], ["report", "submit", "report/JH-PC01", "--as", "convenor@JH-PC01"]]


@pytest.mark.parametrize("content", NO_TEXT)
@pytest.mark.parametrize("read", READ[:3])
def test_what_is_no_text(terminal, read, content):
    terminal.wrong([*read, terminal.file("x.bin", content)], 2, "x.bin", UTF8)


@pytest.mark.parametrize("read", READ + ADD_EVIDENCE)
def test_what_is_no_file(terminal, read):
    (terminal.folder / "folder").mkdir(exist_ok=True)
    (terminal.folder / "loop").unlink(missing_ok=True)
    (terminal.folder / "loop").symlink_to("loop")
    not_there = ("Not a directory: name another", "फ़ोल्डर के स्थान पर फ़ाइल है: दूसरी फ़ाइल बताएँ")
    for name, field, way_out in [
        ("folder", "file: folder", FOLDER),
        ("nowhere", "file: nowhere", EXISTS),
        ("no\u202ewhere\n", r"file: no\u202ewhere", EXISTS),
        ("", "file: ''", NO_PATH),
        ("a\0b", r"file: a\u0000b", NULL),
        ("a" * 300, "file: aaa", TOO_LONG),
        ("report.txt/x", "file: report.txt/x", not_there),
        ("loop", "file: loop", ("symbolic links: name another", "घूमती हैं: दूसरी फ़ाइल बताएँ")),
    ]:
        terminal.wrong([*read, name], 2, field.replace("file", CALLED.get(read[0], "FILE"), 1), way_out)


def test_empty_files(terminal):
    empty = terminal.file("empty", b"")
    terminal.wrong(["meeting", "record", empty], 2, "empty: id: ", GIVE)
    terminal.wrong(["init", "--db", "sqlite:///new.db", "--org", empty], 2, "empty: ", FIRST)
    for add in ADD_EVIDENCE:
        terminal.wrong([*add, empty], 2, "FILE: empty", ("of the document", "जिसमें दस्तावेज़ हो"))
    for content in ("a = " + "[" * 5000, "a = " + "1" * 5000):
        gc.collect()  # click's runner leaves stores in cycles, which else are finalised at the limit of recursion
        terminal.wrong(["meeting", "record", terminal.file("x.toml", content)], 2, "x.toml: ", NO_TOML)


def test_a_report_that_is_too_large(terminal):
    submit = ["report", "submit", "report/JH-PC01", terminal.file("large", b"x" * 11), "--as", "convenor@JH-PC01"]
    terminal.wrong(submit, 4, "report/JH-PC01", ("has 11 bytes", "11"))
