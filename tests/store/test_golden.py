"""One stored example of every event and version, minimal and full; the files never change, and are read for ever.

A new event wants files of its own: write them with ``python -m tests.store.test_golden`` and look at them.
"""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from eventsourcing.persistence import Notification

from directives import RecordedEvent, Text
from directives.directive_kinds import action, alliance_support, social_groups, speaker_identification, written_report
from directives.directive_kinds.registry import kinds
from directives.domain import audit, meeting
from directives.domain import person as personal
from directives.domain.directive import events as directive
from directives.domain.document import Document
from directives.domain.event import EVENTS
from directives.domain.organisation import events as units
from directives.domain.organisation.units import Level
from directives.domain.task import events as task
from directives.store.mapper import EventMapper

GOLDEN = Path(__file__).parents[1] / "golden"
TEXT = Text(en="Text", hi="पाठ")
ENGLISH = Text(en="Text")
DAY = date(2023, 11, 15)
DOCUMENT = Document(digest="sha256:" + "0" * 64, media_type="application/pdf", size=1)
NAMED = Document(**dict(DOCUMENT) | {"name": "प्रतिवेदन.pdf"})
SEALED = personal.Sealed(person="X-1/SP-01", box="AAECAwQFBgcICQoL3q2+7w==")
ORIGIN = "directives.example/jh/7adf2211e4bceffa"
KEY = "54574913+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
LEVELS = (Level(code="state", name=TEXT), Level(code="booth", name=TEXT))
REPORT = {"document": DOCUMENT, "language": "hi", "period_from": DAY, "period_to": DAY}
ISSUED = {"directive": "d", "kind": "written_report", "title": TEXT}
LEAST = {
    "meeting": None,
    "statements": (),
    "parameters": {},
    "grace_days": 0,
    "backdating_days": None,
    "set_by_issuing_office": (),
}
MOST = {
    "meeting": "m",
    "statements": ("S1",),
    "parameters": {"languages": ["hi"]},
    "grace_days": 7,
    "backdating_days": 3,
    "set_by_issuing_office": ("due", "backdating_days"),
}
EXAMPLES = {
    "Founded.v1.minimal": units.Founded(levels=LEVELS[:1], zone="UTC"),
    "Founded.v1.english": units.Founded(levels=(Level(code="zila", name=ENGLISH),), zone="Asia/Kolkata"),
    "Founded.v1.full": units.Founded(levels=LEVELS, zone="Asia/Kolkata"),
    "Registered.v1.minimal": units.Registered(code="X", parent=None, level="state", name=TEXT, attributes={}),
    "Registered.v1.english": units.Registered(code="X", parent=None, level="state", name=ENGLISH, attributes={}),
    "Registered.v1.full": units.Registered(code="X-1", parent="X", level="booth", name=TEXT, attributes={"no": "1"}),
    "Renamed.v1.full": units.Renamed(name=TEXT, former_name=Text(en="Old", hi="पुराना")),
    "Renamed.v1.english": units.Renamed(name=ENGLISH, former_name=TEXT),
    "AttributesChanged.v1.minimal": units.AttributesChanged(attributes={}),
    "AttributesChanged.v1.full": units.AttributesChanged(attributes={"no": "1"}),
    "Moved.v1.full": units.Moved(parent="X-1", former_parent="X-2", reason="कारण"),
    "Retired.v1.full": units.Retired(reason="कारण"),
    "AssignmentFolded.v1.full": directive.AssignmentFolded(level="booth", scope="X-1", into="X"),
    "MeetingRecorded.v1.minimal": meeting.MeetingRecorded(meeting="m", held_on=DAY, title=TEXT, statements=()),
    "MeetingRecorded.v1.english": meeting.MeetingRecorded(
        meeting="m", held_on=DAY, title=ENGLISH, statements=(meeting.Statement(no="S1", text=ENGLISH, asks_for="goal"),)
    ),
    "MeetingRecorded.v1.full": meeting.MeetingRecorded(
        meeting="m", held_on=DAY, title=TEXT, statements=(meeting.Statement(no="S1", text=TEXT, asks_for="goal"),)
    ),
    "Issued.v1.minimal": directive.IssuedV1(
        **ISSUED, meeting=None, statements=(), parameters={}, set_by_issuing_office=()
    ),
    "Issued.v2.full": directive.IssuedV2(
        **ISSUED,
        meeting="m",
        statements=("S1",),
        parameters={"languages": ["hi"]},
        grace_days=7,
        set_by_issuing_office=("due",),
    ),
    "Issued.v1.full": directive.IssuedV1(
        **ISSUED, meeting="m", statements=("S1",), parameters={"languages": ["hi"]}, set_by_issuing_office=("due",)
    ),
    "Issued.v3.minimal": directive.IssuedV3(**ISSUED, **LEAST),
    "Issued.v3.english": directive.IssuedV3(**ISSUED | {"title": ENGLISH}, **LEAST),
    "Issued.v3.full": directive.IssuedV3(**ISSUED, **MOST),
    "Issued.v4.minimal": directive.Issued(**ISSUED, **LEAST),
    "Issued.v4.english": directive.Issued(**ISSUED | {"title": ENGLISH}, **LEAST),
    "Issued.v4.full": directive.Issued(**ISSUED, **MOST, distribution="house-visits 1.0"),
    "AssignedToLevel.v1.full": directive.AssignedToLevel(level="booth", scope="X", due=DAY),
    "LevelCompleted.v1.full": directive.LevelCompleted(
        level="booth", scope="X", expected=6, on_time=3, late=2, waived=1
    ),
    "Completed.v1.full": directive.Completed(),
    "LevelWithdrawn.v1.full": directive.LevelWithdrawn(level="booth", scope="X", reason="कारण"),
    "Withdrawn.v1.full": directive.Withdrawn(reason="कारण"),
    "Waived.v1.full": task.Waived(reason="कारण"),
    "AssignedToUnits.v1.full": directive.AssignedToUnits(level="booth", units=("X-1", "X-2"), due=DAY),
    "DeadlineExtended.v1.full": directive.DeadlineExtended(level="booth", scope="X", due=DAY, reason="कारण"),
    "Amended.v1.full": directive.AmendedV1(
        title=TEXT,
        parameters={"languages": ["hi"]},
        grace_days=7,
        set_by_issuing_office=("parameters.languages",),
        reason="कारण",
    ),
    "Amended.v2.minimal": directive.Amended(
        title=TEXT, parameters={}, grace_days=0, backdating_days=None, set_by_issuing_office=(), reason="कारण"
    ),
    "Amended.v2.full": directive.Amended(
        title=TEXT,
        parameters={"languages": ["hi"]},
        grace_days=7,
        backdating_days=3,
        set_by_issuing_office=("backdating_days",),
        reason="कारण",
    ),
    "LevelReopened.v1.full": directive.LevelReopened(level="booth", scope="X", reason="कारण"),
    "Extended.v1.full": task.Extended(due=DAY, reason="कारण"),
    "Reassigned.v1.full": task.Reassigned(unit="X", reason="कारण"),
    "Reopened.v1.full": task.Reopened(reason="कारण"),
    "Acknowledged.v1.full": task.Acknowledged(),
    "Acknowledged.v1.on-behalf": task.Acknowledged(),
    "Submitted.v1.minimal": task.SubmittedV1(submission=1, figures={}),
    "Submitted.v1.full": task.SubmittedV1(submission=2, figures={"report": 2, "document": {"size": 1}}),
    "Submitted.v2.minimal": task.Submitted(submission=1, figures={}, due=None),
    "Submitted.v2.full": task.Submitted(submission=2, figures={"report": 2, "document": {"size": 1}}, due=DAY),
    "Returned.v1.full": task.ReturnedV1(submission=1, reason="कारण"),
    "Returned.v2.minimal": task.Returned(submission=1, reason="कारण", due=None),
    "Returned.v2.full": task.Returned(submission=1, reason="कारण", due=DAY),
    "Verified.v1.full": task.Verified(submission=1, due=DAY, on_time=True),
    "ReportRecorded.v1.minimal": written_report.ReportRecorded(**REPORT, report=1, supersedes=None, summary=None),
    "GroupCreated.v1.full": social_groups.GroupCreated(group="whatsapp-1", platform="whatsapp", name="समूह"),
    "GroupRenamed.v1.full": social_groups.GroupRenamed(group="whatsapp-1", name="समूह"),
    "GroupRetired.v1.full": social_groups.GroupRetired(group="whatsapp-1", reason="कारण"),
    "WorkersCounted.v1.full": social_groups.WorkersCounted(group="whatsapp-1", active=40),
    "ActivityPosted.v1.full": social_groups.ActivityPosted(day=DAY, groups=("whatsapp-1", "x-1"), text="सभा"),
    "SpeakerIdentified.v1.full": speaker_identification.SpeakerIdentifiedV1(speaker="SP-01"),
    "SpeakerIdentified.v2.minimal": speaker_identification.SpeakerIdentified(speaker="SP-01", name=None, phone=None),
    "SpeakerIdentified.v2.full": speaker_identification.SpeakerIdentified(speaker="SP-01", name=SEALED, phone=SEALED),
    "LogKeyIntroduced.v1.minimal": audit.LogKeyIntroduced(origin=ORIGIN, vkey=f"{ORIGIN}+{KEY}", abandons=None),
    "LogKeyIntroduced.v1.full": audit.LogKeyIntroduced(
        origin=ORIGIN,
        vkey=f"{ORIGIN}+{KEY}",
        abandons=audit.Abandoned(
            origin=f"former.{ORIGIN}", size=149, root="47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
        ),
    ),
    "PersonErased.v1.full": personal.PersonErased(person="X-1/SP-01", reason="कारण"),
    "LevelRescheduled.v1.full": directive.LevelRescheduled(level="block", scope="X", due="2023-11-30", reason="कारण"),
    "Reinstated.v1.minimal": directive.Reinstated(takes_back=(5,), due=None, reason="कारण"),
    "Reinstated.v1.full": directive.Reinstated(takes_back=(5,), due="2023-11-30", reason="कारण"),
    "LevelReinstated.v1.minimal": directive.LevelReinstated(
        takes_back=(5,), level="block", scope="X", due=None, reason="कारण"
    ),
    "LevelReinstated.v1.full": directive.LevelReinstated(
        takes_back=(5,), level="block", scope="X", due="2023-11-30", reason="कारण"
    ),
    "Restored.v1.full": units.Restored(takes_back=(5,), parent="X", reason="कारण"),
    "DayRescheduled.v1.full": task.DayRescheduled(due="2023-11-30", reason="कारण"),
    "TakenBack.v1.full": task.TakenBack(takes_back=(5,), what="verification", reason="कारण"),
    "Recalled.v1.full": task.Recalled(takes_back=(5, 6), submission=2, reason="कारण"),
    "Struck.v1.full": task.Struck(takes_back=(5,), reason="कारण"),
    "SpeakerTrained.v1.full": speaker_identification.SpeakerTrained(speaker="SP-01", session=2, subject="विषय"),
    "SpeakerDeployed.v1.full": speaker_identification.SpeakerDeployed(speaker="SP-01", level="block", gathering="सभा"),
    "SpeakerStoodDown.v1.full": speaker_identification.SpeakerStoodDown(speaker="SP-01", reason="कारण"),
    "StrengtheningStepRecorded.v1.full": alliance_support.StrengtheningStepRecorded(text="काम"),
    "PartnerBriefed.v1.full": alliance_support.PartnerBriefed(partner="partner-a", text="बैठक"),
    "JointActivityHeld.v1.full": alliance_support.JointActivityHeld(partner="partner-a", text="सभा"),
    "BenefitConfirmed.v1.full": alliance_support.BenefitConfirmed(partner="partner-a", text="लाभ"),
    "ActionRecorded.v1.minimal": action.ActionRecorded(action=1, text="बैठक", document=None),
    "ActionRecorded.v1.full": action.ActionRecorded(action=2, text="बैठक", document=DOCUMENT),
    "ActionRecorded.v1.named": action.ActionRecorded(action=1, text="बैठक", document=NAMED),
    "ReportRecorded.v1.named": written_report.ReportRecorded(
        **REPORT | {"document": NAMED}, report=1, supersedes=None, summary=None
    ),
    "ReportRecorded.v1.full": written_report.ReportRecorded(**REPORT, report=2, supersedes=1, summary="सार"),
}


def recorded(fact, name=""):
    moment = datetime(2023, 11, 15, 18, 29, 59, 999999, tzinfo=UTC)
    return RecordedEvent(
        position=7,
        stream="task/d/X",
        version=3,
        name=fact.NAME,
        occurred_at=moment,
        recorded_at=moment,
        actor="P1",
        office="clerk@X",
        source="library",
        command_id="c",
        on_behalf_of="X-1" if name.endswith(".on-behalf") else None,
        data=fact,
    )


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_stored_is_the_golden_file_and_is_read_back(name):
    golden = (GOLDEN / f"{name}.json").read_bytes().rstrip(b"\n")
    event = recorded(EXAMPLES[name], name)
    assert EventMapper().to_stored_event(event).state == golden
    topic = name.rpartition(".")[0]
    stored = Notification(id=7, originator_id="task/d/X", originator_version=3, topic=topic, state=golden)
    assert EventMapper().to_domain_event(stored) == recorded(EXAMPLES[name].upcast(), name)


def test_every_event_has_golden_files_and_no_file_lacks_an_event():
    kinds()
    assert {name.rpartition(".")[0] for name in EXAMPLES} == set(EVENTS)
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(EXAMPLES)


def test_an_event_of_a_newer_version_is_said_so():
    stored = Notification(id=7, originator_id="x", originator_version=1, topic="Founded.v9", state=b"{}")
    with pytest.raises(Exception, match=r"event Founded\.v9 at 7 is unknown: use a newer version"):
        EventMapper().to_domain_event(stored)


def test_an_event_class_declares_its_own_name_version_and_sentence():
    with pytest.raises(TypeError, match="declare a NAME of its own"):
        type("Child", (task.Acknowledged,), {})
    with pytest.raises(TypeError, match=r"Acknowledged\.v1 belongs to Acknowledged"):
        type("Twin", (task.Acknowledged,), {"NAME": "Acknowledged", "VERSION": 1, "SENTENCE": TEXT})
    older = {"NAME": "Older", "VERSION": 1, "SENTENCE": TEXT, "current": lambda self: self}
    with pytest.raises(TypeError, match="current is called upcast now"):
        type("Older", (task.Acknowledged,), older)


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name, fact in EXAMPLES.items():
        path = GOLDEN / f"{name}.json"
        if not path.exists():
            path.write_bytes(EventMapper().to_stored_event(recorded(fact, name)).state + b"\n")
