"""The group ``task``, without the commands that are made from the fields of the library's."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, Unpack, get_args

import click

from directives import (
    EvidenceView,
    HistoryEntry,
    Message,
    OfDay,
    Stage,
    TaskDetails,
    TaskRecord,
    Tracker,
    day_of,
    kind_or_absent,
    say_day,
    say_days,
    say_number,
)
from directives_cli.choices import choices, words
from directives_cli.data import print_json
from directives_cli.deeds import typed
from directives_cli.entries import line_of, mark_of
from directives_cli.options import Group, Named, Word, as_rows, asked, by_page, in_order, of_day
from directives_cli.render import (
    TOLD,
    days_left,
    first_of,
    may_answer,
    names_of,
    print_fields,
    print_tasks,
    unit_of,
    value_told,
    with_names,
    written_later,
)
from directives_cli.titles import day_told, nothing_on, title_of


@click.group(cls=Group)
def task() -> None:
    """Tasks: a directive at a unit."""


@asked
@as_rows
@in_order
@by_page
@of_day
@task.command("list")
@click.option(
    "--state", "states", type=Word(get_args(Stage)), multiple=True, help="Only tasks in this state; repeatable."
)
@click.option("--within", metavar="DAYS", type=int, help="Only tasks due within so many days, or overdue.")
def list_tasks(
    directive: str | None,
    unit: str | None,
    level: str | None,
    states: tuple[Stage, ...],
    within: int | None,
    by: Literal["directive", "level", "unit", "due"],
    limit: int | None,
    after: str | None,
    **day: Unpack[OfDay],
) -> None:
    """Show the tasks owed."""
    with choices().open() as tracker:
        tasks = tracker.tasks(
            directive=directive,
            unit=unit,
            level=level,
            state=states,
            within=within,
            by=by,
            limit=limit,
            after=after,
            **day,
        )
        title = title_of(tracker, Message("Tasks"), unit, **day)
        nothing = nothing_on(title, Message("No task matches."), **day)
        print_tasks(tracker, tasks, limit, nothing, title=title, by=by)


@of_day
@task.command("show")
@click.argument("task", type=Named("task"))
def show_task(task: str, **day: Unpack[OfDay]) -> None:
    """Show everything about a task: what is asked, what is recorded, what was done, and what to do next."""
    with choices().open() as tracker:
        view, zone = tracker.task_record(task, choices().lang, **day), tracker.zone
        if choices().as_json:
            print_json(view)
            return
        told = day_told(tracker, **day)
        lines = {"as of": _as_of(told), **_lines(tracker, view, zone, **day)}
        if isinstance(told, Message):
            del lines["next"]  # what to do is of today
    print_fields({name: value for name, value in lines.items() if value}, width=10)


def _as_of(told: date | Message) -> str:
    """The day that is told, where that is an earlier one."""
    return words(Message("{day}", day=told)) if isinstance(told, Message) else ""


def _lines(tracker: Tracker, view: TaskRecord, zone: str, **day: Unpack[OfDay]) -> dict[str, str | Sequence[str]]:
    """The fields of the page of a task; those without a value are not shown."""
    names = names_of(tracker, (view.unit, view.assignee, view.may_answer[0]))
    lang, left, today = choices().lang, days_left(view), day_of(choices().now, zone)
    lines: dict[str, str | Sequence[str]] = {
        "task": view.task,
        "directive": view.title.of(lang),
        "unit": unit_of(view, names),
        "state": words(view.state),
        "why": "" if view.why is None else line_of(view.why, zone, about=False),
        "due": say_day(view.due, lang) + (f", {left}" if left else ""),
        "asked": [f"{name}: {value_told(value)}" for name, value in view.asked.items() if value not in (None, [])],
        "on record": _on_record(view),
        "daily": _daily(tracker, view, **day),
        "evidence": [_file(each) for each in view.evidence],
        "history": [line_of(each, zone, about=False) + mark_of(each) for each in _by_position(view)],
        "lacking": [words(lack.told()) for lack in view.lacking],
        "note": words(written_later(view) or ""),
        "judged": _judged(tracker, view),
        "same document": first_of(with_names(tracker, view.same_document), TOLD),
        "proved": _proved(view),
        "may answer": _may_answer(view, names),
        "next": "" if view.deed is None else typed(view.deed, view.task, view.fields, today),
    }
    return lines


def _by_position(view: TaskRecord) -> list[HistoryEntry]:
    """What was done about a task, and the newest of its work, in log order."""
    return sorted((*view.acts, *view.recent), key=lambda entry: entry.position)


def _on_record(view: TaskRecord) -> list[str]:
    """What the kind of the task counts, in words."""
    counted, lang = kind_or_absent(view.kind).counted, choices().lang
    return [
        f"{counted[name].of(lang) if name in counted else name}: {say_number(number, lang)}"
        for name, number in view.work.items()
    ]


def _daily(tracker: Tracker, view: TaskRecord, **day: Unpack[OfDay]) -> str:
    """Of a task with a daily record, how many days of the window are covered, and which were missed."""
    if kind_or_absent(view.kind).window is None or view.state in ("waived", "withdrawn"):
        return ""
    records = tracker.daily(directive=view.directive, unit=view.unit, level=view.level, **day)
    for each in records:
        days = {"covered": each.covered, "days": each.days, "first": each.window_from, "last": each.window_to}
        missed = say_days(each.gaps, choices().lang, most=10)
        told = words(Message("{covered} of {days} {days:day|days}, from {first} to {last}", **days))
        return f"{told}; {words(Message('missed: {days}', days=missed))}" if missed else told
    return ""


def _file(view: EvidenceView) -> str:
    """A file that was handed in: its name, its size, the beginning of its digest, and whether it is what it was."""
    size = words(Message("{size} {size:byte|bytes}", size=view.size))
    told = f"{view.name or view.media_type}, {size}, {view.short}"
    return told if view.condition == "whole" else f"{told}, {words(view.told)}"


def _may_answer(view: TaskRecord, names: Mapping[str, str]) -> str:
    """Which offices may verify or return a submission, while something is open."""
    if view.state not in ("assigned", "acknowledged", "submitted", "returned"):
        return ""
    return may_answer(view.may_answer, names)


def _proved(view: TaskDetails) -> str:
    """Under which checkpoint the newest act is, where the store has an audit log."""
    if view.newest_act is None:
        return ""
    if view.checkpoint is None:
        return words(Message("the last act is under no checkpoint yet"))
    return words(Message("under the checkpoint of {size} {size:event|events}", size=view.checkpoint))


def _judged(tracker: Tracker, view: TaskDetails) -> str:
    """Whether a verified task was done on time, by which day, and by which extension of its level."""
    if view.on_time is None:
        return ""
    if view.on_time_by is None:
        return words("late")
    by_day = words(Message("on time, by {day}", day=view.on_time_by))
    return by_day if view.extension is None else f"{by_day}: {tracker.sentence(view.extension, choices().lang)}"
