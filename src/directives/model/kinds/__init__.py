"""The kinds of directives: a file each here, or in another distribution by the entry points ``directives.kinds``."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules

from directives.model.errors import UnknownKind
from directives.model.kind import Kind


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its name; a file of this package has its kind as ``KIND``."""
    own = [import_module(f"{__name__}.{module.name}").KIND for module in iter_modules(__path__)]
    others = [point.load() for point in entry_points(group="directives.kinds")]
    return {kind.name: kind for kind in (*own, *others)}


def kind_of(name: str) -> Kind:
    """The kind of that name.

    Raises:
        UnknownKind: there is none.
    """
    try:
        return kinds()[name]
    except KeyError:
        raise UnknownKind(f"kind: {name} is unknown: use one of {', '.join(kinds())}") from None
