"""Event-sourced tracker of directives and tasks. These are the public names; everything else may change.

What a name needs is imported when it is first used: a program that only asks does not wait for what it does not use.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from directives.audit.bundle import Exported
    from directives.audit.offline import verify_file
    from directives.audit.receipts import Receipt
    from directives.audit.witness import Cosigned, cosign
    from directives.directive_kinds.kind import Kind, Lack, Work, asked_of
    from directives.directive_kinds.listing import Listing, OnRecord, Row, Value
    from directives.directive_kinds.parameters import ParameterView
    from directives.directive_kinds.registry import KindLeftOut, kind_meant, kind_or_absent, kinds
    from directives.directive_kinds.written_report import SubmitReport
    from directives.domain.command import Command
    from directives.domain.directive.commands import (
        AmendDirective,
        AssignToLevel,
        AssignToUnits,
        ExtendDirective,
        IssueDirective,
        ReinstateDirective,
        ReopenLevel,
        RescheduleDirective,
        WithdrawDirective,
    )
    from directives.domain.document import Document
    from directives.domain.errors import (
        AlreadyRecorded,
        AlreadySubmitted,
        AmbiguousName,
        ClockInDoubt,
        CommandIdReused,
        DatedTooFarBack,
        DirectiveCompleted,
        DirectivesError,
        DirectiveWithdrawn,
        EvidenceAltered,
        EvidenceMissing,
        ForkRefused,
        HandedInSince,
        Inconclusive,
        InvalidDocument,
        InvalidInput,
        InvalidMinutes,
        InvalidOrganisation,
        KeyUnusable,
        KindUnusable,
        NewerStore,
        NotAskedFor,
        NotCheckpointed,
        NotEntitled,
        NotFound,
        NotFulfilled,
        NothingToReopen,
        NothingToTakeBack,
        NotOurStore,
        NotSubmitted,
        OutOfOrder,
        OverlappingScope,
        PersonForgotten,
        RecordAltered,
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
    from directives.domain.event import Event, RecordedEvent
    from directives.domain.meeting import Minutes, RecordMeeting
    from directives.domain.office import HEADQUARTERS, role_meant
    from directives.domain.organisation.commands import (
        FoundOrganisation,
        MoveUnit,
        RegisterUnits,
        RenameUnit,
        RestoreUnit,
        RetireUnit,
    )
    from directives.domain.organisation.units import (
        BUNDLED_LEVELS,
        NATIONAL_LEVELS,
        Level,
        Unit,
        levels_for,
        usual_level,
    )
    from directives.domain.person import ErasePerson
    from directives.domain.personal import Personal, PersonName, Phone, Sealed, Unsealed, holding, person_of
    from directives.domain.task.commands import (
        AcknowledgeTask,
        ExtendTask,
        OwnAct,
        ReassignTask,
        RecallTask,
        ReopenTask,
        RescheduleTask,
        ReturnTask,
        StrikeEvent,
        SubmitTask,
        TakeBackTask,
        TaskCommand,
        VerifyTask,
        WaiveTask,
        life_cycle,
    )
    from directives.domain.task.decisions import require_own_act
    from directives.domain.task.many import (
        AcknowledgeTasks,
        ExtendTasks,
        ReturnTasks,
        SeenTask,
        TaskAct,
        TasksCommand,
        VerifyTasks,
        WaiveTasks,
    )
    from directives.domain.task.state import Order, Stage, TaskState
    from directives.domain.values import Code, Count, Day, Line, Model, Slug, Text, day_of, fields_of_type
    from directives.exchange.command_lines import WrittenCommands
    from directives.exchange.documents import read_document
    from directives.exchange.levels import read_levels, write_levels
    from directives.exchange.minutes import read_minutes
    from directives.exchange.named_commands import command_of, commands
    from directives.exchange.organisation_csv import read_organisation, write_organisation
    from directives.exchange.organisation_file import OrganisationFile
    from directives.exchange.schemas import schema, schema_of_events, schema_of_minutes
    from directives.exchange.templates import directive_template, minutes_template, organisation_template
    from directives.handlers.bulk import Carried, Refusal
    from directives.i18n.catalogue import say_day, say_days, say_message, say_moment, say_number, say_short_day
    from directives.i18n.message import Lang, Listed, Message, reason_of
    from directives.i18n.notation import as_iso, shown
    from directives.projections.candidates import Candidate, Candidates
    from directives.queries.board import Board, BoardCell, BoardColumn, BoardNumbers, BoardRow
    from directives.queries.daily import Daily
    from directives.queries.diff import CountsDifference, Difference, TaskDifference, TaskThen
    from directives.queries.directives import AssignmentView, DirectiveView
    from directives.queries.earlier import WorkLeftOut
    from directives.queries.evidence import EvidenceView
    from directives.queries.finding import Finding
    from directives.queries.history import HistoryEntry, LogEntry
    from directives.queries.meant import What
    from directives.queries.meetings import MeetingView, StatementView
    from directives.queries.one_task import TaskDetails
    from directives.queries.persons import PersonExport, PersonView, ToldOfPerson
    from directives.queries.records import Record
    from directives.queries.search import FoundUnit
    from directives.queries.status import Status
    from directives.queries.task_record import TaskRecord
    from directives.queries.task_views import TaskView
    from directives.queries.to_act_on import TaskToActOn
    from directives.queries.todo import Lacking, TodoTask
    from directives.queries.units import UnitView
    from directives.queries.waiting import WaitingTask
    from directives.samples.generated import SEAT_ATTRIBUTES, generated_india, generated_state
    from directives.store.copying import Copied
    from directives.store.rebuild import Rebuilt
    from directives.store.sqlite.packing import Packed
    from directives.store.sqlite.unpacking import unpack
    from directives.store.urls import store_path
    from directives.tracker import OfDay, Tracker

    __version__: str

_HOMES = {
    "directives.audit.bundle": "Exported",
    "directives.audit.offline": "verify_file",
    "directives.audit.receipts": "Receipt",
    "directives.audit.witness": "Cosigned cosign",
    "directives.directive_kinds.kind": "Kind Lack Work asked_of",
    "directives.directive_kinds.listing": "Listing OnRecord Row Value",
    "directives.directive_kinds.parameters": "ParameterView",
    "directives.directive_kinds.registry": "KindLeftOut kind_meant kind_or_absent kinds",
    "directives.directive_kinds.written_report": "SubmitReport",
    "directives.domain.command": "Command",
    "directives.domain.directive.commands": (
        "AmendDirective AssignToLevel AssignToUnits ExtendDirective IssueDirective ReinstateDirective ReopenLevel "
        "RescheduleDirective WithdrawDirective"
    ),
    "directives.domain.document": "Document",
    "directives.domain.errors": (
        "AlreadyRecorded AlreadySubmitted AmbiguousName ClockInDoubt CommandIdReused DatedTooFarBack "
        "DirectiveCompleted DirectiveWithdrawn DirectivesError EvidenceAltered EvidenceMissing ForkRefused "
        "HandedInSince Inconclusive InvalidDocument InvalidInput InvalidMinutes InvalidOrganisation KeyUnusable "
        "KindUnusable NewerStore NotAskedFor NotCheckpointed NotEntitled NotFound NotFulfilled NotOurStore "
        "NotSubmitted NothingToReopen NothingToTakeBack OutOfOrder OverlappingScope PersonForgotten RecordAltered "
        "Refused SelfVerification StoreBusy StoreError StoreMissing StoreUnusable TaskClosed UnitRetired UnitsBelow "
        "UnknownDirective UnknownEntry UnknownKind UnknownLevel UnknownPerson UnknownReference UnknownTask "
        "UnknownUnit"
    ),
    "directives.domain.event": "Event RecordedEvent",
    "directives.domain.meeting": "Minutes RecordMeeting",
    "directives.domain.office": "HEADQUARTERS role_meant",
    "directives.domain.organisation.commands": (
        "FoundOrganisation MoveUnit RegisterUnits RenameUnit RestoreUnit RetireUnit"
    ),
    "directives.domain.organisation.units": "BUNDLED_LEVELS Level NATIONAL_LEVELS Unit levels_for usual_level",
    "directives.domain.person": "ErasePerson",
    "directives.domain.personal": "Personal PersonName Phone Sealed Unsealed holding person_of",
    "directives.domain.task.commands": (
        "AcknowledgeTask ExtendTask OwnAct ReassignTask RecallTask ReopenTask RescheduleTask ReturnTask StrikeEvent "
        "SubmitTask TakeBackTask TaskCommand VerifyTask WaiveTask life_cycle"
    ),
    "directives.domain.task.many": (
        "AcknowledgeTasks ExtendTasks ReturnTasks SeenTask TaskAct TasksCommand VerifyTasks WaiveTasks"
    ),
    "directives.domain.task.decisions": "require_own_act",
    "directives.domain.task.state": "Order Stage TaskState",
    "directives.domain.values": "Code Count Day Line Model Slug Text day_of fields_of_type",
    "directives.exchange.command_lines": "WrittenCommands",
    "directives.exchange.documents": "read_document",
    "directives.exchange.minutes": "read_minutes",
    "directives.exchange.named_commands": "command_of commands",
    "directives.exchange.levels": "read_levels write_levels",
    "directives.exchange.organisation_csv": "read_organisation write_organisation",
    "directives.exchange.organisation_file": "OrganisationFile",
    "directives.exchange.templates": "directive_template minutes_template organisation_template",
    "directives.exchange.schemas": "schema schema_of_events schema_of_minutes",
    "directives.handlers.bulk": "Carried Refusal",
    "directives.i18n.catalogue": "say_day say_days say_message say_moment say_number say_short_day",
    "directives.i18n.message": "Lang Listed Message reason_of",
    "directives.i18n.notation": "as_iso shown",
    "directives.projections.candidates": "Candidate Candidates",
    "directives.queries.board": "Board BoardCell BoardColumn BoardNumbers BoardRow",
    "directives.queries.daily": "Daily",
    "directives.queries.diff": "CountsDifference Difference TaskDifference TaskThen",
    "directives.queries.directives": "AssignmentView DirectiveView",
    "directives.queries.finding": "Finding",
    "directives.queries.earlier": "WorkLeftOut",
    "directives.queries.evidence": "EvidenceView",
    "directives.queries.history": "HistoryEntry LogEntry",
    "directives.queries.meant": "What",
    "directives.queries.meetings": "MeetingView StatementView",
    "directives.queries.persons": "PersonExport PersonView ToldOfPerson",
    "directives.queries.status": "Status",
    "directives.queries.one_task": "TaskDetails",
    "directives.queries.task_record": "TaskRecord",
    "directives.queries.task_views": "TaskView",
    "directives.queries.records": "Record",
    "directives.queries.search": "FoundUnit",
    "directives.queries.to_act_on": "TaskToActOn",
    "directives.queries.todo": "Lacking TodoTask",
    "directives.queries.units": "UnitView",
    "directives.queries.waiting": "WaitingTask",
    "directives.samples.generated": "SEAT_ATTRIBUTES generated_india generated_state",
    "directives.store.urls": "store_path",
    "directives.store.copying": "Copied",
    "directives.store.sqlite.packing": "Packed",
    "directives.store.rebuild": "Rebuilt",
    "directives.store.sqlite.unpacking": "unpack",
    "directives.tracker": "OfDay Tracker",
}
"""The public names, by the modules in which they are."""
_HOME = {name: module for module, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        value: Any = version("directives")
    elif name in _HOME:
        value = getattr(import_module(_HOME[name]), name)
    else:
        raise AttributeError(f"module 'directives' has no attribute {name!r}")
    globals()[name] = value
    return value


__all__ = [
    "BUNDLED_LEVELS",
    "HEADQUARTERS",
    "NATIONAL_LEVELS",
    "SEAT_ATTRIBUTES",
    "AcknowledgeTask",
    "AcknowledgeTasks",
    "AlreadyRecorded",
    "AlreadySubmitted",
    "AmbiguousName",
    "AmendDirective",
    "AssignToLevel",
    "AssignToUnits",
    "AssignmentView",
    "Board",
    "BoardCell",
    "BoardColumn",
    "BoardNumbers",
    "BoardRow",
    "Candidate",
    "Candidates",
    "Carried",
    "ClockInDoubt",
    "Code",
    "Command",
    "CommandIdReused",
    "Copied",
    "Cosigned",
    "Count",
    "CountsDifference",
    "Daily",
    "DatedTooFarBack",
    "Day",
    "Difference",
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
    "Exported",
    "ExtendDirective",
    "ExtendTask",
    "ExtendTasks",
    "Finding",
    "ForkRefused",
    "FoundOrganisation",
    "FoundUnit",
    "HandedInSince",
    "HistoryEntry",
    "Inconclusive",
    "InvalidDocument",
    "InvalidInput",
    "InvalidMinutes",
    "InvalidOrganisation",
    "IssueDirective",
    "KeyUnusable",
    "Kind",
    "KindLeftOut",
    "KindUnusable",
    "Lack",
    "Lacking",
    "Lang",
    "Level",
    "Line",
    "Listed",
    "Listing",
    "LogEntry",
    "MeetingView",
    "Message",
    "Minutes",
    "Model",
    "MoveUnit",
    "NewerStore",
    "NotAskedFor",
    "NotCheckpointed",
    "NotEntitled",
    "NotFound",
    "NotFulfilled",
    "NotOurStore",
    "NotSubmitted",
    "NothingToReopen",
    "NothingToTakeBack",
    "OfDay",
    "OnRecord",
    "Order",
    "OrganisationFile",
    "OutOfOrder",
    "OverlappingScope",
    "OwnAct",
    "Packed",
    "ParameterView",
    "PersonExport",
    "PersonForgotten",
    "PersonName",
    "PersonView",
    "Personal",
    "Phone",
    "ReassignTask",
    "Rebuilt",
    "RecallTask",
    "Receipt",
    "Record",
    "RecordAltered",
    "RecordMeeting",
    "RecordedEvent",
    "Refusal",
    "Refused",
    "RegisterUnits",
    "ReinstateDirective",
    "RenameUnit",
    "ReopenLevel",
    "ReopenTask",
    "RescheduleDirective",
    "RescheduleTask",
    "RestoreUnit",
    "RetireUnit",
    "ReturnTask",
    "ReturnTasks",
    "Row",
    "Sealed",
    "SeenTask",
    "SelfVerification",
    "Slug",
    "Stage",
    "StatementView",
    "Status",
    "StoreBusy",
    "StoreError",
    "StoreMissing",
    "StoreUnusable",
    "StrikeEvent",
    "SubmitReport",
    "SubmitTask",
    "TakeBackTask",
    "TaskAct",
    "TaskClosed",
    "TaskCommand",
    "TaskDetails",
    "TaskDifference",
    "TaskRecord",
    "TaskState",
    "TaskThen",
    "TaskToActOn",
    "TaskView",
    "TasksCommand",
    "Text",
    "TodoTask",
    "ToldOfPerson",
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
    "Unsealed",
    "Value",
    "VerifyTask",
    "VerifyTasks",
    "WaitingTask",
    "WaiveTask",
    "WaiveTasks",
    "What",
    "WithdrawDirective",
    "Work",
    "WorkLeftOut",
    "WrittenCommands",
    "__version__",
    "as_iso",
    "asked_of",
    "command_of",
    "commands",
    "cosign",
    "day_of",
    "directive_template",
    "fields_of_type",
    "generated_india",
    "generated_state",
    "holding",
    "kind_meant",
    "kind_or_absent",
    "kinds",
    "levels_for",
    "life_cycle",
    "minutes_template",
    "organisation_template",
    "person_of",
    "read_document",
    "read_levels",
    "read_minutes",
    "read_organisation",
    "reason_of",
    "require_own_act",
    "role_meant",
    "say_day",
    "say_days",
    "say_message",
    "say_moment",
    "say_number",
    "say_short_day",
    "schema",
    "schema_of_events",
    "schema_of_minutes",
    "shown",
    "store_path",
    "unpack",
    "usual_level",
    "verify_file",
    "write_levels",
    "write_organisation",
]
