"""The command ``directives``."""

import click

from directives import __version__
from directives_cli.organisation import init, org
from directives_cli.shell import Noun


@click.group(cls=Noun, invoke_without_command=True)
@click.version_option(__version__, prog_name="directives")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Track directives and tasks at every level of an organisation."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


main.add_command(init)
main.add_command(org)
