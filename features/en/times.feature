@times
Feature: When something happened, and when it was recorded
  When something happened and when it was recorded are both kept. The work of a day that has passed may be recorded
  later, that of a day to come may not. The due day ends at midnight in India. The issuing office set that of the
  report (15 November 2023).

  Background:
    Given the meeting of 19 October 2023 is recorded

  Rule: The day on which something happened and the day on which it was recorded both stay on record.

    @times-both
    Scenario: A report handed in on one day and recorded on another
      When it is 5 January 2024
      And the convenor of Khunti hands a report in on 5 November 2023
      Then the report of Khunti was handed in on 5 November 2023 and recorded on 5 January 2024

    @times-clock-back @clocks
    Scenario: A clock that is set back does not set the record back
      Given it is 5 January 2024
      And the convenor of Khunti hands a report in on 5 November 2023
      When it is 2 January 2024
      And the convenor of Dumka hands a report in on 6 November 2023
      Then the report of Dumka was handed in on 6 November 2023 and recorded on 5 January 2024

  Rule: Everything is recorded in its order: after it happened, and after what it rests on.

    @times-future
    Scenario: Nothing is recorded before it happens
      Given it is 5 January 2024
      When the convenor of Khunti tries to hand a report in on 6 January 2024
      Then that is refused because "is in the future"
      And 0 reports of Khunti are on record

    @times-written-later @backdating
    Scenario: A report that is dated in time and written down after its due date is counted apart, and told to who verifies it
      Given it is 20 December 2023
      And the convenor of Khunti hands a report in on 14 November 2023
      Then the report of Khunti is told to be written down after 15 November 2023
      When state headquarters verifies the report of Khunti on 20 December 2023
      Then 1 report is on time and 0 are late
      And 1 of those on time is so by its date alone
      And the report of Khunti is told to be written down after 15 November 2023

    @times-backdating @backdating
    Scenario: The issuing office limits how far back a seat may date what it did
      Given state headquarters lets the seats date their reports at most 3 days back from 21 October 2023 on
      And it is 20 November 2023
      When the convenor of Khunti tries to hand a report in on 15 November 2023
      Then that is refused because "too far back"
      When the convenor of Khunti hands a report in on 17 November 2023
      Then the report of Khunti is submitted

    @times-ahead @clocks
    Scenario: A phone whose clock runs a little ahead is not refused, and what it records counts as now
      Given it is 5 January 2024
      When the convenor of Khunti tries to acknowledge the report by a clock that runs 400 seconds ahead
      Then that is refused because "is in the future"
      When the convenor of Khunti acknowledges the report by a clock that runs 20 seconds ahead
      Then the report of Khunti is acknowledged

    @times-clock-wrong @clocks
    Scenario: What was dated by a clock that ran ahead holds nothing up once the clock is right
      Given it is 20 February 2024
      And state headquarters extends all reports to 1 March 2024 on 20 February 2024 because "Flood."
      When it is 10 January 2024
      And state headquarters extends all reports to 5 March 2024 on 10 January 2024 because "More flood."
      Then the report of Khunti is due on 5 March 2024

    @times-clock-in-doubt @clocks
    Scenario: A clock that lies far after the last entry may be wrong, and records nothing until it is said to be right
      Given it is 20 August 2030
      When the convenor of Khunti tries to hand a report in on 5 November 2023
      Then that is refused because "set the clock"
      And 0 reports of Khunti are on record

    @times-order
    Scenario: A verification is not dated before the submission
      Given the convenor of Khunti hands a report in on 5 November 2023
      When state headquarters tries to verify the report of Khunti on 4 November 2023
      Then that is refused because "is before it was submitted"

  Rule: The due day ends at midnight in India.

    @times-midnight
    Scenario: Nothing is overdue before midnight, and everything after
      When it is 15 November 2023 at 23:59 in India
      Then no report is overdue
      When it is 16 November 2023 at 00:00 in India
      Then 14 reports are overdue

  Rule: How things stood on an earlier day can be asked, and what was known of it then.

    @times-as-of
    Scenario: A report recorded late counts for the day it was handed in, though nobody knew of it then
      Given it is 5 January 2024
      When the convenor of Khunti hands a report in on 5 November 2023
      Then at the end of 5 November 2023 1 reports were submitted
      And at the end of 4 November 2023 0 reports were submitted
      But of 5 November 2023 it was known on 4 January 2024 that 0 reports were submitted

    @times-as-of-overdue
    Scenario: What was overdue on an earlier day
      Given it is 5 January 2024
      Then at the end of 15 November 2023 0 reports were overdue
      And at the end of 16 November 2023 14 reports were overdue
