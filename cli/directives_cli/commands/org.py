"""The group ``org``."""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import IO, Any, Unpack

import click

from directives import (
    BUNDLED_LEVELS,
    SEAT_ATTRIBUTES,
    Command,
    HistoryEntry,
    Level,
    Listed,
    Message,
    MoveUnit,
    NotFound,
    OfDay,
    OrganisationFile,
    RegisterUnits,
    RenameUnit,
    RestoreUnit,
    RetireUnit,
    Unit,
    generated_india,
    generated_state,
    organisation_template,
    read_levels,
    say_number,
    shown,
    write_levels,
    write_organisation,
)
from directives_cli.choices import Misused, choices, words
from directives_cli.data import print_data, print_json
from directives_cli.files import new_file
from directives_cli.options import Group, Named, as_rows, of_day, question, taking
from directives_cli.render import print_fields, print_lines, print_table, progress_of, say, tell
from directives_cli.tables import tree_lines
from directives_cli.titles import day_told

LEVELS = "The levels: lok-sabha, district, or a file. [default: those of the store, else lok-sabha]"
TOLD = {
    "Registered": "{number} registered",
    "Renamed": "{number} renamed",
    "AttributesChanged": "{number} with other attributes",
    "Moved": "{number} moved",
    "Retired": "{number} retired",
    "Restored": "{number} restored",
    "AssignmentFolded": "{number} {number:scope|scopes} merged",
    "LevelCompleted": "{number} {number:level|levels} completed",
    "LevelReopened": "{number} {number:level|levels} reopened",
    "LevelWithdrawn": "{number} {number:level|levels} withdrawn",
    "LevelReinstated": "{number} {number:level|levels} reinstated",
    "Completed": "{number} {number:directive|directives} completed",
}
"""What an import of units can cause."""
FOUND = {
    "name": Message("its name"),
    "sound": Message("its sound"),
    "beginning": Message("its beginning"),
    "spelling": Message("a near spelling"),
}
"""How a unit was found."""


@click.group(cls=Group)
def org() -> None:
    """The organisation: its levels and units."""


@of_day
@org.command()
def tree(**day: Unpack[OfDay]) -> None:
    """Show the units as a tree; of an earlier day, with the names of then."""
    with choices().open() as tracker:
        units, told = tracker.units(**day), day_told(tracker, **day)
    if choices().as_json:
        print_json(units)
        return
    if isinstance(told, Message):
        say("The organisation, {day}: {number} {number:unit|units}.", day=told, number=len(units))
    print_lines([*_tree(units)])


@question
@org.command("show")
@click.argument("unit", type=Named("unit"))
def show_unit(unit: str) -> None:
    """Show a unit: its place, the units below it, and whether it is retired."""
    with choices().open() as tracker:
        view = tracker.unit(unit)
        levels = {level.code: level.name.of(choices().lang) for level in tracker.levels}
    if choices().as_json:
        print_json(view)
        return
    lang = choices().lang
    lines = {
        "unit": view.code,
        "name": view.name.of(lang),
        "level": view.level_name.of(lang),
        "state": words("retired") if view.retired else "",
        "reports to": " / ".join(name.of(lang) for name in view.above),
        "below it": ", ".join(f"{levels[level]}: {say_number(count, lang)}" for level, count in view.below.items()),
    }
    attributes = {name: value for name, value in view.attributes.items() if value}
    print_fields({name: value for name, value in lines.items() if value}, width=12, own=attributes)


@question
@as_rows
@org.command("find")
@click.argument("text")
@click.option("--level", metavar="LEVEL", type=Named("level"), help="Only units of this level.")
@click.option("--limit", metavar="N", type=int, default=10, show_default=True, help="Only so many.")
def find_units(text: str, level: str | None, limit: int) -> None:
    """Find units by name: as written, by sound, by its beginning, or nearly spelt."""
    with choices().open() as tracker:
        found = tracker.find_units(text, level=level, limit=limit)
        names = {each.code: each.name.of(choices().lang) for each in tracker.levels}
        above = tracker.labels([each.above for each in found if each.above])
    if print_data(found, ("code", "level", "name.en", "name.hi", "above", "retired", "how")):
        return
    lang = choices().lang
    rows = [
        [
            each.code,
            each.label.of(lang),
            names[each.level],
            above[each.above].of(lang) if each.above else "",
            words("retired") if each.retired else words(FOUND[each.how]),
        ]
        for each in found
    ]
    print_table(["code", "name", "level", "reports to", "found by"], rows, nothing="No unit has this name.")


@org.command("export")
@click.option("--levels", is_flag=True, help="Write the levels instead, as init --levels reads them.")
@click.option("--out", metavar="FILE.csv", help="Where to write. [default: standard output]")
def export(levels: bool, out: str | None) -> None:
    """Write the organisation as CSV, for init --org and org import; retired units are left out."""
    with choices().open() as tracker:
        if levels:
            _write("levels", tracker.levels, write_levels, out)
        else:
            _write_units(tracker.units(), out)


@org.command("template")
@click.option("--levels", metavar="NAME|FILE", help=LEVELS)
@click.option("--out", metavar="FILE.csv", help="Where to write. [default: standard output]")
def template(levels: str | None, out: str | None) -> None:
    """Write a CSV organisation to fill in, with one unit of each level."""
    _write_units(organisation_template(_levels(levels)), out)


@org.command("generate")
@click.option("--levels", metavar="NAME|FILE", help=LEVELS)
@click.option("--state", metavar="STATE", help="One state or union territory of India, by name or code: jharkhand, JH.")
@click.option("--india", is_flag=True, help="All India: a nation over its states.")
@click.option(
    "--scale", type=float, default=1.0, help="Multiply the real number of units below the seats. [default: 1]"
)
@click.option("--seed", type=int, default=1, help="The same seed generates the same units.")
@click.option("--out", metavar="FILE.csv", help="Where to write. [default: standard output]")
def generate(levels: str | None, state: str | None, india: bool, scale: float, seed: int, out: str | None) -> None:
    """Generate a realistic sample organisation: the seats are real, the units below them invented.

    A state has about 34,000 units, all India 1.3 million.
    """
    if india == (state is not None):
        raise Misused("choose what to generate: either --state STATE or --india")
    chosen = _levels(levels)
    if state is None:
        units = generated_india(levels=chosen, scale=scale, seed=seed)
    else:
        units = generated_state(state, levels=chosen, scale=scale, seed=seed)
    _write_units(units, out, SEAT_ATTRIBUTES)


def _levels(name: str | None) -> Sequence[Level]:
    """The levels of that name or file; without one those of the store, and without a store the usual ones."""
    if name is not None:
        return read_levels(name)
    try:
        with choices().open() as tracker:
            return tracker.levels
    except NotFound:
        return BUNDLED_LEVELS["lok-sabha"]


def _write_units(units: Iterable[Unit], out: str | None, attributes: Sequence[str] | None = None) -> None:
    """Write units to a new file, or to standard output."""
    rows = units if attributes is not None else [*units]
    noted = attributes if attributes is not None else sorted({name for unit in rows for name in unit.attributes})
    _write("units", rows, partial(write_organisation, attributes=noted), out)


WRITTEN = {
    "units": "{number} {number:unit|units} written to {file}.",
    "levels": "{number} {number:level|levels} written to {file}.",
}


def _write(what: str, rows: Iterable[Any], write: Callable[[Iterable[Any], IO[str]], int], out: str | None) -> None:
    """Write ``rows`` to a new file, or to standard output, there as JSON where that is asked for."""
    if out is None:
        if choices().as_json:
            print_json([*rows])
        else:
            write(rows, sys.stdout)
        return
    with new_file(Path(out), "x", encoding="utf-8") as file:
        number = write(rows, file)
    if choices().as_json:
        print_json({what: number, "file": out})
    else:
        say(WRITTEN[what], number=number, file=out)


@org.command("import")
@click.argument("file", metavar="FILE.csv")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option(
    "--retire-missing", is_flag=True, help="The file is the whole organisation: retire units that are not in it."
)
@click.option("--reason", help="Why units move or retire. [default: the name of the file]")
def import_units(file: str, dry_run: bool, retire_missing: bool, reason: str | None) -> None:
    """Update the organisation from a CSV file: missing units join, those that differ change."""
    entries: list[HistoryEntry] = []
    with choices().open() as tracker, OrganisationFile(file, tracker.levels) as units:
        number, envelope, why = len(units), choices().headquarters_envelope(tracker), reason or Path(file).name
        if dry_run or retire_missing:
            fields = {"units": units.all(), "retire_missing": retire_missing, "reason": why}
            command = tracker.command(RegisterUnits, **fields, **envelope)
            with units.told_by_line():
                entries = tracker.preview(command, choices().lang) if dry_run else []
                counted = Counter(event.name for event in entries or (() if dry_run else tracker.execute(command)))
        else:
            with progress_of("units") as progress:
                counted = tracker.register_from(units, reason=why, progress=progress, **envelope)
    if choices().as_json:
        print_json(entries if dry_run else {"units": number, "events": counted.total()})
        return
    for entry in entries:
        click.echo(f"{entry.stream}: {entry.sentence}")
    _tell_counts(counted, dry_run)


def _tell_counts(counted: Counter[str], dry_run: bool) -> None:
    """Print how many units an import changes, and what follows from it."""
    done = Listed(*(Message(TOLD[name], number=count) for name, count in counted.items()), between=", ")
    if not counted:
        say("Nothing would change." if dry_run else "The organisation is already like this: nothing changed.")
    elif dry_run:
        say("Changes that would be made: {done}.", done=done)
    else:
        say("Changes made: {done}.", done=done)


named = taking(
    click.option("--name-en", metavar="TEXT", required=True, help="The name in English."),
    click.option("--name-hi", metavar="TEXT", help="The name in Hindi. [default: the English name is shown]"),
)


@org.command("register")
@click.argument("unit")
@click.option("--parent", metavar="UNIT", type=Named("unit"), required=True, help="Its parent unit.")
@click.option("--level", metavar="LEVEL", type=Named("level"), required=True, help="Its level: block.")
@named
def register_unit(unit: str, parent: str, level: str, name_en: str, name_hi: str | None) -> None:
    """Register a new unit."""
    fields = {"code": unit, "parent": parent, "level": level, "name": {"en": name_en, "hi": name_hi}}
    _carry_out(
        RegisterUnits,
        {"units": (fields,), "joining_only": True},
        Message("{unit} is already registered like this", unit=unit),
    )


@org.command("rename")
@click.argument("unit", type=Named("unit"))
@named
def rename_unit(unit: str, name_en: str, name_hi: str | None) -> None:
    """Rename a unit; its code stays."""
    _carry_out(
        RenameUnit,
        {"code": unit, "name": {"en": name_en, "hi": name_hi}},
        Message("{unit} already has that name", unit=unit),
    )


@org.command("move")
@click.argument("unit", type=Named("unit"))
@click.option("--parent", metavar="UNIT", type=Named("unit"), required=True, help="Its new parent unit.")
@click.option("--reason", required=True, help="Why.")
def move_unit(unit: str, parent: str, reason: str) -> None:
    """Move a unit, with all units below it, under another one; its tasks and totals go along."""
    _carry_out(
        MoveUnit,
        {"code": unit, "parent": parent, "reason": reason},
        Message("{unit} already reports to {parent}", unit=unit, parent=parent),
    )


@org.command("retire")
@click.argument("unit", type=Named("unit"))
@click.option("--reason", required=True, help="Why.")
def retire_unit(unit: str, reason: str) -> None:
    """Retire a unit: it owes nothing more, and its record stays."""
    _carry_out(RetireUnit, {"code": unit, "reason": reason}, None)


@org.command("restore")
@click.argument("unit", type=Named("unit"))
@click.option("--parent", metavar="UNIT", type=Named("unit"), help="Its parent unit. [default: the former one]")
@click.option("--reason", required=True, help="Why.")
def restore_unit(unit: str, parent: str | None, reason: str) -> None:
    """Restore a unit that was retired by mistake or too early, with its tasks and its record."""
    fields = {"code": unit, "parent": parent, "reason": reason}
    _carry_out(RestoreUnit, fields, Message("{unit} already exists", unit=unit))


def _carry_out(command: type[Command], fields: dict[str, Any], nothing: Message | None) -> None:
    """Execute a command of ``fields`` and tell what happened, or that it was so already, in the words ``nothing``."""
    with choices().open() as tracker:
        tell(tracker, tracker.make(command, **fields, **choices().headquarters_envelope(tracker)), nothing)


def _tree(units: Sequence[Unit]) -> Iterator[str]:
    """The units in lines, each under the one that it reports to; a top is also one whose parent came later."""
    lang, known = choices().lang, {unit.code for unit in units}
    below = dict[str | None, list[str]]()
    for unit in units:
        below.setdefault(unit.parent if unit.parent in known else None, []).append(unit.code)
    return tree_lines({unit.code: f"{unit.code}  {shown(unit.name.of(lang))}" for unit in units}, below)
