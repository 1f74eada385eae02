@s6
Feature: The goal, and the whole record of the meeting (S6)
  The meeting set the target that the alliance wins all 14 seats. A goal is recorded with the meeting, and no unit owes a task for it.

  @s6-shown
  Scenario: The goal is shown as a goal in the record of the meeting
    When the meeting of 2023-10-19 is recorded
    Then S6 is shown as a goal
    And S6 says "14 seats"

  @s6-nothing-owed
  Scenario: No directive follows from the goal
    When the meeting of 2023-10-19 is recorded
    Then no directive follows from S6
    And one directive follows from each of S1, S2, S3, S4, S5
    And 4 directives are issued in all

  @s6-again
  Scenario: The same meeting recorded again changes nothing
    Given the meeting of 2023-10-19 is recorded
    When the meeting of 2023-10-19 is recorded again
    Then that changes nothing

  @s6-earlier-minutes
  Scenario: Earlier minutes had the report alone; the new ones add the other directives
    Given the earlier minutes with the written report alone are recorded
    Then 1 directive is issued in all
    When the meeting of 2023-10-19 is recorded again
    Then 4 directives are issued in all
    And S6 is shown as a goal

  @s6-changed-since
  Scenario: A value of a directive that was issued is not changed in silence
    Given the meeting of 2023-10-19 is recorded
    When someone tries to record the same meeting with 2023-11-30 as the due date of the written report
    Then that is refused because "directive extend"
    And the report of Khunti is due on 2023-11-15
