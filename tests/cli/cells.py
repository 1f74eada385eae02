"""Where a terminal puts what a line holds, as its two kinds do it: a vowel sign takes a cell, or none."""

from unicodedata import category, east_asian_width


def places(line, signs):
    """The cell in which each character of a line begins, and where the line ends.

    Args:
        signs: the cells of a vowel sign, 0 or 1.
    """
    cell = 0
    for each in line:
        yield cell
        kind = category(each)
        if each == "\t":
            cell = cell // 8 * 8 + 8
        elif kind == "Mc":
            cell += signs
        elif kind not in ("Mn", "Me", "Cf"):
            cell += 2 if east_asian_width(each) in "WF" else 1
    yield cell


def ends(line, signs):
    """How many cells a line takes."""
    return [*places(line, signs)][-1]


def starts(line, text, signs):
    """The cell in which ``text``, which is in the line once, begins there."""
    return [*places(line, signs)][line.index(text)]
