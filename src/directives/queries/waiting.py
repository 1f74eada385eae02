"""Submissions that wait for an answer, oldest first: what an office above has to look at."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from heapq import merge
from itertools import islice

from pydantic import Field

from directives.domain.directive.state import due_of
from directives.domain.errors import InvalidInput
from directives.domain.task.state import split_task
from directives.domain.values import KnownMoment, Model, Text, utc_text
from directives.projections.owed_tasks import ListedTask, OwedTask
from directives.projections.read_models import ReadModels
from directives.projections.units import lineage_of, under
from directives.projections.waiting_tasks import FIRST, Since, since_of
from directives.queries.selection import Filter, Selected, reassigned_to, select

FEW = 20_000
"""Where no more tasks than these can wait, they are looked up unit by unit; else along all that wait."""
FEW_PARTS = 200
"""Of more assignments than these, all that wait are looked at once."""


class WaitingTask(Model):
    """A task whose submission waits for an answer; the names are left out of JSON.

    Attributes:
        due: the day by which it was owed.
        submitted_at: when the submission was made.
        since: when it was written down: since then an office above can answer.
        may_answer: the units whose offices may answer, nearest first.
        assignee: the unit to which the task was reassigned.
        same_document: tasks of other units for which a document of this one was handed in too, ten at most.
    """

    task: str
    directive: str
    kind: str
    unit: str
    level: str
    due: date
    submitted_at: KnownMoment
    since: KnownMoment
    may_answer: tuple[str, ...]
    assignee: str | None = Field(default=None, exclude_if=lambda unit: unit is None)
    same_document: tuple[str, ...] = Field(default=(), exclude_if=lambda tasks: not tasks)
    assignee_name: Text | None = Field(exclude=True)
    unit_name: Text = Field(exclude=True)
    level_name: Text = Field(exclude=True)
    answering_name: Text = Field(exclude=True)

    @property
    def place(self) -> str:
        """What says where the next page begins, also when the task was answered meanwhile: ``TASK@MOMENT``."""
        return f"{self.task}@{utc_text(self.since)}"


def waiting(
    models: ReadModels, chosen: Filter, after: str | None = None, limit: int | None = None
) -> Iterator[WaitingTask]:
    """The tasks that wait, by the moment at which their submissions were written down; ``limit`` of them at most.

    A reassigned task is listed where it is done: at the unit that does it, and at those above that.

    Args:
        after: the task after which; or its `WaitingTask.place`, which stays when it is answered and submitted again.

    Raises:
        UnknownDirective, UnknownUnit, UnknownLevel: what was asked for does not exist.
        UnknownTask: there is no task to go on after.
        InvalidInput: what stands behind ``@`` is no moment.
    """
    since = FIRST if after is None else _place_of(models, after)
    parts = [part for part in select(models, chosen) if _number(models, part)]
    possible = sum(models.unit_counts.count(part.root.code, part.assignment.level) for part in parts)
    paths = under("" if chosen.unit is None else models.units.unit(chosen.unit).path)
    if possible <= FEW and len(parts) <= FEW_PARTS:
        owed_there = merge(*(_of_part(models, part, paths, since, limit) for part in parts), key=_since)
    else:
        owed_there = (found for found in _along_all(models, parts, since) if found[1].is_done_within(paths))
    page = [*islice(merge(owed_there, _owed_elsewhere(models, chosen, since), key=_since), limit)]
    models.units.of_codes(
        {may_answer(lineage_of(task.path))[0] for _, task in page}
    )  # read at once, so that they are at hand
    same = models.documents.of_tasks((part.directive.id, task.unit) for part, task in page)
    views = (_view(models, part, task) for part, task in page)
    return (view.changed(same_document=same.get((view.directive, view.unit), ())) for view in views)


_Found = tuple[Selected, OwedTask]


def _place_of(models: ReadModels, after: str) -> Since:
    task, _, moment = after.partition("@")
    directive, unit = split_task(task)
    if not moment:
        return models.waiting_tasks.place_of(directive, unit)
    try:
        return Since(utc_text(datetime.fromisoformat(moment)), directive, unit)
    except (ValueError, OverflowError) as error:
        raise InvalidInput(
            "after: {moment} is not a moment: write TASK, or TASK@MOMENT as shown", moment=repr(moment)
        ) from error


def _since(found: _Found) -> Since:
    part, task = found
    return since_of(ListedTask(part.directive.id, part.assignment.level, task))


def _owed_elsewhere(models: ReadModels, chosen: Filter, since: Since) -> list[_Found]:
    """Those of other units that units at or below the one that was asked for do."""
    found = (each for each in reassigned_to(models, chosen) if each[1].stage == "submitted")
    return sorted((each for each in found if _since(each) > since), key=_since)


def _number(models: ReadModels, part: Selected) -> int:
    return models.tallies.of(part.directive.id, part.assignment.level, part.root)["submitted"]


def _of_part(
    models: ReadModels, part: Selected, within: tuple[str, str], since: Since, limit: int | None
) -> Iterator[_Found]:
    directive, assignment, root = part
    for listed in models.waiting_tasks.of_scope(directive.id, assignment.level, root, within, since, limit):
        yield part, listed.task


def _along_all(models: ReadModels, parts: Sequence[Selected], since: Since) -> Iterator[_Found]:
    """Those of all that wait which belong to one of ``parts``."""
    by_directive = defaultdict[str, dict[tuple[str, str], Selected]](dict)
    for part in parts:
        by_directive[part.directive.id][part.assignment.level, part.root.code] = part
    for directive, level, task in models.waiting_tasks.all(since):
        roots = by_directive[directive]
        found = [roots[level, code] for code in lineage_of(task.path) if (level, code) in roots]
        if found:
            yield found[0], task


def may_answer(lineage: Sequence[str]) -> tuple[str, ...]:
    """The units whose offices may answer for a unit, nearest first: those above; of the top unit, itself."""
    return tuple(reversed(lineage[:-1] or lineage))


def _view(models: ReadModels, part: Selected, task: OwedTask) -> WaitingTask:
    directive, assignment, _ = part
    level, answering = models.states.organisation().level(assignment.level), may_answer(lineage_of(task.path))
    return WaitingTask.model_validate(
        {
            "task": f"{directive.id}/{task.unit}",
            "directive": directive.id,
            "kind": directive.kind,
            "unit": task.unit,
            "level": level.code,
            "due": due_of(directive, assignment, task.came, task.came_on, task.due),
            "submitted_at": task.submitted_at,
            "since": task.written_at,
            "may_answer": answering,
            "assignee": task.assignee,
            "assignee_name": None if task.doing is None else task.doing.name,
            "unit_name": task.name,
            "level_name": level.name,
            "answering_name": models.units.unit(answering[0]).name,
        }
    )
