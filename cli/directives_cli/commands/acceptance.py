"""The group ``acceptance``."""

import sys

import click

from directives_cli.options import Group


@click.group(cls=Group)
def acceptance() -> None:
    """The features as acceptance checks, of this library or of any tool."""


@acceptance.command("serve")
def serve_tracker() -> None:
    """Be the subject of the features, in memory: read requests and write answers, a JSON object a line."""
    from directives.acceptance import TrackerSubject, serve

    serve(TrackerSubject(), sys.stdin.buffer, sys.stdout.buffer)
