"""Files of commands."""

import json

from pytest_bdd import then

from directives import WrittenCommands
from directives.acceptance.files import reasons
from directives.acceptance.words import NUMBER, UNIT, step

MISTAKES = {
    "field": {"bogus": 1},
    "क्षेत्र": {"bogus": 1},
    "type": {"task": 7},
    "प्रकार": {"task": 7},
    "unit": {"task": "written-report/JH-PC99"},
    "इकाई": {"task": "written-report/JH-PC99"},
    "date": {"occurred_at": "soon"},
    "तिथि": {"occurred_at": "soon"},
}
LINE = r"(?P<line>\d+)"
MISTAKE_EN = rf"a wrong (?P<mistake>field|type|unit|date) in line {LINE}"
MISTAKE_HI = rf"पंक्ति {LINE} में ग़लत (?P<mistake>\S+) के साथ"


@step(
    "a file in which the convenor of each seat acknowledges the report",
    "एक फ़ाइल है जिसमें हर सीट के संयोजक प्रतिवेदन के कार्य की पावती देते हैं",
)
def file_of_commands(bench):
    own = {"command": "task acknowledge"}
    seats = [unit.code for unit in bench.tracker.units() if unit.level == "lok_sabha"]
    bench.lines = [own | {"task": f"written-report/{seat}", "office": f"convenor@{seat}"} for seat in seats]


@step(
    rf"a file in which one step of {UNIT} is written in five spellings",
    rf"एक फ़ाइल है जिसमें {UNIT} का एक काम पाँच तरह से लिखा है",
)
def file_of_spellings(bench, unit):
    code = bench.world.unit(unit)
    line = {
        "command": "alliance record",
        "task": f"alliance-support/{code}",
        "what": "step",
        "text": "Booth committees met.",
        "office": f"convenor@{code}",
        "occurred_at": "2023-11-05T06:30:00Z",
    }
    spelt = [
        {"occurred_at": "2023-11-05T12:00:00+05:30"},
        {"occurred_at": "5/11/2023 06:30Z"},
        {"text": "Booth committees met. "},
        {"task": f"task/{line['task']}"},
    ]
    bench.lines = [line, *(line | other for other in spelt)]


def imported(bench, mistake=None, line=None, **how):
    lines = [*bench.lines]
    if mistake is not None:
        lines[line - 1] = lines[line - 1] | MISTAKES[mistake]
    path = bench.folder / "commands.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in lines), "utf-8")
    bench.carried = bench.tracker.import_commands(WrittenCommands(path), lang=bench.world.lang, **how)


@step("the file is imported", "फ़ाइल आयात की जाती है")
def file_imported(bench):
    imported(bench)


@step(
    rf"someone tries to import the file with {MISTAKE_EN}",
    rf"{MISTAKE_HI} फ़ाइल आयात करने की कोशिश होती है",
)
def tries_to_import(bench, mistake, line):
    bench.refused(imported, bench, mistake, line)


@step(
    rf"the file is imported with {MISTAKE_EN}, leaving refused lines out",
    rf"{MISTAKE_HI} फ़ाइल आयात की जाती है और अस्वीकृत पंक्तियाँ छोड़ दी जाती हैं",
)
def imported_but(bench, mistake, line):
    imported(bench, mistake, line, keep_going=True)


@step("it is only looked at what the file would do", "केवल देखा जाता है कि फ़ाइल से क्या होगा")
def looked_at(bench):
    imported(bench, dry_run=True)


@step(
    rf"{NUMBER} of its lines (was|were|would be) carried out",
    rf"उसकी {NUMBER} (पंक्ति|पंक्तियाँ) लागू (हुई|हुईं|होतीं)",
    then,
)
def lines_done(bench, number):
    assert bench.carried.done == number


@step(rf"{NUMBER} of its lines were carried out before", rf"उसकी {NUMBER} पंक्तियाँ पहले लागू हो चुकी थीं", then)
def lines_done_before(bench, number):
    assert bench.carried.before == number


@step(
    rf'line {LINE} is told as refused because "(?P<words>.+)"',
    rf'पंक्ति {LINE} अस्वीकृत बताई जाती है क्योंकि "(?P<words>.+)"',
    then,
)
def line_refused(bench, line, words):
    (refused,) = bench.carried.refused
    assert refused.line == line
    wanted = reasons()[words]
    assert refused.reason == wanted.code
    assert refused.facts | wanted.facts == refused.facts
    assert words in refused.message, f"{words}: {refused.message}"
