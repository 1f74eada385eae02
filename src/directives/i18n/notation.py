"""Numbers and days as people write them: digits of any script, the day first, the month's name in Hindi or English."""

import re
import unicodedata

_MONTHS = (
    "january jan जनवरी",
    "february feb फरवरी फ़रवरी",
    "march mar मार्च",
    "april apr अप्रैल",
    "may मई",
    "june jun जून",
    "july jul जुलाई",
    "august aug अगस्त",
    "september sep sept सितंबर सितम्बर",
    "october oct अक्टूबर अक्तूबर",
    "november nov नवंबर नवम्बर",
    "december dec दिसंबर दिसम्बर",
)
_MONTH = {
    unicodedata.normalize("NFC", name): number
    for number, names in enumerate(_MONTHS, start=1)
    for name in names.split()
}
_DAY_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?=$|[T ])", re.ASCII)
_MONTH_NAMED = re.compile(r"(\d{1,2}) +([^\W\d]\S*?)[.,]? +(\d{4})(?=$|[T ,])")


def plain_digits(text: str) -> str:
    """``text`` with the decimal digits of any script as ASCII: ``१५`` as ``15``."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in text)


def as_iso(text: str) -> str:
    """A day, or a moment that begins with one, as ISO 8601 has it; what is no such day stays as it is.

    ``15-11-2023``, ``15/11/2023``, ``15.11.2023``, ``15 November 2023`` and ``१५ नवंबर २०२३`` are ``2023-11-15``: the
    day comes first, as India writes it.
    """
    plain = " ".join(plain_digits(unicodedata.normalize("NFC", text)).split())
    if matched := _DAY_FIRST.match(plain):
        day, _, month, year = matched.groups()
    elif (matched := _MONTH_NAMED.match(plain)) and matched[2].lower() in _MONTH:
        day, month, year = matched[1], _MONTH[matched[2].lower()], matched[3]
    else:
        return plain
    rest = plain[matched.end() :].lstrip(",")
    return f"{year}-{int(month):02}-{int(day):02}{rest.replace(' ', 'T', 1) if rest.startswith(' ') else rest}"


def stays_on_line(character: str) -> bool:
    """Whether a character neither breaks a line nor turns its direction."""
    return character.isprintable() or character in "\u200c\u200d"  # joiners, which Hindi needs


def shown(text: str) -> str:
    """``text`` on one line for people: what would break the line, or turn its direction, is told as a code."""
    text = " ".join(text.split())
    if text.isprintable():
        return text
    return "".join(each if stays_on_line(each) else f"\\u{ord(each):04x}" for each in text)
