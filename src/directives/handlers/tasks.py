"""One act on many tasks: each is decided as if it were alone, and a refusal of one is a refusal of all."""

from collections.abc import Sequence

from directives.domain.errors import DirectivesError, HandedInSince, StoreError
from directives.domain.task.many import SeenTask, TasksCommand
from directives.domain.task.state import TASK, split_task
from directives.handlers.registry import handles
from directives.handlers.task import act
from directives.handlers.unit_of_work import UnitOfWork
from directives.i18n.message import Message
from directives.projections.read_models import ReadModels


@handles(TasksCommand)
def act_on_all(command: TasksCommand, uow: UnitOfWork) -> None:
    """Act on each task; the tasks and their units are read at once.

    The others are tried after a refusal too, to tell how many are refused; all of it is rolled back.

    Raises:
        DirectivesError: the first refusal, with its task and the number of refusals.
    """
    uow.models.expect((f"task/{seen.task}" for seen in command.tasks), ())
    refused: list[tuple[str, DirectivesError]] = []
    for seen, each in command.on_each():
        try:
            _require_as_seen(seen, uow.models)
            act(each, uow)
        except StoreError:
            raise
        except DirectivesError as error:
            refused.append((seen.task, error))
    if refused:
        _refuse(refused, len(command.tasks))


def _require_as_seen(seen: SeenTask, models: ReadModels) -> None:
    if seen.submission is None:
        return
    state, _ = models.tasks.of(TASK.stream(*split_task(seen.task)))
    if state.submission != seen.submission:
        raise HandedInSince(
            "task: {task} was submitted after you looked: look at it first",
            reason="handed-in-since",
            task=seen.task,
        )


def _refuse(refused: Sequence[tuple[str, DirectivesError]], number: int) -> None:
    task, error = refused[0]
    if number == 1:
        raise error
    values = {"error": error.message, "task": task, "refused": len(refused), "number": number}
    if error.message.values.get("task") == task:
        said = Message("{error} ({refused} of {number} {number:task|tasks} refused, nothing was changed)", **values)
    else:
        said = Message(
            "{error} ({task}; {refused} of {number} {number:task|tasks} refused, nothing was changed)", **values
        )
    raise error.retold(said) from error
