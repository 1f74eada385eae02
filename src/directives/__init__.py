"""Event-sourced tracker of directives and tasks. These are the public names; everything else may change."""

from importlib.metadata import version

from directives.bulk import Carried, Refusal
from directives.commands import command_of, commands, schema
from directives.exchange.documents import read_document
from directives.exchange.minutes import read_minutes
from directives.exchange.organisations import read_organisation
from directives.exchange.written import WrittenCommands
from directives.model.command import Command
from directives.model.document import Document
from directives.model.errors import (
    AlreadyRecorded,
    AlreadySubmitted,
    CommandIdReused,
    DirectiveCompleted,
    DirectivesError,
    DirectiveWithdrawn,
    EvidenceAltered,
    EvidenceMissing,
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
    NothingToReopen,
    NotOurStore,
    NotSubmitted,
    OutOfOrder,
    OverlappingScope,
    PersonForgotten,
    Refused,
    SelfVerification,
    StoreBusy,
    StoreError,
    StoreMissing,
    StoreUnusable,
    TaskClosed,
    UnitRetired,
    UnitsBelow,
    UnknownDirective,
    UnknownEntry,
    UnknownKind,
    UnknownLevel,
    UnknownPerson,
    UnknownReference,
    UnknownTask,
    UnknownUnit,
)
from directives.model.event import Event, RecordedEvent
from directives.model.kind import Kind, Work
from directives.model.kinds import kinds
from directives.model.kinds.written_report import SubmitReport
from directives.model.meeting import Minutes, RecordMeeting
from directives.model.message import Listed, Message
from directives.model.offices import HEADQUARTERS
from directives.model.orders import (
    AmendDirective,
    AssignToLevel,
    AssignToUnits,
    ExtendDirective,
    IssueDirective,
    ReopenLevel,
    WithdrawDirective,
)
from directives.model.personal import ErasePerson, PersonName, Phone
from directives.model.task import (
    AcknowledgeTask,
    ExtendTask,
    Order,
    ReassignTask,
    ReopenTask,
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
from directives.model.units import FoundOrganisation, Level, MoveUnit, RegisterUnits, RenameUnit, RetireUnit, Unit
from directives.model.values import Code, Count, Day, Lang, Line, Model, Slug, Text, day_of, shown
from directives.model.written import as_iso
from directives.schemas import schema_of_events, schema_of_minutes
from directives.store.rebuild import Rebuilt
from directives.tracker import Tracker
from directives.views.compliance import AssignmentView, DirectiveView, Status, TaskView
from directives.views.daily import Daily
from directives.views.doctor import Finding
from directives.views.evidence import EvidenceView
from directives.views.history import HistoryEntry
from directives.views.language import say_day, say_message, say_moment, say_number
from directives.views.meetings import MeetingView, StatementView
from directives.views.organisation import UnitView
from directives.views.persons import PersonView

__version__ = version("directives")

__all__ = [
    "HEADQUARTERS",
    "AcknowledgeTask",
    "AlreadyRecorded",
    "AlreadySubmitted",
    "AmendDirective",
    "AssignToLevel",
    "AssignToUnits",
    "AssignmentView",
    "Carried",
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
    "ErasePerson",
    "Event",
    "EvidenceAltered",
    "EvidenceMissing",
    "EvidenceView",
    "ExtendDirective",
    "ExtendTask",
    "Finding",
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
    "Listed",
    "MeetingView",
    "Message",
    "Minutes",
    "Model",
    "MoveUnit",
    "NewerStore",
    "NotAskedFor",
    "NotEntitled",
    "NotFound",
    "NotFulfilled",
    "NotOurStore",
    "NotSubmitted",
    "NothingToReopen",
    "Order",
    "OutOfOrder",
    "OverlappingScope",
    "PersonForgotten",
    "PersonName",
    "PersonView",
    "Phone",
    "ReassignTask",
    "Rebuilt",
    "RecordMeeting",
    "RecordedEvent",
    "Refusal",
    "Refused",
    "RegisterUnits",
    "RenameUnit",
    "ReopenLevel",
    "ReopenTask",
    "RetireUnit",
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
    "UnitRetired",
    "UnitView",
    "UnitsBelow",
    "UnknownDirective",
    "UnknownEntry",
    "UnknownKind",
    "UnknownLevel",
    "UnknownPerson",
    "UnknownReference",
    "UnknownTask",
    "UnknownUnit",
    "VerifyTask",
    "WaiveTask",
    "WithdrawDirective",
    "Work",
    "WrittenCommands",
    "__version__",
    "as_iso",
    "command_of",
    "commands",
    "day_of",
    "kinds",
    "life_cycle",
    "read_document",
    "read_minutes",
    "read_organisation",
    "require_own_act",
    "say_day",
    "say_message",
    "say_moment",
    "say_number",
    "schema",
    "schema_of_events",
    "schema_of_minutes",
    "shown",
]
