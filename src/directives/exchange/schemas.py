"""JSON Schemas (draft 2020-12) of what is read and stored: commands, minutes and events."""

from typing import Any

from pydantic.json_schema import models_json_schema

from directives.directive_kinds.registry import kinds
from directives.domain import meeting, person
from directives.domain.directive import events as directive_events
from directives.domain.event import EVENTS, Event, RecordedEvent
from directives.domain.meeting import Minutes
from directives.domain.organisation import events as organisation_events
from directives.domain.personal import Unsealed
from directives.domain.task import events as task_events
from directives.exchange.named_commands import NAME, commands

DRAFT = "https://json-schema.org/draft/2020-12/schema"
BUNDLED = (organisation_events, meeting, directive_events, task_events, person)
"""The modules whose events are registered when they are imported; those of kinds come with the kinds."""
IN_COLUMNS = {"position", "stream", "version", "name"}
"""The fields of a `RecordedEvent` that columns hold, and the stored JSON leaves out."""


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one written command."""
    by_class, collected = models_json_schema([(each, "validation") for each in commands().values()])
    definitions: dict[str, Any] = collected["$defs"]
    for name, command in commands().items():
        own = definitions[by_class[command, "validation"]["$ref"].rpartition("/")[2]]
        own["properties"] = {NAME: {"const": name, "description": (command.__doc__ or name).split("\n")[0]}} | own[
            "properties"
        ]
        own["required"] = [NAME, *own.get("required", [])]
    return {
        "$schema": DRAFT,
        "title": "A command of directives, one a line",
        "oneOf": [by_class[command, "validation"] for command in commands().values()],
        "$defs": definitions,
    }


def schema_of_minutes() -> dict[str, Any]:
    """The JSON Schema of a file of minutes; TOML's dates are texts there, as 2023-11-30."""
    return {"$schema": DRAFT, **Minutes.model_json_schema(), "title": "Minutes of a meeting"}


def schema_of_events() -> dict[str, Any]:
    """The JSON Schema of events as they are stored: one definition for each name and version, as ``Waived.v1``.

    Position, stream, version in the stream, name and version of the event stand in columns beside that JSON; so it is
    the column that says which definition holds.
    """
    kinds()  # theirs are registered when they are loaded
    classes = dict(sorted(EVENTS.items()))
    by_class, collected = models_json_schema([(model, "serialization") for model in (RecordedEvent, *classes.values())])
    shared: dict[str, Any] = collected["$defs"]
    data = {topic: shared.pop(_name(by_class[event_class, "serialization"])) for topic, event_class in classes.items()}
    envelope = _envelope(shared.pop(_name(by_class[RecordedEvent, "serialization"])))
    for never_stored in (Event.__name__, Unsealed.__name__):
        shared.pop(never_stored, None)
    stored = {topic: _stored(topic, data_schema) for topic, data_schema in data.items()}
    return {
        "$schema": DRAFT,
        "title": "An event of directives as it is stored",
        "anyOf": [{"$ref": f"#/$defs/{topic}"} for topic in stored],
        "$defs": stored | {"Envelope": envelope} | shared,
    }


def _name(reference: dict[str, str]) -> str:
    return reference["$ref"].rpartition("/")[2]


def _envelope(recorded: dict[str, Any]) -> dict[str, Any]:
    """What all events have, without what columns hold."""
    properties = {name: each for name, each in recorded["properties"].items() if name not in IN_COLUMNS}
    properties["data"] = {"description": "What happened; the event says what fields it has.", "type": "object"}
    return {
        "description": "Who did it, when it happened and was recorded, through what, and which command caused it.",
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name != "on_behalf_of"],
        "additionalProperties": False,
    }


def _stored(topic: str, data: dict[str, Any]) -> dict[str, Any]:
    described = {"title": topic, "description": data.pop("description")}
    return described | {"$ref": "#/$defs/Envelope", "properties": {"data": data}}
