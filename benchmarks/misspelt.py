"""Names as people misspell them, in ten ways: what the search for units by name is measured with.

The same seed gives the same misspellings.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, islice, zip_longest
from random import Random
from typing import NamedTuple

from directives import Text, Unit

EACH = 50
"""Misspellings of each kind."""
SEATS = ("lok_sabha", "vidhan_sabha")
GENERATED = ("block", "panchayat")
Slip = Callable[[Random, str], str | None]
"""Misspells a name in one way; None where the name gives no occasion for it."""
Pairs = Sequence[tuple[str, str]]
"""Patterns, each with what is written in its place."""
_LETTER = "(?<=.)[a-z\u0901-\u0903\u0905-\u0939\u093e-\u094c]"
"""Any letter or vowel sign but the first of a name."""
_BREATH: Pairs = (
    *(("kh", "k"), ("gh", "g"), ("chh", "ch"), ("jh", "j"), ("th", "t"), ("dh", "d"), ("ph", "p"), ("bh", "b")),
    *zip("खघछझठथढधफभ", "कगचजटतडदपब", strict=True),
)
_LENGTH: Pairs = (
    *(("oo", "u"), ("u", "oo"), ("ee", "i"), ("i", "ee"), ("(?<!a)a(?!a)", "aa")),
    *zip("िीुूइईउऊ", "ीिूुईइऊउ", strict=True),
)
_NASAL: Pairs = (
    *(("ं", "ँ"), ("ँ", "ं"), ("ँ", ""), ("म्(?=[पफबभ])", "ं"), ("न्(?=[तथदध])", "ं")),
    *(("ं(?=[कखगघ])", "ङ्"), ("ं(?=[चछजझ])", "ञ्"), ("ं(?=[टठडढ])", "ण्"), ("ं(?=[तथदध])", "न्")),
    *(("ं(?=[पफबभ])", "म्"), ("m(?=[pb])", "n"), ("n(?=[pb])", "m")),
)
_ALIKE: Pairs = (
    *(("sh", "s"), ("s(?!h)", "sh"), ("v", "w"), ("v", "b"), ("w", "v"), ("w", "b"), ("b(?!h)", "v"), ("b(?!h)", "w")),
    *zip("शषसवब", "ससशबव", strict=True),
)
_CONSONANTS: Mapping[str, str] = {
    **dict(zip("कगचजटडतदपबमनङञणयरलवसशषह", (*"kg", "ch", *"jtdtdpbmnnnnyrlvs", "sh", "sh", "h"), strict=True)),
    **dict(zip("खघछझठढथधफभ", ("kh", "gh", "chh", "jh", "th", "dh", "th", "dh", "ph", "bh"), strict=True)),
}
_SOUNDS = ("a", "i", "ee", "u", "oo", "e", "ai", "o", "au", "ri")
_SIGNS: Mapping[str, str] = {**dict(zip("ािीुूेैोौृ", _SOUNDS, strict=True)), "\u094d": ""}
_VOWELS: Mapping[str, str] = {**dict(zip("आइईउऊएऐओऔऋ", _SOUNDS, strict=True)), "अ": "a", "ं": "n", "ँ": "n"}
_SYLLABLE = re.compile("(?P<consonant>[क-ह])(?:(?P<sign>[ा-ौृ\u094d])|(?P<last>$|(?=[^ऀ-ॿ])))?")


class Misspelling(NamedTuple):
    """What somebody types, the name of the unit that is meant, and how it is misspelt."""

    kind: str
    typed: str
    name: Text


def misspellings(units: Sequence[Unit], seed: int = 1) -> Iterator[Misspelling]:
    """As many of each kind, seats and generated units in turns; none is the name of another unit."""
    known = {text.casefold() for unit in units for text in spellings(unit.name)}
    seats, others = ([unit.name for unit in units if unit.level in levels] for levels in (SEATS, GENERATED))
    for kind, slip in KINDS.items():
        random = Random(f"{seed}/{kind}")
        drawn = zip_longest(*(random.sample([*dict.fromkeys(names)], len({*names})) for names in (seats, others)))
        names = (name for name in chain.from_iterable(drawn) if name is not None)
        typed = ((name, misspelt(random, name, slip)) for name in names)
        told = (Misspelling(kind, text, name) for name, text in typed if text and text.casefold() not in known)
        yield from islice(told, EACH)


def misspelt(random: Random, name: Text, slip: Slip) -> str | None:
    """``name`` misspelt in the one language or the other; every second time without capital letters."""
    languages = random.sample(spellings(name), len(spellings(name)))
    text = next(filter(None, (slip(random, text) for text in languages)), None)
    return text.lower() if text and random.random() < 0.5 else text


def spellings(name: Text) -> tuple[str, ...]:
    """A name in each language in which it is given."""
    return (name.en,) if name.hi is None else (name.en, name.hi)


def replaced(pairs: Pairs) -> Slip:
    """Writes one of the patterns otherwise, at one place."""

    def slip(random: Random, text: str) -> str | None:
        places = [(*found.span(), new) for old, new in pairs for found in re.finditer(old, text, re.IGNORECASE)]
        if not places:
            return None
        first, last, new = random.choice(places)
        return text[:first] + (new.title() if text[first].isupper() else new) + text[last:]

    return slip


def changed(pattern: str, change: Callable[[Random, str], str]) -> Slip:
    """Changes what stands at one place of the pattern."""

    def slip(random: Random, text: str) -> str | None:
        places = [found.span(1) for found in re.finditer(f"(?=({pattern}))", text, re.IGNORECASE)]
        if not places:
            return None
        first, last = random.choice(places)
        return text[:first] + change(random, text[first:last]) + text[last:]

    return slip


def other_script(random: Random, text: str) -> str | None:
    """A Hindi name typed in Latin, every second time with a slip."""
    if text.isascii():
        return None
    typed = romanised(text)
    if random.random() < 0.5:
        return typed
    slips = [slip for kind, slip in KINDS.items() if kind != OTHER_SCRIPT]
    return next(filter(None, (slip(random, typed) for slip in random.sample(slips, len(slips)))), typed)


def romanised(text: str) -> str:
    """A Hindi name in Latin, letter by letter; a word ends in no ``a`` that is not written."""

    def syllable(found: re.Match[str]) -> str:
        unwritten = "" if found["last"] is not None else "a"
        return _CONSONANTS[found["consonant"]] + _SIGNS.get(found["sign"], unwritten)

    letters = _SYLLABLE.sub(syllable, text.replace("ड\u093c", "र").replace("ढ\u093c", "र्ह"))
    return "".join(_VOWELS.get(letter, letter) for letter in letters).title()


def _another_vowel(random: Random, old: str) -> str:
    return random.choice(("aeiou" if old.isascii() else "ािुेो").replace(old, ""))


OTHER_SCRIPT = "the Hindi name typed in Latin, half of them with one of these slips"
KINDS: Mapping[str, Slip] = {
    "a letter doubled": changed(_LETTER, lambda _, old: old * 2),
    "a letter dropped": changed(_LETTER, lambda _, old: ""),  # noqa: ARG005
    "two neighbours swapped": changed(_LETTER * 2, lambda _, old: old[::-1]),
    "a wrong vowel": changed("(?<=.)[aeiou\u093e-\u094c]", _another_vowel),
    "breath lost: k for kh, क for ख": replaced(_BREATH),
    "a long vowel short, a short one long: oo/u, ee/i, ी/ि, ू/ु": replaced(_LENGTH),
    "a nasal otherwise: खूँटी, खूण्टी": replaced(_NASAL),
    "the nukta dropped: ड for ड़": replaced([("\u093c", "")]),
    "s for sh; v, w, b in each other's place": replaced(_ALIKE),
    OTHER_SCRIPT: other_script,
}
