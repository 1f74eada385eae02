"""An action: something that a unit does, once or several times, as a meeting that it holds, with a file to show it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import Field, JsonValue

from directives.directive_kinds.kind import Kind, Lack, Work, asked_of
from directives.directive_kinds.listing import Listing, OnRecord, Row
from directives.domain.document import Document
from directives.domain.errors import AlreadyRecorded, NotAskedFor, NotFulfilled
from directives.domain.event import Event, RecordedEvent
from directives.domain.task.commands import OwnAct
from directives.domain.task.decisions import require_own_act
from directives.domain.task.state import Order, TaskState
from directives.domain.values import Count, Line, Model, Text
from directives.i18n.message import Message


class Parameters(Model):
    """What the issuing office sets: what is asked for, how often, and whether a file shows it each time."""

    what: Line = Field(description="What is asked for, in one line.", examples=["Hold a block meeting"])
    times: Annotated[Count, Field(ge=1)] = Field(default=1, description="Number of times.")
    evidence: Literal["none", "optional", "required"] = Field(
        default="optional", description="Whether a file, such as a photo, is required each time."
    )


class ActionRecorded(Event):
    """The unit did what was asked for, once more; the document shows it."""

    NAME: ClassVar[str] = "ActionRecorded"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} recorded action {action}: {text}", hi="{office} ने कार्रवाई {action} दर्ज की: {text}"
    )
    action: int
    text: Line
    document: Document | None


class RecordAction(OwnAct):
    """Record that the unit did what is asked for, once."""

    NOUN: ClassVar[str] = "action"
    ABOUT: ClassVar[str] = "What was done for directives that ask for an action a number of times."
    VERB: ClassVar[str] = "record"
    EXAMPLE: ClassVar[str] = 'booth-list/JH-PC11 --text "List of 40 booths"'
    text: Line = Field(description="What was done, in a few words.")
    evidence: Document | None = Field(default=None, description="A file that shows it, such as a photo.")


class KeptWork(Model):
    """What is kept of the work: how many actions there are, the last number that was given, the digests of files."""

    actions: int = 0
    numbered: int = 0
    digests: tuple[str, ...] = ()


def decide(command: RecordAction, state: TaskState, order: Order, at: datetime) -> tuple[Event, ...]:
    """Decide that the action is recorded.

    Raises:
        NotEntitled, OutOfOrder: see `require_own_act`.
        NotFulfilled: the directive asks for a file with each action, and none is given.
        NotAskedFor: a file is given, and the directive asks for none.
        AlreadyRecorded: the file was handed in with an earlier action of the task.
    """
    require_own_act(command, order, at)
    kept = KeptWork.model_validate(state.work)
    _require_evidence(command.evidence, kept, order)
    return (ActionRecorded(action=kept.numbered + 1, text=command.text, document=command.evidence),)


def _require_evidence(document: Document | None, kept: KeptWork, order: Order) -> None:
    asked = asked_of(Parameters, order.parameters).evidence
    if document is None:
        if asked == "required":
            raise NotFulfilled(
                "evidence: is missing: submit a file with each action of {task}",
                reason="evidence-missing",
                task=order.task,
            )
    elif asked == "none":
        raise NotAskedFor(
            "evidence: no file is asked for: record the action of {task} without one",
            reason="evidence-not-asked",
            task=order.task,
        )
    elif document.digest in kept.digests:
        raise AlreadyRecorded(
            "evidence: {digest} was submitted for {task} before: submit another file",
            reason="same-document",
            digest=document.digest,
            task=order.task,
        )


COUNTED = {"actions": Text(en="actions", hi="कार्रवाइयाँ")}


def lacking(work: Work, parameters: Mapping[str, JsonValue]) -> list[Lack]:
    """How many more times the unit has to do what is asked for."""
    asked = asked_of(Parameters, parameters)
    have, wanted = counts(work, parameters)["actions"], asked.times
    if have >= wanted:
        return []
    message = Message("actions: {have} of {wanted} {have:is|are} on record", have=have, wanted=wanted)
    fields = {"evidence": "FILE"} if asked.evidence == "required" else {}
    return [Lack("actions", have, wanted, message, RecordAction.deed(), fields, "actions-short")]


def evolve(work: Work, event: RecordedEvent) -> Work:
    """Keep how many actions there are, and the digests of their files."""
    match event.data:
        case ActionRecorded(action=action, document=document):
            kept = KeptWork.model_validate(work)
            new = () if document is None else (document.digest,)
            after = KeptWork(actions=kept.actions + 1, numbered=action, digests=(*kept.digests, *new))
            return after.model_dump(mode="json")
        case _:
            return work


def numbered(work: Work, event: RecordedEvent) -> Work:
    """Keep that the number of an action was given, which was taken back."""
    match event.data:
        case ActionRecorded(action=action):
            return KeptWork.model_validate(work).model_copy(update={"numbered": action}).model_dump(mode="json")
        case _:
            return work


def counts(work: Work, _: Mapping[str, JsonValue]) -> dict[str, int]:
    """What is added up over the units: actions."""
    return {"actions": KeptWork.model_validate(work).actions}


def action_rows(record: OnRecord) -> Iterator[Row]:
    """The actions."""
    for day, action in record.each(ActionRecorded):
        file = action.document
        shown = {} if file is None else {"file": file.name or file.media_type, "digest": file.digest}
        yield {"action": action.action, "day": day, "text": action.text, **shown}


ACTIONS = Listing(
    title=Text(en="Actions", hi="कार्रवाइयाँ"),
    columns={
        "action": Text(en="action", hi="कार्रवाई"),
        "day": Text(en="day", hi="दिन"),
        "text": Text(en="what was done", hi="क्या किया गया"),
        "file": Text(en="file", hi="फ़ाइल"),
        "digest": Text(en="digest", hi="डाइजेस्ट"),
    },
    events=(ActionRecorded,),
    rows=action_rows,
    hidden=("digest",),
)

KIND = Kind(
    name="action",
    title=Text(en="action", hi="कार्य"),
    parameters=Parameters,
    commands=(RecordAction,),
    decide=decide,
    evolve=evolve,
    numbered=numbered,
    lacking=lacking,
    figures=counts,
    counts=counts,
    counted=COUNTED,
    about=Message("The unit does what is asked for, once or several times, and may prove it with a file."),
    lists={RecordAction.NOUN: ACTIONS},
)
