"""Files to fill in: an organisation with a unit of each level, and minutes with a directive of each kind."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from directives.directive_kinds.kind import Kind
from directives.directive_kinds.parameters import ParameterView
from directives.domain.organisation.units import Level, Unit
from directives.domain.values import Text
from directives.i18n.catalogue import say_message
from directives.i18n.message import Lang, Message

HEAD = Message(
    "Minutes of a meeting. Replace the text below; lines that begin with # are ignored. Try it with: "
    "directives meeting record FILE --dry-run"
)


def organisation_template(levels: Sequence[Level]) -> list[Unit]:
    """A sample unit of each level, each below the one before."""
    units = list[Unit]()
    for number, level in enumerate(levels):
        hindi = None if level.name.hi is None else f"नमूना {level.name.hi}"
        units.append(
            Unit(
                code="X" + "".join(f"-{each.code[0].upper()}1" for each in levels[1 : number + 1]),
                parent=units[-1].code if units else None,
                level=level.code,
                name=Text(en=f"Sample {level.name.en}", hi=hindi),
            )
        )
    return units


def minutes_template(levels: Sequence[Level], kinds: Iterable[Kind], today: date, lang: Lang = "en") -> str:
    """Minutes of a meeting of ``today`` in TOML, which can be recorded as they are; what they explain is in ``lang``.

    Args:
        levels: those of the organisation, from the top; the first below the top owes each directive.
        kinds: those of which there is a directive.
    """
    return "\n".join(_lines([*levels], [*kinds], today, lang)) + "\n"


def directive_template(levels: Sequence[Level], kind: Kind, today: date, lang: Lang = "en") -> str:
    """The part of `minutes_template` that is a directive of that kind."""
    return "\n".join(_directive(kind, 1, levels, today, lang)) + "\n"


def _lines(levels: list[Level], kinds: list[Kind], today: date, lang: Lang) -> Iterator[str]:
    def say(template: Message) -> str:
        return f"# {say_message(template, lang)}"

    yield say(HEAD)
    yield from (f'id = "meeting-{today}"', f"held_on = {today}")
    yield from ('title.en = "Meeting"', 'title.hi = "बैठक"')
    for number, kind in enumerate(kinds, start=1):
        yield from ("", "[[statements]]", f'no = "S{number}"')
        yield f'asks_for = "directive"  {say(Message("or goal, from which no directive follows"))}'
        yield from _text("text", kind.title)
    for number, kind in enumerate(kinds, start=1):
        yield ""
        yield from _directive(kind, number, levels, today, lang)


def _directive(kind: Kind, number: int, levels: Sequence[Level], today: date, lang: Lang) -> Iterator[str]:
    """A directive of a kind, which follows from the statement of that number."""

    def say(template: Message) -> str:
        return f"# {say_message(template, lang)}"

    yield from ("[[directives]]", f"id = {_toml(kind.name.replace('_', '-'))}", f"kind = {_toml(kind.name)}")
    yield f'statements = ["S{number}"]'
    yield from _text("title", kind.title)
    yield say(Message("Values that the meeting did not give: due, grace_days, parameters.NAME"))
    yield 'set_by_issuing_office = ["due"]'
    yield f"# grace_days = 15  {say(Message('days for units that join later'))}"
    yield from _parameters(kind, today)
    yield from ("", "[[directives.assign]]")
    choices = Message("one of {choices}", choices=", ".join(level.code for level in levels))
    yield f"level = {_toml(levels[min(1, len(levels) - 1)].code)}  {say(choices)}"
    yield f'# scope = "CODE"  {say(Message("only units at or below this one; leave out for all"))}'
    yield f"due = {today + timedelta(days=30)}"


def _text(name: str, text: Text) -> Iterator[str]:
    yield f"{name}.en = {_toml(text.en)}"
    if text.hi is not None:
        yield f"{name}.hi = {_toml(text.hi)}"


def _parameters(kind: Kind, today: date) -> Iterator[str]:
    """The parameters of a kind, each with its default or an example; one that may be left out is a comment."""
    for each in kind.asks:
        left_out = not each.required and each.default in (None, [], "")
        value = each.default if each.default not in (None, [], "") else _example(each, today)
        yield f"{'# ' if left_out else ''}parameters.{each.name} = {_toml(value)}"


def _example(parameter: ParameterView, today: date) -> object:
    """A value that a parameter may have; of two days the second is later."""
    if parameter.type != "day" or parameter.many:
        return parameter.example
    return today + timedelta(days=30 if parameter.name.endswith(("to", "until")) else 0)


def _toml(value: object) -> str:
    """``value`` as TOML has it; JSON's texts, numbers, truths and lists of them are TOML's too."""
    return str(value) if isinstance(value, date) else json.dumps(value, ensure_ascii=False)
