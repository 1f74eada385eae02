"""What is recorded about social-media groups and the activity in them: the events, and the lists made from them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import ClassVar

from directives.directive_kinds.listing import Listing, OnRecord, Row, Value
from directives.directive_kinds.platforms import PLATFORMS
from directives.domain.event import Event
from directives.domain.values import Day, Line, Slug, Text

# Events. Names, versions and fields are the storage format.


class GroupCreated(Event):
    """The unit has a group on the platform."""

    NAME: ClassVar[str] = "GroupCreated"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} created the group {group} on {platform}, “{name}”",
        hi="{office} ने {platform} पर समूह {group} बनाया, “{name}”",
    )
    WORDS: ClassVar[Mapping[str, Mapping[str, Text]]] = {"platform": PLATFORMS}
    group: Slug
    platform: Slug
    name: Line


class GroupRenamed(Event):
    """The group has another name."""

    NAME: ClassVar[str] = "GroupRenamed"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} renamed the group {group} to “{name}”", hi="{office} ने समूह {group} का नाम “{name}” किया"
    )
    group: Slug
    name: Line


class GroupRetired(Event):
    """The group is no longer used."""

    NAME: ClassVar[str] = "GroupRetired"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} retired the group {group}: {reason}", hi="{office} ने समूह {group} बंद किया: {reason}"
    )
    group: Slug
    reason: Line


class WorkersCounted(Event):
    """So many workers were active in the group."""

    NAME: ClassVar[str] = "WorkersCounted"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} counted {active} active workers in the group {group}",
        hi="{office} ने समूह {group} में {active} सक्रिय कार्यकर्ता गिने",
    )
    group: Slug
    active: int


class ActivityPosted(Event):
    """The activity of a day was posted in these groups; of several a day all are kept, and one counts."""

    NAME: ClassVar[str] = "ActivityPosted"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} posted the activity of {day}: {text}", hi="{office} ने {day} की गतिविधि डाली: {text}"
    )
    day: Day
    groups: tuple[Slug, ...]
    text: Line


# Lists.


def group_rows(record: OnRecord) -> Iterable[Row]:
    """The groups, those that were retired too."""
    groups = dict[str, dict[str, Value]]()
    for event in record.events:
        match event.data:
            case GroupCreated(group=group, platform=platform, name=name):
                created = record.day(event)
                groups[group] = {"group": group, "platform": platform, "name": name, "created": created}
            case GroupRenamed(group=group, name=name) if group in groups:
                groups[group]["name"] = name
            case WorkersCounted(group=group, active=active) if group in groups:
                groups[group]["active"] = active
            case GroupRetired(group=group, reason=reason) if group in groups:
                groups[group] |= {"retired": record.day(event), "reason": reason}
            case _:
                pass
    return groups.values()


def activity_rows(record: OnRecord) -> Iterator[Row]:
    """The posts; of those of one day within the reporting window, in groups in use then, the first counts."""
    used, counted = set[str](), set[date]()
    for event in record.events:
        match event.data:
            case GroupCreated(group=group):
                used.add(group)
            case GroupRetired(group=group):
                used.discard(group)
            case ActivityPosted(day=day, groups=groups, text=text):
                within = record.window is not None and record.window[0] <= day <= record.window[1]
                counts = within and day not in counted and not used.isdisjoint(groups)
                counted |= {day} if counts else set()
                yield {"day": day, "groups": groups, "text": text, "counts": counts}
            case _:
                pass


LISTS = {
    "group": Listing(
        title=Text(en="Groups", hi="समूह"),
        columns={
            "group": Text(en="group", hi="समूह"),
            "platform": Text(en="platform", hi="मंच"),
            "name": Text(en="name", hi="नाम"),
            "active": Text(en="active workers", hi="सक्रिय कार्यकर्ता"),
            "created": Text(en="created", hi="बनाया गया"),
            "retired": Text(en="retired", hi="बंद किया गया"),
            "reason": Text(en="reason", hi="कारण"),
        },
        events=(GroupCreated, GroupRenamed, WorkersCounted, GroupRetired),
        rows=group_rows,
        words={"platform": PLATFORMS},
    ),
    "activity": Listing(
        title=Text(en="Activity", hi="गतिविधि"),
        columns={
            "day": Text(en="day", hi="दिन"),
            "groups": Text(en="groups", hi="समूह"),
            "text": Text(en="what was posted", hi="क्या डाला गया"),
            "counts": Text(en="counts", hi="गिनी जाती है"),
        },
        events=(GroupCreated, GroupRetired, ActivityPosted),
        rows=activity_rows,
    ),
}
