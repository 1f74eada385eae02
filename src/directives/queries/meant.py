"""The code or the id of what somebody names: a unit, a level, a directive, a task, an office.

All that is printed for a thing is read again, in either language. The code in any case goes first, then the name as it
is written, then the name as it is folded; nothing is chosen among several.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Literal

from directives.domain.directive.state import DIRECTIVE
from directives.domain.errors import AmbiguousName, NotFound
from directives.domain.meeting import MEETING
from directives.domain.office import ROLES
from directives.domain.organisation.folding import folded
from directives.domain.organisation.names import levels_called, spellings
from directives.domain.task.state import split_task
from directives.domain.values import Text, nfc
from directives.i18n.message import Listed, Message
from directives.projections.read_models import ReadModels
from directives.queries.search import unit_meant

What = Literal["unit", "level", "directive", "task", "office", "person", "place", "reference"]
_BOTH: tuple[What, What] = ("directive", "unit")
_LISTED = re.compile(r".+ \[(\S+)\]")
_KIND = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
"""The name of a kind, in a person of it: ``UNIT/KIND/CODE``."""
_ALONE = ("audit", "organisation")
"""The streams of which there is one."""
_OFFICES = (
    re.compile(r"(?:the )?(?P<role>.+?) of (?P<unit>.+)", re.IGNORECASE),
    re.compile(r"(?P<unit>.+) के (?P<role>.+)"),
)


def meant(models: ReadModels, what: What, text: str) -> str:
    """The code or the id of what ``text`` names.

    Raises:
        AmbiguousName: it names several things.
        NotFound: it names none.
    """
    return _WAYS[what](models, nfc(text).strip())


def _unit(models: ReadModels, text: str) -> str:
    listed = _LISTED.fullmatch(text)  # as it stands in a message, with its code
    return unit_meant(models, text if listed is None else listed[1]).code


def _level(models: ReadModels, text: str) -> str:
    organisation = models.states.organisation()
    found = levels_called(text, organisation.levels)
    return _one(text, {level.code: level.name for level in found}) or organisation.level(text).code


def _directive(models: ReadModels, text: str) -> str:
    if models.states.of(DIRECTIVE, text)[1]:
        return text
    titles = {each.id: each.title for each in models.states.directives() if each.title is not None}
    wanted = folded(text)
    steps = (
        {code: title for code, title in titles.items() if text in spellings(title)},
        {code: title for code, title in titles.items() if code == text.casefold()},
        {code: title for code, title in titles.items() if wanted in map(folded, spellings(title))},
    )
    found = next((each for each in steps if each), steps[0])
    return _one(text, found) or models.states.directive(text)[0].id


def _one(text: str, found: Mapping[str, Text]) -> str | None:
    """The code of the one thing that is found; None where nothing is.

    Raises:
        AmbiguousName: several are.
    """
    if len(found) > 1:
        listed = (Message("{name} [{code}]", name=name, code=code) for code, name in found.items())
        raise AmbiguousName(
            "{text} has {number} {number:meaning|meanings}: write one of {choices}",
            text=text,
            number=len(found),
            choices=Listed(*listed, between=", "),
        )
    return next(iter(found), None)


def _task(models: ReadModels, text: str) -> str:
    directive, slash, unit = text.removeprefix("task/").partition("/")
    if not slash or not directive.strip() or not unit.strip():
        return "/".join(split_task(text))  # raises that it is none
    return f"{_directive(models, directive.strip())}/{_unit(models, unit.strip())}"


def _office(models: ReadModels, text: str) -> str:
    role, at, unit = text.partition("@")
    if not at:
        named = next(filter(None, (pattern.fullmatch(text) for pattern in _OFFICES)), None)
        if named is None:
            return text
        role, unit = named["role"], named["unit"]
    try:
        return f"{_role(role.strip())}@{_unit(models, unit.strip())}"
    except NotFound as error:
        if not _offers(error):
            return f"{_role(role.strip())}@{unit.strip()}"  # the command that it would carry out refuses it
        raise error.retold(Message("office {office}: {said}", office=text, said=error.message)) from error


def _role(text: str) -> str:
    """The role of that name; any other is one that the party has, and stays as it is."""
    called = (role for role, name in ROLES.items() if folded(text) in map(folded, (role, *spellings(name))))
    return next(called, text)


def _person(models: ReadModels, text: str) -> str:
    unit, slash, code = text.rpartition("/")
    if not (slash and unit):
        return text
    above, _, kind = unit.rpartition("/")
    if above and _KIND.fullmatch(kind):
        with suppress(NotFound):
            return f"{_unit(models, above)}/{kind}/{code}"
    return f"{_unit(models, unit)}/{code}"


def _place(models: ReadModels, text: str) -> str:
    """A task, where a list goes on; what else says where that is stays as it is."""
    task, at, moment = text.rpartition("@")
    if not moment[:1].isdigit():
        task, at, moment = text, "", ""
    try:
        return f"{_task(models, task)}{at}{moment}"
    except NotFound:
        return text


def _reference(models: ReadModels, text: str) -> str:
    """A task, a directive, a meeting or a unit; the last three may be told apart as ``unit/khunti``."""
    prefix, slash, rest = text.partition("/")
    match prefix:
        case "directive" | "unit" if slash:
            code = _either(models, (prefix,), rest)
            return text if code is None else f"{prefix}/{code}"
        case "meeting" | "person":
            return text
        case _ if slash:
            return _task_or_name(models, text)
        case _:
            known = text in _ALONE or models.states.of(MEETING, text)[1]
            return text if known else _either(models, _BOTH, text) or text


def _task_or_name(models: ReadModels, text: str) -> str:
    """A task; else a directive or a unit in whose name a slash stands."""
    try:
        return _task(models, text)
    except NotFound:
        with suppress(NotFound):
            named = _either(models, _BOTH, text)
            if named is not None:
                return named
        raise


def _either(models: ReadModels, ways: Iterable[What], text: str) -> str | None:
    """The code of the one thing that ``text`` names in one of these ways; None where nothing is like it.

    Raises:
        AmbiguousName: it names one in each.
        NotFound: it names none; the error offers what may be meant.
    """
    found, like = list[str](), list[NotFound]()
    for way in ways:
        try:
            found.append(_WAYS[way](models, text))
        except NotFound as error:
            like += [error] * _offers(error)
    if len(found) > 1:
        raise AmbiguousName("{text} names a directive and a unit: write directive/ or unit/ before it", text=text)
    if like and not found:
        raise like[0]
    return found[0] if found else None


def _offers(error: NotFound) -> bool:
    """Whether an error offers what may have been meant."""
    return "choices" in error.message.values


_WAYS: Mapping[What, Callable[[ReadModels, str], str]] = {
    "unit": _unit,
    "level": _level,
    "directive": _directive,
    "task": _task,
    "office": _office,
    "person": _person,
    "place": _place,
    "reference": _reference,
}
