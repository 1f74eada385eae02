"""Speakers: identified, trained, sent to gatherings, stood down."""

from datetime import date

from pytest_bdd import then

from directives.acceptance.words import DAY, NUMBER, OFFICE_EN, OFFICE_HI, UNIT, WHY, does, does_hi, listed, step
from directives.acceptance.world import World, number_of

SPEAKERS = r"(?P<speakers>SP-\d+(( and | और )SP-\d+)*)"
SPEAKER = r"(?P<speaker>SP-\d+)"
COUNTED = ("identified", "trained", "deployed")


@step(
    rf"the convenor of {UNIT} identifies the speakers? {SPEAKERS} on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को वक्ता {SPEAKERS} की पहचान करते हैं",
)
def identifies(world: World, unit: str, speakers: str, day: date) -> None:
    for speaker in listed(speakers):
        world.work("speaker identify", "speakers", unit, day, speaker=speaker)


@step(
    rf"the convenor of {UNIT} {does('train')} the speakers? {SPEAKERS} on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को वक्ता {SPEAKERS} को प्रशिक्षण {does_hi('दे')}",
)
def trains(world: World, unit: str, tries: str | None, speakers: str, day: date) -> None:
    for speaker in listed(speakers):
        world.work("speaker train", "speakers", unit, day, tries=tries, speaker=speaker, subject="अभ्यास")


@step(
    rf"the convenor of {UNIT} {does('send')} the speaker {SPEAKER} to a (?P<level>.+) gathering on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को वक्ता {SPEAKER} को (?P<level>\S+) की सभा में {does_hi('भेज')}",
)
def deploys(world: World, unit: str, tries: str | None, speaker: str, level: str, day: date) -> None:
    fields = {"speaker": speaker, "level": world.level(level), "gathering": "हाट"}
    world.work("speaker deploy", "speakers", unit, day, tries=tries, **fields)


@step(
    rf"the convenor of {UNIT} stands the speaker {SPEAKER} down on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को वक्ता {SPEAKER} को हटाते हैं",
)
def stands_down(world: World, unit: str, speaker: str, day: date) -> None:
    world.work("speaker stand-down", "speakers", unit, day, speaker=speaker, reason="बाहर गए")


@step(
    rf"the speakers of {UNIT} are: {NUMBER} identified, (?P<trained>\d+) trained, (?P<deployed>\d+) sent to gatherings",
    rf"{UNIT} के वक्ता: पहचाने गए {NUMBER}, प्रशिक्षित (?P<trained>\d+), सभाओं में भेजे गए (?P<deployed>\d+)",
    then,
)
def speakers_counted(world: World, number: int, trained: int, deployed: int, unit: str) -> None:
    rows = world.rows("speakers", unit=world.unit(unit))
    counted = [sum(number_of(row, name) for row in rows) for name in COUNTED]
    assert counted == [number, trained, deployed]


@step(
    rf"{OFFICE_EN} amends the speakers directive on {DAY} to ask for {NUMBER} sessions because {WHY}",
    rf"{OFFICE_HI} {DAY} को वक्ता पहचान का निर्देश संशोधित कर {NUMBER} सत्र माँगता है, कारण: {WHY}",
)
def amends(world: World, office: str, day: date, number: int, reason: str) -> None:
    fields = {"directive": "speakers", "reason": reason, "parameters": {"sessions": number}}
    world.act(None, "directive amend", world.office(office), day, **fields)
