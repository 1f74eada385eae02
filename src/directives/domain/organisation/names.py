"""Names as people type them: what is one name in two spellings, and which level is meant."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from directives.domain.organisation.units import Level
from directives.domain.values import Text

_DROPPED = re.compile("[\u0300-\u036f\u093c\u200b-\u200d\u2060\ufeff]")
"""Accents, the nukta, and joiners, which nobody sees."""
_NASAL = re.compile("\u0901|[ङञणनम]\u094d(?=[\u0915-\u0939])")
_ALIKE = str.maketrans("ईऊीू", "इउिु")
_DIGIT = re.compile(r"[^\D0-9]")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\W_]+(?=\d)")
_SEPARATORS = re.compile(r"[^\w\u0900-\u094f ]|_|(?<!\d) | (?!\d)")


@lru_cache(16_384)
def folded(text: str) -> str:
    """``text`` as it is compared: letters without case, accents, nukta, joiners and separators, digits of one script.

    In Hindi the signs of one nasal, long and short i and u, and ये and ए are one.
    """
    plain = text.casefold() if text.isascii() else _plain(text)
    return _SEPARATORS.sub("", _BETWEEN_DIGITS.sub(" ", plain)) or plain.strip()  # of signs alone, as they are


def _plain(text: str) -> str:
    letters = _DROPPED.sub("", unicodedata.normalize("NFKD", text).casefold())
    letters = _NASAL.sub("\u0902", letters).replace("ये", "ए").translate(_ALIKE)
    return _DIGIT.sub(lambda digit: str(unicodedata.digit(digit[0])), letters)


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
