"""Tasks: the life cycle that all kinds share, and the work of each kind."""

from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from directives.directive_kinds.kind import Kind
from directives.directive_kinds.registry import kind_that_records
from directives.domain.command import CLOCKS_DIFFER
from directives.domain.directive.requirements import require_in_force, require_open
from directives.domain.directive.state import DirectiveState, due_of, moment_of_issue, owed
from directives.domain.errors import DirectivesError, KindUnusable, UnknownUnit
from directives.domain.event import Event, RecordedEvent
from directives.domain.person import PERSON, may_hold_personal, personal_in, require_remembered
from directives.domain.personal import kind_of_person, person_of, unit_of_person
from directives.domain.task import decisions, taking_back
from directives.domain.task.commands import (
    UNDOING,
    AcknowledgeTask,
    ExtendTask,
    OwnAct,
    ReassignTask,
    RecallTask,
    ReopenTask,
    RescheduleTask,
    ReturnTask,
    StrikeEvent,
    SubmitTask,
    TakeBackTask,
    TaskCommand,
    VerifyTask,
    WaiveTask,
)
from directives.domain.task.events import Reopened, Submitted, TakenBack
from directives.domain.task.state import TASK, Order, TaskState, split_task
from directives.domain.values import day_of, start_of
from directives.handlers.registry import handles
from directives.handlers.settlement import settle_assignment
from directives.handlers.unit_of_work import UnitOfWork
from directives.i18n.message import Message, tripped_over
from directives.projections.change import fold
from directives.projections.read_models import ReadModels
from directives.projections.units import UnitRow
from directives.store.keys import key_missing


class Case(NamedTuple):
    """What a decision about a task looks at; ``events`` reads all of the task."""

    state: TaskState
    order: Order
    at: datetime
    directive: DirectiveState
    kind: Kind
    models: ReadModels
    unit: UnitRow

    def events(self) -> Sequence[RecordedEvent]:
        """All events of the task."""
        return self.models.past(TASK.stream(self.directive.id, self.unit.code))


Decision = Callable[[Any, Case], tuple[Event, ...]]


def _plain(decide: Callable[[Any, TaskState, Order, datetime], tuple[Event, ...]]) -> Decision:
    """A decision that needs the task alone."""
    return lambda command, case: decide(command, case.state, case.order, case.at)


def _submit(command: SubmitTask, case: Case) -> tuple[Event, ...]:
    return case.kind.submission(command, case.state, case.order, case.at)


def _reassign(command: ReassignTask, case: Case) -> tuple[Event, ...]:
    assignee = case.models.units.live(command.unit).lineage
    return decisions.reassign(command, case.state, case.order, case.at, assignee)


def _reschedule(command: RescheduleTask, case: Case) -> tuple[Event, ...]:
    assignment = case.models.tasks.owed(case.directive, case.unit)
    level_due = due_of(case.directive, assignment, case.unit.came, case.unit.came_on, None)
    return taking_back.reschedule(command, case.state, case.order, case.at, level_due)


def _undo(
    decide: Callable[[Any, Sequence[RecordedEvent], TaskState, Order, datetime], tuple[Event, ...]],
) -> Decision:
    """A decision that needs all events of the task."""
    return lambda command, case: decide(command, case.events(), case.state, case.order, case.at)


@contextmanager
def _told_of_kind(kind: Kind, task: str) -> Generator[None]:
    """Refuse what a kind trips over that does not take events of which one is missing, and name the kind."""
    try:
        yield
    except DirectivesError:
        raise
    except Exception as error:
        raise KindUnusable(
            "kind: {kind} cannot tell the state of {task} without that entry ({said}): fix or remove its distribution",
            kind=kind.name,
            task=task,
            said=tripped_over(error),
        ) from error


def _judged(decide: Callable[..., tuple[Event, ...]]) -> Decision:
    """A decision that needs all events of the task, and judges a submission again."""
    return lambda command, case: decide(
        command, case.events(), case.state, case.order, case.at, partial(_lacking, case)
    )


def _lacking(case: Case, events: Sequence[RecordedEvent]) -> list[Message]:
    """What the submission that holds by ``events`` lacks, by the terms that held when it was made.

    Nothing where none holds, nor where a command of the kind submits, and so the work with it.
    """
    directive, kind, zone = case.directive, case.kind, case.order.zone
    submissions = [event for event in events if isinstance(event.data, Submitted)]
    if kind.figures is None or not submissions:
        return []
    with _told_of_kind(kind, case.order.task):
        state = fold(directive, kind, events, zone)
        if (state.waived_from if state.stage == "waived" else state.stage) not in ("submitted", "verified"):
            return []
        last = submissions[-1].position
        work = fold(directive, kind, [event for event in events if event.position < last], zone).work
    return [lack.message for lack in kind.lacking(work, directive.terms_of(directive.revision_at(last)))]


def _work(command: TaskCommand, case: Case) -> tuple[Event, ...]:
    require_open(case.directive)
    return case.kind.work(command, case.state, case.order, case.at)


LIFE_CYCLE: Mapping[type[TaskCommand], Decision] = {
    AcknowledgeTask: _plain(decisions.acknowledge),
    SubmitTask: _submit,
    ReturnTask: _plain(decisions.give_back),
    VerifyTask: _plain(decisions.verify),
    WaiveTask: _plain(decisions.waive),
    ExtendTask: _plain(decisions.extend),
    ReassignTask: _reassign,
    ReopenTask: _plain(decisions.reopen),
    RescheduleTask: _reschedule,
    TakeBackTask: _judged(taking_back.take_back),
    RecallTask: _undo(taking_back.recall),
    StrikeEvent: _judged(taking_back.strike),
}
"""The decision that each command of the life cycle goes to; all others are the work of a kind."""


@handles(TaskCommand)
def act(command: TaskCommand, uow: UnitOfWork) -> None:
    """Act on a task; where that closes or reopens it, its level is settled."""
    models = uow.models
    directive_id, code = split_task(command.task)
    directive, _ = models.states.directive(directive_id)
    kind = kind_that_records(directive)  # one that is not installed is refused before anything is recorded
    unit, stream = models.units.unit(code), TASK.stream(directive_id, code)
    if isinstance(command, OwnAct) and command.on_behalf_of is not None:
        models.units.live(command.on_behalf_of)
    state, version = models.tasks.of(stream)
    order = order_of(directive, unit, state, uow)
    require_in_force(directive)
    case = Case(state, order, uow.occurred_at, directive, kind, models, unit)
    facts = LIFE_CYCLE.get(type(command), _work)(command, case)
    _require_persons(facts, kind, uow)
    if isinstance(command, UNDOING):
        with _told_of_kind(kind, order.task):
            uow.record(stream, version, facts)
    else:
        uow.record(stream, version, facts)
    if models.tasks.of(stream)[0].closed != state.closed:
        reason = next((fact.reason for fact in facts if isinstance(fact, Reopened | TakenBack)), "")
        settle_assignment(directive_id, owed(directive, unit.level, unit.lineage), uow, reason)


def _require_persons(facts: Iterable[Event], kind: Kind, uow: UnitOfWork) -> None:
    """Whom a kind tells of is a person of that kind, at a unit that is there, and was not erased.

    So two kinds may use one code at one unit for two people.

    Raises:
        PersonForgotten: they were erased.
        KindUnusable: the kind gives them the id of another kind, or a unit that is not there.
        StoreUnusable: their key is missing: under a new one, what is known of them would be lost for good.
    """
    models = uow.models
    telling = [fact for fact in facts if may_hold_personal(type(fact))]
    for person in {value.person for fact in telling for value in personal_in(fact).values()}:
        known = models.states.of(PERSON, person)[0]
        require_remembered(known)
        if known.fields and person not in uow.keys.looked_up([person]):
            raise key_missing(person)
        if kind_of_person(person) != kind.name or not (known.person or _is_unit(unit_of_person(person), models)):
            raise KindUnusable(
                "kind: {kind} names {person}, who is not its own, instead of {right}: fix or remove its distribution",
                kind=kind.name,
                person=person,
                right=person_of("UNIT", "CODE", kind.name),
            )


def _is_unit(code: str, models: ReadModels) -> bool:
    try:
        return bool(models.units.unit(code))
    except UnknownUnit:
        return False


def _earliest(directive: DirectiveState, now: datetime, zone: str) -> date | None:
    """The first day that a unit may give to what it does now; its clock may be a little behind."""
    days = directive.backdating_days
    return None if days is None else day_of(now - CLOCKS_DIFFER, zone) - timedelta(days=days)


def order_of(directive: DirectiveState, unit: UnitRow, state: TaskState, uow: UnitOfWork) -> Order:
    """What the directive asks of the unit.

    Raises:
        UnknownTask: the unit owes it nothing.
    """
    models = uow.models
    assignment, zone = models.tasks.owed(directive, unit), models.zone
    issued = moment_of_issue(directive)
    owed_from = max(issued, assignment.ordered_at or issued)
    if unit.position > assignment.position:
        owed_from = max(owed_from, start_of(unit.joined, zone))
    doing = unit if state.assignee is None else models.units.unit(state.assignee)
    return Order(
        task=f"{directive.id}/{unit.code}",
        lineage=unit.lineage,
        assignee=doing.code,
        level=unit.level,
        due=due_of(directive, assignment, unit.came, unit.came_on, state.due),
        owed_from=owed_from,
        zone=zone,
        parameters=directive.terms_of(state.revision),
        now=uow.now,
        doing=doing.lineage,
        earliest=_earliest(directive, uow.now, zone),
    )
