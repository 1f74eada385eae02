"""How kinds are found: a file each in this package, or in another distribution by its entry points."""

import warnings
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple

from directives import directive_kinds
from directives.directive_kinds.installed import others_may_bring_kinds
from directives.directive_kinds.kind import Kind, absent
from directives.domain.directive.state import DirectiveState
from directives.domain.errors import UnknownKind
from directives.domain.organisation.folding import folded
from directives.domain.organisation.names import spellings
from directives.domain.task.commands import TaskCommand, life_cycle
from directives.i18n.message import Message


class KindLeftOut(UserWarning):
    """A kind of another distribution cannot work and is left out; directives of it are answered as far as they can."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


class _Found(NamedTuple):
    """The kinds by their names, and the distributions that brought them, where those are others than this library."""

    kinds: dict[str, Kind]
    distributions: dict[str, str]


@cache
def _found() -> _Found:
    found = _Found({}, {})
    for module in iter_modules(directive_kinds.__path__):
        kind = getattr(import_module(f"{directive_kinds.__name__}.{module.name}"), "KIND", None)
        if kind is not None:
            found.kinds[kind.name] = kind
    if others_may_bring_kinds():
        from directives.directive_kinds.others.finding import add_others

        for left_out in add_others(found.kinds, found.distributions):
            warnings.warn(KindLeftOut(left_out), stacklevel=2)
    return found


def kinds() -> Mapping[str, Kind]:
    """Every kind by its name; a file here has its kind as ``KIND``, another distribution in the group
    ``directives.kinds`` of its entry points.

    One of another distribution that cannot work is left out; a `KindLeftOut` tells it, once a process.
    """
    return _found().kinds


def distribution_of(name: str) -> str | None:
    """The distribution that brought the kind of that name, and its version; None for this library's own."""
    return _found().distributions.get(name)


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


def kind_or_absent(name: str) -> Kind:
    """The kind of a directive, to answer questions; of one that is not installed what stands in for it."""
    return kinds().get(name) or absent(name)


def kind_that_records(directive: DirectiveState) -> Kind:
    """The kind of a directive, to record something about it.

    Raises:
        UnknownKind: it is not installed.
    """
    if directive.kind in kinds():
        return kinds()[directive.kind]
    raise not_installed(directive.id, directive.kind, directive.distribution)


def not_installed(directive: str, kind: str, distribution: str | None) -> UnknownKind:
    """That nothing can be done about a directive whose kind is not installed."""
    return UnknownKind(
        "directive: {directive} is of the kind {kind}, which is not installed: install {distribution}",
        directive=directive,
        kind=kind,
        distribution=Message("its distribution") if distribution is None else distribution,
    )
