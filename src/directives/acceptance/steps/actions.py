"""Actions: block meetings as an example, asked for so many times, with a photo of each or without."""

import base64
from datetime import date

from pytest_bdd import then

from directives.acceptance.words import DAY, DIRECTIVES, NUMBER, OFFICE_EN, OFFICE_HI, UNIT, day, does, does_hi, step
from directives.acceptance.world import World, number_of

DIRECTIVE = DIRECTIVES["block meeting"]
EVIDENCE = {
    "with a photo each": "required",
    "without photos": "none",
    "हर एक की फ़ोटो के साथ": "required",
    "बिना फ़ोटो की": "none",
}
PHOTO = r'"(?P<photo>[^"]+)"'


@step(
    rf"{OFFICE_EN} asks the seats on {DAY} for {NUMBER} block meetings?"
    rf"( (?P<evidence>with a photo each|without photos))? by {day('due')}",
    rf"{OFFICE_HI} {DAY} को सीटों से {day('due')} तक ((?P<evidence>हर एक की फ़ोटो के साथ|बिना फ़ोटो की) )?"
    rf"{NUMBER} प्रखंड (बैठक|बैठकें) माँगता है",
)
def asks(world: World, office: str, day: date, number: int, evidence: str | None, due: date) -> None:
    parameters = {"what": "प्रखंड बैठक", "times": number, "evidence": EVIDENCE.get(evidence or "", "optional")}
    title = {"en": "Block meetings", "hi": "प्रखंड बैठकें"}
    acting, fields = world.office(office), {"directive": DIRECTIVE, "kind": "action", "title": title}
    world.act(None, "directive issue", acting, day, **fields, parameters=parameters)
    where = {"level": "lok_sabha", "scope": world.unit("Jharkhand"), "due": due}
    world.act(None, "directive assign", acting, day, directive=DIRECTIVE, **where)


@step(
    rf"the convenor of {UNIT} {does('report')} a block meeting on {DAY}( with the photo {PHOTO})?",
    rf"{UNIT} के संयोजक {DAY} को( फ़ोटो {PHOTO} के साथ)? प्रखंड बैठक की सूचना {does_hi('दे')}",
)
def reports(world: World, unit: str, tries: str | None, day: date, photo: str | None) -> None:
    documents = {}
    if photo is not None:
        content = base64.b64encode(photo.encode()).decode()
        documents = {"evidence": {"name": photo, "base64": content}}
    world.work("action record", "block meeting", unit, day, tries=tries, text="दो शब्द", documents=documents)


@step(
    rf"{NUMBER} block meetings? (is|are) on record in {UNIT}",
    rf"{UNIT} में {NUMBER} प्रखंड (बैठक|बैठकें) दर्ज (है|हैं)",
    then,
)
def counted(world: World, number: int, unit: str) -> None:
    assert number_of(world.status("block meeting", unit=world.unit(unit)), "actions") == number
