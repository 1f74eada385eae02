"""What this library prints as JSON, as the answers of a subject: for each that is made of it, whatever it runs."""

import base64
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pydantic import JsonValue

WRITTEN = ("text", "reason", "name", "summary", "subject", "gathering", "speaker")
"""The fields of events in which people wrote something."""
STREAMS = ("task", "directive", "meeting", "unit", "person")
"""What the names of streams begin with."""


def made_by(events: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The ids of what a command made, from the events that it caused."""
    groups = [str(each["data"]["group"]) for each in events if each["name"] == "GroupCreated"]
    return {"group": groups[-1]} if groups else {}


def event_of(event: Mapping[str, Any]) -> dict[str, Any]:
    """An event of the log, as `EventAnswer` has it."""
    of = _named(event["stream"])
    return {"position": event["position"], "event": event["name"], "of": of, "data": event["data"]}


def entry_of(entry: Mapping[str, Any], in_hindi: Mapping[str, Any]) -> dict[str, Any]:
    """An entry of a history in English and the same in Hindi, as `Entry` has it."""
    data = entry["data"]
    return {
        "event": entry["name"],
        "occurred_at": entry["occurred_at"],
        "recorded_at": entry["recorded_at"],
        "office": entry["office"],
        "on_behalf_of": entry.get("on_behalf_of"),
        "words": [word for name in WRITTEN if name in data for word in _words(data[name])],
        "due": data.get("due"),
        "sentence": {"en": entry["sentence"], "hi": in_hindi["sentence"]},
        "number": entry["position"],
        "taken_back": entry.get("taken_back_by") is not None,
    }


def directive_of(view: Mapping[str, Any]) -> dict[str, Any]:
    """A directive, as `DirectiveAnswer` has it: a level is closed once it is known how many tasks it had."""
    levels = [{"level": each["level"], "completed": each["expected"] is not None} for each in view["assignments"]]
    return {**view, "levels": levels}


def document_of(files: Sequence[Mapping[str, Any]], task: str, read: Callable[[str], bytes]) -> dict[str, Any]:
    """The file that was handed in last for a task, of all ``files``, as `DocumentAnswer` has it.

    Args:
        read: the content of the file of a digest.
    """
    kept = len({each["digest"] for each in files if each["kept"]})
    own = [each for each in files if each["stream"] == f"task/{task}"]
    if not own:
        return {"condition": "none", "kept": kept}
    whole = own[-1]["condition"] == "whole"
    content = base64.b64encode(read(own[-1]["digest"])).decode() if whole else None
    return {**own[-1], "base64": content, "kept": kept}


def _named(stream: str) -> str:
    """What an event is of, by the name that a history has for it: ``written-report/JH-PC11``, ``JH-PC11``."""
    what, _, name = stream.partition("/")
    return name if what in STREAMS else stream


def _words(value: JsonValue) -> list[str]:
    """The texts of a field: of a name, those in each language; of what is sealed, none."""
    match value:
        case str():
            return [value]
        case {"en": str(english), "hi": str(hindi)}:
            return [english, hindi]
        case _:
            return []
