"""The log: everything that was recorded, backwards page by page; all of it, or what somebody asks for."""

from datetime import date, timedelta
from difflib import get_close_matches
from typing import NamedTuple

from directives.domain.directive.state import DIRECTIVE
from directives.domain.errors import InvalidInput
from directives.domain.event import EVENTS, RecordedEvent
from directives.domain.task.state import TASK
from directives.domain.values import end_of
from directives.i18n.message import Listed, Message
from directives.projections.read_models import ReadModels
from directives.projections.units import RETIRED, is_stream_under, streams_under
from directives.store.event_store import EventStore
from directives.store.newest import BEYOND_ALL, Wanted

FEW = 20_000
"""Below a unit, so many streams are looked up one by one; where there are more, the log is gone along."""


class Asked(NamedTuple):
    """What is asked for of the log; what is left out is not asked about.

    Attributes:
        event: the name of an event, ``Verified``, in any case.
        day: the day on which it was recorded.
        since: the first such day.
        until: the last such day.
    """

    actor: str | None = None
    office: str | None = None
    unit: str | None = None
    directive: str | None = None
    event: str | None = None
    day: date | None = None
    since: date | None = None
    until: date | None = None


def log(
    store: EventStore, models: ReadModels, asked: Asked, before: int | None, limit: int | None
) -> list[RecordedEvent]:
    """The newest events that are asked for, in log order.

    Args:
        before: only those before this position.
        limit: how many at most.

    Raises:
        UnknownUnit, UnknownDirective: there is no such thing.
        InvalidInput: there is no such event, or the last day is before the first.
    """
    wanted = _of_days(store, models, asked, before)
    topics = () if asked.event is None else topics_of(asked.event)
    wanted = wanted._replace(topics=topics, actor=asked.actor, office=asked.office)
    return store.newest(models.session, of_subject(models, asked, wanted), limit)


def topics_of(name: str) -> tuple[str, ...]:
    """The topics of the event of that name, in any case: one for each version.

    Raises:
        InvalidInput: there is none; the error offers those that may be meant.
    """
    topics = tuple(topic for topic, each in EVENTS.items() if each.NAME.casefold() == name.casefold())
    if topics:
        return topics
    names = {each.NAME.casefold(): each.NAME for each in EVENTS.values()}
    near = [names[each] for each in get_close_matches(name.casefold(), names, n=3, cutoff=0.6)]
    if near:
        choices = Listed(*map(Message, near), between=", ")
        raise InvalidInput("event: {event} is unknown: did you mean {choices}?", event=repr(name), choices=choices)
    raise InvalidInput(
        "event: {event} is unknown: directives schema events lists the names, such as Verified", event=repr(name)
    )


def _of_days(store: EventStore, models: ReadModels, asked: Asked, before: int | None) -> Wanted:
    """What was recorded on the days that are asked about, before a position."""
    if asked.since is not None and asked.until is not None and asked.until < asked.since:
        raise InvalidInput(
            "until: {until} is before {since}: name a later day",
            until=asked.until.isoformat(),
            since=asked.since.isoformat(),
        )
    zone = models.zone

    def by(day: date) -> int:
        """The position of the last event recorded by the end of ``day``."""
        return store.event_log.position_by(models.session, end_of(day, zone))

    first = [by(day - timedelta(days=1)) for day in (asked.day, asked.since) if day is not None]
    last = [by(day) + 1 for day in (asked.day, asked.until) if day is not None]
    return Wanted(max(first, default=0), min([BEYOND_ALL, *last, *([] if before is None else [before])]))


def of_subject(models: ReadModels, asked: Asked, wanted: Wanted) -> Wanted:
    """What is about the directive, or about the unit and all below it, that are asked for."""
    directive = None if asked.directive is None else models.states.directive(asked.directive)[0].id
    if directive is not None:
        tasks = TASK.stream(directive, "")
        own = DIRECTIVE.stream(directive)
        # In ASCII the space comes before all that an id may hold, and "0" after "/".
        wanted = wanted._replace(ranges=((own, f"{own} "), (tasks, f"{tasks[:-1]}0")))
    if asked.unit is None:
        return wanted
    unit = models.units.unit(asked.unit)
    path, number = unit.path.removeprefix(RETIRED), models.unit_counts.below(unit.code) + 1
    directives = [each.id for each in models.states.directives()] if directive is None else [directive]
    if number * (len(directives) + 1) > FEW:
        return wanted._replace(within=is_stream_under(models.session, path))
    return wanted._replace(ranges=(), streams=streams_under(models.session, path, directives, own=directive is None))
