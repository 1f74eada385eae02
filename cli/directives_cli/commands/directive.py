"""The group ``directive``."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

from directives import (
    AmendDirective,
    AssignmentView,
    AssignToLevel,
    AssignToUnits,
    Command,
    DirectiveView,
    ExtendDirective,
    IssueDirective,
    Message,
    ReinstateDirective,
    ReopenLevel,
    RescheduleDirective,
    WithdrawDirective,
    kinds,
    say_day,
)
from directives_cli.choices import Misused, Wrong, choices, words
from directives_cli.data import print_data, print_json
from directives_cli.options import Group, KindType, Named, as_rows, question, taking
from directives_cli.render import names_of, print_fields, print_table, say_owed, tell, value_told

REASON = click.option("--reason", required=True, help="Why.")
DUE = click.option("--due", metavar="DAY", required=True, help="The due day: 2023-11-30.")


def parameter(text: str) -> tuple[str, str]:
    """``NAME=VALUE``."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise Wrong("{value} is not a parameter: write NAME=VALUE, as window_to=2023-11-30", value=repr(text))
    return name, value


def read_parameters(kind: str, written: Mapping[str, str]) -> dict[str, Any]:
    """The parameters of a kind as somebody wrote them; those that it does not have are refused when they are used."""
    known = kinds().get(kind)
    asked = {} if known is None else {each.name: each for each in known.asks}
    return {name: asked[name].read(value) if name in asked else value for name, value in written.items()}


def title_of(en: str | None, hi: str | None) -> dict[str, str | None] | None:
    """The title, in Hindi too where that is given; None when neither is."""
    if en is None and hi is not None:
        raise Misused("--title-hi: the English title is missing: give --title-en too")
    return None if en is None else {"en": en, "hi": hi}


def terms(required: bool) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The options that say what a directive asks for."""
    return taking(
        click.option("--title-en", metavar="TEXT", required=required, help="Its title."),
        click.option("--title-hi", metavar="TEXT", help="The title in Hindi. [default: the English title is shown]"),
        click.option(
            "--set",
            "parameters",
            metavar="NAME=VALUE",
            multiple=True,
            help="A parameter; directives kind show KIND lists them. Separate the values of a list with commas.",
        ),
        click.option("--grace-days", metavar="DAYS", help="Days of grace for units that join later."),
        click.option(
            "--backdating", metavar="DAYS", help="How many days back a unit may date what it did. [default: any number]"
        ),
    )


@click.group(cls=Group)
def directive() -> None:
    """Directives: issue, assign, change and withdraw them."""


@question
@as_rows
@directive.command("list")
def list_directives() -> None:
    """Show the directives: the levels they are assigned to, their due days, and what the issuing office set."""
    with choices().open() as tracker:
        directives = tracker.directives()
        names = names_of(tracker, (each.scope for view in directives for each in view.assignments))
    columns = ("directive", "kind", "title.en", "title.hi", "meeting", "statements", "withdrawn", "completed")
    if print_data(directives, (*columns, "assignments", "set_by_issuing_office")):
        return
    rows = [
        [
            each.directive,
            _state(each),
            "; ".join(_assigned(assignment, names) for assignment in each.assignments),
            ", ".join(name.removeprefix("parameters.") for name in each.set_by_issuing_office),
            each.title.of(choices().lang),
        ]
        for each in directives
    ]
    print_table(
        ["directive", "state", "assigned to", "set by the issuing office", "title"],
        rows,
        nothing="No directive is issued.",
    )


def _assigned(assignment: AssignmentView, names: Mapping[str, str]) -> str:
    """Who owes by an assignment, and by when, as a phrase."""
    level, scope = assignment.level_name.of(choices().lang), names[assignment.scope]
    return words(Message("{level} of {scope} by {due}", level=level, scope=scope, due=assignment.due))


def _level_and_scope(assignment: AssignmentView, names: Mapping[str, str]) -> str:
    """The level and the scope of an assignment, by their names."""
    return f"{assignment.level_name.of(choices().lang)}, {names[assignment.scope]}"


def _state(directive: DirectiveView | AssignmentView) -> str:
    """The word for how a directive, or one assignment of it, stands."""
    if isinstance(directive, AssignmentView):
        return words("open") if directive.expected is None else words("completed")
    return words("withdrawn") if directive.withdrawn else words("completed") if directive.completed else words("open")


@question
@directive.command("show")
@click.argument("directive", type=Named("directive"))
def show_directive(directive: str) -> None:
    """Show what a directive asks for, of whom, and by when."""
    with choices().open() as tracker:
        view = tracker.directive(directive)
        names = names_of(tracker, (each.scope for each in (*view.assignments, *view.withdrawn_levels)))
    if choices().as_json:
        print_json(view)
        return
    lines = {
        "directive": view.directive,
        "kind": view.kind,
        "state": _state(view),
        "revision": str(view.revision),
        "meeting": f"{view.meeting}: {', '.join(view.statements)}" if view.meeting else "",
        "grace": words(Message("{number} {number:day|days}", number=view.grace_days)),
        "backdating": _backdating(view),
        "title": view.title.of(choices().lang),
    }
    print_fields({name: value for name, value in lines.items() if value or name != "backdating"}, width=10)
    click.echo()
    _print_parameters(view)
    click.echo()
    _print_assignments(view, names)


def _backdating(view: DirectiveView) -> str:
    """How far back a unit may date what it did; empty where that has no limit."""
    days = view.backdating_days
    return "" if days is None else words(Message("at most {number} {number:day|days}", number=days))


def _print_parameters(view: DirectiveView) -> None:
    """Print the parameters of a directive, and who set them."""
    own = set(view.set_by_issuing_office)
    rows = [
        [name, value_told(value), words("issuing office") if f"parameters.{name}" in own else ""]
        for name, value in view.parameters.items()
    ]
    print_table(["parameter", "value", "set by the"], rows, nothing="It has no parameters.")


def _print_assignments(view: DirectiveView, names: Mapping[str, str]) -> None:
    """Print to which levels a directive is assigned, and by when."""
    assigned = [
        [
            each.level,
            each.scope,
            _state(view if view.withdrawn else each),
            say_day(each.due, choices().lang),
            _level_and_scope(each, names),
        ]
        for each in view.assignments
    ]
    assigned += [
        [each.level, each.scope, words("withdrawn"), say_day(each.due, choices().lang), _level_and_scope(each, names)]
        for each in view.withdrawn_levels
    ]
    print_table(["level", "scope", "state", "due", "assigned to"], assigned, nothing="It is not assigned.")


@directive.command("issue")
@click.argument("directive")
@click.option(
    "--kind", metavar="KIND", required=True, type=KindType(), help="The kind, by name or title: written_report."
)
@terms(required=True)
def issue_directive(
    directive: str,
    kind: str,
    title_en: str,
    title_hi: str,
    parameters: Sequence[str],
    grace_days: str | None,
    backdating: str | None,
) -> None:
    """Issue a directive outside a meeting; nobody owes it until it is assigned."""
    title, parsed = title_of(title_en, title_hi), dict(map(parameter, parameters))
    fields = {"directive": directive, "kind": kind, "title": title, "parameters": parsed}
    fields |= {"grace_days": grace_days, "backdating_days": backdating}
    _carry_out(IssueDirective, fields, Message("{directive} is already issued like this", directive=directive))


@directive.command("assign")
@click.argument("directive", type=Named("directive"))
@click.option("--level", metavar="LEVEL", type=Named("level"), help="Assign to every unit of this level: lok_sabha.")
@click.option(
    "--scope", metavar="UNIT", type=Named("unit"), help="Limit --level to this unit and below. [default: the top unit]"
)
@click.option("--unit", "units", metavar="UNIT", type=Named("unit"), multiple=True, help="Assign to these units.")
@DUE
def assign_directive(directive: str, level: str | None, scope: str | None, units: Sequence[str], due: str) -> None:
    """Assign a directive to every unit of a level, or to a few units by name."""
    if bool(level) == bool(units) or (units and scope):
        raise Misused("level: name either --level, with --scope for a part of it, or --unit")
    nothing = Message("{directive} is already assigned like this", directive=directive)
    if units:
        _carry_out(AssignToUnits, {"directive": directive, "units": units, "due": due}, nothing)
    else:
        fields = {"directive": directive, "level": level, "scope": scope, "due": due}
        _carry_out(AssignToLevel, fields, nothing)


@directive.command("amend")
@click.argument("directive", type=Named("directive"))
@terms(required=False)
@REASON
def amend_directive(
    directive: str,
    title_en: str | None,
    title_hi: str | None,
    parameters: Sequence[str],
    grace_days: str | None,
    backdating: str | None,
    reason: str,
) -> None:
    """Change what a directive asks for; tasks that are done keep their terms."""
    title, parsed = title_of(title_en, title_hi), dict(map(parameter, parameters))
    fields = {"directive": directive, "title": title, "parameters": parsed, "reason": reason}
    fields |= {"grace_days": grace_days, "backdating_days": backdating}
    _carry_out(AmendDirective, fields, Message("{directive} already asks for that", directive=directive))


@directive.command("extend")
@click.argument("directive", type=Named("directive"))
@click.option("--level", metavar="LEVEL", type=Named("level"), help="Extend only this level, in its scope: lok_sabha.")
@click.option("--scope", metavar="UNIT", type=Named("unit"), help="The scope to which that level was assigned.")
@DUE
@REASON
def extend_directive(directive: str, level: str | None, scope: str | None, due: str, reason: str) -> None:
    """Give a level, or every open level, more time; for a single unit use task extend."""
    fields = {"directive": directive, "level": level, "scope": scope, "due": due, "reason": reason}
    _carry_out(ExtendDirective, fields, Message("{directive} is already due on that day", directive=directive))


@directive.command("reschedule")
@click.argument("directive", type=Named("directive"))
@click.option("--level", metavar="LEVEL", type=Named("level"), help="Only this level, in its scope: lok_sabha.")
@click.option("--scope", metavar="UNIT", type=Named("unit"), help="The scope to which that level was assigned.")
@DUE
@REASON
def reschedule_directive(directive: str, level: str | None, scope: str | None, due: str, reason: str) -> None:
    """Correct the due day of a level, or of every open level; an earlier day is allowed, but not before today."""
    fields = {"directive": directive, "level": level, "scope": scope, "due": due, "reason": reason}
    _carry_out(RescheduleDirective, fields, Message("{directive} is already due on that day", directive=directive))


@directive.command("reopen")
@click.argument("directive", type=Named("directive"))
@click.option("--level", metavar="LEVEL", type=Named("level"), required=True, help="The level: lok_sabha.")
@click.option("--scope", metavar="UNIT", type=Named("unit"), required=True, help="The scope to which it was assigned.")
@REASON
def reopen_directive(directive: str, level: str, scope: str, reason: str) -> None:
    """Reopen a completed level for units that joined since; for a single task use task reopen."""
    fields = {"directive": directive, "level": level, "scope": scope, "reason": reason}
    _carry_out(ReopenLevel, fields, Message("{level} of {scope} is already open", level=level, scope=scope))


@directive.command("withdraw")
@click.argument("directive", type=Named("directive"))
@REASON
@click.option(
    "--level", metavar="LEVEL", type=Named("level"), help="Withdraw only this level, in its scope: lok_sabha."
)
@click.option("--scope", metavar="UNIT", type=Named("unit"), help="The scope to which that level was assigned.")
def withdraw_directive(directive: str, reason: str, level: str | None, scope: str | None) -> None:
    """Withdraw a directive, or one level of it: nothing more is owed, and the history stays."""
    fields = {"directive": directive, "reason": reason, "level": level, "scope": scope}
    _carry_out(WithdrawDirective, fields, Message("{directive} is already withdrawn", directive=directive))


@directive.command("reinstate")
@click.argument("directive", type=Named("directive"))
@REASON
@click.option("--level", metavar="LEVEL", type=Named("level"), help="Only this level, in its scope: lok_sabha.")
@click.option("--scope", metavar="UNIT", type=Named("unit"), help="The scope from which it was withdrawn.")
@click.option("--due", metavar="DAY", help="The due day of open levels: 2023-11-30. [default: the former day]")
def reinstate_directive(directive: str, reason: str, level: str | None, scope: str | None, due: str | None) -> None:
    """Reinstate a withdrawn directive, or one level of it, with all work done for it."""
    fields = {"directive": directive, "reason": reason, "level": level, "scope": scope, "due": due}
    _carry_out(ReinstateDirective, fields, Message("{directive} is already in force", directive=directive))


def _carry_out(command: type[Command], fields: Mapping[str, Any], nothing: Message) -> None:
    """Execute a command of ``fields`` and tell what happened, or that it was so already, in the words ``nothing``."""
    with choices().open() as tracker:
        values = {**fields, **choices().own_envelope(tracker.zone)}
        if values.get("parameters"):
            kind = values["kind"] if command is IssueDirective else tracker.directive(values["directive"]).kind
            values["parameters"] = read_parameters(kind, values["parameters"])
        if command is AssignToLevel and values["scope"] is None:
            values["scope"] = tracker.top
        events = tracker.make(command, **values)
        tell(tracker, events, nothing)
        if events and command in (AssignToLevel, AssignToUnits, ReinstateDirective) and not choices().as_json:
            say_owed(tracker.status(directive=values["directive"]))
