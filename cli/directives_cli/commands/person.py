"""The group ``person``."""

from collections.abc import Iterable
from pathlib import Path

import click

from directives import ErasePerson, PersonView
from directives_cli.choices import choices, words
from directives_cli.data import print_data, print_json
from directives_cli.files import new_file
from directives_cli.options import Group, Named, as_rows, question
from directives_cli.render import names_of, print_fields, print_table, say, tell


@click.group(cls=Group)
def person() -> None:
    """Persons: their personal data, sealed, and erased on request."""


@question
@as_rows
@person.command("list")
@click.option("--unit", metavar="UNIT", type=Named("unit"), help="Only at this unit and below it.")
def list_persons(unit: str | None) -> None:
    """Show the persons registered by units, and what the keys of this store can decrypt."""
    with choices().open() as tracker:
        persons = tracker.persons(unit)
        names = names_of(tracker, [each.unit for each in persons])
    if print_data(persons, ("person", "state", "phone", "name", *_further(persons))):
        return
    further = [[f"{name}: {value}" for name, value in _others(each).items()] for each in persons]
    rows = [
        [each.person, words(each.state), each.phone or "", each.name or "", names[each.unit], "; ".join(others)]
        for each, others in zip(persons, further, strict=True)
    ]
    if any(further):
        print_table(["person", "state", "phone", "name", "unit", "further"], rows, nothing="No persons.")
        return
    print_table(["person", "state", "phone", "name", "unit"], [row[:-1] for row in rows], nothing="No persons.")


def _others(view: PersonView) -> dict[str, str]:
    """What is known of a person but for name and telephone number."""
    return {name: value for name, value in view.fields.items() if name not in ("name", "phone") and value is not None}


def _further(persons: Iterable[PersonView]) -> list[str]:
    """The columns of what is known of any of them besides."""
    return sorted({f"fields.{name}" for each in persons for name in _others(each)})


@question
@person.command("show")
@click.argument("person", type=Named("person"))
def show_person(person: str) -> None:
    """Show one person."""
    with choices().open() as tracker:
        view = tracker.person(person)
        names = names_of(tracker, [view.unit])
    if choices().as_json:
        print_json(view)
        return
    lines = {
        "person": view.person,
        "state": words(view.state),
        "phone": view.phone or "",
        "unit": names[view.unit],
        "name": view.name or "",
    }
    print_fields({name: value for name, value in lines.items() if value}, width=10, own=_others(view))


@question
@person.command("export")
@click.argument("person", type=Named("person"))
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help="A new file, which only you can read.")
def export_person(person: str, out: Path | None) -> None:
    """Print as JSON all that was ever recorded about a person: each value with its event and its day."""
    with choices().open() as tracker:
        exported = tracker.export_person(person)
    if out is None:
        print_json(exported)
        return
    with new_file(out, "x", "utf-8", private=True) as file:
        file.write(exported.model_dump_json(indent=2) + "\n")
    say("Wrote {file}: it holds what is known of {person}, unencrypted.", file=out, person=person)


@person.command("forget")
@click.argument("person", type=Named("person"))
@click.option("--reason", required=True, help="Why.")
def forget_person(person: str, reason: str) -> None:
    """Erase the personal data of a person for good: their key is destroyed. The record stays, and is unreadable."""
    with choices().open() as tracker:
        envelope = choices().own_envelope(tracker.zone)
        events = tracker.make(ErasePerson, person=person, reason=reason, **envelope)
        tell(tracker, events)
    if not events and not choices().as_json:
        say("{person} is already erased: nothing changed.", person=person)
