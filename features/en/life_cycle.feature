@life
Feature: Tasks and directives when things change
  An office above extends, reassigns, reopens or waives a task. To extend and to amend a directive is up to the office
  that issued it. What happened before stays on record in any case. All dates and numbers here were set by offices,
  not by the meeting.

  Background:
    Given the meeting of 19 October 2023 is recorded

  Rule: More time is given to one unit or to a whole level, and it is always more, never less.

    @life-extend-task
    Scenario: One seat is given more time than the others
      Given state headquarters extends the report of Khunti to 20 November 2023 on 10 November 2023 because "Flood."
      Then the report of Khunti is due on 20 November 2023
      When it is 20 November 2023
      Then 13 reports are overdue
      When it is 21 November 2023
      Then 14 reports are overdue

    @life-extended-on-time
    Scenario: A report handed in by the extended due date is on time
      Given state headquarters extends the report of Khunti to 20 November 2023 on 10 November 2023 because "Flood."
      When the convenor of Khunti hands a report in on 20 November 2023
      And state headquarters verifies the report of Khunti on 22 November 2023
      Then 1 report is on time and 0 are late

    @life-extend-level
    Scenario: All seats are given more time by one order
      Given state headquarters extends all reports to 30 November 2023 on 10 November 2023 because "Flood."
      When it is 30 November 2023
      Then no report is overdue
      When it is 1 December 2023
      Then 14 reports are overdue

    @life-extend-refused
    Scenario: Time is not taken away, and no seat gives itself more
      When state headquarters tries to extend the report of Khunti to 14 November 2023 on 10 November 2023 because "Hurry."
      Then that is refused because "no more time"
      When the convenor of Khunti tries to extend the report of Khunti to 20 November 2023 on 10 November 2023 because "Flood."
      Then that is refused because "an office above must"
      And the report of Khunti is due on 15 November 2023

    @life-extend-both
    Scenario: More time for all seats does not shorten that of a seat which has longer
      Given state headquarters extends the report of Khunti to 30 November 2023 on 8 November 2023 because "Flood."
      When state headquarters extends all reports to 20 November 2023 on 10 November 2023 because "Flood."
      Then the report of Dumka is due on 20 November 2023
      And the report of Khunti is due on 30 November 2023
      When it is 21 November 2023
      Then 13 reports are overdue

    @life-extended-late
    Scenario: Two reports of one day are judged alike, though one was verified before all were given more time
      Given the convenor of Khunti hands a report in on 16 November 2023
      And the convenor of Dumka hands a report in on 16 November 2023
      When state headquarters verifies the report of Khunti on 17 November 2023
      Then 0 reports are on time and 1 is late
      When state headquarters extends all reports to 25 November 2023 on 18 November 2023 because "Flood."
      And state headquarters verifies the report of Dumka on 19 November 2023
      Then 2 reports are on time and 0 are late

    @life-returned-with-time
    Scenario: Headquarters looks at a report after its due date, and gives time to correct it
      Given the convenor of Khunti hands a report in on 10 November 2023
      When state headquarters returns the report of Khunti on 20 November 2023 with time until 22 November 2023 because "The figures of two Vidhan Sabha segments are missing."
      Then the report of Khunti is due on 22 November 2023
      And the history of the report of Khunti tells of the time until 22 November 2023
      When the convenor of Khunti hands a corrected report in on 21 November 2023
      And state headquarters verifies the report of Khunti on 25 November 2023
      Then 1 report is on time and 0 are late

  Rule: A task that is reassigned is done by another unit, and counts for the one whose it was.

    @life-reassign
    Scenario: Nobody is in office in Khunti, so Dumka hands its report in
      Given state headquarters reassigns the report of Khunti to Dumka on 1 November 2023 because "Nobody is in office."
      When the convenor of Khunti tries to hand a report in on 4 November 2023
      Then that is refused because "an office of that unit must"
      When the convenor of Dumka hands the report of Khunti in on 5 November 2023
      And state headquarters verifies the report of Khunti on 6 November 2023
      Then the report of Khunti is verified
      And 1 report is on time and 0 are late

    @life-reassign-listed
    Scenario: The report of Khunti is in the list of Dumka, which hands it in, and counts for Khunti
      Given state headquarters reassigns the report of Khunti to Dumka on 1 November 2023 because "Nobody is in office."
      When it is 16 November 2023
      Then the overdue reports at Dumka are those of Dumka and Khunti
      And no overdue report is listed at Khunti
      And 14 reports are overdue

    @life-for
    Scenario: Nobody writes in Khunti, so state headquarters records for it, and the history says so
      When the convenor of Dumka tries to hand the report of Khunti in on 5 November 2023 for Khunti
      Then that is refused because "an office above it must"
      When state headquarters hands the report of Khunti in on 5 November 2023 for Khunti
      Then the report of Khunti is submitted
      And the history of the report of Khunti tells that state headquarters submitted it for Khunti
      When state headquarters tries to verify the report of Khunti on 6 November 2023
      Then that is refused because "another must"
      When the state president verifies the report of Khunti on 6 November 2023
      Then the report of Khunti is verified

    @life-reassign-verified
    Scenario: The seat above the unit that owes the task verifies it, not the seat above the unit that does it
      Given state headquarters issues the membership report directive on 2 November 2023
      And state headquarters asks every Vidhan Sabha unit of Khunti on 3 November 2023 for a membership report by 20 December 2023
      And state headquarters reassigns the membership report of Torpa to Silli on 4 November 2023 because "Nobody is in office."
      And the convenor of Silli hands the membership report of Torpa in on 10 November 2023
      When the convenor of Ranchi tries to verify the membership report of Torpa on 11 November 2023
      Then that is refused because "an office above must"
      When the convenor of Khunti verifies the membership report of Torpa on 11 November 2023
      Then the membership report of Torpa is verified

  Rule: Nothing more is owed for a verified task, unless an office above reopens it.

    @life-closed
    Scenario: A verified report is not handed in again
      Given the convenor of Khunti hands a report in on 5 November 2023
      And state headquarters verifies the report of Khunti on 6 November 2023
      When the convenor of Khunti tries to hand a corrected report in on 7 November 2023
      Then that is refused because "nothing more is owed"
      And 1 report of Khunti is on record

    @life-reopen-task
    Scenario: A verified report that proves wrong is asked for again
      Given the convenor of Khunti hands a report in on 5 November 2023
      And state headquarters verifies the report of Khunti on 6 November 2023
      When state headquarters reopens the report of Khunti on 8 November 2023 because "Its figures are another seat's."
      Then the report of Khunti is returned
      When the convenor of Khunti hands a corrected report in on 10 November 2023
      Then the report of Khunti is submitted
      And 2 reports of Khunti are on record

  Rule: A task is waived for a reason, which the history tells.

    @life-waived-reason
    Scenario: Where no partner works, alliance support is waived
      When state headquarters waives the alliance support task of Khunti on 5 November 2023 because "No partner works here."
      Then the history of the alliance support task of Khunti says "No partner works here."

  Rule: An amended directive holds for open tasks; those that are done stay as they were.

    @life-amend
    Scenario: One training session was too little, so two are asked for
      Given sample blocks and panchayats are registered under the Vidhan Sabha units of Khunti
      And the convenor of Sample Block 1 of Torpa identifies the speaker SP-01 on 5 November 2023
      And the convenor of Sample Block 1 of Torpa trains the speaker SP-01 on 6 November 2023
      Then the speakers of Sample Block 1 of Torpa are: 1 identified, 1 trained, 0 sent to gatherings
      When state headquarters amends the speakers directive on 7 November 2023 to ask for 2 sessions because "One is not enough."
      Then the speakers of Sample Block 1 of Torpa are: 1 identified, 0 trained, 0 sent to gatherings
      When the convenor of Sample Block 1 of Torpa trains the speaker SP-01 on 8 November 2023
      Then the speakers of Sample Block 1 of Torpa are: 1 identified, 1 trained, 0 sent to gatherings

    @life-amend-done
    Scenario: No second session is asked of a task that was verified before
      Given sample blocks and panchayats are registered under the Vidhan Sabha units of Khunti
      And the convenor of Sample Block 1 of Torpa identifies the speakers SP-01 and SP-02 on 5 November 2023
      And the convenor of Sample Block 1 of Torpa trains the speakers SP-01 and SP-02 on 6 November 2023
      And the convenor of Sample Block 1 of Torpa sends the speaker SP-01 to a block gathering on 7 November 2023
      And the convenor of Sample Block 1 of Torpa submits the speakers task on 8 November 2023
      And the convenor of Torpa verifies the speakers task of Sample Block 1 of Torpa on 9 November 2023
      When state headquarters amends the speakers directive on 10 November 2023 to ask for 2 sessions because "One is not enough."
      Then the speakers task of Sample Block 1 of Torpa is verified
      And the speakers of Sample Block 1 of Torpa are: 2 identified, 2 trained, 1 sent to gatherings

    @life-amend-waived
    Scenario: A waived task keeps the terms of before until it is reopened
      Given sample blocks and panchayats are registered under the Vidhan Sabha units of Khunti
      And the convenor of Sample Block 1 of Torpa identifies the speaker SP-01 on 5 November 2023
      And the convenor of Sample Block 1 of Torpa trains the speaker SP-01 on 6 November 2023
      And state headquarters waives the speakers task of Sample Block 1 of Torpa on 7 November 2023 because "Flood."
      When state headquarters amends the speakers directive on 8 November 2023 to ask for 2 sessions because "One is not enough."
      Then the speakers of Sample Block 1 of Torpa are: 1 identified, 1 trained, 0 sent to gatherings
      When state headquarters reopens the speakers task of Sample Block 1 of Torpa on 9 November 2023 because "The flood is over."
      Then the speakers of Sample Block 1 of Torpa are: 1 identified, 0 trained, 0 sent to gatherings

  Rule: A level is completed when its last unit has done its task, and a directive when all its levels are.

    @life-two-levels
    Scenario: The Lok Sabha level is completed first, the directive after the Vidhan Sabha units
      Given state headquarters issues the membership report directive on 2 November 2023
      And state headquarters asks every Lok Sabha unit of Khunti on 3 November 2023 for a membership report by 20 December 2023
      And state headquarters asks every Vidhan Sabha unit of Khunti on 3 November 2023 for a membership report by 20 December 2023
      When the membership report of every Lok Sabha unit of Khunti comes to be verified
      Then the Lok Sabha level of the membership report directive is completed
      And the Vidhan Sabha level of the membership report directive is open
      And the membership report directive is open
      When the membership report of every Vidhan Sabha unit of Khunti comes to be verified
      Then the Vidhan Sabha level of the membership report directive is completed
      And the membership report directive is completed

    @life-reopen-completed
    Scenario: A report that is reopened opens the completed directive again
      Given the reports of all seats but Khunti are verified
      And the convenor of Khunti hands a report in on 14 November 2023
      And state headquarters verifies the report of Khunti on 15 November 2023
      Then the report directive is completed
      When state headquarters reopens the report of Khunti on 16 November 2023 because "Its figures are another seat's."
      Then the report directive is open
      When the convenor of Khunti hands a corrected report in on 17 November 2023
      And state headquarters verifies the report of Khunti on 18 November 2023
      Then the report directive is completed

    @life-done-before
    Scenario: A unit that has done its task before it is asked again holds nothing up
      Given state headquarters issues the membership report directive on 2 November 2023
      And state headquarters asks every Vidhan Sabha unit of Khunti on 3 November 2023 for a membership report by 20 December 2023
      And the membership report of every Vidhan Sabha unit of Torpa comes to be verified
      And it is 15 November 2023
      And state headquarters moves Torpa to Ranchi because "The boundary was redrawn."
      When state headquarters asks Torpa by name on 15 November 2023 for a membership report by 20 December 2023
      Then the membership report of Torpa is verified
      And 6 units owe the membership report in all
      When the membership report of every Vidhan Sabha unit of Khunti comes to be verified
      Then the membership report directive is completed

    @life-recorded-until
    Scenario: Nothing more is recorded in a completed directive
      Given the reports of all seats but Khunti are verified
      And the convenor of Khunti hands a report in on 14 November 2023
      And state headquarters verifies the report of Khunti on 15 November 2023
      When the convenor of Khunti tries to hand a corrected report in on 16 November 2023
      Then that is refused because "is completed"
      And 1 report of Khunti is on record

  Rule: Several submissions are answered at once, all or none; what was not looked at is left alone.

    @life-many @own
    Scenario: A report that comes in later is not verified with the others
      Given the convenor of Khunti hands a report in on 5 November 2023
      And the convenor of Dumka hands a report in on 6 November 2023
      And state headquarters looks at what waits for an answer
      And the convenor of Palamau hands a report in on 7 November 2023
      When state headquarters verifies all that it looked at
      Then the report of Khunti is verified
      And the report of Dumka is verified
      And the report of Palamau is submitted

    @life-many-since @own
    Scenario: One report that was handed in anew stops them all
      Given the convenor of Khunti hands a report in on 5 November 2023
      And the convenor of Dumka hands a report in on 6 November 2023
      And state headquarters looks at what waits for an answer
      And state headquarters returns the report of Khunti on 7 November 2023 because "The figures are missing."
      And the convenor of Khunti hands a corrected report in on 8 November 2023
      When state headquarters tries to verify all that it looked at
      Then that is refused because "submitted after you looked"
      And the report of Dumka is submitted
