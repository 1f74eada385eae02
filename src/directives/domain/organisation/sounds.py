"""How a name sounds, whichever script it is written in: Khunti, Kunti, Khoonti, खुंटी and खूंटी are one.

A name is written as consonants of ten classes and the vowels i and u, which carry a spelling; a is not written, and
neither are breath (kh as k), length, and doubled letters.
"""

import re
import unicodedata
from functools import lru_cache

_CONSONANTS = {
    **dict.fromkeys("कख", "k"),
    **dict.fromkeys("गघ", "g"),
    **dict.fromkeys("चछ", "c"),
    **dict.fromkeys("जझ", "j"),
    **dict.fromkeys("टठतथ", "t"),
    **dict.fromkeys("डढदध", "d"),
    **dict.fromkeys("ङञणनँं", "n"),
    **dict.fromkeys("पफ", "p"),
    **dict.fromkeys("बभ", "b"),
    **dict.fromkeys("यिीईइेैएऐ", "i"),
    **dict.fromkeys("ुूउऊोौओऔव", "u"),
    **dict.fromkeys("शषस", "s"),
    "र": "r",
    "ल": "l",
    "ळ": "l",
    "ह": "h",
    "ऋ": "ri",
    "ृ": "ri",
    "अ": "a",
    "आ": "a",
    "म": "m",
}
_CLUSTERS = (("ज्ञ", "गिय"), ("क्ष", "कस"), ("ड\u093c", "र"), ("ढ\u093c", "र"))
_VILLAGE = re.compile("ग(?:ा)?[ँं]?व|gaa?on|gaa?n?[vw]|gaum")
_LATIN = (("ksh", "ks"), ("x", "ks"), ("chh", "C"), ("ch", "C"), ("sh", "s"), ("ph", "p"))
_LETTERS = str.maketrans("ckqCzfeiyouvw", "kkkcjpiiiuuuu")
_OTHERS = re.compile("[^a-z0-9]")
_NASAL_SIGN = re.compile("[ङञणन]\u094d(?=[क-भ])|म\u094d(?=[प-भ])")
_TWICE = re.compile(r"([a-z])(?=\1)")


class _Written(dict[int, str]):
    """How each character is written, for `str.translate`: Hindi letters as sounds, digits as digits, others not."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = _OTHERS.sub("", str(unicodedata.digit(letter, letter)))
        return self[code]


_HINDI = _Written({ord(letter): written for letter, written in _CONSONANTS.items()})


@lru_cache(4096)
def sound(text: str) -> str:
    """How ``text`` sounds; empty where it holds no letter or digit of the two scripts."""
    letters = _latin(text.casefold()) if text.isascii() else _devanagari(text)
    return _TWICE.sub("", letters[:1] + letters[1:].replace("a", "").replace("h", ""))


def _latin(text: str) -> str:
    letters = _VILLAGE.sub("gau", text)
    if letters.startswith(("v", "w")):  # Vishnugarh is Bishnugarh
        letters = "b" + letters[1:]
    letters = _OTHERS.sub("", letters)
    for several, written in _LATIN:
        letters = letters.replace(several, written)
    return letters.translate(_LETTERS).replace("mp", "np").replace("mb", "nb")


def _devanagari(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).casefold()
    for cluster, written in _CLUSTERS:
        letters = letters.replace(cluster, written)
    letters = _VILLAGE.sub("गौ", _NASAL_SIGN.sub("ं", letters))
    if letters.startswith("व"):
        letters = "ब" + letters[1:]
    return letters.translate(_HINDI)
