"""The group ``person``."""

import click

from directives import ErasePerson, PersonView
from directives_cli.choices import choices, words
from directives_cli.data import print_data, print_json
from directives_cli.options import Group, Named, as_rows, question
from directives_cli.render import names_of, print_fields, print_table, say, tell


@click.group(cls=Group)
def person() -> None:
    """Persons: personal data, which is sealed, and erased on demand."""


@question
@as_rows
@person.command("list")
@click.option("--unit", metavar="UNIT", type=Named("unit"), help="Only at this unit and below it.")
def list_persons(unit: str | None) -> None:
    """Show the persons whom units know by a code, with what the keys of this store open."""
    with choices().open() as tracker:
        persons = tracker.persons(unit)
        names = names_of(tracker, map(_unit_of, persons))
    if print_data(persons, ("person", "state", "phone", "name")):
        return
    rows = [
        [each.person, words(each.state), each.phone or "", each.name or "", names[_unit_of(each)]] for each in persons
    ]
    print_table(["person", "state", "phone", "name", "unit"], rows, nothing="Nobody.")


def _unit_of(view: PersonView) -> str:
    return view.person.rpartition("/")[0]


@question
@person.command("show")
@click.argument("person", type=Named("person"))
def show_person(person: str) -> None:
    """Show one person."""
    with choices().open() as tracker:
        view = tracker.person(person)
        names = names_of(tracker, [_unit_of(view)])
    if choices().as_json:
        print_json(view)
        return
    lines = {
        "person": view.person,
        "state": words(view.state),
        "phone": view.phone or "",
        "unit": names[_unit_of(view)],
        "name": view.name or "",
    }
    print_fields({name: value for name, value in lines.items() if value}, width=10)


@person.command("forget")
@click.argument("person", type=Named("person"))
@click.option("--reason", required=True, help="Why.")
def forget_person(person: str, reason: str) -> None:
    """Erase the personal data of a person for good: the key is destroyed; what is recorded stays, and is unreadable."""
    with choices().open() as tracker:
        envelope = choices().own_envelope(tracker.zone)
        events = tracker.make(ErasePerson, person=person, reason=reason, **envelope)
        tell(tracker, events)
    if not events and not choices().as_json:
        say("{person} is erased already: nothing changed.", person=person)
