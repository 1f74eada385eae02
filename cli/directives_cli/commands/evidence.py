"""The group ``evidence``."""

import shutil
import sys
from pathlib import Path

import click

from directives import EvidenceView, say_number
from directives_cli.choices import choices, words
from directives_cli.data import print_data, print_json
from directives_cli.options import Group, Named, as_rows, question
from directives_cli.render import NOT_SO, add_same_document, new_file, print_table, say

COLUMNS = ("digest", "name", "media_type", "size", "condition", "kept", "stream", "position", "same_document")
"""The columns of the list as CSV."""


@click.group(cls=Group)
def evidence() -> None:
    """Evidence: the files that were handed in."""


@evidence.command("add")
@click.argument("file", metavar="FILE")
def add_evidence(file: str) -> None:
    """Keep a file, once; a command of directives import names it by what this prints with --json."""
    with choices().open() as tracker:
        document = tracker.keep_evidence(file)
    if choices().as_json:
        print_json(document)
    else:
        click.echo(document.digest)


@question
@as_rows
@evidence.command("list")
@click.argument("reference", metavar="[REF]", type=Named("reference"), required=False)
def list_evidence(reference: str | None) -> None:
    """Show the files that were handed in, for a task or for all, and whether they are what they were.

    With all are those that were kept and that no entry names.

    Exits with 3 when one that was kept is missing or was altered.
    """
    with choices().open() as tracker:
        files = tracker.evidence(reference)
    if not print_data(files, COLUMNS):
        rows = [
            [each.digest, each.media_type, _size(each), words(_condition(each)), _place(each), each.name or ""]
            for each in files
        ]
        headings = ["digest", "type", "bytes", "", "handed in for", "file"]
        add_same_document(headings, rows, files)
        print_table(headings, rows, numbers=["bytes"], nothing="No file.")
    if any(each.wrong for each in files):
        sys.exit(NOT_SO)


def _size(view: EvidenceView) -> str:
    return say_number(view.size, choices().lang)


def _place(view: EvidenceView) -> str:
    return words("no entry names it") if view.stream is None else view.stream


def _condition(view: EvidenceView) -> str:
    """The word for whether a file is what it was."""
    return "never kept here" if view.never_kept else view.condition


@evidence.command("get")
@click.argument("digest", metavar="DIGEST")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
def get_evidence(digest: str, file: Path) -> None:
    """Write a file that was handed in to FILE, which must be new, after a look at its content."""
    with choices().open() as tracker, tracker.open_evidence(digest) as source, new_file(file, "xb") as target:
        shutil.copyfileobj(source, target)
    say("{file} is what was handed in.", file=file)
