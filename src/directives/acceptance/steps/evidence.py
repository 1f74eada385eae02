"""Files that are submitted, and returned unchanged."""

import base64
from datetime import date

from pytest_bdd import given, then

from directives.acceptance.questions import DocumentAnswer, DocumentQuestion
from directives.acceptance.words import DAY, NUMBER, UNIT, does, step
from directives.acceptance.world import World

FILE = r'"(?P<name>[^"]+)"'
SAYS = r'"(?P<content>[^"]+)"'
SEAT = "Khunti"


def document_of(world: World, unit: str) -> DocumentAnswer:
    return world.ask(DocumentQuestion(task=world.task("report", unit)), DocumentAnswer)


@step(
    rf"the convenor of {UNIT} hands the file {FILE} in on {DAY}, which says {SAYS}",
    rf"{UNIT} के संयोजक {DAY} को फ़ाइल {FILE} प्रस्तुत करते हैं जिसमें लिखा है {SAYS}",
)
def hands_a_file_in(world: World, unit: str, name: str, day: date, content: str) -> None:
    world.hand_in("report", unit, day, content=content, name=name)


@step(
    rf"the convenor of {UNIT} {does('hand')} in a file of {NUMBER} bytes on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को {NUMBER} बाइट की फ़ाइल (प्रस्तुत करते हैं|(?P<tries>प्रस्तुत करने की कोशिश) करते हैं)",
)
def hands_bytes_in(world: World, unit: str, tries: str | None, number: int, day: date) -> None:
    world.hand_in("report", unit, day, tries=tries, content="x" * number)


@step(
    rf"state headquarters set on {DAY} that a file has at most {NUMBER} bytes",
    rf"प्रदेश मुख्यालय ने {DAY} को तय किया कि फ़ाइल {NUMBER} बाइट से बड़ी न हो",
    given,
)
def largest_file(world: World, day: date, number: int) -> None:
    fields = {"directive": "written-report", "reason": "Large files.", "parameters": {"max_bytes": number}}
    world.act(None, "directive amend", world.office("state headquarters"), day, **fields)


@step(rf"{NUMBER} files? (is|are) kept", rf"{NUMBER} (फ़ाइल|फ़ाइलें) रखी हुई (है|हैं)", then)
def files_kept(world: World, number: int) -> None:
    assert document_of(world, SEAT).kept == number


@step(rf"the file of {UNIT} is whole and says {SAYS}", rf"{UNIT} की फ़ाइल यथावत है, उसमें लिखा है {SAYS}", then)
def file_says(world: World, unit: str, content: str) -> None:
    found = document_of(world, unit)
    assert found.condition == "whole"
    assert base64.b64decode(found.base64 or "").decode() == content
    assert found.size == len(content.encode())


@step(rf"the file of {UNIT} is of the type {FILE}", rf"{UNIT} की फ़ाइल का प्रकार {FILE} है", then)
def file_is_of_type(world: World, unit: str, name: str) -> None:
    assert document_of(world, unit).media_type == name
