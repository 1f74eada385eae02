"""The group ``evidence``."""

import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from directives import Document, EvidenceView, say_number, shown
from directives_cli.choices import choices, words
from directives_cli.data import print_data, print_json
from directives_cli.files import new_file
from directives_cli.options import Group, Named, as_rows, question
from directives_cli.render import NOT_SO, add_same_document, print_table, say

COLUMNS = ("digest", "name", "media_type", "size", "condition", "kept", "stream", "position", "same_document")
"""The columns of the list as CSV."""


@click.group(cls=Group)
def evidence() -> None:
    """Evidence: the files that were handed in."""


@evidence.command("add")
@click.argument("file", metavar="FILE")
def add_evidence(file: str) -> None:
    """Store a file once; commands of directives import name it by the digest that --json prints."""
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
    """Show the submitted files of a task, or all, and whether they are unchanged.

    The list of all includes stored files that no entry names.

    Exits with 3 if a stored file is missing or was altered.
    """
    with choices().open() as tracker:
        files = tracker.evidence(reference)
    if not print_data(files, COLUMNS):
        _print_table(files)
    if any(each.not_here for each in files):
        say("The folder of the evidence is not here: put it beside the store, or unpack a pack.")
    if any(each.wrong for each in files):
        sys.exit(NOT_SO)


def _print_table(files: Sequence[EvidenceView]) -> None:
    """Print the files, each in a row."""
    headings = ["digest", "", "submitted for", "file", "type", "bytes"]
    rows = [
        [each.short, words(each.told), _place(each), each.name or "", each.media_type, _size(each)] for each in files
    ]
    add_same_document(headings, rows, files)
    print_table(headings, rows, numbers=["bytes"], important=["", "submitted for", "file"], nothing="No file.")


def _size(view: EvidenceView) -> str:
    return say_number(view.size, choices().lang)


def _place(view: EvidenceView) -> str:
    return words("no entry names it") if view.stream is None else view.stream.removeprefix("task/")


@evidence.command("get")
@click.argument("digest", metavar="DIGEST")
@click.argument("file", metavar="[FILE|-]", required=False)
def get_evidence(digest: str, file: str | None) -> None:
    """Write a submitted file to the new file FILE, after checking its digest.

    DIGEST may be shortened to its first digits, six or more. Without FILE the file gets the name that it was submitted
    under, in the current folder; where FILE is a folder, in that one. With - it goes to standard output.
    """
    with choices().open() as tracker:
        if file == STDOUT:
            with tracker.open_evidence(digest) as source:
                shutil.copyfileobj(source, sys.stdout.buffer)
            say("Wrote standard output; its digest matches.")
            return
        path = Path("." if file is None else file)
        if file is None or (file and path.is_dir()):
            document = tracker.document(digest)
            digest, path = document.digest, path / _name_for(document)
        with tracker.open_evidence(digest) as source, new_file(path, "xb") as target:
            shutil.copyfileobj(source, target)
    say("Wrote {file}; its digest matches.", file=path)


STDOUT = "-"
"""What is written for a file where standard output is meant."""
_DIGITS = 12
_ENDINGS = {
    "application/msword": ".doc",
    "application/pdf": ".pdf",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/zip": ".zip",
    "audio/mpeg": ".mp3",
    "image/gif": ".gif",
    "image/heic": ".heic",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/tiff": ".tif",
    "image/webp": ".webp",
    "text/plain": ".txt",
    "video/mp4": ".mp4",
}
"""What the name of a file ends in that has none, by its media type."""


def _name_for(document: Document) -> str:
    """What a file is called that is written: as where it was handed in, and never out of the folder or hidden there."""
    name = re.split(r"[/\\]", document.name or "")[-1].strip()
    if name and shown(name) == name and not name.startswith("."):
        return name
    digits = document.digest.partition(":")[2][:_DIGITS]
    return f"{digits}{_ENDINGS.get(document.media_type, '')}"
