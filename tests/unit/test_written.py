"""Days, moments and numbers as people write them."""

from datetime import UTC, date, datetime

import pytest
from babel.dates import format_date, format_datetime
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from directives import Count, Day, as_iso, say_day, say_moment, say_short_day
from directives.domain.values import Moment

pytestmark = pytest.mark.every_store

DAY, COUNT, MOMENT = TypeAdapter(Day), TypeAdapter(Count), TypeAdapter(Moment)


@pytest.mark.parametrize(
    "written",
    [
        "2023-11-05",
        "२०२३-११-०५",
        "05-11-2023",
        "5/11/2023",
        "५.११.२०२३",
        "5 November 2023",
        "5 nov 2023",
        " ५  नवंबर  २०२३ ",
        "5 नवम्बर 2023",
        "5 November, 2023",
    ],
)
def test_a_day_is_read_as_people_write_it(written):
    assert DAY.validate_python(written) == date(2023, 11, 5)


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)), st.sampled_from(["en", "hi"]))
def test_a_day_that_is_told_is_read_again(day, lang):
    assert DAY.validate_python(say_day(day, lang)) == day


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)), st.times(), st.sampled_from(["en", "hi"]))
def test_days_and_moments_are_told_as_unicode_has_them(day, time, lang):
    moment = datetime.combine(day, time, UTC)
    assert say_day(day, lang) == format_date(day, "d MMMM y", locale=lang)
    assert say_short_day(day, day, lang) == format_date(day, "d MMM", locale=lang)
    assert say_short_day(day, date(1899, 1, 1), lang) == format_date(day, "d MMM y", locale=lang)
    assert say_moment(moment, "UTC", lang) == format_datetime(moment, "d MMMM y, HH:mm", locale=lang)


@pytest.mark.parametrize(
    "written", ["31-02-2023", "5 Nonember 2023", "11/2023", "5-11-23", "५", "20231105", "05-11/2023", "", "नवंबर"]
)
def test_what_is_no_day_is_refused(written):
    with pytest.raises(ValidationError):
        DAY.validate_python(written)


def test_a_moment_begins_with_a_day():
    noon = datetime(2023, 11, 5, 6, 30, tzinfo=UTC)
    for written in ("5 नवंबर 2023 12:00+05:30", "05-11-2023T12:00+05:30", "२०२३-११-०५T१२:००+०५:३०"):
        assert MOMENT.validate_python(written) == noon
    assert as_iso("15 November 2023, 18:30") == "2023-11-15T18:30"
    assert as_iso("yesterday") == "yesterday"


@pytest.mark.parametrize("written", [125000, "125000", "1,25,000", "१,२५,०००", "१२५०००"])
def test_a_number_has_the_digits_and_the_grouping_of_india(written):
    assert COUNT.validate_python(written) == 125000


@pytest.mark.parametrize("written", ["1,2", ",1", "12,", "1.5", "-1", "²"])
def test_what_is_no_number_is_refused(written):
    with pytest.raises(ValidationError):
        COUNT.validate_python(written)
