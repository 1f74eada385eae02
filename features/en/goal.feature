@s6
Feature: The goal, and the whole record of the meeting (S6)
  The meeting set the target that the alliance wins all 14 seats. A goal is recorded with the meeting, and no unit
  owes a task for it. The meeting gave no deadlines or numbers; each such value is the issuing office's, and the
  record says so.

  Rule: The goal is recorded with the meeting, and no task is owed for it.

    @s6-shown
    Scenario: In the record of the meeting the goal is shown as just that
      When the meeting of 19 October 2023 is recorded
      Then S6 is shown as a goal
      And S6 says "14 seats"

    @s6-nothing-owed
    Scenario: Directives follow from five statements, and none from the goal
      When the meeting of 19 October 2023 is recorded
      Then no directive follows from S6
      And one directive follows from each of S1, S2, S3, S4, S5
      And 4 directives are issued in all

    @s6-told @wording
    Scenario: The history tells in a sentence that the meeting was recorded
      When the meeting of 19 October 2023 is recorded
      Then the history of the meeting tells the sentence "The headquarters of Jharkhand recorded the meeting of 19 October 2023"

  Rule: What the meeting did not say is shown as set by the issuing office.

    @s6-set-by-office
    Scenario: Dates and numbers are the office's, the platforms the meeting's
      When the meeting of 19 October 2023 is recorded
      Then the issuing office, not the meeting, set:
        | the due date of each directive            |
        | the period of the report                  |
        | the days of activity                      |
        | the share of days with activity           |
        | the grace of who joins later              |
        | the number of trained speakers            |
        | the number of the partner's confirmations |
      And the meeting itself named:
        | the social-media platforms |
        | the levels of gatherings   |

  Rule: A meeting is recorded once, and an issued directive does not change in silence.

    @s6-again
    Scenario: The same meeting recorded again changes nothing
      Given the meeting of 19 October 2023 is recorded
      When the meeting of 19 October 2023 is recorded again
      Then that changes nothing

    @s6-earlier-minutes
    Scenario: Earlier minutes had the report alone; the new ones add the other directives
      Given earlier minutes are recorded, which asked for the written report alone
      Then 1 directive is issued in all
      When the meeting of 19 October 2023 is recorded again
      Then 4 directives are issued in all
      And S6 is shown as a goal

    @s6-changed-since
    Scenario: Another date in the minutes does not change the due date of an issued directive
      Given the meeting of 19 October 2023 is recorded
      When someone tries to record the same meeting with 30 November 2023 as the due date of the written report
      Then that is refused because "directive extend"
      And the report of Khunti is due on 15 November 2023

  Rule: A unit registered before the meeting is recorded counts as there when the meeting was held.

    @s6-registered-before
    Scenario: A block registered before the meeting is recorded gets no days of grace
      Given sample blocks and panchayats are registered under the Vidhan Sabha units of Khunti
      And the block "Sample Block 4 of Torpa" joins Torpa on 18 November 2023
      When the meeting of 19 October 2023 is recorded
      Then 7 social-media groups tasks are expected at the block level, none is done
      And the social-media groups task of Sample Block 4 of Torpa is due on 20 November 2023
