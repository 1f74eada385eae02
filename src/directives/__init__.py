"""Event-sourced tracker of directives and tasks. These are the public names; everything else may change."""

from importlib.metadata import version

from directives.exchange.documents import read_document
from directives.exchange.minutes import read_minutes
from directives.exchange.organisations import read_organisation
from directives.model.command import Command
from directives.model.directive import AssignToLevel, IssueDirective, WithdrawDirective
from directives.model.document import Document
from directives.model.errors import (
    AlreadyRecorded,
    AlreadySubmitted,
    CommandIdReused,
    DirectiveCompleted,
    DirectivesError,
    DirectiveWithdrawn,
    InvalidDocument,
    InvalidInput,
    InvalidMinutes,
    InvalidOrganisation,
    KindUnusable,
    NewerStore,
    NotAskedFor,
    NotEntitled,
    NotFound,
    NotFulfilled,
    NotOurStore,
    NotSubmitted,
    OutOfOrder,
    OverlappingScope,
    Refused,
    SelfVerification,
    StoreBusy,
    StoreError,
    StoreMissing,
    StoreUnusable,
    TaskClosed,
    UnknownDirective,
    UnknownEntry,
    UnknownKind,
    UnknownLevel,
    UnknownReference,
    UnknownTask,
    UnknownUnit,
)
from directives.model.event import Event, RecordedEvent
from directives.model.kind import Kind, Work
from directives.model.kinds import kinds
from directives.model.kinds.written_report import SubmitReport
from directives.model.meeting import Minutes, RecordMeeting
from directives.model.task import (
    AcknowledgeTask,
    Order,
    ReturnTask,
    Stage,
    SubmitTask,
    TaskCommand,
    TaskState,
    VerifyTask,
    WaiveTask,
    life_cycle,
    require_own_act,
)
from directives.model.units import FoundOrganisation, Level, RegisterUnits, Unit
from directives.model.values import Code, Count, Day, Lang, Line, Model, Slug, Text, day_of
from directives.tracker import Tracker
from directives.views.compliance import DirectiveView, Status, TaskView
from directives.views.daily import Daily
from directives.views.history import HistoryEntry
from directives.views.language import say_day, say_moment
from directives.views.meetings import MeetingView, StatementView

__version__ = version("directives")

__all__ = [
    "AcknowledgeTask",
    "AlreadyRecorded",
    "AlreadySubmitted",
    "AssignToLevel",
    "Code",
    "Command",
    "CommandIdReused",
    "Count",
    "Daily",
    "Day",
    "DirectiveCompleted",
    "DirectiveView",
    "DirectiveWithdrawn",
    "DirectivesError",
    "Document",
    "Event",
    "FoundOrganisation",
    "HistoryEntry",
    "InvalidDocument",
    "InvalidInput",
    "InvalidMinutes",
    "InvalidOrganisation",
    "IssueDirective",
    "Kind",
    "KindUnusable",
    "Lang",
    "Level",
    "Line",
    "MeetingView",
    "Minutes",
    "Model",
    "NewerStore",
    "NotAskedFor",
    "NotEntitled",
    "NotFound",
    "NotFulfilled",
    "NotOurStore",
    "NotSubmitted",
    "Order",
    "OutOfOrder",
    "OverlappingScope",
    "RecordMeeting",
    "RecordedEvent",
    "Refused",
    "RegisterUnits",
    "ReturnTask",
    "SelfVerification",
    "Slug",
    "Stage",
    "StatementView",
    "Status",
    "StoreBusy",
    "StoreError",
    "StoreMissing",
    "StoreUnusable",
    "SubmitReport",
    "SubmitTask",
    "TaskClosed",
    "TaskCommand",
    "TaskState",
    "TaskView",
    "Text",
    "Tracker",
    "Unit",
    "UnknownDirective",
    "UnknownEntry",
    "UnknownKind",
    "UnknownLevel",
    "UnknownReference",
    "UnknownTask",
    "UnknownUnit",
    "VerifyTask",
    "WaiveTask",
    "WithdrawDirective",
    "Work",
    "__version__",
    "day_of",
    "kinds",
    "life_cycle",
    "read_document",
    "read_minutes",
    "read_organisation",
    "require_own_act",
    "say_day",
    "say_moment",
]
