"""Social-media groups: a group on every platform asked for, and the party's activity posted there every day."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar, cast

from pydantic import BeforeValidator, Field, JsonValue, model_validator

from directives.directive_kinds.kind import Kind, Lack, Work, as_work, asked_of
from directives.directive_kinds.platforms import PLATFORMS, called, slug_of
from directives.directive_kinds.social_groups_record import (
    LISTS,
    ActivityPosted,
    GroupCreated,
    GroupRenamed,
    GroupRetired,
    WorkersCounted,
)
from directives.domain.errors import AlreadyRecorded, NotAskedFor, UnknownEntry
from directives.domain.event import Event, RecordedEvent
from directives.domain.task.commands import OwnAct
from directives.domain.task.decisions import require_own_act
from directives.domain.task.state import Order, TaskState
from directives.domain.values import Count, Day, Line, Model, Slug, Text, day_of, days_from
from directives.i18n.message import Listed, Message, NotAllowed

Platform = Annotated[Slug, Field(max_length=50), BeforeValidator(slug_of)]


class Parameters(Model):
    """What the issuing office sets: the platforms, the reporting window, and the share of its days to be covered."""

    platforms: tuple[Platform, ...] = Field(
        default=tuple(PLATFORMS), min_length=1, description="The platforms on which a unit needs a group."
    )
    window_from: Day = Field(description="The first day of the reporting window.", examples=["2023-11-01"])
    window_to: Day = Field(description="The last day of the reporting window.", examples=["2023-11-30"])
    days_percent: Annotated[Count, Field(le=100)] = Field(
        default=100, description="The share of days of the window with posts, in per cent."
    )

    @model_validator(mode="after")
    def _in_order(self) -> "Parameters":
        if self.window_from > self.window_to:
            raise NotAllowed(
                "window_from: {window_from} is after window_to, {window_to}: exchange or correct them",
                window_from=self.window_from,
                window_to=self.window_to,
            )
        return self


# Commands and decisions.


class CreateGroup(OwnAct):
    """Record a new group on a platform; it gets an id such as whatsapp-1."""

    NOUN: ClassVar[str] = "group"
    ABOUT: ClassVar[str] = "Social-media groups: create, count, rename and retire them."
    VERB: ClassVar[str] = "create"
    EXAMPLE: ClassVar[str] = "social-groups/JH-PC11 --platform whatsapp --name Khunti"
    platform: Annotated[Slug, BeforeValidator(slug_of)] = Field(
        description="The platform: whatsapp, instagram, facebook, x."
    )
    name: Line = Field(description="The name of the group.")


class RenameGroup(OwnAct):
    """Record the new name of a group."""

    NOUN: ClassVar[str] = "group"
    VERB: ClassVar[str] = "rename"
    EXAMPLE: ClassVar[str] = 'social-groups/JH-PC11 --group whatsapp-1 --name "Khunti 2"'
    group: Slug = Field(description="The id of the group: whatsapp-1.")
    name: Line = Field(description="Its new name.")


class RetireGroup(OwnAct):
    """Record that a group is no longer used."""

    NOUN: ClassVar[str] = "group"
    VERB: ClassVar[str] = "retire"
    EXAMPLE: ClassVar[str] = 'social-groups/JH-PC11 --group whatsapp-1 --reason "taken over"'
    group: Slug = Field(description="The id of the group: whatsapp-1.")
    reason: Line = Field(description="Why.")


class CountWorkers(OwnAct):
    """Record the number of active workers in a group."""

    NOUN: ClassVar[str] = "group"
    VERB: ClassVar[str] = "count"
    EXAMPLE: ClassVar[str] = "social-groups/JH-PC11 --group whatsapp-1 --active 40"
    group: Slug = Field(description="The id of the group: whatsapp-1.")
    active: Count = Field(description="Number of workers active in it.")


class PostActivity(OwnAct):
    """Record a post. Its day is the day of --at (default: today)."""

    NOUN: ClassVar[str] = "activity"
    ABOUT: ClassVar[str] = "Posts of daily activity in social-media groups."
    VERB: ClassVar[str] = "post"
    EXAMPLE: ClassVar[str] = 'social-groups/JH-PC11 --text "Rally at Torpa"'
    text: Line = Field(description="What was posted, in a few words.")
    group: Slug | None = Field(default=None, description="The group of the post. [default: all groups of the unit]")


Deed = CreateGroup | RenameGroup | RetireGroup | CountWorkers | PostActivity


class Group(Model):
    """A group in use."""

    platform: str
    name: str
    active: int = 0


class KeptWork(Model):
    """What is kept of the work: the groups in use, and the days covered, as a bit a day for every month."""

    groups: dict[str, Group] = Field(default_factory=dict)
    made: dict[str, int] = Field(default_factory=dict)
    days: dict[str, int] = Field(default_factory=dict)

    def covers(self, day: date) -> bool:
        """Whether activity was posted on ``day``."""
        return _has_day(self.days, day)

    def one_more(self, platform: str) -> dict[str, int]:
        """How many groups were made on each platform, and one more on this."""
        return self.made | {platform: self.made.get(platform, 0) + 1}

    def covered(self, first: date, last: date) -> int:
        """On how many days from ``first`` to ``last`` activity was posted."""
        return sum(map(self.covers, days_from(first, last)))


def _month(day: date) -> str:
    return f"{day.year:04}-{day.month:02}"


def _has_day(days: Mapping[str, int], day: date) -> bool:
    """Whether a day is among those that are kept as bits."""
    return bool(days.get(_month(day), 0) >> day.day & 1)


def _gains(work: Work, post: ActivityPosted) -> bool:
    """Whether ``post`` is the first of its day, in a group in use."""
    groups = cast(dict[str, JsonValue], work.get("groups") or {})
    return not _has_day(_days_of(work), post.day) and any(group in groups for group in post.groups)


def with_day(work: Work, day: date) -> dict[str, JsonValue]:
    """The days covered, and ``day``."""
    days = _days_of(work)
    return {**days, _month(day): days.get(_month(day), 0) | 1 << day.day}


def _days_of(work: Work) -> dict[str, int]:
    return cast(dict[str, int], work.get("days") or {})


def decide(command: Deed, state: TaskState, order: Order, at: datetime) -> tuple[Event, ...]:
    """Decide that the work is recorded.

    Raises:
        NotEntitled, OutOfOrder: see `require_own_act`.
        NotAskedFor: a platform that the directive does not ask for.
        AlreadyRecorded: the unit has a group of that name there.
        UnknownEntry: no such group is in use, or none at all.
    """
    require_own_act(command, order, at)
    kept = asked_of(KeptWork, state.work)
    match command:
        case CreateGroup():
            return (_created(command, kept, order),)
        case RenameGroup(group=group, name=name):
            before = _group(kept, group, order)
            if before.name == name:
                return ()
            _require_new_name(kept, before.platform, name, order)
            return (GroupRenamed(group=group, name=name),)
        case RetireGroup(group=group, reason=reason):
            _group(kept, group, order)
            return (GroupRetired(group=group, reason=reason),)
        case CountWorkers(group=group, active=active):
            _group(kept, group, order)
            return (WorkersCounted(group=group, active=active),)
        case PostActivity(group=group, text=text):
            groups = _groups(kept, group, order)
            return (ActivityPosted(day=day_of(at, order.zone), groups=groups, text=text),)


def _created(command: CreateGroup, kept: KeptWork, order: Order) -> GroupCreated:
    platforms = asked_of(Parameters, order.parameters).platforms
    asked = [platform for platform in platforms if called(platform) == called(command.platform)]
    if not asked:
        raise NotAskedFor(
            "platform: {platform} is not asked for: name one of {choices}",
            reason="platform-not-asked",
            platform=command.platform,
            choices=", ".join(platforms),
        )
    platform = command.platform if command.platform in asked else asked[0]
    _require_new_name(kept, platform, command.name, order)
    number = kept.made.get(platform, 0) + 1
    return GroupCreated(group=f"{platform}-{number}", platform=platform, name=command.name)


def _require_new_name(kept: KeptWork, platform: str, name: str, order: Order) -> None:
    for group, existing in kept.groups.items():
        if (existing.platform, existing.name) == (platform, name):
            raise AlreadyRecorded(
                "name: {task} already has the group {group} of that name on {platform}: name another",
                task=order.task,
                group=group,
                platform=platform,
            )


def _group(kept: KeptWork, group: str, order: Order) -> Group:
    if group not in kept.groups:
        where = {"group": group, "task": order.task}
        if not kept.groups:
            raise UnknownEntry(
                "group: {group} is not in use at {task}: record one with directives group create", **where
            )
        in_use = ", ".join(kept.groups)
        raise UnknownEntry("group: {group} is not in use at {task}: name one of {choices}", choices=in_use, **where)
    return kept.groups[group]


def _groups(kept: KeptWork, group: str | None, order: Order) -> tuple[str, ...]:
    if group is not None:
        _group(kept, group, order)
        return (group,)
    if not kept.groups:
        raise UnknownEntry("group: {task} has none in use: record one with directives group create", task=order.task)
    return tuple(kept.groups)


def _day_of(kept: KeptWork, asked: Parameters) -> dict[str, str]:
    """The last day of the window that is not covered."""
    missed = (day for day in reversed([*days_from(asked.window_from, asked.window_to)]) if not kept.covers(day))
    return {"occurred_at": next(missed).isoformat()}


def lacking(work: Work, parameters: Mapping[str, JsonValue]) -> list[Lack]:
    """The platforms without a group, and the days of the window that are not covered."""
    asked, kept = asked_of(Parameters, parameters), asked_of(KeptWork, work)
    have = {group.platform for group in kept.groups.values()}
    missing = [platform for platform in asked.platforms if platform not in have]
    days = (asked.window_to - asked.window_from).days + 1
    covered, wanted = kept.covered(asked.window_from, asked.window_to), -(-days * asked.days_percent // 100)
    lacks = list[Lack]()
    if missing:
        message = Message("no group on {choices}", choices=Listed(*map(Message, missing), between=", "))
        groups, fields = len(asked.platforms), {"platform": missing[0]}
        lacks.append(Lack("platforms", groups - len(missing), groups, message, CreateGroup.deed(), fields, "no-group"))
    if covered < wanted:
        message = Message(
            "covers {covered} of the {days} {days:day|days} from {first} to {last}: {percent} per cent are asked for",
            covered=covered,
            days=days,
            first=asked.window_from,
            last=asked.window_to,
            percent=asked.days_percent,
        )
        lacks.append(Lack("days", covered, wanted, message, PostActivity.deed(), _day_of(kept, asked), "days-short"))
    return lacks


def figures(work: Work, parameters: Mapping[str, JsonValue]) -> Work:
    """The figures by which a submission is judged: the days of the window, those covered, groups and active workers."""
    first, last = window(parameters)
    covered = asked_of(KeptWork, work).covered(first, last)
    return {"days": (last - first).days + 1, "covered": covered, **counts(work, parameters)}


def evolve(work: Work, event: RecordedEvent) -> Work:
    """Keep the groups in use and the days covered."""
    if isinstance(event.data, ActivityPosted):  # the most of all events: nothing else is looked at
        return {**work, "days": with_day(work, event.data.day)} if _gains(work, event.data) else work
    kept = asked_of(KeptWork, work)
    groups, change = kept.groups, dict[str, Any]()
    match event.data:
        case GroupCreated(group=group, platform=platform, name=name):
            new = Group(platform=platform, name=name)
            change = {"groups": groups | {group: new}, "made": kept.one_more(platform)}
        case GroupRenamed(group=group, name=name) if group in groups:
            change = {"groups": groups | {group: groups[group].model_copy(update={"name": name})}}
        case GroupRetired(group=group):
            change = {"groups": {code: other for code, other in groups.items() if code != group}}
        case WorkersCounted(group=group, active=active) if group in groups:
            change = {"groups": groups | {group: groups[group].model_copy(update={"active": active})}}
        case _:
            return work
    return as_work(kept.model_copy(update=change))


def numbered(work: Work, event: RecordedEvent) -> Work:
    """Keep that the number of a group was given, whose creation was taken back."""
    match event.data:
        case GroupCreated(platform=platform):
            kept = asked_of(KeptWork, work)
            return as_work(kept.model_copy(update={"made": kept.one_more(platform)}))
        case _:
            return work


COUNTED = {
    "groups": Text(en="groups", hi="समूह"),
    "active_workers": Text(en="active workers", hi="सक्रिय कार्यकर्ता"),
}


def counts(work: Work, _: Mapping[str, JsonValue]) -> dict[str, int]:
    """What is added up over the units: groups in use and active workers."""
    groups = asked_of(KeptWork, work).groups.values()
    return {"groups": len(groups), "active_workers": sum(group.active for group in groups)}


def covers(work: Work, event: RecordedEvent) -> date | None:
    """The day that ``event`` is the first to cover, after ``work``."""
    match event.data:
        case ActivityPosted() as post if _gains(work, post):
            return post.day
        case _:
            return None


def covered(work: Work) -> Iterator[date]:
    """The days on which activity was posted."""
    for month, days in asked_of(KeptWork, work).days.items():
        first = date.fromisoformat(f"{month}-01")
        yield from (first.replace(day=day) for day in range(1, 32) if days >> day & 1)


def notes(work: Work, event: RecordedEvent, parameters: Mapping[str, JsonValue]) -> list[Message]:
    """That a post does not count: its day lies outside the reporting window, or was covered before."""
    if not isinstance(event.data, ActivityPosted):
        return []
    day, (first, last) = event.data.day, window(parameters)
    if not first <= day <= last:
        where = {"day": day, "first": first, "last": last}
        return [Message("{day} does not count: the reporting window is from {first} to {last}", **where)]
    if asked_of(KeptWork, work).covers(day):
        return [Message("{day} was already covered: only one post a day counts", day=day)]
    return []


def window(parameters: Mapping[str, JsonValue]) -> tuple[date, date]:
    """The first and the last day of the reporting window."""
    asked = asked_of(Parameters, parameters)
    return asked.window_from, asked.window_to


KIND = Kind(
    name="social_groups",
    title=Text(en="social-media groups", hi="सोशल मीडिया समूह"),
    parameters=Parameters,
    commands=(CreateGroup, RenameGroup, RetireGroup, CountWorkers, PostActivity),
    decide=decide,
    evolve=evolve,
    lacking=lacking,
    figures=figures,
    counts=counts,
    counted=COUNTED,
    covers=covers,
    covered=covered,
    numbered=numbered,
    window=window,
    notes=notes,
    about=Message("The unit makes a group on each platform and posts its activity there every day."),
    lists=LISTS,
)
