"""The questions that the steps ask, and what is answered."""

from datetime import date, datetime
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, Field, StrictBool, StrictInt
from pydantic.json_schema import models_json_schema

from directives.acceptance.subject import Answer
from directives.domain.values import Model

DRAFT = "https://json-schema.org/draft/2020-12/schema"


class Question(Model):
    """A question, by its name, with what it is about; what is not asked for is left out."""

    ANSWER: ClassVar[type[Answer]]


class QuestionOfDay(Question):
    """A question that may be about an earlier day; other questions than the status only where ``earlier`` is claimed.

    It is about how things stood at the end of the day ``as_of``, as far as was known at the end of the day
    ``known_at``; ``known_at`` alone is as of that day too. Of today or later it is about now.
    """

    as_of: date | None = None
    known_at: date | None = None


class StatusRow(Answer):
    """How a directive stands at a level.

    ``work`` is what its units have done, added up: ``groups`` and ``active_workers`` of social-media groups;
    ``identified``, ``trained`` and ``deployed`` of speakers; ``steps``, ``briefings``, ``activities`` and
    ``confirmations`` of alliance support; ``actions`` of actions.

    ``on_time_by_date``, how many of those on time are so by their date alone, is needed for ``backdating``.
    """

    level: str
    expected: StrictInt
    done: StrictInt
    on_time: StrictInt
    late: StrictInt
    waiting: StrictInt
    overdue: StrictInt
    on_time_by_date: StrictInt | None = None
    work: dict[str, StrictInt] = Field(default_factory=dict[str, int])


class StatusAnswer(Answer):
    """One row for each level that owes the directive."""

    rows: tuple[StatusRow, ...]


class StatusQuestion(QuestionOfDay):
    """How many tasks of a directive are expected, done, on time, late, waiting and overdue; only at or below ``unit``.

    An earlier day may be asked about where ``times`` is claimed.
    """

    ANSWER = StatusAnswer
    question: Literal["status"] = "status"
    directive: str
    level: str | None = None
    unit: str | None = None


class TaskAnswer(Answer):
    """How a task stands.

    ``written_down_after``, the due day after which an act that is dated in time was written down, is needed for
    ``backdating``.
    """

    state: Literal["assigned", "acknowledged", "submitted", "returned", "verified", "waived", "withdrawn"]
    due: date
    overdue: StrictBool
    written_down_after: date | None = None


class TaskQuestion(QuestionOfDay):
    """How a task, ``DIRECTIVE/UNIT``, stands."""

    ANSWER = TaskAnswer
    question: Literal["task"] = "task"
    task: str


class TaskRow(Answer):
    """A task, and the unit whose task it is."""

    task: str
    unit: str


class TasksAnswer(Answer):
    """The tasks, in the order of the organisation: each unit before those below it, as they were sent."""

    tasks: tuple[TaskRow, ...]


class TasksQuestion(QuestionOfDay):
    """The tasks of a directive: all, or those that a unit, or one below it, has to do; the overdue ones.

    ``after`` is the last task of the page before, ``limit`` the length of a page.
    """

    ANSWER = TasksAnswer
    question: Literal["tasks"] = "tasks"
    directive: str
    unit: str | None = None
    overdue: bool | None = None
    after: str | None = None
    limit: int | None = None


class WaitingRow(TaskRow):
    """A task that waits. ``since``, when its submission was written down, is needed for ``earlier``."""

    since: datetime | None = None


class WaitingAnswer(Answer):
    """The tasks that wait for an answer, that which waits longest first."""

    tasks: tuple[WaitingRow, ...]


class WaitingQuestion(QuestionOfDay):
    """What was submitted to a directive and waits for an answer."""

    ANSWER = WaitingAnswer
    question: Literal["waiting"] = "waiting"
    directive: str


class Entry(Answer):
    """An event of a history.

    ``words`` is what people wrote: texts, reasons, names, codes that they gave. ``due`` is the day until which it gives
    time. ``sentence``, by language, is what this library would say; it is needed for ``wording``.

    ``number``, by which it is struck out, and ``taken_back``, whether it was taken back, are needed for ``undo``.
    """

    event: str
    occurred_at: datetime
    recorded_at: datetime
    office: str
    on_behalf_of: str | None = None
    words: tuple[str, ...] = ()
    due: date | None = None
    sentence: dict[str, str] = Field(default_factory=dict[str, str])
    number: StrictInt | None = None
    taken_back: StrictBool | None = None


class HistoryAnswer(Answer):
    """What happened, in its order."""

    entries: tuple[Entry, ...]


class HistoryQuestion(QuestionOfDay):
    """What happened to a task (``DIRECTIVE/UNIT``), a directive or a unit; what was assigned too."""

    ANSWER = HistoryAnswer
    question: Literal["history"] = "history"
    of: str


class DailyAnswer(Answer):
    """On how many of the days so far there was activity, by all units together.

    ``share`` is in per cent; None before the first day. ``gaps`` are the days missed, ``streak`` the days without a
    break up to now, ``longest`` the most of them.
    """

    covered: StrictInt
    days: StrictInt
    share: float | None
    gaps: tuple[date, ...]
    streak: StrictInt
    longest: StrictInt


class DailyQuestion(QuestionOfDay):
    """The daily activity of the units of ``level`` at or below ``unit``."""

    ANSWER = DailyAnswer
    question: Literal["daily"] = "daily"
    unit: str
    level: str


class LevelStanding(Answer):
    """Whether all units of a level have done their task, and the level is closed."""

    level: str
    completed: StrictBool


class DirectiveAnswer(Answer):
    """How a directive stands, and what it rests on; values that the meeting did not give are named as set by office."""

    completed: StrictBool
    levels: tuple[LevelStanding, ...]
    statements: tuple[str, ...]
    set_by_issuing_office: tuple[str, ...]


class DirectiveQuestion(Question):
    """How a directive stands, and what it rests on."""

    ANSWER = DirectiveAnswer
    question: Literal["directive"] = "directive"
    directive: str


class DirectivesAnswer(Answer):
    """The ids of all directives, in the order of their issue."""

    directives: tuple[str, ...]


class DirectivesQuestion(Question):
    """Which directives are issued."""

    ANSWER = DirectivesAnswer
    question: Literal["directives"] = "directives"


class StatementRow(Answer):
    """What was said at the meeting, by language, whether it asks for a directive or is a goal, and what follows."""

    no: str
    asks_for: str
    text: dict[str, str]
    directives: tuple[str, ...]


class MeetingAnswer(Answer):
    """The statements of the meeting that is on record."""

    statements: tuple[StatementRow, ...]


class MeetingQuestion(Question):
    """What was said at the meeting."""

    ANSWER = MeetingAnswer
    question: Literal["meeting"] = "meeting"


class DocumentAnswer(Answer):
    """The file submitted last for a task, and the number of files stored for all tasks.

    ``base64`` is its content; ``condition`` is ``none`` where nothing was handed in.
    """

    condition: Literal["whole", "missing", "altered", "unreadable", "none"]
    media_type: str | None = None
    size: StrictInt | None = None
    base64: str | None = None
    kept: StrictInt


class DocumentQuestion(Question):
    """The file submitted last for a task."""

    ANSWER = DocumentAnswer
    question: Literal["document"] = "document"
    task: str


class PersonAnswer(Answer):
    """What is known of a person; nothing, where they were erased."""

    state: Literal["known", "erased", "unreadable"]
    name: str | None = None
    phone: str | None = None


class PersonQuestion(Question):
    """What is known of a person, ``UNIT/CODE``."""

    ANSWER = PersonAnswer
    question: Literal["person"] = "person"
    person: str


QUESTIONS: tuple[type[Question], ...] = (
    StatusQuestion,
    TaskQuestion,
    TasksQuestion,
    WaitingQuestion,
    HistoryQuestion,
    DailyQuestion,
    DirectiveQuestion,
    DirectivesQuestion,
    MeetingQuestion,
    DocumentQuestion,
    PersonQuestion,
)


def schema_of_questions() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the questions and their answers.

    Under ``questions``, by its name, each has what is ``asked`` and what is ``answered``.
    """
    models: list[type[BaseModel]] = [*QUESTIONS, *(each.ANSWER for each in QUESTIONS)]
    by_class, collected = models_json_schema([(each, "validation") for each in models])
    questions = {
        each.model_fields["question"].default: {
            "asked": by_class[each, "validation"],
            "answered": by_class[each.ANSWER, "validation"],
        }
        for each in QUESTIONS
    }
    return {
        "$schema": DRAFT,
        "title": "The questions that the features ask a subject, and the answers",
        "anyOf": [each["asked"] for each in questions.values()],
        "questions": questions,
        "$defs": collected["$defs"],
    }
