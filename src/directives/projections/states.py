"""The states of aggregates, but for tasks: the organisation, directives, meetings and persons, a row each."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from directives.domain.aggregate import Aggregate
from directives.domain.audit import AUDIT
from directives.domain.directive.state import DIRECTIVE, DirectiveState
from directives.domain.errors import UnknownDirective, UnknownPerson, UnknownUnit
from directives.domain.event import RecordedEvent
from directives.domain.meeting import MEETING, MeetingState
from directives.domain.organisation.state import ORGANISATION, OrganisationState
from directives.domain.person import PERSON, PersonState, sealed_in, told, without
from directives.domain.values import Model
from directives.projections.units import under
from directives.store.session import Session
from directives.store.table import Table

STATES = Table("states", ("stream TEXT NOT NULL", "version INTEGER NOT NULL", "state TEXT NOT NULL"), key=1)
AGGREGATES: dict[str, Aggregate[Any]] = {
    each.prefix: each for each in (ORGANISATION, DIRECTIVE, MEETING, PERSON, AUDIT)
}
"""The aggregates whose states stand here, by what their streams begin with."""
StateType = TypeVar("StateType", bound=Model)


class States:
    """The table of states."""

    def __init__(self, session: Session) -> None:
        self._session, self._cursor = session, session.cursor
        self._held: dict[str, tuple[Any, int]] = {}
        self._changed: set[str] = set()

    def of(self, aggregate: Aggregate[StateType], *ids: str) -> tuple[StateType, int]:
        """The state of an aggregate and the version of its stream; its first state and 0 before anything happened."""
        stream = aggregate.stream(*ids)
        held = self._held.get(stream)
        if held is None:
            row = self._cursor.execute("SELECT version, state FROM states WHERE stream = ?", (stream,)).fetchone()
            held = (aggregate.initial, 0) if row is None else (_read(type(aggregate.initial), row[1]), row[0])
            self._held[stream] = held
        return held

    def all(self, aggregate: Aggregate[StateType]) -> list[StateType]:
        """The states of all aggregates of a kind, in the order of their ids."""
        prefix = f"{aggregate.prefix}/"
        rows = self._cursor.execute("SELECT state FROM states WHERE stream >= ? AND stream < ?", under(prefix))
        return [_read(type(aggregate.initial), row["state"]) for row in rows]

    def organisation(self) -> OrganisationState:
        """The levels and the time zone.

        Raises:
            UnknownUnit: the store has no organisation yet.
        """
        state, version = self.of(ORGANISATION)
        if not version:
            raise UnknownUnit("organisation: the store has none yet: register one with directives init")
        return state

    def directive(self, directive_id: str) -> tuple[DirectiveState, int]:
        """The directive of that id, and the version of its stream.

        Raises:
            UnknownDirective: there is none.
        """
        state, version = self.of(DIRECTIVE, directive_id)
        if not version:
            raise UnknownDirective(
                "directive: {directive_id} is unknown: see directives directive list",
                directive_id=directive_id,
            )
        return state, version

    def directives(self) -> list[DirectiveState]:
        """All directives, in the order of their issue."""
        return sorted(self.all(DIRECTIVE), key=lambda state: state.position)

    def meetings(self) -> list[MeetingState]:
        """All meetings, in the order of their ids."""
        return self.all(MEETING)

    def persons(self) -> list[PersonState]:
        """All persons, in the order of their ids."""
        return self.all(PERSON)

    def person(self, person: str) -> tuple[PersonState, int]:
        """The person of that id, and the version of their stream.

        Raises:
            UnknownPerson: there is none.
        """
        state, version = self.of(PERSON, person)
        if not state.person:
            raise UnknownPerson("person: {person} is unknown: see directives person list", person=person)
        return state, version

    def apply(self, event: RecordedEvent) -> None:
        """Take an event in that is of one of these aggregates."""
        prefix, _, id_ = event.stream.partition("/")
        aggregate = AGGREGATES[prefix]
        before, _ = self.of(aggregate, id_) if id_ else self.of(aggregate)
        self._keep(event.stream, aggregate.evolve(before, event), event.version)

    def note_persons(self, event: RecordedEvent) -> None:
        """Take in what an event of another stream says of persons."""
        for person in {each.person for each in sealed_in(event.data).values()}:
            before, version = self.of(PERSON, person)
            self._keep(PERSON.stream(person), told(before, person, event), version)

    def strike_persons(self, gone: Iterable[RecordedEvent], standing: Sequence[RecordedEvent]) -> None:
        """Take back what events said of persons, which were taken back; ``standing`` are those left of their stream."""
        for event in gone:
            for person in {each.person for each in sealed_in(event.data).values()}:
                before, version = self.of(PERSON, person)
                self._keep(PERSON.stream(person), without(before, event, standing), version)

    def _keep(self, stream: str, state: Model, version: int) -> None:
        self._held[stream] = (state, version)
        self._changed.add(stream)

    def flush(self) -> None:
        """Write what was taken in."""
        if not self._changed:
            return
        rows = [
            (stream, version, state.model_dump_json())
            for stream, (state, version) in ((stream, self._held[stream]) for stream in sorted(self._changed))
        ]
        self._session.replace(STATES, rows)
        self._changed.clear()


@lru_cache(256)
def _read(state_class: type[StateType], written: str) -> StateType:
    """A state as it is written; the same ones are asked for again and again."""
    return state_class.model_validate_json(written)
