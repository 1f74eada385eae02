@life
Feature: The life of a task, and of a directive, when things change
  An office above extends, reassigns or reopens a task; the office that issued a directive extends, reopens or amends it, or asks a few units by
  name. What happened before stays on record.

  Background:
    Given the meeting of 2023-10-19 is recorded

  @life-extend-task
  Scenario: One seat is given more time than the others
    Given state headquarters extends the report of Khunti to 2023-11-20 on 2023-11-10 because "Floods."
    When it is 2023-11-20
    Then 13 reports are overdue
    And the report of Khunti is due on 2023-11-20
    When it is 2023-11-21
    Then 14 reports are overdue

  @life-extend-level
  Scenario: All seats are given more time by one order
    Given state headquarters extends all reports to 2023-11-30 on 2023-11-10 because "Floods."
    When it is 2023-11-30
    Then 0 reports are overdue
    When it is 2023-12-01
    Then 14 reports are overdue

  @life-extend-backwards
  Scenario: An extension gives more time, never less
    When state headquarters tries to extend the report of Khunti to 2023-11-14 on 2023-11-10 because "Hurry."
    Then that is refused because "no more time"
    And the report of Khunti is due on 2023-11-15

  @life-reassign
  Scenario: Where nobody holds office, another unit does the task, and it counts where it did
    Given state headquarters reassigns the report of Khunti to Dumka on 2023-11-01 because "Nobody is in office."
    When the convenor of Khunti tries to hand a corrected report in on 2023-11-04
    Then that is refused because "an office of that unit must"
    When the convenor of Dumka hands the report of Khunti in on 2023-11-05
    And state headquarters verifies the report of Khunti on 2023-11-06
    Then the report of Khunti is verified
    And 1 report is on time and 0 are late

  @life-reopen-task
  Scenario: A verified report that proves wrong is asked for again
    Given the convenor of Khunti hands a report in on 2023-11-05
    And state headquarters verifies the report of Khunti on 2023-11-06
    When state headquarters reopens the report of Khunti on 2023-11-08 because "Its figures are another seat's."
    Then the report of Khunti is returned
    When the convenor of Khunti hands a corrected report in on 2023-11-10
    Then the report of Khunti is submitted
    And 2 reports of Khunti are on record

  @life-reopen-completed
  Scenario: A report that is reopened opens the completed directive again
    Given the reports of all seats but Khunti are verified
    And the convenor of Khunti hands a report in on 2023-11-14
    And state headquarters verifies the report of Khunti on 2023-11-15
    Then the directive is completed
    When state headquarters reopens the report of Khunti on 2023-11-16 because "Its figures are another seat's."
    Then the directive is open
    When the convenor of Khunti hands a corrected report in on 2023-11-17
    And state headquarters verifies the report of Khunti on 2023-11-18
    Then the directive is completed

  @life-waived-reason
  Scenario: A task is waived for a reason, which the history tells
    When state headquarters waives the alliance support task of Khunti on 2023-11-05 because "No partner works here."
    Then the history of the alliance support task of Khunti says "No partner works here."

  @life-amend
  Scenario: A corrected directive asks more of open tasks, and leaves done ones as they were
    Given sample blocks and panchayats are registered under the Vidhan Sabha units of Khunti
    And the convenor of Sample Block 1 of Torpa identifies the speakers SP-01 on 2023-11-05
    And the convenor of Sample Block 1 of Torpa trains the speakers SP-01 on 2023-11-06
    Then 1 speakers are identified, 1 trained and 0 sent to gatherings in Sample Block 1 of Torpa
    When state headquarters amends the speakers on 2023-11-07 to ask for 2 sessions because "One is not enough."
    Then 1 speakers are identified, 0 trained and 0 sent to gatherings in Sample Block 1 of Torpa
    When the convenor of Sample Block 1 of Torpa trains the speakers SP-01 on 2023-11-08
    Then 1 speakers are identified, 1 trained and 0 sent to gatherings in Sample Block 1 of Torpa

  @life-by-name
  Scenario: A report is asked of two seats by name
    When state headquarters asks Khunti, Dumka by name for another report by 2023-12-20
    Then 2 seats owe the other report
