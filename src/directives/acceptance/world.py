"""What the steps act on: a subject, its clock, and the units that it was given."""

import base64
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from directives import samples
from directives.acceptance.files import reasons
from directives.acceptance.questions import (
    Entry,
    HistoryAnswer,
    HistoryQuestion,
    Question,
    QuestionOfDay,
    StatusAnswer,
    StatusQuestion,
    StatusRow,
)
from directives.acceptance.subject import (
    EVENTS,
    OUTCOME,
    Answer,
    Done,
    EventAnswer,
    Outcome,
    Refused,
    Subject,
    SubjectFault,
)
from directives.acceptance.words import DIRECTIVES, OFFICES
from directives.domain.meeting import Minutes
from directives.domain.organisation.units import LEVELS, Unit
from directives.exchange.organisation_csv import read_organisation

ZONE = "Asia/Kolkata"
FOUNDED = datetime(2023, 10, 1, tzinfo=UTC)
END_OF_YEAR = datetime(2023, 12, 31, tzinfo=UTC)
"""Where the clock stands until a step says which day it is."""
REPORT = "A report."
SAMPLE = Path(samples.__file__).parent / "khunti-sample.csv"

AnswerType = TypeVar("AnswerType", bound=Answer)


class World:
    """A subject, reset to the bundled organisation, and what the steps know.

    What it is told is in ``lang``, the language of the feature; ``claims`` are what it claimed when it was started.

    Attributes:
        looking_back: the day that questions are about, as they ask for it; none until a step looks back, and none
            again once anything is done or another day has come.
    """

    def __init__(self, subject: Subject, lang: str, claims: frozenset[str] | None = None) -> None:
        self.subject, self.lang = subject, lang
        self.claims = frozenset(subject.claims) if claims is None else claims
        self.now = END_OF_YEAR
        self.units = [*read_organisation()]
        self.outcome: Outcome | None = None
        self.groups: dict[tuple[str, str], str] = {}
        self.pages: list[Sequence[str]] = []
        self.handed_in: dict[str, str] = {}
        self.looking_back: dict[str, date] = {}
        self.position = 0
        subject.reset(
            [row_of(unit) for unit in self.units],
            [level.code for level in LEVELS],
            ZONE,
            FOUNDED.isoformat(),
            self.now.isoformat(),
        )
        self.caused()

    # What the subject is told

    def set_clock(self, now: datetime) -> None:
        """Let the clock stand at that moment."""
        self.looking_back = {}
        self.now = now
        self.subject.set_clock(now.isoformat())

    def do(
        self,
        command: str,
        office: str,
        day: date | None = None,
        documents: Mapping[str, Any] | None = None,
        **fields: Any,
    ) -> Outcome:
        """Let an office do something, at noon of a day or now, and keep what became of it."""
        at = {} if day is None else {"occurred_at": noon(day).isoformat()}
        given = {name: _plain(value) for name, value in fields.items() if value is not None}
        answer = self.subject.do({"command": command, "office": office, **at, **given}, documents or {})
        try:
            self.outcome = OUTCOME.validate_python(answer)
        except ValidationError as error:
            raise SubjectFault(f"do {command}: {complaint(error, answer)}") from error
        return self.outcome

    def act(self, tries: str | None, command: str, office: str, day: date | None = None, **fields: Any) -> None:
        """Let it be done; or, where a step tries to, be refused."""
        self.looking_back = {}
        before = self._told_of(fields) if tries else ()
        outcome = self.do(command, office, day, **fields)
        if tries:
            assert isinstance(outcome, Refused), f"{command} by {office} is not refused: {outcome}"
            left = [each.event for each in self.caused()] or self._told_of(fields)[len(before) :]
            assert not left, f"{command} by {office} is refused, and recorded: {left}"
        else:
            assert not isinstance(outcome, Refused), f"{command} by {office} is refused: {outcome}"

    def work(
        self,
        command: str,
        directive: str,
        unit: str,
        day: date | None,
        office: str | None = None,
        tries: str | None = None,
        **fields: Any,
    ) -> None:
        """What an office, its own convenor unless another is named, does about its task."""
        acting = self.office(office or f"the convenor of {unit}")
        self.act(tries, command, acting, day, task=self.task(directive, unit), **fields)

    def hand_in(
        self,
        report: str,
        unit: str,
        day: date,
        *,
        office: str | None = None,
        tries: str | None = None,
        content: str = REPORT,
        name: str = "report.txt",
        **fields: Any,
    ) -> None:
        """Let a report be handed in: a file of that name and content."""
        self.handed_in[name] = base64.b64encode(content.encode()).decode()
        documents = {"document": {"name": name, "base64": self.handed_in[name]}}
        self.work("report submit", report, unit, day, office, tries, documents=documents, **fields)

    def verified(self, report: str, unit: str) -> None:
        """The report of the unit, handed in and verified on 10 November 2023."""
        day = date(2023, 11, 10)
        self.hand_in(report, unit, day)
        self.work("task verify", report, unit, day, office="state headquarters")

    def record_meeting(self, minutes: Minutes) -> None:
        """Record a meeting on the day after it was held."""
        now = self.now
        self.set_clock(noon(minutes.held_on + timedelta(days=1)))
        self.act(None, "meeting record", OFFICES["state headquarters"], minutes=minutes.model_dump(mode="json"))
        self.set_clock(now)

    def register(self, units: Sequence[Unit], day: datetime) -> None:
        """Let units join."""
        rows = [row_of(unit) for unit in units]
        self.act(None, "org import", OFFICES["state headquarters"], units=rows, occurred_at=day.isoformat())
        self.units += units

    def sample_units(self) -> None:
        """Let the sample blocks and panchayats of Khunti join."""
        self.register(read_organisation(SAMPLE), FOUNDED)

    def change_unit(self, code: str, **changes: Any) -> None:
        """Know a unit by what has changed about it."""
        self.units = [unit.model_copy(update=changes) if unit.code == code else unit for unit in self.units]

    # What the subject is asked

    def ask(self, question: Question, answer_class: type[AnswerType]) -> AnswerType:
        """The answer to a question, about the day on which steps look back, which must be of that class."""
        if self.looking_back:
            assert isinstance(question, QuestionOfDay), f"{type(question).__name__} is about now alone"
            question = question.model_copy(update=self.looking_back)
        asked = question.model_dump(mode="json", exclude_none=True)
        answer = self.subject.ask(asked)
        try:
            return answer_class.model_validate(answer)
        except ValidationError as error:
            raise SubjectFault(f"ask {asked['question']}: {complaint(error, answer)}") from error

    def history(self, of: str) -> tuple[Entry, ...]:
        """What happened to a task, a directive or a unit."""
        return self.ask(HistoryQuestion(of=of), HistoryAnswer).entries

    def _told_of(self, fields: Mapping[str, Any]) -> Sequence[str]:
        """The events in the history of what a command is about, of a subject that does not tell its events."""
        of = fields.get("task") or fields.get("directive")
        return [] if of is None or "events" in self.claims else [each.event for each in self.history(of)]

    def tells(self, of: str, words: str) -> None:
        """Assert that a history has that sentence, in the language of the feature."""
        sentences = [entry.sentence.get(self.lang) for entry in self.history(of)]
        assert words in sentences, f"{words}: {sentences}"

    def rows(self, directive: str, **about: Any) -> tuple[StatusRow, ...]:
        """How a directive stands, level by level."""
        return self.ask(StatusQuestion(directive=directive, **about), StatusAnswer).rows

    def status(self, directive: str = "report", level: str = "lok_sabha", unit: str | None = None) -> StatusRow:
        """How a directive stands at a level."""
        rows = self.rows(DIRECTIVES[directive], level=level, unit=unit)
        assert [row.level for row in rows] == [level]
        return rows[0]

    def caused(self) -> list[EventAnswer]:
        """The events since this was last asked, of a subject that claims to have them; else none."""
        if "events" not in self.claims:
            return []
        answer = self.subject.events(self.position)
        try:
            events = EVENTS.validate_python([*answer])
        except (ValidationError, TypeError) as error:
            said = complaint(error, answer) if isinstance(error, ValidationError) else str(error)
            raise SubjectFault(f"events after {self.position}: {said}") from error
        if events:
            self.position = events[-1].position
        return events

    # What the words stand for

    def unit(self, name: str) -> str:
        """The code of the unit of that name, in either language; of two of a name, the higher; or else a code."""
        return next((unit.code for unit in self.units if name in (unit.name.en, unit.name.hi)), name)

    def level(self, name: str) -> str:
        """The code of the level of that name, in either language."""
        return next(level.code for level in LEVELS if name in (level.name.en, level.name.hi))

    def units_of(self, level: str, unit: str) -> list[str]:
        """The codes of the units of that level at or below a unit."""
        top, wanted = self.unit(unit), self.level(level)
        within = {top}
        for each in self.units:
            if each.parent in within:
                within.add(each.code)
        return [each.code for each in self.units if each.level == wanted and each.code in within]

    def office(self, words: str) -> str:
        """``state headquarters``, ``the convenor of Khunti``, ``खूंटी के संयोजक`` as an office."""
        return OFFICES.get(words) or f"convenor@{self.unit(re.sub('^the convenor of | के संयोजक$', '', words))}"

    def task(self, directive: str, name: str) -> str:
        """The id of a unit's task."""
        return f"{DIRECTIVES[directive]}/{self.unit(name)}"

    # What is expected

    def refused_because(self, words: str) -> None:
        """Assert that the last command was refused for the reason that these words of the feature stand for."""
        outcome, wanted = self.outcome, reasons()[words]
        assert isinstance(outcome, Refused), f"nothing was refused: {outcome}"
        assert outcome.reason == wanted.code, f"{words}: refused as {outcome.reason}, not as {wanted.code}"
        facts = {name: outcome.facts.get(name) for name in wanted.facts}
        assert facts == wanted.facts, f"{words}: the facts are {outcome.facts}, not {wanted.facts}"
        if "wording" in self.claims:
            said = outcome.message.get(self.lang, "")
            assert words in said, f"{words}: {said}"
            assert "\n" not in said


def noon(day: date) -> datetime:
    """Noon of that day in India."""
    return datetime.combine(day, time(12), ZoneInfo(ZONE))


def row_of(unit: Unit) -> dict[str, Any]:
    """A unit as it is sent."""
    return unit.model_dump(mode="json")


def number_of(row: StatusRow, name: str) -> int:
    """A number of the work that units have done.

    Raises:
        SubjectFault: the subject does not tell it.
    """
    if name not in row.work:
        raise SubjectFault(f"ask status: rows.work.{name}: is missing from {row.work}")
    return row.work[name]


def made(outcome: Outcome | None, what: str) -> str:
    """The id of what a command made.

    Raises:
        SubjectFault: the subject does not tell it.
    """
    if not isinstance(outcome, Done) or what not in outcome.made:
        raise SubjectFault(f"do: made.{what}: is missing from {outcome}")
    return outcome.made[what]


def complaint(error: ValidationError, answer: object) -> str:
    """What is wrong with an answer: the field, and what it should be."""
    first = error.errors(include_url=False)[0]
    field = ".".join(str(part) for part in first["loc"]) or "answer"
    return f"{field}: {first['msg']} (answered {answer!r:.200})"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
