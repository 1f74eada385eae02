"""How kinds are found: a file each in this package, or in another distribution by its entry points."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from directives import directive_kinds
from directives.directive_kinds.installed import others_may_bring_kinds
from directives.directive_kinds.kind import Kind
from directives.domain.errors import KindUnusable, UnknownKind
from directives.domain.organisation.names import folded, spellings
from directives.domain.task.commands import TaskCommand, life_cycle

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its name; a file here has its kind as ``KIND``, another distribution in the group
    ``directives.kinds`` of its entry points.

    Raises:
        KindUnusable: one of another distribution cannot be loaded, or takes a name or a command that is in use.
    """
    by_name: dict[str, Kind] = {}
    taken = {command.deed() for command in life_cycle()}
    for module in iter_modules(directive_kinds.__path__):
        kind = getattr(import_module(f"{directive_kinds.__name__}.{module.name}"), "KIND", None)
        if kind is not None:
            _add(kind, by_name, taken)
    if others_may_bring_kinds():
        from importlib.metadata import entry_points

        for point in entry_points(group="directives.kinds"):
            _add(_loaded(point), by_name, taken)
    return by_name


def _loaded(point: "EntryPoint") -> Kind:
    try:
        kind = point.load()
    except Exception as error:
        raise KindUnusable(
            "kind: {name} = {value} cannot be loaded: {error}: remove it or mend it",
            name=point.name,
            value=point.value,
            error=error,
        ) from error
    if not isinstance(kind, Kind):
        raise KindUnusable(
            "kind: {name} = {value} is no Kind: remove it or mend it", name=point.name, value=point.value
        )
    return kind


def _add(kind: Kind, by_name: dict[str, Kind], taken: set[str]) -> None:
    own = {command.deed() for command in kind.commands}
    lists = {f"{noun} list" for each in (kind, *by_name.values()) for noun in each.lists}  # several kinds may share one
    twice = (own & taken) | ((own | taken) & lists)
    if kind.name in by_name or twice:
        what = kind.name if kind.name in by_name else min(twice)
        raise KindUnusable(
            "kind: {name} takes the name {what}, which is in use: remove it or rename that", name=kind.name, what=what
        )
    by_name[kind.name] = kind
    taken |= own


@cache
def task_commands() -> Mapping[str, type[TaskCommand]]:
    """Every command on tasks by its noun and verb, ``group create``: the life cycle's and each kind's."""
    commands = [*life_cycle(), *(command for kind in kinds().values() for command in kind.commands)]
    return {command.deed(): command for command in commands}


def kind_meant(text: str) -> Kind:
    """The kind that ``text`` names: by its name, or by its title in either language.

    Raises:
        UnknownKind: it names none, or several.
    """
    wanted = folded(text)
    called = [kind for kind in kinds().values() if wanted in map(folded, (kind.name, *spellings(kind.title)))]
    return called[0] if len(called) == 1 and text not in kinds() else kind_of(text)


def kind_of(name: str) -> Kind:
    """The kind of that name.

    Raises:
        UnknownKind: there is none.
    """
    try:
        return kinds()[name]
    except KeyError:
        raise UnknownKind(
            "kind: {name} is unknown: use one of {choices}", name=name, choices=", ".join(kinds())
        ) from None
