"""The scenarios that are there to be run, read from the features themselves: a run is compared with them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from gherkin.parser import Parser

from directives.acceptance.files import features
from directives.acceptance.subject import CLAIMS, OWN

LANGUAGES = ("hi", "en")
STATEMENT = re.compile(r"s\d")


class Scenario(NamedTuple):
    """A scenario in one language.

    ``id`` is its first tag, the same in both languages; ``about`` is the tag of its feature, as the statement ``s1``;
    ``tags`` are its own and those of its feature; ``steps`` are the texts of its steps, first the ``background`` ones
    of its feature.
    """

    id: str
    lang: str
    path: Path
    about: str
    feature: str
    rule: str
    name: str
    tags: frozenset[str]
    steps: tuple[str, ...]
    background: int

    @property
    def needs(self) -> frozenset[str]:
        """The claims that a subject must make for it."""
        return self.tags & CLAIMS.keys()

    @property
    def own(self) -> bool:
        """Whether it is about this library's own store, files or lists."""
        return OWN in self.tags

    @property
    def test_name(self) -> str:
        """What pytest calls it."""
        return f"test_{self.id.replace('-', '_')}_{self.lang}"


def paths(lang: str) -> list[Path]:
    """The features of a language."""
    return sorted((features() / lang).glob("*.feature"))


@cache
def scenarios(lang: str) -> tuple[Scenario, ...]:
    """All scenarios of a language: of the statements in their order, then of the other features."""
    found = [each for path in paths(lang) for each in scenarios_in(path)]
    return tuple(sorted(found, key=lambda each: each.about if STATEMENT.fullmatch(each.about) else "t"))


def all_scenarios(languages: Iterable[str] = LANGUAGES) -> list[Scenario]:
    """All scenarios of these languages."""
    return [each for lang in languages for each in scenarios(lang)]


def scenarios_in(path: Path) -> Iterator[Scenario]:
    """The scenarios of one feature."""
    feature = Parser().parse(path.read_text("utf-8"))["feature"]
    of_feature = _tags(feature)
    before: list[str] = []
    for rule, child in _children(feature["children"], ""):
        if "background" in child:
            before += _steps(child["background"])
            continue
        found = child["scenario"]
        tags = _tags(found)
        yield Scenario(
            tags[0],
            path.parent.name,
            path,
            of_feature[0],
            feature["name"],
            rule,
            found["name"],
            frozenset((*of_feature, *tags)),
            (*before, *_steps(found)),
            len(before),
        )


def _children(children: Sequence[Any], rule: str) -> Iterator[tuple[str, Any]]:
    for child in children:
        if "rule" in child:
            yield from _children(child["rule"]["children"], child["rule"]["name"])
        else:
            yield rule, child


def _tags(part: Any) -> list[str]:
    return [tag["name"].removeprefix("@") for tag in part["tags"]]


def _steps(part: Any) -> list[str]:
    return [step["text"] for step in part["steps"]]


def faults_of(found: Sequence[Scenario], patterns: Sequence[str]) -> list[str]:
    """Why these scenarios cannot all be run: a step that no pattern or more than one matches, a name that is twice."""
    compiled = [re.compile(pattern) for pattern in patterns]
    faults: list[str] = []
    for step in dict.fromkeys(step for each in found for step in each.steps):
        matching = sum(1 for pattern in compiled if pattern.fullmatch(step))
        if matching != 1:
            faults.append(f"{matching} definitions for the step: {step}")
    for name, number in Counter((each.path, each.name) for each in found).items():
        if number > 1:
            faults.append(f"{number} scenarios of one name: {name[1]}")
    for (id_, lang), number in Counter((each.id, each.lang) for each in found).items():
        if number > 1:
            faults.append(f"{number} scenarios of one tag: @{id_} ({lang})")
    return faults
