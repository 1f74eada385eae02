@s1
Feature: The written report of each Lok Sabha seat (S1)
  The meeting asked every Lok Sabha seat for a written report to state headquarters. The due day, 15 November 2023, was
  set by the issuing office, not by the meeting.

  Background:
    Given the meeting of 2023-10-19 is recorded

  @s1-assigned
  Scenario: Every Lok Sabha seat owes a report
    Then 14 reports are expected at the Lok Sabha level
    And one order assigned them

  @s1-on-time
  Scenario: A report handed in by the due day is on time, whenever it is verified
    When the convenor of Khunti hands a report in on 2023-11-15
    And state headquarters verifies the report of Khunti on 2023-12-20
    Then the report of Khunti is verified
    And 1 report is on time and 0 are late

  @s1-late
  Scenario: A report handed in after the due day is late
    When the convenor of Dumka hands a report in on 2023-11-16
    And state headquarters verifies the report of Dumka on 2023-11-17
    Then the report of Dumka is verified
    And 0 reports are on time and 1 is late

  @s1-corrected
  Scenario: A report that was returned is corrected, and both stay on record
    Given the convenor of Khunti hands a report in on 2023-11-05
    When state headquarters returns the report of Khunti on 2023-11-07 because "The figures of two segments are missing."
    Then the report of Khunti is returned
    When the convenor of Khunti hands a corrected report in on 2023-11-10
    And state headquarters verifies the report of Khunti on 2023-11-12
    Then the report of Khunti is verified
    And 2 reports of Khunti are on record

  @s1-twice
  Scenario: A report that waits for verification is not handed in again
    Given the convenor of Khunti hands a report in on 2023-11-05
    When the convenor of Khunti tries to hand a corrected report in on 2023-11-06
    Then that is refused because "waits for verification"
    And 1 report of Khunti is on record

  @s1-own
  Scenario: Nobody verifies the report of their own seat
    Given the convenor of Khunti hands a report in on 2023-11-05
    When the convenor of Khunti tries to verify the report of Khunti on 2023-11-06
    Then that is refused because "an office above must"
    And the report of Khunti is submitted

  @s1-overdue
  Scenario: From the day after the due day, what is not verified is overdue
    Given the convenor of Khunti hands a report in on 2023-11-05
    And state headquarters verifies the report of Khunti on 2023-11-06
    When it is 2023-11-15
    Then 0 reports are overdue
    When it is 2023-11-16
    Then 13 reports are overdue

  @s1-completed
  Scenario: The fourteenth verified report completes the directive
    Given the reports of all seats but Khunti are verified
    When the convenor of Khunti hands a report in on 2023-11-14
    Then the directive is open
    When state headquarters verifies the report of Khunti on 2023-11-15
    Then the directive is completed
