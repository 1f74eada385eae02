"""The state of the organisation."""

from directives.domain.aggregate import Aggregate, StreamKind
from directives.domain.errors import (
    UnknownLevel,
)
from directives.domain.event import RecordedEvent
from directives.domain.organisation.events import Founded
from directives.domain.organisation.units import Level
from directives.domain.values import Model


class OrganisationState(Model):
    """What the next decision about the organisation needs."""

    levels: tuple[Level, ...] = ()
    zone: str = ""

    @property
    def ranks(self) -> dict[str, int]:
        """The place of each level, by its code: 0 for that of the top unit, and one more for each below."""
        return {level.code: rank for rank, level in enumerate(self.levels)}

    def level(self, code: str) -> Level:
        """The level of that code.

        Raises:
            UnknownLevel: there is none.
        """
        for level in self.levels:
            if level.code == code:
                return level
        raise UnknownLevel(
            "level: {code} is unknown: use one of {choices}",
            code=code,
            choices=", ".join(level.code for level in self.levels),
        )


def evolve(state: OrganisationState, event: RecordedEvent) -> OrganisationState:
    """The organisation after ``event``."""
    match event.data:
        case Founded(levels=levels, zone=zone):
            return OrganisationState(levels=levels, zone=zone)
        case _:
            return state


ORGANISATION = Aggregate("organisation", OrganisationState.model_construct(), evolve)
UNIT = StreamKind("unit")
