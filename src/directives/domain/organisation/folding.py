"""What is one name in two spellings."""

import re
import unicodedata
from functools import lru_cache

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
