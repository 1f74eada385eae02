"""Support to the alliance: strengthening steps, the partner briefed, joint activities, the partner's own word."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import ClassVar, Literal

from pydantic import Field, JsonValue

from directives.directive_kinds.kind import Kind, Lack, Work, asked_of
from directives.directive_kinds.listing import Listing, OnRecord, Row
from directives.domain.errors import InvalidInput, NotAskedFor, OutOfOrder
from directives.domain.event import Event, RecordedEvent
from directives.domain.task.commands import OwnAct
from directives.domain.task.decisions import require_own_act
from directives.domain.task.state import Order, TaskState
from directives.domain.values import Count, Line, Model, Slug, Text
from directives.i18n.message import Message

What = Literal["step", "briefing", "activity", "confirmation"]


class Parameters(Model):
    """What the issuing office sets: how much of each is asked for, and of which partners."""

    steps: Count = Field(default=1, description="Number of steps to strengthen the organisation.")
    briefings: Count = Field(default=1, description="Number of briefings of partners.")
    activities: Count = Field(default=1, description="Number of joint activities with partners.")
    confirmations: Count = Field(default=1, description="Number of confirmations by partners of what they gained.")
    partners: tuple[Slug, ...] = Field(
        default=(),
        description="The codes of the alliance partners. [default: any partner]",
        examples=[["partner-a", "partner-b"]],
    )


# Events. Names, versions and fields are the storage format.


class StrengtheningStepRecorded(Event):
    """The unit took a step to strengthen the organisation."""

    NAME: ClassVar[str] = "StrengtheningStepRecorded"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} recorded a step to strengthen the organisation: {text}",
        hi="{office} ने संगठन सशक्तिकरण का काम दर्ज किया: {text}",
    )
    text: Line


class PartnerBriefed(Event):
    """The alliance partner was briefed."""

    NAME: ClassVar[str] = "PartnerBriefed"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} briefed the partner {partner}: {text}", hi="{office} ने घटक दल {partner} को जानकारी दी: {text}"
    )
    partner: Slug
    text: Line


class JointActivityHeld(Event):
    """The unit and the partner held an activity together."""

    NAME: ClassVar[str] = "JointActivityHeld"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} held a joint activity with the partner {partner}: {text}",
        hi="{office} ने घटक दल {partner} के साथ संयुक्त कार्यक्रम किया: {text}",
    )
    partner: Slug
    text: Line


class BenefitConfirmed(Event):
    """The partner itself said what it gained; ``text`` is what it said."""

    NAME: ClassVar[str] = "BenefitConfirmed"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} recorded that the partner {partner} confirmed: {text}",
        hi="{office} ने घटक दल {partner} की पुष्टि दर्ज की: {text}",
    )
    partner: Slug
    text: Line


# Commands and decisions.


class RecordSupport(OwnAct):
    """Record a strengthening step, or a partner's briefing, joint activity or confirmation."""

    NOUN: ClassVar[str] = "alliance"
    ABOUT: ClassVar[str] = "Work for the alliance: steps, briefings, joint activities and confirmations."
    VERB: ClassVar[str] = "record"
    EXAMPLE: ClassVar[str] = 'alliance-support/JH-PC11 --what step --text "Joint committee"'
    what: What = Field(description="What it was.")
    text: Line = Field(description="What was done or said, in a few words.")
    partner: Slug | None = Field(default=None, description="The code of the alliance partner; a step has none.")


class KeptWork(Model):
    """What is kept of the work: how many of each, and who was briefed."""

    steps: int = 0
    briefings: int = 0
    activities: int = 0
    confirmations: int = 0
    briefed: tuple[str, ...] = ()


_PLURALS: Mapping[What, str] = {
    "step": "steps",
    "briefing": "briefings",
    "activity": "activities",
    "confirmation": "confirmations",
}


def decide(command: RecordSupport, state: TaskState, order: Order, at: datetime) -> tuple[Event, ...]:
    """Decide that the work is recorded.

    Raises:
        NotEntitled, OutOfOrder: see `require_own_act`; OutOfOrder too when a partner confirms who was never briefed.
        InvalidInput: a partner is missing, or named with a step.
        NotAskedFor: the directive names other partners.
    """
    require_own_act(command, order, at)
    if command.what == "step":
        if command.partner is not None:
            raise InvalidInput(
                "partner: a step has no partner: leave {partner} out, or record what it took part in",
                partner=command.partner,
            )
        return (StrengtheningStepRecorded(text=command.text),)
    partner = _partner(command, order)
    if command.what == "briefing":
        return (PartnerBriefed(partner=partner, text=command.text),)
    if command.what == "activity":
        return (JointActivityHeld(partner=partner, text=command.text),)
    if partner not in KeptWork.model_validate(state.work).briefed:
        raise OutOfOrder(
            "partner: {partner} was never briefed at {task}: record the briefing first",
            reason="partner-not-briefed",
            partner=partner,
            task=order.task,
        )
    return (BenefitConfirmed(partner=partner, text=command.text),)


def _partner(command: RecordSupport, order: Order) -> str:
    partners = asked_of(Parameters, order.parameters).partners
    if command.partner is None:
        raise InvalidInput(
            "partner: is missing: a {what} needs the alliance partner's code", what=Message(command.what)
        )
    if partners and command.partner not in partners:
        raise NotAskedFor(
            "partner: {partner} is not asked for: name one of {choices}",
            partner=command.partner,
            choices=", ".join(partners),
        )
    return command.partner


COUNTED = {
    "steps": Text(en="steps", hi="सशक्तिकरण के काम"),
    "briefings": Text(en="briefings", hi="जानकारी-बैठकें"),
    "activities": Text(en="activities", hi="संयुक्त गतिविधियाँ"),
    "confirmations": Text(en="confirmations", hi="पुष्टियाँ"),
}


def _partner_of(what: What, asked: Parameters, work: Work) -> dict[str, str]:
    """A partner with whom more of it can be recorded; a step has none."""
    briefed = KeptWork.model_validate(work).briefed if what == "confirmation" else ()
    known = (*briefed, *asked.partners, "PARTNER")
    return {} if what == "step" else {"partner": known[0]}


def lacking(work: Work, parameters: Mapping[str, JsonValue]) -> list[Lack]:
    """Of what fewer are on record than the directive asks for."""
    asked, have = asked_of(Parameters, parameters), counts(work, parameters)
    wanted: dict[What, int] = {what: getattr(asked, name) for what, name in _PLURALS.items()}
    return [
        Lack(
            name,
            have[name],
            wanted[what],
            Message(
                "{name}: {have} {have:is|are} on record: {wanted} {wanted:is|are} asked for",
                name=COUNTED[name],
                have=have[name],
                wanted=wanted[what],
            ),
            RecordSupport.deed(),
            {"what": what} | _partner_of(what, asked, work),
            "support-short",
        )
        for what, name in _PLURALS.items()
        if have[name] < wanted[what]
    ]


def evolve(work: Work, event: RecordedEvent) -> Work:
    """Keep how many there are of each, and who was briefed."""
    kept = KeptWork.model_validate(work)
    n = Counter(counts(work, {}))
    briefed = kept.briefed
    match event.data:
        case StrengtheningStepRecorded():
            n["steps"] += 1
        case PartnerBriefed(partner=partner):
            n["briefings"] += 1
            briefed = tuple(sorted({*briefed, partner}))
        case JointActivityHeld():
            n["activities"] += 1
        case BenefitConfirmed():
            n["confirmations"] += 1
        case _:
            return work
    return kept.model_copy(update={**n, "briefed": briefed}).model_dump(mode="json")


def counts(work: Work, _: Mapping[str, JsonValue]) -> dict[str, int]:
    """What is added up over the units: steps, briefings, joint activities and partners' confirmations."""
    return KeptWork.model_validate(work).model_dump(exclude={"briefed"})


def support_rows(record: OnRecord) -> Iterator[Row]:
    """The steps, briefings, joint activities and confirmations."""
    for event in record.events:
        told: Row = {}
        match event.data:
            case StrengtheningStepRecorded(text=text):
                told = {"what": "step", "text": text}
            case PartnerBriefed(partner=partner, text=text):
                told = {"what": "briefing", "partner": partner, "text": text}
            case JointActivityHeld(partner=partner, text=text):
                told = {"what": "activity", "partner": partner, "text": text}
            case BenefitConfirmed(partner=partner, text=text):
                told = {"what": "confirmation", "partner": partner, "text": text}
            case _:
                continue
        yield {"day": record.day(event), **told}


SUPPORT = Listing(
    title=Text(en="Support to the alliance", hi="गठबंधन को सहयोग"),
    columns={
        "day": Text(en="day", hi="दिन"),
        "what": Text(en="what", hi="क्या"),
        "partner": Text(en="partner", hi="घटक दल"),
        "text": Text(en="in a few words", hi="संक्षेप में"),
    },
    events=(StrengtheningStepRecorded, PartnerBriefed, JointActivityHeld, BenefitConfirmed),
    rows=support_rows,
    words={
        "what": {
            "step": Text(en="step", hi="सशक्तिकरण का काम"),
            "briefing": Text(en="briefing", hi="जानकारी देना"),
            "activity": Text(en="joint activity", hi="संयुक्त गतिविधि"),
            "confirmation": Text(en="confirmation", hi="पुष्टि"),
        }
    },
)

KIND = Kind(
    name="alliance_support",
    title=Text(en="support to the alliance", hi="गठबंधन को सहयोग"),
    parameters=Parameters,
    commands=(RecordSupport,),
    decide=decide,
    evolve=evolve,
    lacking=lacking,
    figures=counts,
    counts=counts,
    counted=COUNTED,
    about=Message("The unit strengthens its organisation, and works with alliance partners, who confirm the gain."),
    lists={RecordSupport.NOUN: SUPPORT},
)
