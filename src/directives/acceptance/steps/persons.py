"""Persons: recorded and erased."""

from datetime import date

from pytest_bdd import given, then, when

from directives.acceptance.questions import PersonAnswer, PersonQuestion
from directives.acceptance.words import DAY, OFFICE_EN, OFFICE_HI, UNIT, WHY, does, step
from directives.acceptance.world import World

SPEAKER = r"(?P<speaker>SP-\d+)"
NAME = r'"(?P<name>[^"]+)"'
PHONE = r"(?P<phone>[\d ]+)"


def standing(world: World, unit: str, speaker: str) -> tuple[str, str | None, str | None]:
    """How the person stands, and what is told of them."""
    found = world.ask(PersonQuestion(person=f"{world.unit(unit)}/{speaker}"), PersonAnswer)
    return found.state, found.name, found.phone


@step(
    rf"the convenor of {UNIT} identifies the speaker {SPEAKER} as {NAME}, number {PHONE}, on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को वक्ता {SPEAKER} की पहचान {NAME} के रूप में करते हैं, नंबर {PHONE}",
    given,
    when,
)
def records(world: World, unit: str, speaker: str, name: str, phone: str, day: date) -> None:
    world.work("speaker identify", "speakers", unit, day, speaker=speaker, name=name, phone=phone)


@step(
    rf"{OFFICE_EN} {does('erase')} the data of the speaker {SPEAKER} of {UNIT} on {DAY} because {WHY}",
    rf"{OFFICE_HI} {DAY} को {UNIT} के वक्ता {SPEAKER} का डेटा (मिटाता है|(?P<tries>मिटाने की कोशिश) करते हैं), कारण: {WHY}",
)
def erases(world: World, office: str, tries: str | None, speaker: str, unit: str, day: date, reason: str) -> None:
    fields = {"person": f"{world.unit(unit)}/{speaker}", "reason": reason}
    world.act(tries, "person forget", world.office(office), day, **fields)


@step(
    rf"the speaker {SPEAKER} of {UNIT} is {NAME}, number (?P<phone>\d+)",
    rf"{UNIT} का वक्ता {SPEAKER} {NAME} है, नंबर (?P<phone>\d+)",
    then,
)
def is_known(world: World, speaker: str, unit: str, name: str, phone: str) -> None:
    assert standing(world, unit, speaker) == ("known", name, phone)


@step(
    rf"the data of the speaker {SPEAKER} of {UNIT} are erased",
    rf"{UNIT} के वक्ता {SPEAKER} का डेटा मिटाया जा चुका है",
    then,
)
def is_erased(world: World, speaker: str, unit: str) -> None:
    assert standing(world, unit, speaker) == ("erased", None, None)
