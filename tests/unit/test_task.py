"""The life of a task: each decision's events, refusals and quiet case."""

from datetime import date, timedelta

import pytest

from directives.domain import errors

pytestmark = pytest.mark.every_store


def test_a_report_is_recorded_and_submitted(meeting):
    events = meeting.submit("JH-PC01")
    assert [event.name for event in events] == ["ReportRecorded", "Submitted"]
    assert events[0].data.document.size == 10
    assert events[0].data.language == "hi"
    assert str(events[0].data.period_to) == "2023-10-31"
    assert events[1].data.figures["document"]["digest"] == events[0].data.document.digest


def test_acknowledging_once_and_again(meeting):
    assert [event.name for event in meeting.acknowledge("JH-PC01")] == ["Acknowledged"]
    assert meeting.acknowledge("JH-PC01") == ()
    meeting.submit("JH-PC02")
    assert meeting.acknowledge("JH-PC02") == (), "work acknowledges"


def test_a_corrected_report_supersedes_the_one_returned(meeting):
    meeting.submit("JH-PC01")
    assert meeting.give_back("JH-PC01")[0].data.reason == "No figures."
    with pytest.raises(errors.NotFulfilled, match="was returned"):
        meeting.submit("JH-PC01")
    corrected = meeting.submit("JH-PC01", "A report with figures.\n")
    assert (corrected[0].data.report, corrected[0].data.supersedes) == (2, 1)
    assert meeting.verify("JH-PC01")[0].data.submission == 2
    assert meeting.names().count("ReportRecorded") == 2


@pytest.mark.parametrize(("days", "on_time"), [(0, True), (26, True), (27, False)])
def test_on_time_is_by_the_day_of_the_submission_in_the_zone_of_the_store(meeting, days, on_time):
    """The clock stands at 06:00 UTC of 20 October; day 26 is the due day, 15 November."""
    meeting.clock.forward(days=days, hours=12, minutes=29)  # 23:59 in India
    meeting.submit("JH-PC01")
    meeting.clock.forward(days=60)
    assert meeting.verify("JH-PC01")[0].data.on_time is on_time


def test_half_an_hour_past_midnight_in_india_is_late_though_not_in_utc(meeting):
    meeting.clock.forward(days=26, hours=13)
    meeting.submit("JH-PC01")
    assert meeting.verify("JH-PC01")[0].data.on_time is False


def refused(meeting, error, act, *args, **given):
    before = meeting.names()
    with pytest.raises(error) as caught:
        act(*args, **given)
    assert "\n" not in str(caught.value)
    assert meeting.names() == before


def test_what_is_refused_before_a_submission(meeting):
    refused(meeting, errors.NotEntitled, meeting.acknowledge, "JH-PC01", office="convenor@JH-PC02")
    refused(meeting, errors.NotEntitled, meeting.submit, "JH-PC01", office="clerk@JH")
    refused(meeting, errors.NotSubmitted, meeting.verify, "JH-PC01")
    refused(meeting, errors.NotSubmitted, meeting.give_back, "JH-PC01")
    early = meeting.clock() - timedelta(days=2)
    refused(meeting, errors.OutOfOrder, meeting.submit, "JH-PC01", occurred_at=early)
    refused(meeting, errors.OutOfOrder, meeting.acknowledge, "JH-PC01", occurred_at=early)
    refused(meeting, errors.InvalidInput, meeting.submit, "JH-PC01", occurred_at=meeting.clock() + timedelta(days=1))


def test_what_is_refused_after_a_submission(meeting):
    meeting.submit("JH-PC01", actor="W17")
    refused(meeting, errors.AlreadySubmitted, meeting.submit, "JH-PC01", "Another.")
    refused(meeting, errors.NotEntitled, meeting.verify, "JH-PC01", office="convenor@JH-PC01")
    refused(meeting, errors.NotEntitled, meeting.verify, "JH-PC01", office="convenor@JH-PC02")
    refused(meeting, errors.SelfVerification, meeting.verify, "JH-PC01", actor="W17")
    refused(meeting, errors.SelfVerification, meeting.give_back, "JH-PC01", actor="W17")
    refused(meeting, errors.OutOfOrder, meeting.verify, "JH-PC01", occurred_at=meeting.clock() - timedelta(hours=1))
    meeting.verify("JH-PC01")
    refused(meeting, errors.TaskClosed, meeting.verify, "JH-PC01")
    refused(meeting, errors.TaskClosed, meeting.give_back, "JH-PC01")
    refused(meeting, errors.TaskClosed, meeting.submit, "JH-PC01", "Another.")


def test_what_the_directive_does_not_accept(meeting, tracker):
    def submit(**given):
        return meeting.submit("JH-PC01", **given)

    refused(meeting, errors.NotFulfilled, submit, period_from=date(2023, 10, 2))
    refused(meeting, errors.NotFulfilled, submit, period_to=date(2023, 10, 30))
    refused(meeting, errors.InvalidInput, submit, period_from=date(2024, 1, 2))
    refused(meeting, errors.InvalidInput, submit, language="fr")
    refused(meeting, errors.InvalidInput, submit, summary=" ")


@pytest.mark.parametrize(
    ("task", "error"),
    [
        ("nothing/JH-PC01", errors.UnknownDirective),
        ("written-report/JH-PC99", errors.UnknownUnit),
        ("written-report/JH-AC01", errors.UnknownTask),
        ("written-report", errors.UnknownTask),
        ("", errors.UnknownTask),
    ],
)
def test_an_unknown_task(meeting, tracker, task, error):
    for office in ("convenor@JH-PC01", "clerk@JH"):
        refused(meeting, error, tracker.acknowledge, task, office=office)
        refused(meeting, error, tracker.verify, task, office=office)


def test_an_office_that_is_none(meeting, tracker):
    refused(meeting, errors.UnknownUnit, meeting.acknowledge, "JH-PC01", office="convenor@JH-PC99")
    refused(meeting, errors.InvalidInput, meeting.acknowledge, "JH-PC01", office="convenor")
    refused(meeting, errors.InvalidInput, tracker.acknowledge, "written-report/JH-PC01")


def test_a_document_that_is_none(meeting, tracker, tmp_path):
    (tmp_path / "empty.txt").touch()
    for name in ("empty.txt", "missing.txt", "."):
        refused(
            meeting,
            errors.InvalidDocument,
            tracker.submit_report,
            "written-report/JH-PC01",
            tmp_path / name,
            office="convenor@JH-PC01",
        )


def test_a_command_id_is_carried_out_once(meeting):
    first = meeting.submit("JH-PC01", command_id="c1")
    assert meeting.submit("JH-PC01", command_id="c1") == first
    refused(meeting, errors.CommandIdReused, meeting.submit, "JH-PC02", command_id="c1")
    assert meeting.acknowledge("JH-PC01", command_id="c2") == ()
    refused(meeting, errors.CommandIdReused, meeting.acknowledge, "JH-PC02", command_id="c2")


def test_recorded_at_never_goes_back(meeting):
    meeting.submit("JH-PC01")
    meeting.clock.forward(minutes=-10)
    event = meeting.acknowledge("JH-PC02")[0]
    assert event.recorded_at == meeting.clock() + timedelta(minutes=10)
    assert event.occurred_at == meeting.clock()


def test_a_directive_without_a_period_wants_one_and_a_language_only_if_accepted(meeting, tracker):
    title = {"en": "Report", "hi": "प्रतिवेदन"}
    tracker.issue("hindi", "written_report", title, {"languages": ["hi"]}, office="headquarters@JH")
    tracker.assign("hindi", "lok_sabha", "JH", date(2023, 11, 15), office="headquarters@JH")
    own = {"office": "convenor@JH-PC01"}
    period = {"period_from": date(2023, 10, 1), "period_to": date(2023, 10, 2)}
    report = meeting.report()
    refused(meeting, errors.InvalidInput, tracker.submit_report, "hindi/JH-PC01", report, **own)
    refused(
        meeting, errors.NotFulfilled, tracker.submit_report, "hindi/JH-PC01", report, language="en", **period, **own
    )
    (recorded, _) = tracker.submit_report("hindi/JH-PC01", report, **period, **own)
    assert recorded.data.language == "hi"
