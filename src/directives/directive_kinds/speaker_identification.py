"""Speakers: workers who speak well are identified, trained, and carry the message at block and panchayat gatherings.

A speaker is named by a code of the unit's own. Who that is, by name and telephone number, is sealed under a key of
that person's own (`directives.domain.person`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from pydantic import Field, JsonValue, SecretStr

from directives.directive_kinds.kind import Kind, Lack, Work, asked_of
from directives.directive_kinds.listing import Listing, OnRecord, Row, Value
from directives.domain.errors import AlreadyRecorded, NotAskedFor, OutOfOrder, UnknownEntry
from directives.domain.event import Event, RecordedEvent
from directives.domain.personal import Personal, PersonName, Phone, Unsealed, person_of
from directives.domain.task.commands import OwnAct
from directives.domain.task.decisions import require_own_act
from directives.domain.task.state import Order, TaskState
from directives.domain.values import Code, Count, Line, Model, Slug, Text
from directives.i18n.message import Message


class Parameters(Model):
    """What the issuing office sets: how many speakers of a unit must be trained and deployed."""

    trained: Count = Field(description="Number of speakers trained.")
    deployed: Count = Field(description="Number of speakers deployed at a gathering.")
    sessions: Count = Field(
        default=1, description="Number of sessions that train a speaker, who is deployed only after them; 0 means none."
    )
    gatherings: tuple[Slug, ...] = Field(
        default=(),
        description="The levels whose gatherings count for deployment. [default: all levels]",
        examples=[["block", "panchayat"]],
    )


# Events. Names, versions and fields are the storage format.


_IDENTIFIED = Text(en="{office} identified the speaker {speaker}", hi="{office} ने वक्ता {speaker} की पहचान की")


class SpeakerIdentified(Event):
    """A worker of the unit speaks well; name and telephone number are sealed."""

    NAME: ClassVar[str] = "SpeakerIdentified"
    VERSION: ClassVar[int] = 2
    SENTENCE: ClassVar[Text] = _IDENTIFIED
    speaker: Code
    name: Personal | None
    phone: Personal | None


class SpeakerIdentifiedV1(Event):
    """As `SpeakerIdentified`, before a name and a number could be given."""

    NAME: ClassVar[str] = "SpeakerIdentified"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = _IDENTIFIED
    speaker: Code

    def upcast(self) -> SpeakerIdentified:
        """With neither."""
        return SpeakerIdentified(speaker=self.speaker, name=None, phone=None)


class SpeakerTrained(Event):
    """A training session was held for the speaker."""

    NAME: ClassVar[str] = "SpeakerTrained"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} held session {session} with the speaker {speaker}: {subject}",
        hi="{office} ने वक्ता {speaker} का प्रशिक्षण सत्र {session} किया: {subject}",
    )
    speaker: Code
    session: int
    subject: Line


class SpeakerDeployed(Event):
    """The speaker addressed a gathering of that level."""

    NAME: ClassVar[str] = "SpeakerDeployed"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} deployed the speaker {speaker} at a {level} gathering: {gathering}",
        hi="{office} ने वक्ता {speaker} को {level} की सभा में तैनात किया: {gathering}",
    )
    speaker: Code
    level: Slug
    gathering: Line


class SpeakerStoodDown(Event):
    """The speaker counts no longer; the record stays."""

    NAME: ClassVar[str] = "SpeakerStoodDown"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} stood the speaker {speaker} down: {reason}", hi="{office} ने वक्ता {speaker} को हटाया: {reason}"
    )
    speaker: Code
    reason: Line


# Commands and decisions.


class IdentifySpeaker(OwnAct):
    """Register a speaker; a stood-down speaker is reinstated with their record."""

    NOUN: ClassVar[str] = "speaker"
    ABOUT: ClassVar[str] = "Speakers: identify, train, deploy and stand them down."
    VERB: ClassVar[str] = "identify"
    EXAMPLE: ClassVar[str] = "speakers/JH-AC60 --speaker SP-01"
    speaker: Code = Field(description="The unit's own code for the speaker, never a name: SP-01.")
    name: PersonName | None = Field(default=None, description="The speaker's name; it is stored sealed.")
    phone: Phone | None = Field(default=None, description="The speaker's telephone number; it is stored sealed.")


class TrainSpeaker(OwnAct):
    """Record a training session of a speaker."""

    NOUN: ClassVar[str] = "speaker"
    VERB: ClassVar[str] = "train"
    EXAMPLE: ClassVar[str] = 'speakers/JH-AC60 --speaker SP-01 --subject "Booth work"'
    speaker: Code = Field(description="The speaker's code: SP-01.")
    subject: Line = Field(description="The subject of the session.")


class DeploySpeaker(OwnAct):
    """Record that a speaker addressed a gathering."""

    NOUN: ClassVar[str] = "speaker"
    VERB: ClassVar[str] = "deploy"
    EXAMPLE: ClassVar[str] = "speakers/JH-AC60 --speaker SP-01 --gathering Torpa"
    speaker: Code = Field(description="The speaker's code: SP-01.")
    gathering: Line = Field(description="The name of the gathering.")
    level: Slug | None = Field(
        default=None, description="The level of the gathering: block, panchayat. [default: that of the unit]"
    )


class StandSpeakerDown(OwnAct):
    """Stand a speaker down: the speaker no longer counts."""

    NOUN: ClassVar[str] = "speaker"
    VERB: ClassVar[str] = "stand-down"
    EXAMPLE: ClassVar[str] = 'speakers/JH-AC60 --speaker SP-01 --reason "moved away"'
    speaker: Code = Field(description="The speaker's code: SP-01.")
    reason: Line = Field(description="Why.")


class Speaker(Model):
    """What is on record about a speaker."""

    sessions: int = 0
    deployed: int = 0
    stood_down: bool = False


class KeptWork(Model):
    """What is kept of the work: the speakers, those who were stood down too.

    ``numbered`` has the last number that was given to a session by the speaker's code, also of one who is not on record
    any more.
    """

    speakers: dict[str, Speaker] = Field(default_factory=dict)
    numbered: dict[str, int] = Field(default_factory=dict)

    def counted(self, sessions: int) -> dict[str, int]:
        """How many speakers are identified, trained by so many sessions, and deployed."""
        active = [speaker for speaker in self.speakers.values() if not speaker.stood_down]
        return {
            "identified": len(active),
            "trained": sum(speaker.sessions >= sessions for speaker in active),
            "deployed": sum(speaker.deployed > 0 for speaker in active),
        }


Deed = IdentifySpeaker | TrainSpeaker | DeploySpeaker | StandSpeakerDown


def decide(command: Deed, state: TaskState, order: Order, at: datetime) -> tuple[Event, ...]:
    """Decide that the work is recorded.

    Raises:
        NotEntitled, OutOfOrder: see `require_own_act`; OutOfOrder too when deployed before trained.
        AlreadyRecorded: the unit identified a speaker of that code.
        UnknownEntry: it did not, or stood the speaker down.
        NotAskedFor: a gathering of a level that the directive does not ask for.
    """
    require_own_act(command, order, at)
    kept, code = KeptWork.model_validate(state.work), command.speaker
    match command:
        case IdentifySpeaker():
            known = kept.speakers.get(code)
            if known is not None and not known.stood_down:
                raise AlreadyRecorded(
                    "speaker: {code} is on record at {task}: give this one another code", code=code, task=order.task
                )
            return (_identified(command, order),)
        case TrainSpeaker(subject=subject):
            _speaker(kept, code, order)
            session = kept.numbered.get(code, 0) + 1
            return (SpeakerTrained(speaker=code, session=session, subject=subject),)
        case DeploySpeaker():
            return (_deployed(command, _speaker(kept, code, order), order),)
        case StandSpeakerDown(reason=reason):
            _speaker(kept, code, order)
            return (SpeakerStoodDown(speaker=code, reason=reason),)


def _identified(command: IdentifySpeaker, order: Order) -> SpeakerIdentified:
    person = person_of(order.lineage[-1], command.speaker)

    def unsealed(text: SecretStr | None) -> Unsealed | None:
        return None if text is None else Unsealed(person=person, text=text)

    return SpeakerIdentified(speaker=command.speaker, name=unsealed(command.name), phone=unsealed(command.phone))


def _speaker(kept: KeptWork, code: str, order: Order) -> Speaker:
    speaker = kept.speakers.get(code)
    if speaker is None or speaker.stood_down:
        what = Message("is not on record") if speaker is None else Message("was stood down")
        raise UnknownEntry(
            "speaker: {code} {what} at {task}: identify the speaker first",
            reason="speaker-unknown",
            code=code,
            what=what,
            task=order.task,
        )
    return speaker


def _deployed(command: DeploySpeaker, speaker: Speaker, order: Order) -> SpeakerDeployed:
    asked, level = asked_of(Parameters, order.parameters), command.level or order.level
    if asked.gatherings and level not in asked.gatherings:
        raise NotAskedFor(
            "level: a {level} gathering is not asked for: name one of {choices}",
            reason="gathering-not-asked",
            level=level,
            choices=", ".join(asked.gatherings),
        )
    if speaker.sessions < asked.sessions:
        raise OutOfOrder(
            "speaker: {speaker} has had {sessions} {sessions:training session|training sessions}, "
            "{wanted} {wanted:is|are} asked for: train before deploying",
            reason="untrained",
            speaker=command.speaker,
            sessions=speaker.sessions,
            wanted=asked.sessions,
        )
    return SpeakerDeployed(speaker=command.speaker, level=level, gathering=command.gathering)


COUNTED = {
    "identified": Text(en="identified", hi="पहचाने गए"),
    "trained": Text(en="trained", hi="प्रशिक्षित"),
    "deployed": Text(en="deployed", hi="तैनात"),
}


def lacking(work: Work, parameters: Mapping[str, JsonValue]) -> list[Lack]:
    """How many speakers have still to be trained, and to be deployed."""
    asked, have = asked_of(Parameters, parameters), counts(work, parameters)
    wanted = {"trained": (asked.trained, TrainSpeaker), "deployed": (asked.deployed, DeploySpeaker)}
    return [
        Lack(
            name,
            have[name],
            number,
            Message(
                "speakers: {have} {have:is|are} {name}: {wanted} {wanted:is|are} asked for",
                have=have[name],
                name=COUNTED[name],
                wanted=number,
            ),
            (command if have["identified"] >= number else IdentifySpeaker).deed(),
            reason="speakers-short",
        )
        for name, (number, command) in wanted.items()
        if have[name] < number
    ]


def evolve(work: Work, event: RecordedEvent) -> Work:
    """Keep the speakers, with how often each was trained and deployed."""
    if isinstance(event.data, SpeakerTrained):
        work = numbered(work, event)
    kept = KeptWork.model_validate(work)
    speakers, change = kept.speakers, dict[str, Any]()
    match event.data:
        case SpeakerIdentified(speaker=code):
            change = {"stood_down": False}
        case SpeakerTrained(speaker=code) if code in speakers:
            change = {"sessions": speakers[code].sessions + 1}
        case SpeakerDeployed(speaker=code) if code in speakers:
            change = {"deployed": speakers[code].deployed + 1}
        case SpeakerStoodDown(speaker=code) if code in speakers:
            change = {"stood_down": True}
        case _:
            return work
    after = speakers.get(code, Speaker()).model_copy(update=change)
    return kept.model_copy(update={"speakers": {**speakers, code: after}}).model_dump(mode="json")


def numbered(work: Work, event: RecordedEvent) -> Work:
    """Keep that the number of a session was given, which was taken back."""
    match event.data:
        case SpeakerTrained(speaker=code, session=session):
            kept = KeptWork.model_validate(work)
            given = {**kept.numbered, code: session}
            return kept.model_copy(update={"numbered": given}).model_dump(mode="json")
        case _:
            return work


def counts(work: Work, parameters: Mapping[str, JsonValue]) -> dict[str, int]:
    """What is added up over the units: speakers identified, trained by the sessions asked for, and deployed."""
    return KeptWork.model_validate(work).counted(asked_of(Parameters, parameters).sessions)


def speaker_rows(record: OnRecord) -> Iterable[Row]:
    """The speakers by their codes, those who were stood down too; name and telephone number stay sealed."""
    speakers = dict[str, dict[str, Value]]()
    sessions, deployed = Counter[str](), Counter[str]()
    for event in record.events:
        match event.data:
            case SpeakerIdentified(speaker=code):
                known = speakers.setdefault(code, {"speaker": code, "identified": record.day(event)})
                known["stood_down"] = False
            case SpeakerTrained(speaker=code) if code in speakers:
                sessions[code] += 1
            case SpeakerDeployed(speaker=code) if code in speakers:
                deployed[code] += 1
            case SpeakerStoodDown(speaker=code) if code in speakers:
                speakers[code]["stood_down"] = True
            case _:
                pass
    return [{**row, "sessions": sessions[code], "deployed": deployed[code]} for code, row in speakers.items()]


SPEAKERS = Listing(
    title=Text(en="Speakers", hi="वक्ता"),
    columns={
        "speaker": Text(en="speaker", hi="वक्ता"),
        "identified": Text(en="identified", hi="पहचान का दिन"),
        "sessions": Text(en="training sessions", hi="प्रशिक्षण सत्र"),
        "deployed": Text(en="times deployed", hi="तैनाती (बार)"),
        "stood_down": Text(en="stood down", hi="हटाए गए"),
    },
    events=(SpeakerIdentified, SpeakerTrained, SpeakerDeployed, SpeakerStoodDown),
    rows=speaker_rows,
    marks=("stood_down",),
)

KIND = Kind(
    name="speaker_identification",
    title=Text(en="finding and training speakers", hi="वक्ताओं की पहचान और प्रशिक्षण"),
    parameters=Parameters,
    commands=(IdentifySpeaker, TrainSpeaker, DeploySpeaker, StandSpeakerDown),
    decide=decide,
    evolve=evolve,
    numbered=numbered,
    lacking=lacking,
    figures=counts,
    counts=counts,
    counted=COUNTED,
    about=Message("The unit finds workers who speak well, trains them, and deploys them at gatherings."),
    lists={IdentifySpeaker.NOUN: SPEAKERS},
)
