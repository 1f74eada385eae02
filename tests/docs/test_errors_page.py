"""The page of errors, and the docstring of their module, have each at its place in the tree, with its exit code."""

import re
from pathlib import Path

import directives
from directives.domain import errors

PAGE = Path(__file__).parents[2] / "docs" / "errors.md"


def depth(error):
    return error.__mro__.index(errors.DirectivesError)


def every():
    found, waiting = [], [errors.DirectivesError]
    while waiting:
        found.append(waiting.pop())
        waiting += found[-1].__subclasses__()
    return [error for error in found if error.__module__ == errors.__name__]


def test_every_error_is_on_the_page_with_its_place_and_exit_code():
    rows = re.findall(r"^\| ((?:— )*)`(\w+)` \| (\d) \|", PAGE.read_text("utf-8"), re.M)
    on_page = [(name, len(dashes) // 2, int(code)) for dashes, name, code in rows]
    assert sorted(on_page) == sorted((error.__name__, depth(error), error.exit_code) for error in every())
    for (name, level, _), (above, outer, _) in zip(on_page[1:], on_page, strict=False):
        assert level <= outer + 1
        if level > outer:
            assert issubclass(getattr(errors, name), getattr(errors, above))


def test_every_error_is_in_the_tree_of_the_docstring_and_public():
    tree = re.findall(r"^[ │]*[├└]── (\w+)", errors.__doc__, re.M)
    assert sorted(tree) == sorted(error.__name__ for error in every() if error is not errors.DirectivesError)
    assert {error.__name__ for error in every()} <= set(directives.__all__)
