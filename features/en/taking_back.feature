@undo
Feature: What was wrong is taken back
  An office that decided by mistake takes its decision back, a unit recalls its submission and strikes a wrong record
  of its work out. The task then stands as if that had not been. All of it stays on record, marked as taken back.

  Background:
    Given the meeting of 19 October 2023 is recorded

  Rule: The last decision about a task is taken back, and the task stands as it did before.

    @undo-verification
    Scenario: A report verified by mistake waits again, and is on time by the day on which it was handed in
      Given the convenor of Khunti hands a report in on 10 November 2023
      And state headquarters verifies the report of Khunti on 18 November 2023
      When state headquarters takes back the last decision about the report of Khunti on 19 November 2023 because "Another seat was meant."
      Then the report of Khunti is submitted
      And 0 reports are on time and 0 are late
      When state headquarters verifies the report of Khunti on 25 November 2023
      Then the report of Khunti is verified
      And 1 report is on time and 0 are late

    @undo-reopened
    Scenario: Six reports were verified by mistake and then reopened; two decisions about each are taken back
      Given the convenors of Khunti, Dumka, Palamau, Ranchi, Chatra and Giridih hand their reports in on 10 November 2023
      And state headquarters verifies the reports of Khunti, Dumka, Palamau, Ranchi, Chatra and Giridih on 18 November 2023
      And state headquarters reopens the reports of Khunti, Dumka, Palamau, Ranchi, Chatra and Giridih on 19 November 2023 because "The wrong list."
      And it is 20 November 2023
      Then 14 reports are overdue
      When state headquarters takes back the last two decisions about the reports of Khunti, Dumka, Palamau, Ranchi, Chatra and Giridih on 20 November 2023 because "The wrong list."
      Then 8 reports are overdue
      And the report of Giridih is submitted
      When it is 21 November 2023
      And state headquarters verifies the reports of Khunti, Dumka, Palamau, Ranchi, Chatra and Giridih on 21 November 2023
      Then 6 reports are on time and 0 are late

    @undo-return
    Scenario: A report returned by mistake waits again, and the day that was given with the return does not hold
      Given the convenor of Khunti hands a report in on 10 November 2023
      And state headquarters returns the report of Khunti on 12 November 2023 with time until 24 November 2023 because "The figures are missing."
      Then the report of Khunti is due on 24 November 2023
      When state headquarters takes back the last decision about the report of Khunti on 13 November 2023 because "The figures are on page 4."
      Then the report of Khunti is submitted
      And the report of Khunti is due on 15 November 2023

    @undo-waiver
    Scenario: The wrong seat was excused, and owes its task again
      Given state headquarters waives the alliance support task of Khunti on 5 November 2023 because "No partner works here."
      Then the alliance support task of Khunti is waived
      When state headquarters takes back the last decision about the alliance support task of Khunti on 6 November 2023 because "Another seat was meant."
      Then the alliance support task of Khunti is still owed

    @undo-completed
    Scenario: The level that the verification completed is open again
      Given the reports of all seats but Khunti are verified
      And the convenor of Khunti hands a report in on 14 November 2023
      And state headquarters verifies the report of Khunti on 15 November 2023
      Then the report directive is completed
      When state headquarters takes back the last decision about the report of Khunti on 16 November 2023 because "Nobody has read it yet."
      Then the Lok Sabha level of the report directive is open
      And the report directive is open
      When state headquarters verifies the report of Khunti on 17 November 2023
      Then the report directive is completed

    @undo-nothing
    Scenario: A report about which nothing was decided has no decision to take back
      Given the convenor of Khunti hands a report in on 10 November 2023
      When state headquarters tries to take back the last decision about the report of Khunti on 11 November 2023 because "By mistake."
      Then that is refused because "none holds"
      And the report of Khunti is submitted

    @undo-before
    Scenario: A decision is not taken back before it was made
      Given the convenor of Khunti hands a report in on 10 November 2023
      And state headquarters verifies the report of Khunti on 18 November 2023
      When state headquarters tries to take back the last decision about the report of Khunti on 17 November 2023 because "By mistake."
      Then that is refused because "lies before what it takes back"
      And the report of Khunti is verified

  Rule: The unit whose office decided takes the decision back, or one above it; nobody does about their own submission.

    @undo-below
    Scenario: A seat does not take back what headquarters decided about a unit of the seat
      Given state headquarters issues the membership report directive on 2 November 2023
      And state headquarters asks every Vidhan Sabha unit of Khunti on 3 November 2023 for a membership report by 20 December 2023
      And the convenor of Torpa hands a membership report in on 10 November 2023
      And state headquarters verifies the membership report of Torpa on 11 November 2023
      When the convenor of Khunti tries to take back the last decision about the membership report of Torpa on 12 November 2023 because "Not read."
      Then that is refused because "an office there or above must"
      And the membership report of Torpa is verified

    @undo-above
    Scenario: Headquarters takes back what a seat decided about a unit of the seat
      Given state headquarters issues the membership report directive on 2 November 2023
      And state headquarters asks every Vidhan Sabha unit of Khunti on 3 November 2023 for a membership report by 20 December 2023
      And the convenor of Torpa hands a membership report in on 10 November 2023
      And the convenor of Khunti verifies the membership report of Torpa on 11 November 2023
      When state headquarters takes back the last decision about the membership report of Torpa on 12 November 2023 because "Not read."
      Then the membership report of Torpa is submitted

    @undo-unit
    Scenario: The seat itself does not take back what was decided about its report
      Given the convenor of Khunti hands a report in on 10 November 2023
      And state headquarters returns the report of Khunti on 12 November 2023 because "The figures are missing."
      When the convenor of Khunti tries to take back the last decision about the report of Khunti on 13 November 2023 because "They are not."
      Then that is refused because "an office above must"
      And the report of Khunti is returned

    @undo-own
    Scenario: Who handed a report in does not take its return back, from no office
      Given "W17" of the convenor of Khunti hands the report of Khunti in on 10 November 2023
      And state headquarters returns the report of Khunti on 12 November 2023 because "The figures are missing."
      When "W17" of the state president tries to take back the last decision about the report of Khunti on 13 November 2023 because "They are not."
      Then that is refused because "another must"
      When "W18" of the state president takes back the last decision about the report of Khunti on 13 November 2023 because "They are not."
      Then the report of Khunti is submitted

  Rule: A submission that waits is recalled by the unit that does the task, or by the office that submitted it.

    @undo-recall
    Scenario: The right file was handed in too early, is recalled, and is handed in again
      Given the convenor of Khunti hands a report in on 8 November 2023
      When the convenor of Khunti recalls the submission of the report of Khunti on 9 November 2023 because "The president has not read it."
      Then the report of Khunti is still owed
      When the convenor of Khunti hands the same report in on 12 November 2023
      And state headquarters verifies the report of Khunti on 18 November 2023
      Then 1 report is on time and 0 are late

    @undo-recall-late
    Scenario: What is handed in after a recall is judged by its own day
      Given the convenor of Khunti hands a report in on 10 November 2023
      When the convenor of Khunti recalls the submission of the report of Khunti on 14 November 2023 because "The draft."
      And it is 16 November 2023
      Then 14 reports are overdue
      When the convenor of Khunti hands a corrected report in on 16 November 2023
      And it is 17 November 2023
      And state headquarters verifies the report of Khunti on 17 November 2023
      Then 0 reports are on time and 1 is late

    @undo-recall-for
    Scenario: The seat recalls what headquarters submitted for it
      Given state headquarters hands the report of Khunti in on 5 November 2023 for Khunti
      When the convenor of Khunti recalls the submission of the report of Khunti on 6 November 2023 because "It is another seat's."
      Then the report of Khunti is still owed

    @undo-recall-other
    Scenario: Another seat does not recall the report
      Given the convenor of Khunti hands a report in on 10 November 2023
      When the convenor of Dumka tries to recall the submission of the report of Khunti on 11 November 2023 because "It is ours."
      Then that is refused because "an office of JH-PC11 must"
      And the report of Khunti is submitted

    @undo-recall-nothing
    Scenario: Where nothing waits, nothing is recalled
      When the convenor of Khunti tries to recall the submission of the report of Khunti on 5 November 2023 because "The draft."
      Then that is refused because "there is no submission to recall"
      Given the convenor of Khunti hands a report in on 10 November 2023
      And state headquarters returns the report of Khunti on 12 November 2023 because "The figures are missing."
      When the convenor of Khunti tries to recall the submission of the report of Khunti on 13 November 2023 because "The draft."
      Then that is refused because "there is no submission to recall"

  Rule: A wrong record of work is struck out, and counts no more.

    @undo-step
    Scenario: A step that was never done is struck out
      Given the convenor of Khunti records:
        | 5 November 2023 | a step |
        | 6 November 2023 | a step |
      Then 2 steps count for Khunti
      When the convenor of Khunti strikes out the step of 6 November 2023 in the alliance support task of Khunti on 8 November 2023 because "It was put off."
      Then 1 step counts for Khunti

    @undo-step-again
    Scenario: What is struck out already is not struck out twice
      Given the convenor of Khunti records a step on 5 November 2023
      And the convenor of Khunti strikes out the step of 5 November 2023 in the alliance support task of Khunti on 8 November 2023 because "It was put off."
      When the convenor of Khunti strikes out the step of 5 November 2023 in the alliance support task of Khunti on 9 November 2023 because "It was put off."
      Then that changes nothing
      And 0 steps count for Khunti
      And the alliance support task of Khunti is still owed

    @undo-day
    Scenario: A day whose activity is struck out is missed
      Given the convenor of Khunti makes a group on WhatsApp on 31 October 2023
      And the convenor of Khunti posts the activity of each day from 1 November 2023 to 4 November 2023
      And it is 5 November 2023
      Then Khunti itself has covered 4 days
      When the convenor of Khunti strikes out the activity of 3 November 2023 in the social-media groups task of Khunti on 5 November 2023 because "That of another day."
      Then Khunti itself has covered 3 days
      And the day that Khunti missed is 3 November 2023

    @undo-groups
    Scenario: Activity in groups that never were covers no day
      Given the convenor of Khunti makes groups on WhatsApp and Facebook on 31 October 2023
      And the convenor of Khunti posts the activity of 1 November 2023
      Then Khunti itself has covered 1 day
      When the convenor of Khunti strikes out each group of 31 October 2023 in the social-media groups task of Khunti on 5 November 2023 because "They are another seat's."
      Then Khunti itself has covered 0 days
      And 0 groups of Khunti are in use

    @undo-strike-other
    Scenario: Another seat strikes nothing out
      Given the convenor of Khunti records a step on 5 November 2023
      When the convenor of Dumka tries to strike out the step of 5 November 2023 in the alliance support task of Khunti on 8 November 2023 because "It is ours."
      Then that is refused because "an office there or above must"
      And 1 step counts for Khunti

    @undo-strike-decision
    Scenario: A decision is no record of work
      Given the convenor of Khunti hands a report in on 10 November 2023
      And state headquarters verifies the report of Khunti on 18 November 2023
      When state headquarters tries to strike out the verification of 18 November 2023 in the report of Khunti on 19 November 2023 because "By mistake."
      Then that is refused because "is no record of work"
      And the report of Khunti is verified

    @undo-strike-part
    Scenario: What was recorded with a submission is recalled with it, not struck out
      Given the convenor of Khunti hands a report in on 10 November 2023
      When the convenor of Khunti tries to strike out the report of 10 November 2023 in the report of Khunti on 11 November 2023 because "The draft."
      Then that is refused because "was recorded with submission 1"
      And the report of Khunti is submitted

  Rule: What a submission that waits or is verified rests on is not struck out before the submission is taken back.

    @undo-carries
    Scenario: A step that the submission needs is struck out once the submission is recalled
      Given the convenor of Khunti records:
        | 5 November 2023  | a step                          |
        | 12 November 2023 | a step                          |
        | 20 November 2023 | the briefing of partner A       |
        | 28 November 2023 | a joint activity with partner A |
        | 2 December 2023  | the confirmation of partner A   |
      And the convenor of Khunti submits the alliance support task on 3 December 2023
      When the convenor of Khunti tries to strike out the step of 12 November 2023 in the alliance support task of Khunti on 4 December 2023 because "It was put off."
      Then that is refused because "carries submission 1"
      And 2 steps count for Khunti
      When the convenor of Khunti recalls the submission of the alliance support task of Khunti on 4 December 2023 because "A step was put off."
      And the convenor of Khunti strikes out the step of 12 November 2023 in the alliance support task of Khunti on 4 December 2023 because "It was put off."
      Then 1 step counts for Khunti
      When the convenor of Khunti tries to submit the alliance support task on 5 December 2023
      Then that is refused because "steps: 1 are on record"

    @undo-carries-verified
    Scenario: A step that the verified task needs is struck out once the verification is taken back and the task returned
      Given the convenor of Khunti records:
        | 5 November 2023  | a step                          |
        | 12 November 2023 | a step                          |
        | 20 November 2023 | the briefing of partner A       |
        | 28 November 2023 | a joint activity with partner A |
        | 2 December 2023  | the confirmation of partner A   |
      And the convenor of Khunti submits the alliance support task on 3 December 2023
      And state headquarters verifies the alliance support task of Khunti on 4 December 2023
      When state headquarters tries to strike out the step of 12 November 2023 in the alliance support task of Khunti on 5 December 2023 because "It was put off."
      Then that is refused because "carries submission 1"
      When state headquarters takes back the last decision about the alliance support task of Khunti on 5 December 2023 because "A step was put off."
      And state headquarters returns the alliance support task of Khunti on 6 December 2023 because "A step was put off."
      And state headquarters strikes out the step of 12 November 2023 in the alliance support task of Khunti on 6 December 2023 because "It was put off."
      Then 1 step counts for Khunti
      And the alliance support task of Khunti is returned

    @undo-carries-more
    Scenario: A step beyond those asked for is struck out, and the submission waits as before
      Given the convenor of Khunti records:
        | 5 November 2023  | a step                          |
        | 12 November 2023 | a step                          |
        | 13 November 2023 | a step                          |
        | 20 November 2023 | the briefing of partner A       |
        | 28 November 2023 | a joint activity with partner A |
        | 2 December 2023  | the confirmation of partner A   |
      And the convenor of Khunti submits the alliance support task on 3 December 2023
      When the convenor of Khunti strikes out the step of 13 November 2023 in the alliance support task of Khunti on 4 December 2023 because "Recorded twice."
      Then 2 steps count for Khunti
      And the alliance support task of Khunti is submitted

  Rule: The own day of a task is set right, also to an earlier one, but never to one that is past or before the day of its level.

    @undo-mistyped
    Scenario: More time was given until 2032 instead of 2023
      Given it is 10 November 2023
      And state headquarters extends the report of Khunti to 20 November 2032 on 10 November 2023 because "Flood."
      When it is 11 November 2023
      And state headquarters reschedules the report of Khunti to 20 November 2023 on 11 November 2023 because "The year was mistyped."
      Then the report of Khunti is due on 20 November 2023
      When it is 21 November 2023
      Then 14 reports are overdue

    @undo-mistyped-past
    Scenario: The day is not set to one that is past
      Given it is 10 November 2023
      And state headquarters extends the report of Khunti to 20 November 2032 on 10 November 2023 because "Flood."
      When it is 18 November 2023
      And state headquarters tries to reschedule the report of Khunti to 17 November 2023 on 18 November 2023 because "The year was mistyped."
      Then that is refused because "today is 18 November 2023"
      And the report of Khunti is due on 20 November 2032
      When state headquarters reschedules the report of Khunti to 18 November 2023 on 18 November 2023 because "The year was mistyped."
      Then the report of Khunti is due on 18 November 2023

    @undo-mistyped-level
    Scenario: The day is not set before that of the other seats
      Given it is 10 November 2023
      And state headquarters extends the report of Khunti to 20 November 2032 on 10 November 2023 because "Flood."
      When state headquarters tries to reschedule the report of Khunti to 14 November 2023 on 10 November 2023 because "The year was mistyped."
      Then that is refused because "its level is due 15 November 2023"
      And the report of Khunti is due on 20 November 2032

    @undo-mistyped-own
    Scenario: No seat reschedules its own report
      Given it is 10 November 2023
      When the convenor of Khunti tries to reschedule the report of Khunti to 30 November 2023 on 10 November 2023 because "Flood."
      Then that is refused because "an office above must"
      And the report of Khunti is due on 15 November 2023

  Rule: What was taken back stays on record, and the history marks it.

    @undo-marked
    Scenario: Of two verifications the history marks the one that was taken back
      Given the convenor of Khunti hands a report in on 10 November 2023
      And state headquarters verifies the report of Khunti on 18 November 2023
      And state headquarters takes back the last decision about the report of Khunti on 19 November 2023 because "Another seat was meant."
      And state headquarters verifies the report of Khunti on 25 November 2023
      Then the history of the report of Khunti marks the verification of 18 November 2023 alone as taken back
      And the history of the report of Khunti says "Another seat was meant."

    @undo-marked-recalled
    Scenario: The history marks a submission that was recalled, and the report that came with it
      Given the convenor of Khunti hands a report in on 8 November 2023
      And the convenor of Khunti recalls the submission of the report of Khunti on 9 November 2023 because "The draft."
      And the convenor of Khunti hands a corrected report in on 12 November 2023
      Then the history of the report of Khunti marks the submission of 8 November 2023 alone as taken back
      And the history of the report of Khunti marks the report of 8 November 2023 alone as taken back
      And 2 reports of Khunti are on record

    @undo-marked-struck
    Scenario: The history marks the activity that was struck out, and not that of other days
      Given the convenor of Khunti makes a group on WhatsApp on 31 October 2023
      And the convenor of Khunti posts the activity of each day from 1 November 2023 to 4 November 2023
      When the convenor of Khunti strikes out the activity of 3 November 2023 in the social-media groups task of Khunti on 5 November 2023 because "That of another day."
      Then the history of the social-media groups task of Khunti marks the activity of 3 November 2023 alone as taken back
      And 4 activities of Khunti are on record

    @undo-told @wording
    Scenario: The history tells in a sentence who took what back
      Given the convenor of Khunti hands a report in on 10 November 2023
      And state headquarters verifies the report of Khunti on 18 November 2023
      When state headquarters takes back the last decision about the report of Khunti on 19 November 2023 because "Another seat was meant."
      Then the history of the report of Khunti tells the sentence "The headquarters of Jharkhand took the verification back: Another seat was meant."
