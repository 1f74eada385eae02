"""Names as people type them: what is one name in two spellings, and which level is meant."""

from collections.abc import Iterable, Sequence

from directives.domain.organisation.folding import folded
from directives.domain.organisation.units import Level
from directives.domain.values import Text


def spellings(name: Text) -> tuple[str, ...]:
    """A name in each language in which it is given."""
    return (name.en,) if name.hi is None else (name.en, name.hi)


def level_code(text: str, levels: Sequence[Level]) -> str:
    """The code of the level that ``text`` names, by its code or by a name; ``text`` where none is meant."""
    meant = levels_called(text, levels)
    return meant[0].code if len(meant) == 1 else text


def levels_called(text: str, levels: Sequence[Level]) -> list[Level]:
    """The levels that ``text`` names: by the code, a name as written, the code in any case, or what is folded alike."""
    wanted = folded(text)
    steps: Iterable[list[Level]] = (
        [level for level in levels if level.code == text],
        [level for level in levels if text in spellings(level.name)],
        [level for level in levels if level.code == text.casefold()],
        [level for level in levels if wanted in map(folded, (level.code, *spellings(level.name)))],
    )
    none: list[Level] = []
    return next((found for found in steps if found), none)
