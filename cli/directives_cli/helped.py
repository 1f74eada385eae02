"""The help of a command: what is its own, an example, and where the common options are explained."""

from collections.abc import Mapping
from gettext import gettext

import click

from directives_cli.arguments import ARGUMENTS
from directives_cli.hindi import Spoken

COMMON = ("db", "as", "actor", "at", "clock_is_right", "command_id", "lang", "json", "debug")
"""The parameters of the options that every command takes."""


class Helped(Spoken):
    """A command whose help tells what is its own, and only names the common options."""

    refused: Mapping[str, str] = {}
    """The common options that it does not use, by their parameters."""
    example: str | None = None
    """What follows its name in its example; None where it has none."""

    def get_help_option_names(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The options that show the help."""
        return ["-h", "--help"]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write its arguments and its own options, then the names of the common ones, and an example."""
        arguments = [each for each in self.params if isinstance(each, click.Argument)]
        if arguments:
            written = [each.get_usage_pieces(ctx)[0] for each in arguments]
            named = [(each, gettext(ARGUMENTS[each]) if each in ARGUMENTS else "") for each in written]
            with formatter.section(gettext("Arguments")):
                formatter.write_dl(named)
        options = [each for each in self.params if isinstance(each, click.Option) and each.name not in COMMON]
        own = [each.get_help_record(ctx) for each in options]
        if told := [each for each in own if each is not None]:
            with formatter.section(gettext("Options")):
                formatter.write_dl(told)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the example, and the names of the common options."""
        if self.example is not None:
            with formatter.section(gettext("Example")):
                formatter.write(f"{'':>{formatter.current_indent}}{ctx.command_path} {self.example}".rstrip() + "\n")
        common = [each for each in self.params if each.name in COMMON and each.name not in self.refused]
        if common:
            names = ", ".join(each.opts[0] for each in common)
            formatter.write_paragraph()
            formatter.write_text(
                gettext("Common options: {names}. directives --help explains them.").format(names=names)
            )
