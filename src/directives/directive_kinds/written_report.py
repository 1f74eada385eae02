"""A written report: a document on what the unit did, which an office above accepts or returns with a reason."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import Field, JsonValue, model_validator

from directives.directive_kinds.kind import Kind, Lack, Work, asked_of
from directives.directive_kinds.listing import Listing, OnRecord, Row
from directives.domain.document import Document
from directives.domain.errors import InvalidInput, NotFulfilled
from directives.domain.event import Event, RecordedEvent
from directives.domain.task.commands import OwnAct
from directives.domain.task.decisions import require_open, require_own_act, submit
from directives.domain.task.state import Order, TaskState
from directives.domain.values import Count, Day, Line, Model, Text
from directives.i18n.message import Message, NotAllowed

Language = Literal["hi", "en"]


class Parameters(Model):
    """What the issuing office sets: the languages it reads, the period that a report covers, and its largest size."""

    languages: tuple[Language, ...] = Field(
        default=("hi", "en"),
        min_length=1,
        description="The accepted languages of a report, the usual one first.",
    )
    period_from: Day | None = Field(default=None, description="The first day that a report must cover.")
    period_to: Day | None = Field(default=None, description="The last day that a report must cover.")
    max_bytes: Annotated[Count, Field(ge=1)] = Field(
        default=20_000_000, description="Largest size of the file of a report, in bytes."
    )

    @model_validator(mode="after")
    def _in_order(self) -> "Parameters":
        if self.period_from and self.period_to and self.period_from > self.period_to:
            raise NotAllowed(
                "period_from: {period_from} is after period_to, {period_to}: exchange or correct them",
                period_from=self.period_from,
                period_to=self.period_to,
            )
        return self


class ReportRecorded(Event):
    """The unit handed a document in; a corrected one supersedes the one before, which stays on record."""

    NAME: ClassVar[str] = "ReportRecorded"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} submitted report {report} for {period_from} to {period_to}",
        hi="{office} ने {period_from} से {period_to} तक का प्रतिवेदन {report} प्रस्तुत किया",
    )
    report: int
    supersedes: int | None
    document: Document
    language: Language
    period_from: Day
    period_to: Day
    summary: Line | None


class SubmitReport(OwnAct):
    """Record a written report and submit the task with it."""

    NOUN: ClassVar[str] = "report"
    ABOUT: ClassVar[str] = "Written reports: submit and list them."
    VERB: ClassVar[str] = "submit"
    EXAMPLE: ClassVar[str] = "written-report/JH-PC11 report.pdf"
    document: Document = Field(description="The file of the report.")
    language: Language | None = Field(
        default=None, description="Its language, hi or en. [default: the first that the directive accepts]"
    )
    period_from: Day | None = Field(
        default=None, description="The first day that it covers. [default: that of the directive]"
    )
    period_to: Day | None = Field(
        default=None, description="The last day that it covers. [default: that of the directive]"
    )
    summary: Line | None = Field(default=None, description="What it says, in a few words.")


def decide(command: SubmitReport, state: TaskState, order: Order, at: datetime) -> tuple[Event, ...]:
    """Decide that the report is recorded and the task submitted with it.

    Raises:
        NotEntitled, OutOfOrder, TaskClosed, AlreadySubmitted: the life cycle says no.
        InvalidInput: the period is missing or ends before it begins.
        NotFulfilled: not a language that is accepted, not the whole period, too large, or the one that was returned.
    """
    require_own_act(command, order, at)
    require_open(state, order)
    report = _report(command, state, order)
    _require_accepted(report, state, order)
    document = report.document.model_dump(mode="json")
    return report, submit(state, order, {"report": report.report, "document": document}, at)


def _report(command: SubmitReport, state: TaskState, order: Order) -> ReportRecorded:
    asked = asked_of(Parameters, order.parameters)
    first, last = command.period_from or asked.period_from, command.period_to or asked.period_to
    if first is None or last is None:
        raise InvalidInput(
            "period: {task} has no period of its own: name the first and the last day of the report", task=order.task
        )
    if first > last:
        raise InvalidInput(
            "period_from: {first} is after the last day, {last}: exchange or correct them", first=first, last=last
        )
    before = state.work.get("report")
    assert before is None or isinstance(before, int)
    return ReportRecorded.of_valid(
        {
            "report": _numbered(state.work) + 1,
            "supersedes": before,
            "document": command.document,
            "language": command.language or asked.languages[0],
            "period_from": first,
            "period_to": last,
            "summary": command.summary,
        }
    )


def _numbered(work: Work) -> int:
    """The last number that was given to a report."""
    number = work.get("numbered", work.get("report", 0))
    assert isinstance(number, int)
    return number


def _require_accepted(report: ReportRecorded, state: TaskState, order: Order) -> None:
    asked = asked_of(Parameters, order.parameters)
    if report.language not in asked.languages:
        ways = ", ".join(asked.languages)
        raise NotFulfilled(
            "language: {language} is not accepted for {task}: submit it in {ways}",
            language=report.language,
            task=order.task,
            ways=ways,
        )
    if asked.period_from and report.period_from > asked.period_from:
        raise NotFulfilled(
            "period_from: {given} is too late: {asked} is the first day asked for",
            reason="period-short",
            given=report.period_from,
            asked=asked.period_from,
        )
    if asked.period_to and report.period_to < asked.period_to:
        raise NotFulfilled(
            "period_to: {given} is too early: {asked} is the last day asked for",
            reason="period-short",
            given=report.period_to,
            asked=asked.period_to,
        )
    _require_document(report, asked, state, order)


def _require_document(report: ReportRecorded, asked: Parameters, state: TaskState, order: Order) -> None:
    if report.document.size > asked.max_bytes:
        raise NotFulfilled(
            "document: has {size} {size:byte|bytes}: {task} takes a file of {limit} at most",
            reason="document-large",
            size=report.document.size,
            task=order.task,
            limit=asked.max_bytes,
        )
    if state.work.get("digest") == report.document.digest:
        raise NotFulfilled(
            "document: {digest} was returned for {task}: submit a corrected one",
            reason="same-document",
            digest=report.document.digest,
            task=order.task,
        )


def lacking(work: Work, _: Mapping[str, JsonValue]) -> list[Lack]:
    """The report: one is submitted when it is handed in, and so an open task lacks it, or a corrected one."""
    message = Message("a corrected report") if "report" in work else Message("a report")
    return [Lack("report", 0, 1, message, SubmitReport.deed())]


def evolve(work: Work, event: RecordedEvent) -> Work:
    """Keep the number and the digest of the last report."""
    match event.data:
        case ReportRecorded(report=report, document=document):
            kept: dict[str, JsonValue] = {"report": report, "digest": document.digest}
            return kept
        case _:
            return work


def numbered(work: Work, event: RecordedEvent) -> Work:
    """Keep that the number of a report was given, which was taken back."""
    match event.data:
        case ReportRecorded(report=report):
            return work | {"numbered": report}
        case _:
            return work


def report_rows(record: OnRecord) -> Iterator[Row]:
    """The reports, the superseded ones too."""
    reports = [*record.each(ReportRecorded)]
    superseded = {report.supersedes for _, report in reports}
    for day, report in reports:
        yield {
            "report": report.report,
            "day": day,
            "language": report.language,
            "period_from": report.period_from,
            "period_to": report.period_to,
            "summary": report.summary,
            "superseded": report.report in superseded,
            "file": report.document.name or report.document.media_type,
            "digest": report.document.digest,
        }


REPORTS = Listing(
    title=Text(en="Reports", hi="प्रतिवेदन"),
    columns={
        "report": Text(en="report", hi="प्रतिवेदन"),
        "day": Text(en="submitted", hi="प्रस्तुति का दिन"),
        "language": Text(en="language", hi="भाषा"),
        "period_from": Text(en="from", hi="दिन से"),
        "period_to": Text(en="to", hi="दिन तक"),
        "summary": Text(en="summary", hi="सारांश"),
        "superseded": Text(en="superseded", hi="नया आ चुका"),
        "file": Text(en="file", hi="फ़ाइल"),
        "digest": Text(en="digest", hi="डाइजेस्ट"),
    },
    events=(ReportRecorded,),
    rows=report_rows,
    words={"language": {"hi": Text(en="Hindi", hi="हिंदी"), "en": Text(en="English", hi="अंग्रेज़ी")}},
    hidden=("digest",),
    marks=("superseded",),
)

KIND = Kind(
    name="written_report",
    title=Text(en="written report", hi="लिखित प्रतिवेदन"),
    parameters=Parameters,
    commands=(SubmitReport,),
    decide=decide,
    evolve=evolve,
    numbered=numbered,
    lacking=lacking,
    about=Message("The unit submits a document on what it did; an office above accepts or returns it."),
    lists={SubmitReport.NOUN: REPORTS},
)
