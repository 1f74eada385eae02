"""Support to the alliance: steps, briefings, joint activities, confirmations."""

import re
from collections.abc import Sequence
from datetime import date

from pytest_bdd import then

from directives.acceptance.words import DAY, NUMBER, TASK_EN, TASK_HI, UNIT, as_day, does, does_hi, step
from directives.acceptance.world import World, number_of

PARTNERS = {"partner A": "partner-a", "partner B": "partner-b", "घटक दल क": "partner-a", "घटक दल ख": "partner-b"}
PARTNER = f"(?P<partner>{'|'.join(PARTNERS)})"
RECORDED = {
    "step": ("a step", "संगठन का एक काम"),
    "briefing": (f"the briefing of {PARTNER}", f"{PARTNER} को दी गई जानकारी"),
    "activity": (f"a joint activity with {PARTNER}", f"{PARTNER} के साथ संयुक्त कार्यक्रम"),
    "confirmation": (f"the confirmation of {PARTNER}", f"{PARTNER} की पुष्टि"),
}


def fields_of(words: str) -> dict[str, str]:
    """What is recorded, and of which partner."""
    for what, patterns in RECORDED.items():
        for found in (re.fullmatch(pattern, words) for pattern in patterns):
            if found:
                return {"what": what} | {name: PARTNERS[value] for name, value in found.groupdict().items()}
    raise ValueError(words)


@step(
    rf"the convenor of {UNIT} {does('record')} (?P<what>.+) on {DAY}",
    rf"{UNIT} के संयोजक {DAY} को (?P<what>.+) दर्ज {does_hi('कर')}",
)
def records(world: World, unit: str, tries: str | None, what: str, day: date | None) -> None:
    world.work("alliance record", "alliance support", unit, day, tries=tries, text="दो शब्द", **fields_of(what))


@step(rf"the convenor of {UNIT} records:", rf"{UNIT} के संयोजक यह सब दर्ज करते हैं:")
def records_all(world: World, unit: str, datatable: Sequence[Sequence[str]]) -> None:
    for day, what in datatable:
        records(world, unit, None, what, as_day(day))


@step(
    rf"{NUMBER} step to strengthen the organisation is on record in {UNIT}",
    rf"{UNIT} में संगठन सशक्तिकरण का {NUMBER} काम दर्ज है",
    then,
)
def steps_counted(world: World, number: int, unit: str) -> None:
    recorded = [entry.event for entry in world.history(world.task("alliance support", unit))]
    assert recorded.count("StrengtheningStepRecorded") == number


@step(
    rf"the history of {TASK_EN} tells of the step to strengthen the organisation",
    rf"{TASK_HI} के इतिहास में संगठन सशक्तिकरण का काम है",
    then,
)
def step_in_history(world: World, kind: str | None, report: str | None, unit: str) -> None:
    recorded = [entry.event for entry in world.history(world.task(kind or report or "", unit))]
    assert "StrengtheningStepRecorded" in recorded


@step(
    rf"{NUMBER} steps, (?P<briefings>\d+) briefings, (?P<activities>\d+) joint activity and "
    rf"(?P<confirmations>\d+) confirmation are on record in {UNIT}",
    rf"{UNIT} में संगठन के कुल {NUMBER} काम, (?P<briefings>\d+) जानकारियाँ, (?P<activities>\d+) संयुक्त कार्यक्रम और "
    r"(?P<confirmations>\d+) पुष्टि दर्ज हैं",
    then,
)
def counted(world: World, number: int, briefings: int, activities: int, confirmations: int, unit: str) -> None:
    expected = {"steps": number, "briefings": briefings, "activities": activities, "confirmations": confirmations}
    row = world.status("alliance support", unit=world.unit(unit))
    assert {name: number_of(row, name) for name in expected} == expected
