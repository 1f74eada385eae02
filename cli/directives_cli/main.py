"""The command ``directives``."""

import click

from directives import __version__


@click.group()
@click.version_option(__version__, prog_name="directives")
def main() -> None:
    """Track directives and tasks at every level of an organisation."""
