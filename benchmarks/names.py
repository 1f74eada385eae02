"""What the names of units are measured by: units that are named, their labels, and the search for misspelt names."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from statistics import median
from typing import NamedTuple, TypeVar

from benchmarks.measuring import Row, Spent, medians, spent, tell, under
from benchmarks.misspelt import KINDS, Misspelling, misspellings, spellings
from benchmarks.stores import Clock, state_store
from directives import FoundUnit, Text, Tracker, Unit

Given = TypeVar("Given")
SOME = 300
"""Units that are named in each way."""
FIRST = 3
"""Units that a search offers."""
GOAL = 450
PAGE = 50


class Searched(NamedTuple):
    """A misspelt name, what the search for it offers, and what that takes."""

    misspelling: Misspelling
    offered: Sequence[FoundUnit]
    took: Spent

    @property
    def found(self) -> bool:
        """Whether a unit of the name that is meant is offered."""
        return any(each.name == self.misspelling.name for each in self.offered)

    @property
    def outright(self) -> bool:
        """Whether the misspelt name is taken as that name."""
        return any(each.name == self.misspelling.name and each.how == "name" for each in self.offered)


def rows() -> Iterator[Row]:
    """Measure, and tell each figure as it comes."""
    with tempfile.TemporaryDirectory() as name:
        tell("a store of one state")
        with state_store(Path(name) / "names.db", Clock()) as tracker:
            units = tracker.units()
            labels = tracker.labels(unit.code for unit in units)
            yield from naming(tracker, units, labels)
            yield from labelling(tracker, units)
            yield from searching(tracker, units)


def naming(tracker: Tracker, units: Sequence[Unit], labels: dict[str, Text]) -> Iterator[Row]:
    """The unit that a code, a name or a label means."""
    tell("units that are named")
    drawn = Random(1).sample(units, len(units))
    unique = [unit.code for unit in drawn if labels[unit.code] == unit.name][:SOME]
    shared = [unit.code for unit in drawn if labels[unit.code].en.endswith(")")][:SOME]
    asked = {
        "a unit by its code": [unit.code for unit in drawn[:SOME]],
        "… by a name that it alone bears, in English": [labels[code].en for code in unique],
        "… in Hindi": [labels[code].of("hi") for code in unique],
        "… by the label of a unit that shares its name, in English": [labels[code].en for code in shared],
        "… in Hindi, such a label": [labels[code].of("hi") for code in shared],
    }
    for what, texts in asked.items():
        took = _of_each(lambda text: tracker.meant("unit", text), texts)
        yield Row(what, f"{took.clock * 1e6:,.0f} µs", note=f"{took.cpu * 1e6:,.0f} µs of processor time; {texts[0]}")


def _of_each(deed: Callable[[Given], object], given: Sequence[Given]) -> Spent:
    """The medians of what ``deed`` takes with each of ``given``."""
    runs = [spent(lambda each=each: deed(each)) for each in given]
    return Spent(median(run.clock for run in runs), median(run.cpu for run in runs))


def labelling(tracker: Tracker, units: Sequence[Unit]) -> Iterator[Row]:
    """The shortest names that mean one unit alone."""
    tell("labels")
    codes = [unit.code for unit in units]
    pages = [codes[first : first + PAGE] for first in range(0, len(codes), PAGE * 10)]
    took, total = _of_each(tracker.labels, pages), medians(lambda: tracker.labels(codes), 3)
    yield Row(f"the labels of a page of {PAGE} units", f"{took.clock * 1e3:.1f} ms", note=_processor(took))
    yield Row(f"… of all {len(codes):,}", f"{total.clock:.2f} s", note=f"{total.cpu:.2f} s of processor time")


def _processor(took: Spent) -> str:
    return f"{took.cpu * 1e3:.1f} ms of processor time"


def searching(tracker: Tracker, units: Sequence[Unit]) -> Iterator[Row]:
    """The search for misspelt names: what it takes, and what it finds."""
    tell("misspelt names")
    done = [searched(tracker, each) for each in misspellings(units)]
    for how, what in (("sound", "a search that finds by sound"), ("spelling", "… that ends in near spellings")):
        runs = [each.took for each in done if [unit.how for unit in each.offered[:1]] == [how]]
        took = Spent(median(run.clock for run in runs), median(run.cpu for run in runs))
        note = f"median of {len(runs)}, the slowest {max(run.clock for run in runs) * 1e3:.1f} ms"
        yield under(what, took, 50, note)
    yield from found_of_kinds(done)


def searched(tracker: Tracker, misspelling: Misspelling) -> Searched:
    """What the search for a misspelt name offers."""
    offered = list[FoundUnit]()
    took = spent(lambda: offered.extend(tracker.find_units(misspelling.typed, limit=FIRST)))
    return Searched(misspelling, offered, took)


def found_of_kinds(done: Sequence[Searched]) -> Iterator[Row]:
    """How many misspelt names are found, of each kind and in all."""
    of_kind = Counter(each.misspelling.kind for each in done)
    found = Counter(each.misspelling.kind for each in done if each.found)
    outright = Counter(each.misspelling.kind for each in done if each.outright)
    for kind in KINDS:
        typed = next(each.misspelling for each in done if each.misspelling.kind == kind)
        example = f"{typed.typed} for {' / '.join(spellings(typed.name))}"
        note = f"{outright[kind]} taken as the name outright; {example}"
        yield Row(f"misspelt, {kind}: among the first {FIRST}", f"{found[kind]} of {of_kind[kind]}", note=note)
    total = found.total()
    note = f"{outright.total()} taken as the name outright"
    goal = f"at least {GOAL}"
    yield Row(f"all {len(done)} misspelt names: among the first {FIRST}", f"{total}", goal, total >= GOAL, note)
