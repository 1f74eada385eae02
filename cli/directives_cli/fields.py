"""What the fields of a command are called on the command line, for what is told of them."""

from collections.abc import Collection, Iterable

import click

from directives_cli.helped import COMMON


def as_typed(ctx: click.Context, params: Iterable[click.Parameter], common: Collection[str]) -> dict[str, str]:
    """The fields of a command, each with the option or the argument by which it is given; a task names two more.

    Args:
        common: the common options that are given.
    """
    own, others = dict[str, str](), dict[str, str]()
    for each in params:
        typed = each.opts[0] if isinstance(each, click.Option) else each.get_usage_pieces(ctx)[0].strip("[].")
        if isinstance(each, click.Argument) or each.name in ("as", "db") or _is_given(ctx, each, common):
            own[str(each.name)] = typed.partition("|")[0]
        others |= {field: typed.partition("|")[0] for field, option in FIELDS if typed.partition(".")[0] == option}
    return others | own


def _is_given(ctx: click.Context, option: click.Parameter, common: Collection[str]) -> bool:
    return option.name in common if option.name in COMMON else ctx.params.get(str(option.name)) not in (None, ())


FIELDS = (
    ("office", "--as"),
    ("occurred_at", "--at"),
    ("on_behalf_of", "--for"),
    ("backdating_days", "--backdating"),
    ("parameters", "--set"),
    ("code", "UNIT"),
    ("id", "DIRECTIVE"),
    ("unit", "TASK"),
    ("directive", "TASK"),
    ("history", "REF"),
    ("evidence", "DIGEST"),
    ("from", "--from"),
    ("to", "--to"),
    *(("file", each) for each in ("FILE", "MINUTES")),
)
"""The fields of commands that are called otherwise on the command line."""
