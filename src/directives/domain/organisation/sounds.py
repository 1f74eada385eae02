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
_LATIN = (
    (re.compile("[^a-z0-9]"), ""),
    (re.compile("ksh|x"), "ks"),
    (re.compile("ch+"), "C"),
    (re.compile("sh"), "s"),
    (re.compile("ph"), "p"),
    (re.compile("[ckq]"), "k"),
    (re.compile("(?<=[kgCcjtdpbrl])h"), ""),
    (re.compile("[zj]"), "j"),
    (re.compile("f"), "p"),
    (re.compile("[eiy]"), "i"),
    (re.compile("[ouvw]"), "u"),
)
_LOST = re.compile("(?<=.)[ah]")
_NASAL = re.compile("m(?=[pb])")
_NASAL_SIGN = re.compile("[ङञणन]\u094d(?=[क-भ])|म\u094d(?=[प-भ])")
_TWICE = re.compile(r"([a-z])\1+")


@lru_cache(4096)
def sound(text: str) -> str:
    """How ``text`` sounds; empty where it holds no letter or digit of the two scripts."""
    letters = _latin(text.casefold()) if text.isascii() else _devanagari(text)
    return _TWICE.sub(r"\1", _LOST.sub("", _TWICE.sub(r"\1", letters)))


def _latin(text: str) -> str:
    letters = _VILLAGE.sub("gau", text)
    if letters[:1] in "vw":  # Vishnugarh is Bishnugarh
        letters = "b" + letters[1:]
    for pattern, written in _LATIN:
        letters = pattern.sub(written, letters)
    return _NASAL.sub("n", letters.casefold())


def _devanagari(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).casefold()
    for cluster, written in _CLUSTERS:
        letters = letters.replace(cluster, written)
    letters = _VILLAGE.sub("गौ", _NASAL_SIGN.sub("ं", letters))
    if letters.startswith("व"):
        letters = "ब" + letters[1:]
    written = "".join(_CONSONANTS.get(each) or str(unicodedata.digit(each, each)) for each in letters)
    return re.sub("[^a-z0-9]", "", written)
