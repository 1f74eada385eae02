"""Event-sourced tracker of directives and tasks. These are the public names; everything else may change.

What a name needs is imported when it is first used: a program that only asks does not wait for what it does not use.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from directives.all_commands import command_of, commands, schema
    from directives.bulk import Carried, Refusal
    from directives.exchange.documents import read_document
    from directives.exchange.generated import SEAT_ATTRIBUTES, generated_india, generated_state
    from directives.exchange.minutes import read_minutes
    from directives.exchange.organisation_file import OrganisationFile
    from directives.exchange.organisations import read_organisation, write_organisation
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
    from directives.model.kind import Kind, Work, asked_of
    from directives.model.kinds import kinds
    from directives.model.kinds.written_report import SubmitReport
    from directives.model.meeting import Minutes, RecordMeeting
    from directives.model.message import Lang, Listed, Message, reason_of
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
    from directives.model.units import (
        NATIONAL_LEVELS,
        FoundOrganisation,
        Level,
        MoveUnit,
        RegisterUnits,
        RenameUnit,
        RetireUnit,
        Unit,
        levels_for,
    )
    from directives.model.values import Code, Count, Day, Line, Model, Slug, Text, day_of, fields_of_type
    from directives.model.written import as_iso, shown
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

    __version__: str

_HOMES = {
    "directives.bulk": "Carried Refusal",
    "directives.all_commands": "command_of commands schema",
    "directives.exchange.documents": "read_document",
    "directives.exchange.generated": "SEAT_ATTRIBUTES generated_india generated_state",
    "directives.exchange.minutes": "read_minutes",
    "directives.exchange.organisation_file": "OrganisationFile",
    "directives.exchange.organisations": "read_organisation write_organisation",
    "directives.exchange.written": "WrittenCommands",
    "directives.model.command": "Command",
    "directives.model.document": "Document",
    "directives.model.errors": (
        "AlreadyRecorded AlreadySubmitted CommandIdReused DirectiveCompleted DirectiveWithdrawn DirectivesError "
        "EvidenceAltered EvidenceMissing InvalidDocument InvalidInput InvalidMinutes InvalidOrganisation "
        "KindUnusable NewerStore NotAskedFor NotEntitled NotFound NotFulfilled NotOurStore NotSubmitted "
        "NothingToReopen OutOfOrder OverlappingScope PersonForgotten Refused SelfVerification StoreBusy "
        "StoreError StoreMissing StoreUnusable TaskClosed UnitRetired UnitsBelow UnknownDirective UnknownEntry "
        "UnknownKind UnknownLevel UnknownPerson UnknownReference UnknownTask UnknownUnit"
    ),
    "directives.model.event": "Event RecordedEvent",
    "directives.model.kind": "Kind Work asked_of",
    "directives.model.kinds": "kinds",
    "directives.model.kinds.written_report": "SubmitReport",
    "directives.model.meeting": "Minutes RecordMeeting",
    "directives.model.message": "Lang Listed Message reason_of",
    "directives.model.offices": "HEADQUARTERS",
    "directives.model.orders": (
        "AmendDirective AssignToLevel AssignToUnits ExtendDirective IssueDirective ReopenLevel WithdrawDirective"
    ),
    "directives.model.personal": "ErasePerson PersonName Phone",
    "directives.model.task": (
        "AcknowledgeTask ExtendTask Order ReassignTask ReopenTask ReturnTask Stage SubmitTask TaskCommand "
        "TaskState VerifyTask WaiveTask life_cycle require_own_act"
    ),
    "directives.model.units": (
        "FoundOrganisation Level MoveUnit NATIONAL_LEVELS RegisterUnits RenameUnit RetireUnit Unit levels_for"
    ),
    "directives.model.values": "Code Count Day Line Model Slug Text day_of fields_of_type",
    "directives.model.written": "as_iso shown",
    "directives.schemas": "schema_of_events schema_of_minutes",
    "directives.store.rebuild": "Rebuilt",
    "directives.tracker": "Tracker",
    "directives.views.compliance": "AssignmentView DirectiveView Status TaskView",
    "directives.views.daily": "Daily",
    "directives.views.doctor": "Finding",
    "directives.views.evidence": "EvidenceView",
    "directives.views.history": "HistoryEntry",
    "directives.views.language": "say_day say_message say_moment say_number",
    "directives.views.meetings": "MeetingView StatementView",
    "directives.views.organisation": "UnitView",
    "directives.views.persons": "PersonView",
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
    "HEADQUARTERS",
    "NATIONAL_LEVELS",
    "SEAT_ATTRIBUTES",
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
    "OrganisationFile",
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
    "asked_of",
    "command_of",
    "commands",
    "day_of",
    "fields_of_type",
    "generated_india",
    "generated_state",
    "kinds",
    "levels_for",
    "life_cycle",
    "read_document",
    "read_minutes",
    "read_organisation",
    "reason_of",
    "require_own_act",
    "say_day",
    "say_message",
    "say_moment",
    "say_number",
    "schema",
    "schema_of_events",
    "schema_of_minutes",
    "shown",
    "write_organisation",
]
