"""The command ``directives``."""

import click

from directives import __version__
from directives_cli.bulk import import_commands, schemas
from directives_cli.deeds import add_deeds
from directives_cli.demo import demo
from directives_cli.directives import directive
from directives_cli.evidence import evidence
from directives_cli.meetings import meeting
from directives_cli.organisation import init, org
from directives_cli.persons import person
from directives_cli.shell import Noun
from directives_cli.store import doctor, rebuild
from directives_cli.tasks import daily, history, overdue, status, task


class Root(Noun):
    """The program; the commands of the kinds are added when it first runs, so that a bad one is told in one line."""

    _prepared = False

    def prepare(self) -> None:
        """Add the commands on tasks."""
        if not self._prepared:
            add_deeds(self)
        self._prepared = True


@click.group(cls=Root, invoke_without_command=True)
@click.version_option(__version__, prog_name="directives")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Track directives and tasks at every level of an organisation."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


QUESTIONS = (status, overdue, daily, history)
STORE = (import_commands, schemas, doctor, rebuild, demo)
for command in (init, org, meeting, directive, task, evidence, person, *QUESTIONS, *STORE):
    main.add_command(command)
