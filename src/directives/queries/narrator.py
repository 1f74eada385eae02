"""Events told to people in sentences, in English and in Hindi."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import cast

from directives.domain.event import RecordedEvent
from directives.domain.office import ROLES, role_of, unit_of
from directives.domain.organisation.state import UNIT
from directives.domain.task.state import TASK
from directives.domain.values import Text
from directives.i18n.catalogue import say_day
from directives.i18n.message import Lang
from directives.i18n.notation import shown

_TRUTH = {
    True: Text(en="on time", hi="समय पर"),
    False: Text(en="late", hi="विलंब से"),
}


_UNITS = ("unit", "scope", "into", "parent", "former_parent")
"""The fields of events that hold the code of a unit."""


def units_in(events: Iterable[RecordedEvent]) -> set[str]:
    """The codes of the units that are named where ``events`` are told."""
    codes = set[str]()
    for event in events:
        codes.add(unit_of(event.office))
        codes.update(unit_of_stream(event.stream))
        codes.update(() if event.on_behalf_of is None else (event.on_behalf_of,))
        codes.update(str(value) for name, value in event.data if name in _UNITS)
        codes.update(getattr(event.data, "units", ()))
    return codes


def unit_of_stream(stream: str) -> tuple[str, ...]:
    """The code of the unit that a stream is about, itself or by a task; none where it is about something else."""
    prefix, _, rest = stream.partition("/")
    return (rest.rpartition("/")[2],) if prefix in (UNIT.prefix, TASK.prefix) else ()


def subject_of(stream: str) -> str:
    """What a stream is about: a task ``DIRECTIVE/UNIT``, a unit, a directive, a meeting or a person.

    What there is one of, as the organisation, has its word.
    """
    return stream.partition("/")[2] or stream


class Narrator:
    """Tells events in one language.

    Args:
        unit_name: the name of the unit of a code.
        level_name: the name of the level of a code.
    """

    def __init__(self, lang: Lang, unit_name: Callable[[str], Text], level_name: Callable[[str], Text]) -> None:
        self._lang: Lang = lang
        self._name_of = dict.fromkeys(_UNITS, unit_name) | {"level": level_name}
        self._unit_name = unit_name

    def office(self, office: str) -> str:
        """``the convenor of Khunti``, ``खूंटी के संयोजक``."""
        role, unit = ROLES.get(role_of(office)), self._unit_name(unit_of(office)).of(self._lang)
        named = role_of(office) if role is None else role.of(self._lang)
        return f"{unit} के {named}" if self._lang == "hi" else f"the {named} of {unit}"

    def sentence(self, event: RecordedEvent) -> str:
        """The event in a sentence, with names instead of codes; an actor other than the office is named by its code."""
        values = {name: self._say(name, value, event.data.WORDS.get(name, {})) for name, value in event.data}
        aggregate, _, code = event.stream.partition("/")
        if aggregate == "unit":
            values["unit"] = self._unit_name(code).of(self._lang)
        who = self._who(event)
        text = event.data.sentence.of(self._lang).format(office=who, **values)
        return shown(text[:1].upper() + text[1:])

    def about(self, event: RecordedEvent) -> str:
        """What the event is about, in few words: ``written-report, Khunti (Lok Sabha)``."""
        parts = subject_of(event.stream).split("/")
        units = [self._unit_name(code).of(self._lang) for code in unit_of_stream(event.stream)]
        return ", ".join([*parts[:-1], *units] if units else parts)

    def _who(self, event: RecordedEvent) -> str:
        """The office, the actor where that is another, and the unit on whose behalf they acted."""
        who = self.office(event.office) + (f" ({event.actor})" if event.actor != event.office else "")
        if event.on_behalf_of is None:
            return who
        unit = self._unit_name(event.on_behalf_of).of(self._lang)
        return f"{unit} की ओर से {who}" if self._lang == "hi" else f"{who}, for {unit},"

    def _say(self, name: str, value: object, words: Mapping[str, Text]) -> str:
        match value:
            case str() if value in words:
                return words[value].of(self._lang)
            case bool():
                return _TRUTH[value].of(self._lang)
            case date():
                return say_day(value, self._lang)
            case Text():
                return value.of(self._lang)
            case dict():
                return ", ".join(f"{key} {each}" for key, each in cast(dict[str, object], value).items())
            case tuple() if name == "units":
                return ", ".join(self._unit_name(str(code)).of(self._lang) for code in cast(tuple[str, ...], value))
            case tuple() if name == "takes_back":
                return ", ".join(map(str, cast(tuple[int, ...], value)))
            case str() if name in self._name_of:
                return self._name_of[name](value).of(self._lang)
            case _:
                return str(value)
