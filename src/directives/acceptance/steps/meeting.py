"""The record of the meeting: what was said, what follows from it, and who set what."""

from collections.abc import Sequence
from datetime import date

from pytest_bdd import then

from directives.acceptance.files import earlier_minutes
from directives.acceptance.questions import (
    DirectiveAnswer,
    DirectiveQuestion,
    DirectivesAnswer,
    DirectivesQuestion,
    MeetingAnswer,
    MeetingQuestion,
    StatementRow,
)
from directives.acceptance.subject import Nothing
from directives.acceptance.words import DAY, NUMBER, OFFICES, listed, step
from directives.acceptance.world import World
from directives.exchange.minutes import read_minutes

STATEMENT = r"(?P<no>S\d)"
VALUES = {
    "the period of the report": ("written-report", "parameters.period_from", "parameters.period_to"),
    "प्रतिवेदन की अवधि": ("written-report", "parameters.period_from", "parameters.period_to"),
    "the days of activity": ("social-groups", "parameters.window_from", "parameters.window_to"),
    "गतिविधि के दिन": ("social-groups", "parameters.window_from", "parameters.window_to"),
    "the share of days with activity": ("social-groups", "parameters.days_percent"),
    "गतिविधि वाले दिनों का प्रतिशत": ("social-groups", "parameters.days_percent"),
    "the grace of who joins later": ("social-groups", "grace_days"),
    "बाद में जुड़ने वालों की मोहलत": ("social-groups", "grace_days"),
    "the number of trained speakers": ("speakers", "parameters.trained"),
    "प्रशिक्षित वक्ताओं की संख्या": ("speakers", "parameters.trained"),
    "the number of the partner's confirmations": ("alliance-support", "parameters.confirmations"),
    "घटक दल की पुष्टियों की संख्या": ("alliance-support", "parameters.confirmations"),
    "the social-media platforms": ("social-groups", "parameters.platforms"),
    "सोशल मीडिया के मंच": ("social-groups", "parameters.platforms"),
    "the levels of gatherings": ("speakers", "parameters.gatherings"),
    "सभाओं के स्तर": ("speakers", "parameters.gatherings"),
}
DUE = ("the due date of each directive", "हर निर्देश की नियत तिथि")
HEADQUARTERS = OFFICES["state headquarters"]


@step(rf"the meeting of {DAY} is recorded", rf"{DAY} की बैठक दर्ज है")
def recorded(world: World, day: date) -> None:
    minutes = read_minutes()
    assert minutes.held_on == day
    world.record_meeting(minutes)


@step(rf"the meeting of {DAY} is recorded again", rf"{DAY} की बैठक फिर दर्ज की जाती है")
def recorded_again(world: World, day: date) -> None:
    minutes = read_minutes()
    assert minutes.held_on == day
    world.act(None, "meeting record", HEADQUARTERS, minutes=minutes.model_dump(mode="json"))


@step(
    "earlier minutes are recorded, which asked for the written report alone",
    "पहले का कार्यवृत्त दर्ज है, जिसमें केवल लिखित प्रतिवेदन माँगा गया था",
)
def earlier(world: World) -> None:
    world.record_meeting(earlier_minutes())


@step(
    rf"someone tries to record the same meeting with {DAY} as the due date of the written report",
    rf"वही बैठक लिखित प्रतिवेदन की नियत तिथि {DAY} रखकर फिर दर्ज करने की कोशिश होती है",
)
def tries_to_change(world: World, day: date) -> None:
    minutes = read_minutes().model_dump(mode="json")
    minutes["directives"][0]["assign"][0]["due"] = str(day)
    world.act("tries", "meeting record", HEADQUARTERS, minutes=minutes)


@step("that changes nothing", "उससे कुछ नहीं बदलता", then)
def changes_nothing(world: World) -> None:
    assert isinstance(world.outcome, Nothing), world.outcome


def said(world: World, no: str) -> StatementRow:
    statements = world.ask(MeetingQuestion(), MeetingAnswer).statements
    (statement,) = [each for each in statements if each.no == no]
    return statement


def directives_of(world: World) -> Sequence[str]:
    return world.ask(DirectivesQuestion(), DirectivesAnswer).directives


def directive_of(world: World, directive: str) -> DirectiveAnswer:
    return world.ask(DirectiveQuestion(directive=directive), DirectiveAnswer)


@step(rf"{STATEMENT} is shown as a goal", rf"{STATEMENT} लक्ष्य के रूप में दिखता है", then)
def shown_as_goal(world: World, no: str) -> None:
    assert said(world, no).asks_for == "goal"


@step(rf'{STATEMENT} says "(?P<words>.+)"', rf'{STATEMENT} में लिखा है "(?P<words>.+)"', then)
def says(world: World, no: str, words: str) -> None:
    assert words in said(world, no).text[world.lang]


@step(
    r'the history of the meeting tells the sentence "(?P<words>.+)"',
    r'बैठक के इतिहास का एक वाक्य है "(?P<words>.+)"',
    then,
)
def history_tells(world: World, words: str) -> None:
    world.tells(read_minutes().id, words)


@step(rf"no directive follows from {STATEMENT}", rf"{STATEMENT} से कोई निर्देश नहीं निकलता", then)
def nothing_follows(world: World, no: str) -> None:
    assert said(world, no).directives == ()
    assert not [each for each in directives_of(world) if no in directive_of(world, each).statements]


@step(
    r"one directive follows from each of (?P<numbers>S\d(, S\d)*)",
    r"(?P<numbers>S\d(, S\d)*) में हर एक से एक निर्देश निकलता है",
    then,
)
def each_is_followed(world: World, numbers: str) -> None:
    assert [len(said(world, no).directives) for no in listed(numbers)] == [1] * len(listed(numbers))


@step(rf"{NUMBER} directives? (is|are) issued in all", rf"कुल {NUMBER} निर्देश जारी (है|हैं)", then)
def issued_in_all(world: World, number: int) -> None:
    assert len(directives_of(world)) == number


def marked(world: World, value: str) -> bool:
    """Whether the record says of all of ``value`` that the issuing office set it."""
    if value in DUE:
        return all("due" in directive_of(world, each).set_by_issuing_office for each in directives_of(world))
    directive, *names = VALUES[value]
    return {*names} <= {*directive_of(world, directive).set_by_issuing_office}


@step(
    "the issuing office, not the meeting, set:",
    "ये बातें बैठक ने नहीं, निर्देश जारी करने वाले कार्यालय ने तय कीं:",
    then,
)
def set_by_office(world: World, datatable: Sequence[Sequence[str]]) -> None:
    assert [value for (value,) in datatable if not marked(world, value)] == []


@step("the meeting itself named:", "ये बातें बैठक ने स्वयं कहीं:", then)
def named_by_meeting(world: World, datatable: Sequence[Sequence[str]]) -> None:
    assert [value for (value,) in datatable if marked(world, value)] == []
