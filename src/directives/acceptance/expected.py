"""Which events each step records: written down beside the features, for subjects that claim to have ours.

What differs from run to run is left out: sealed boxes, ids that are generated, the media types and names of files.
Events that are taken back are told by how far before the one that does it they stand.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast

from directives.acceptance.files import features
from directives.acceptance.scenarios import Scenario
from directives.acceptance.subject import EventAnswer

BACKGROUND = "background"
GENERATED = ("group", "groups", "media_type", "box")
"""The fields in which they stand, where they hold no number."""
TAKES_BACK = "takes_back"

Events = list[dict[str, Any]]
Place = tuple[str, str, int]
"""The feature, the scenario by its tag, and the number of the step in it; of a background, that of the step there."""


def place_of(scenario: Scenario, number: int) -> Place:
    """Where the events of a step are written down; ``number`` counts from 0, the background first."""
    if number < scenario.background:
        return scenario.path.stem, BACKGROUND, number
    return scenario.path.stem, scenario.id, number - scenario.background


def comparable(events: Iterable[EventAnswer]) -> Events:
    """Events as they are written down."""
    return [{"event": each.event, "of": each.of, "data": _plain(each.data) | _before(each)} for each in events]


def _before(event: EventAnswer) -> dict[str, Any]:
    """Which events it takes back, counted from its own place: another log may have begun with others."""
    positions: Any = event.data.get(TAKES_BACK)
    return {} if positions is None else {TAKES_BACK: [number - event.position for number in positions]}


def _plain(value: Any) -> Any:
    match value:
        case dict():
            fields = cast(dict[str, Any], value)
            called = {"name"} if "digest" in fields else set[str]()  # what a file is called, which not every tool keeps
            kept = {name: each for name, each in fields.items() if name not in called}
            return {name: _plain(each) for name, each in kept.items() if not _is_generated(name, each)}
        case list():
            return [_plain(each) for each in cast(list[Any], value)]
        case _:
            return value


def _is_generated(name: str, value: Any) -> bool:
    return name in GENERATED and not isinstance(value, int)


def expected(scenario: Scenario, number: int) -> Events:
    """The events of a step; none, where none are written down."""
    return _written(scenario.lang).get(place_of(scenario, number), [])


@cache
def _written(lang: str) -> Mapping[Place, Events]:
    found: dict[Place, Events] = {}
    for path in sorted(folder(lang).glob("*.jsonl")):
        for line in filter(None, path.read_text("utf-8").split("\n")):
            read = json.loads(line)
            found[path.stem, read["scenario"], read["number"]] = read["events"]
    return found


def folder(lang: str) -> Path:
    """Where they are written down."""
    return features() / "expected" / lang


def write(recorded: Mapping[tuple[str, Place], tuple[str, Events]]) -> None:
    """Write down what was recorded: by language and place, the text of the step and its events."""
    by_file: dict[Path, list[str]] = {}
    for (lang, (feature, scenario, number)), (step, events) in recorded.items():
        line = {"scenario": scenario, "number": number, "step": step, "events": events}
        lines = by_file.setdefault(folder(lang) / f"{feature}.jsonl", [])
        if events:
            lines.append(json.dumps(line, ensure_ascii=False))
    for path, lines in by_file.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def difference(wanted: Sequence[dict[str, Any]], got: Sequence[dict[str, Any]]) -> str:
    """What is first amiss in the events of a step."""
    for one, other in zip(wanted, got, strict=False):
        for name in ("event", "of"):
            if one[name] != other[name]:
                return f"{name}: {other[name]}, and not {one[name]}"
        fields = [name for name in one["data"] if one["data"][name] != other["data"].get(name)]
        if fields:
            name = fields[0]
            return f"{one['event']}: {name}: {other['data'].get(name)!r:.200}, and not {one['data'][name]!r:.200}"
        if more := sorted(other["data"].keys() - one["data"].keys()):
            return f"{one['event']}: {more[0]}: is not expected"
    lacking, more = [each["event"] for each in wanted[len(got) :]], [each["event"] for each in got[len(wanted) :]]
    return f"is missing: {', '.join(lacking)}" if lacking else f"is too much: {', '.join(more)}" if more else ""
