@times
Feature: When something happened, and when it was recorded
  Both moments are kept. What happened may lie in the past, never in the future; what is recorded goes forward only, whatever the clock does; a due
  day ends at its midnight in the time zone of the store.

  Background:
    Given the meeting of 2023-10-19 is recorded

  @times-both
  Scenario: A report handed in on one day and recorded on another keeps both
    When it is 2024-01-05
    And the convenor of Khunti hands a report in on 2023-11-05
    Then the report of Khunti was handed in on 2023-11-05 and recorded on 2024-01-05

  @times-future
  Scenario: Nothing is recorded before it happens
    Given it is 2024-01-05
    When the convenor of Khunti tries to hand a corrected report in on 2024-01-06
    Then that is refused because "lies in the future"

  @times-clock-back
  Scenario: A clock that is set back does not set the record back
    Given it is 2024-01-05
    And the convenor of Khunti hands a report in on 2023-11-05
    When it is 2024-01-02
    And the convenor of Dumka hands a report in on 2023-11-06
    Then the report of Dumka was handed in on 2023-11-06 and recorded on 2024-01-05

  @times-midnight
  Scenario: The due day ends at midnight in India
    When it is 2023-11-15 at 23:59 in India
    Then 0 reports are overdue
    When it is 2023-11-16 at 00:00 in India
    Then 14 reports are overdue
