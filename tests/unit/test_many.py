"""One act on many tasks: one command, all of them or none, and only what was looked at."""

import json
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import Clock, refused
from tests.stores import asked, fresh

from directives import (
    AcknowledgeTask,
    AcknowledgeTasks,
    CommandIdReused,
    DirectivesError,
    Document,
    ExtendTask,
    ExtendTasks,
    HandedInSince,
    InvalidInput,
    NotEntitled,
    NotSubmitted,
    ReturnTask,
    ReturnTasks,
    SeenTask,
    SelfVerification,
    Text,
    Tracker,
    Unit,
    UnknownTask,
    VerifyTask,
    VerifyTasks,
    WaiveTask,
    WaiveTasks,
    WrittenCommands,
    generated_state,
)
from directives.handlers.unit_of_work import digest

pytestmark = pytest.mark.every_store

HQ = {"office": "clerk@JH"}
DOCUMENT = Document(digest="sha256:" + "0" * 64, media_type="text/plain", size=10)
PERIOD = {"period_from": "2023-10-01", "period_to": "2023-10-31"}
KHUNTI, DUMKA, PALAMU = (f"written-report/{seat}" for seat in ("JH-PC11", "JH-PC02", "JH-PC13"))


@pytest.fixture
def reports(meeting):
    """Khunti and Dumka have handed their reports in."""
    for seat in ("JH-PC11", "JH-PC02"):
        meeting.submit(seat)
    return meeting


def seen(meeting, act="verify", **chosen):
    return [each.seen for each in meeting.tracker.to_act_on(act, HQ["office"], **chosen)]


def test_all_are_verified_under_one_command_id(reports):
    events = reports.tracker.verify_all(seen(reports), **HQ, command_id="v-1")
    assert [(event.name, event.stream, event.command_id) for event in events] == [
        ("Verified", f"task/{DUMKA}", "v-1"),
        ("Verified", f"task/{KHUNTI}", "v-1"),
    ]
    assert [entry.name for entry in reports.tracker.history(KHUNTI)][-1] == "Verified"
    assert not [each for each in reports.tracker.rebuild() if each.differing]
    assert not [each for each in reports.tracker.doctor() if each.state == "wrong"]


def test_the_same_id_again_returns_what_was_done_and_another_content_is_refused(reports):
    looked_at = seen(reports)
    events = reports.tracker.verify_all(looked_at, **HQ, command_id="v-1")
    reports.tracker.reopen_task(KHUNTI, "Wrong figures.", **HQ)
    assert reports.tracker.verify_all(looked_at, **HQ, command_id="v-1") == events
    assert reports.tracker.task(KHUNTI).state == "returned"
    refused(reports, CommandIdReused, reports.tracker.verify_all, looked_at[:1], **HQ, command_id="v-1")
    refused(reports, CommandIdReused, reports.tracker.verify, KHUNTI, **HQ, command_id="v-1")


def test_one_refusal_refuses_all_and_names_its_task_and_the_number(reports):
    reports.submit("JH-PC13", actor="somebody")
    tasks = [DUMKA, PALAMU, "written-report/JH-PC01", "written-report/JH-PC03"]
    acting = HQ | {"actor": "somebody"}
    with pytest.raises(SelfVerification, match=r"written-report/JH-PC13, which .* .3 of 4 tasks refused") as caught:
        reports.tracker.verify_all(tasks, **acting)
    assert (caught.value.reason, caught.value.facts) == ("self-verification", {"task": PALAMU})
    refused(reports, SelfVerification, reports.tracker.verify_all, tasks, **acting)
    assert reports.tracker.task(DUMKA).state == "submitted"
    with pytest.raises(NotSubmitted, match="no submission to verify \\(1 of 2 tasks refused, nothing was changed"):
        reports.tracker.verify_all([DUMKA, "written-report/JH-PC01"], **HQ)
    with pytest.raises(NotEntitled, match=r"\(written-report/JH-PC02; 2 of 2 tasks refused, nothing was changed\)"):
        reports.tracker.waive_all([DUMKA, KHUNTI], "x", office="clerk@JH-PC02")
    refused(reports, UnknownTask, reports.tracker.verify_all, [DUMKA, "written-report/JH-AC60"], **HQ)


def test_what_was_submitted_after_the_look_is_not_taken(reports):
    looked_at = seen(reports)
    reports.submit("JH-PC13")
    reports.give_back("JH-PC11")
    reports.submit("JH-PC11", "A better report.\n")
    refused(reports, HandedInSince, reports.tracker.verify_all, looked_at, **HQ)
    with pytest.raises(HandedInSince, match="JH-PC11 was submitted after you looked") as caught:
        reports.tracker.verify_all(looked_at, **HQ)
    assert (caught.value.reason, caught.value.facts) == ("handed-in-since", {"task": KHUNTI})
    reports.tracker.verify_all(seen(reports)[:1], **HQ)
    assert [reports.tracker.task(task).state for task in (DUMKA, KHUNTI, PALAMU)] == [
        "verified",
        "submitted",
        "submitted",
    ]
    reports.tracker.verify_all([KHUNTI], **HQ)  # who gives no number takes what is there


def test_a_waiver_does_not_hit_a_report_that_came_in_since(reports):
    looked_at = [each for each in seen(reports, "waive") if each.task == PALAMU]
    assert looked_at == [SeenTask(task=PALAMU, submission=0)]
    reports.submit("JH-PC13")
    refused(reports, HandedInSince, reports.tracker.waive_all, looked_at, "Merged.", **HQ)


def test_each_act_does_what_the_act_on_one_does(reports):
    tracker = reports.tracker
    tracker.return_all([KHUNTI, DUMKA], "No figures.", due=date(2023, 11, 20), **HQ)
    assert [(tracker.task(task).state, tracker.task(task).due) for task in (KHUNTI, DUMKA)] == [
        ("returned", date(2023, 11, 20))
    ] * 2
    tracker.extend_all([KHUNTI, PALAMU], date(2023, 12, 1), "Flood.", **HQ)
    assert [tracker.task(task).due.month for task in (KHUNTI, PALAMU)] == [12, 12]
    tracker.waive_all([KHUNTI, DUMKA], "Merged.", **HQ)
    assert tracker.waive_all([KHUNTI, DUMKA], "Merged.", **HQ) == ()
    (event,) = tracker.acknowledge_all([PALAMU], on_behalf_of="JH-PC13", **HQ)
    assert (event.name, event.on_behalf_of) == ("Acknowledged", "JH-PC13")


def test_a_task_is_named_once_and_one_at_least(reports):
    with pytest.raises(InvalidInput, match=r"tasks: .* is not allowed: name written-report/JH-PC11 once"):
        reports.tracker.verify_all([KHUNTI, f"task/{KHUNTI}"], **HQ)
    with pytest.raises(InvalidInput, match="give 1 or more"):
        reports.tracker.verify_all([], **HQ)


def test_a_file_of_commands_has_such_commands_too(reports, tmp_path):
    path = tmp_path / "commands.jsonl"
    lines = [
        {"command": "tasks verify", "tasks": [{"task": KHUNTI, "submission": 1}]},
        {"command": "tasks waive", "tasks": [{"task": PALAMU}, {"task": KHUNTI}], "reason": "Merged."},
    ]
    path.write_text("".join(f"{json.dumps(line | HQ)}\n" for line in lines))
    carried = reports.tracker.import_commands(WrittenCommands(path), keep_going=True)
    assert (carried.done, [each.line for each in carried.refused]) == (1, [2])
    assert [reports.tracker.task(task).state for task in (KHUNTI, PALAMU)] == ["verified", "assigned"]
    assert reports.tracker.import_commands(WrittenCommands(path), keep_going=True).before == 1


def test_the_stored_digest_of_such_a_command_stays():
    """It is what an id on record is compared with, also after an upgrade."""
    fixed = {"command_id": "x", "office": "clerk@JH"}
    verify = VerifyTasks(tasks=(SeenTask(task=KHUNTI, submission=1), SeenTask(task=DUMKA)), **fixed)
    waive = WaiveTasks(tasks=(SeenTask(task=KHUNTI),), reason="Merged.", **fixed)
    assert [digest(each)[:12] for each in (verify, waive)] == ["12192b21c4ca", "38a5139155dd"]


def test_an_office_is_offered_what_it_can_act_on(reports):
    tracker = reports.tracker
    assert [each.task for each in seen(reports)] == [DUMKA, KHUNTI]
    assert seen(reports, unit="JH-PC11") == [SeenTask(task=KHUNTI, submission=1)]
    assert tracker.to_act_on("verify", "convenor@JH-PC11", unit="JH-PC11") == []
    own = tracker.to_act_on("acknowledge", "convenor@JH-PC01")
    assert [each.task for each in own] == ["written-report/JH-PC01"]
    assert tracker.to_act_on("acknowledge", "convenor@JH-PC01", unit="JH-PC02") == []
    assert len(tracker.to_act_on("waive", HQ["office"])) == 12
    assert [each.task for each in tracker.to_act_on("waive", HQ["office"], tasks=[KHUNTI, KHUNTI])] == [KHUNTI]
    with pytest.raises(UnknownTask):
        tracker.to_act_on("waive", HQ["office"], tasks=["written-report/JH-AC60"])
    with pytest.raises(InvalidInput, match="act: 'submit' is not allowed"):
        tracker.to_act_on("submit", HQ["office"])


def test_many_tasks_take_few_queries(clock):
    """As many for all booths of a small state as for two of them."""
    with Tracker(fresh(), clock=clock) as tracker:
        tracker.found([*generated_state("GA", scale=0.05)])
        hq = {"office": "clerk@GA"}
        tracker.issue("d", "written_report", Text(en="Report", hi="प्रतिवेदन"), PERIOD, **hq)
        tracker.assign("d", "booth", "GA", date(2023, 10, 25), **hq)
        for view in tracker.tasks(directive="d"):
            tracker.work("report submit", view.task, document=DOCUMENT, office=f"clerk@{view.unit}")
        found = tracker.to_act_on("verify", "clerk@GA")
        assert len(found) > 50

        def statements(tasks, act):
            with asked(tracker) as told:
                act([each.seen for each in tasks])
            return sum(each.lstrip().startswith("SELECT") for each in told)

        few = statements(found[:2], lambda tasks: tracker.verify_all(tasks, **hq))
        many = statements(found[2:], lambda tasks: tracker.verify_all(tasks, **hq))
        assert 0 < many <= few + 5


UNITS = [Unit(code="S", level="state", name=Text(en="S", hi="रा"))] + [
    Unit(code=code, parent="S", level="booth", name=Text(en=code, hi="बू")) for code in "ABCD"
]
ACTS = {
    "verify": (VerifyTask, VerifyTasks, {}),
    "return": (ReturnTask, ReturnTasks, {"reason": "No."}),
    "waive": (WaiveTask, WaiveTasks, {"reason": "No."}),
    "extend": (ExtendTask, ExtendTasks, {"reason": "No.", "due": date(2023, 12, 1)}),
    "acknowledge": (AcknowledgeTask, AcknowledgeTasks, {}),
}


def act(tracker, verb, unit, actor):
    """What is refused of it is left out."""
    office = f"clerk@{unit}" if verb in ("submit", "acknowledge") else "clerk@S"
    fields = {"reopen": {"reason": "No."}, "submit": {"document": DOCUMENT}}.get(verb) or ACTS[verb][2]
    deed = "report submit" if verb == "submit" else f"task {verb}"
    with suppress(DirectivesError):
        tracker.work(deed, f"d/{unit}", office=office, actor=actor, **fields)


def told(events):
    return [(event.stream, event.version, event.name, event.data, event.on_behalf_of) for event in events]


@pytest.mark.every_store(slow_on_server=True)
@settings(max_examples=60, deadline=None)
@given(
    life=st.lists(
        st.tuples(
            st.sampled_from(["submit", "submit", "reopen", *ACTS]), st.sampled_from("ABCD"), st.sampled_from("xy")
        ),
        max_size=12,
    ),
    verb=st.sampled_from([*ACTS]),
    units=st.lists(st.sampled_from("ABCD"), min_size=1, unique=True),
    office=st.sampled_from(["clerk@S", "clerk@S", "clerk@A"]),
    actor=st.sampled_from("xz"),
)
def test_it_does_what_the_acts_on_each_do_one_after_the_other_or_nothing(life, verb, units, office, actor):
    one, many, fields = ACTS[verb]
    fields = fields | {"office": office, "actor": actor}
    outcomes = []
    for together in (True, False):
        with Tracker(fresh(), clock=Clock()) as tracker:
            tracker.found(UNITS)
            tracker.issue("d", "written_report", Text(en="R", hi="प्र"), PERIOD, office="clerk@S")
            tracker.assign("d", "booth", "S", date(2023, 10, 25), office="clerk@S")
            for each in life:
                act(tracker, *each)
            before = len([*tracker.events()])
            tasks = [f"d/{unit}" for unit in units]
            if together:
                commands = [tracker.command(many, tasks=[SeenTask(task=task) for task in tasks], **fields)]
            else:
                commands = [tracker.command(one, task=task, **fields) for task in tasks]
            error = None
            try:
                tracker.execute_all(commands)
            except DirectivesError as refusal:
                error = type(refusal), refusal.reason
            outcomes.append((error, told(tracker.events(after=before)), tracker.status()))
            assert not [each for each in tracker.rebuild() if each.differing]
    assert outcomes[0] == outcomes[1]
