@undo
Feature: What was wrong is taken back
  An office that decided by mistake takes its decision back, a unit recalls its submission and strikes a wrong record
  of its work out. The task then stands as if that had not been. Headquarters reinstates what it withdrew, sets a
  mistyped due day right and restores a unit that it retired. All of it stays on record, marked as taken back.

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
      Then that is refused because "there is no verification, return, waiver or reopening to take back"
      And the report of Khunti is submitted

    @undo-before
    Scenario: A decision is not taken back before it was made
      Given the convenor of Khunti hands a report in on 10 November 2023
      And state headquarters verifies the report of Khunti on 18 November 2023
      When state headquarters tries to take back the last decision about the report of Khunti on 17 November 2023 because "By mistake."
      Then that is refused because "is before what it takes back"
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
    Scenario: A decision is not a record of work
      Given the convenor of Khunti hands a report in on 10 November 2023
      And state headquarters verifies the report of Khunti on 18 November 2023
      When state headquarters tries to strike out the verification of 18 November 2023 in the report of Khunti on 19 November 2023 because "By mistake."
      Then that is refused because "is not a record of work"
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
      Then that is refused because "steps: 1 is on record"

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

  Rule: A directive that was withdrawn by mistake, or a level of it, is reinstated with all that was done for it.

    @undo-reinstated
    Scenario: A directive was withdrawn by mistake; once it is reinstated, what the seats had done counts again
      Given the convenor of Khunti hands a report in on 10 November 2023
      And state headquarters verifies the report of Khunti on 11 November 2023
      And the convenor of Dumka hands a report in on 12 November 2023
      And state headquarters withdraws the report directive on 13 November 2023 because "Another directive was meant."
      Then the report of Dumka is withdrawn
      When state headquarters reinstates the report directive on 14 November 2023 because "It was to stay."
      Then the report of Khunti is verified
      And the report of Dumka is submitted
      And 14 reports are expected at the Lok Sabha level, 1 is done
      When state headquarters verifies the report of Dumka on 15 November 2023
      Then 2 reports are on time and 0 are late

    @undo-reinstated-again
    Scenario: What is in force already is not reinstated a second time
      Given state headquarters withdraws the alliance support directive on 13 November 2023 because "Another directive was meant."
      And state headquarters reinstates the alliance support directive on 14 November 2023 because "It was to stay."
      When state headquarters reinstates the alliance support directive on 15 November 2023 because "It was to stay."
      Then that changes nothing
      And the alliance support task of Khunti is still owed

    @undo-reinstated-level
    Scenario: The level that was withdrawn by mistake comes back, and the other levels stay as they are
      Given state headquarters issues the membership report directive on 2 November 2023
      And state headquarters asks every Lok Sabha unit of Jharkhand on 3 November 2023 for a membership report by 20 December 2023
      And state headquarters asks every Vidhan Sabha unit of Khunti on 3 November 2023 for a membership report by 20 December 2023
      And the convenor of Torpa hands a membership report in on 10 November 2023
      And state headquarters withdraws the Vidhan Sabha level of Khunti in the membership report directive on 11 November 2023 because "The seats alone."
      Then 14 units owe the membership report in all
      When state headquarters reinstates the Vidhan Sabha level of Khunti in the membership report directive on 12 November 2023 because "Khunti as well."
      Then 20 units owe the membership report in all
      And the membership report of Torpa is submitted

    @undo-reinstated-issue
    Scenario: A directive that was withdrawn is not issued again; it is reinstated
      Given state headquarters issues the membership report directive on 2 November 2023
      And state headquarters asks every Vidhan Sabha unit of Khunti on 3 November 2023 for a membership report by 20 December 2023
      And state headquarters withdraws the membership report directive on 4 November 2023 because "Not this year."
      When state headquarters tries to issue the membership report directive on 5 November 2023
      Then that is refused because "was withdrawn"
      When state headquarters reinstates the membership report directive on 5 November 2023 because "This year after all."
      Then 6 units owe the membership report in all

    @undo-reinstated-assign
    Scenario: A level that was withdrawn is not assigned again; it is reinstated
      Given state headquarters issues the membership report directive on 2 November 2023
      And state headquarters asks every Vidhan Sabha unit of Khunti on 3 November 2023 for a membership report by 20 December 2023
      And state headquarters withdraws the Vidhan Sabha level of Khunti in the membership report directive on 4 November 2023 because "Not Khunti."
      When state headquarters tries to ask every Vidhan Sabha unit of Khunti on 5 November 2023 for a membership report by 20 December 2023
      Then that is refused because "directive reinstate"
      And 0 units owe the membership report in all
      When state headquarters reinstates the Vidhan Sabha level of Khunti in the membership report directive on 5 November 2023 because "Khunti as well."
      Then 6 units owe the membership report in all

    @undo-reinstated-due
    Scenario: A directive is reinstated after its due date, with time until a new one
      Given it is 10 November 2023
      And state headquarters withdraws the report directive on 10 November 2023 because "Another directive was meant."
      When it is 20 November 2023
      And state headquarters reinstates the report directive on 20 November 2023 with time until 5 December 2023 because "It was to stay."
      Then the report of Khunti is due on 5 December 2023
      And no report is overdue
      When it is 6 December 2023
      Then 14 reports are overdue

    @undo-reinstated-past
    Scenario: A directive is not reinstated with a day that has passed
      Given it is 10 November 2023
      And state headquarters withdraws the report directive on 10 November 2023 because "Another directive was meant."
      When it is 18 November 2023
      And state headquarters tries to reinstate the report directive on 18 November 2023 with time until 17 November 2023 because "It was to stay."
      Then that is refused because "today is 18 November 2023"
      And the report of Khunti is withdrawn

    @undo-reinstated-before
    Scenario: A directive is not reinstated before it was withdrawn
      Given state headquarters withdraws the report directive on 13 November 2023 because "Another directive was meant."
      When state headquarters tries to reinstate the report directive on 12 November 2023 because "It was to stay."
      Then that is refused because "is before written-report was withdrawn"
      And the report of Khunti is withdrawn

    @undo-reinstated-overlap
    Scenario: A level is not reinstated where one of its units was asked by name since
      Given state headquarters issues the membership report directive on 2 November 2023
      And state headquarters asks every Vidhan Sabha unit of Khunti on 3 November 2023 for a membership report by 20 December 2023
      And state headquarters withdraws the Vidhan Sabha level of Khunti in the membership report directive on 4 November 2023 because "Not all of them."
      And state headquarters asks Torpa by name on 5 November 2023 for a membership report by 10 December 2023
      When state headquarters tries to reinstate the Vidhan Sabha level of Khunti in the membership report directive on 6 November 2023 because "All of them."
      Then that is refused because "was assigned since"
      And the membership report of Torpa is due on 10 December 2023

    @undo-reinstated-below
    Scenario: A seat does not reinstate what headquarters issued
      Given state headquarters withdraws the report directive on 13 November 2023 because "Another directive was meant."
      When the convenor of Khunti tries to reinstate the report directive on 14 November 2023 because "It was to stay."
      Then that is refused because "an office there or above must"
      And the report of Khunti is withdrawn

  Rule: The due day of a level is set right, also to an earlier one, but never to one that is past.

    @undo-rescheduled
    Scenario: All seats were given time until 2032 instead of 2023
      Given it is 10 November 2023
      And state headquarters extends all reports to 20 November 2032 on 10 November 2023 because "Flood."
      When it is 11 November 2023
      And state headquarters reschedules the Lok Sabha level of Jharkhand in the report directive to 20 November 2023 on 11 November 2023 because "The year was mistyped."
      Then the report of Khunti is due on 20 November 2023
      When it is 21 November 2023
      Then 14 reports are overdue

    @undo-rescheduled-longer
    Scenario: A seat that was given longer keeps its time
      Given it is 10 November 2023
      And state headquarters extends all reports to 20 November 2032 on 9 November 2023 because "Flood."
      And state headquarters reschedules the Lok Sabha level of Jharkhand in the report directive to 20 November 2023 on 10 November 2023 because "The year was mistyped."
      And state headquarters extends the report of Khunti to 30 November 2023 on 10 November 2023 because "Flood."
      When state headquarters reschedules the Lok Sabha level of Jharkhand in the report directive to 18 November 2023 on 10 November 2023 because "The water has gone."
      Then the report of Dumka is due on 18 November 2023
      And the report of Khunti is due on 30 November 2023

    @undo-rescheduled-past
    Scenario: The order itself named 2032, and no day that has passed is set in its place
      Given it is 10 November 2023
      And state headquarters issues the membership report directive on 2 November 2023
      And state headquarters asks every Vidhan Sabha unit of Khunti on 3 November 2023 for a membership report by 20 December 2032
      When it is 18 November 2023
      And state headquarters tries to reschedule the Vidhan Sabha level of Khunti in the membership report directive to 17 November 2023 on 18 November 2023 because "The year was mistyped."
      Then that is refused because "today is 18 November 2023"
      And the membership report of Torpa is due on 20 December 2032
      When state headquarters reschedules the Vidhan Sabha level of Khunti in the membership report directive to 20 December 2023 on 18 November 2023 because "The year was mistyped."
      Then the membership report of Torpa is due on 20 December 2023

  Rule: A completed directive that is assigned to more is open again.

    @undo-more
    Scenario: The order forgot the Vidhan Sabha units, and its seat has done its task by then
      Given state headquarters issues the membership report directive on 2 November 2023
      And state headquarters asks every Lok Sabha unit of Khunti on 3 November 2023 for a membership report by 20 December 2023
      And the membership report of every Lok Sabha unit of Khunti comes to be verified
      Then the membership report directive is completed
      When state headquarters asks every Vidhan Sabha unit of Khunti on 10 November 2023 for a membership report by 20 December 2023
      Then the membership report directive is open
      And the Lok Sabha level of the membership report directive is completed
      When the membership report of every Vidhan Sabha unit of Khunti comes to be verified
      Then the membership report directive is completed

  Rule: A unit that was retired by mistake is restored with its tasks, its record and what was withdrawn with it.

    @undo-restored
    Scenario: The wrong unit was retired; it is there again, and what it did counts
      Given the convenor of Torpa makes a group on WhatsApp on 31 October 2023
      And the convenor of Torpa posts the activity of each day from 1 November 2023 to 3 November 2023
      And state headquarters retires Torpa because "Another unit was meant."
      Then 5 Vidhan Sabha units of Khunti owe the social-media groups
      And the Vidhan Sabha units of Khunti have covered 0 days together
      When state headquarters restores Torpa because "Sisai was meant."
      Then 6 Vidhan Sabha units of Khunti owe the social-media groups
      And the Vidhan Sabha units of Khunti have covered 3 days together
      And the history of the unit JH-AC59 says "Sisai was meant."

    @undo-restored-grace
    Scenario: After its restoration a unit has the days of grace for what it owes
      Given it is 10 November 2023
      And state headquarters retires Torpa because "Another unit was meant."
      When it is 18 November 2023
      And state headquarters restores Torpa because "Sisai was meant."
      Then the social-media groups task of Torpa is due on 3 December 2023
      And the social-media groups task of Tamar is due on 20 November 2023

    @undo-restored-list
    Scenario: A list of the units has the retired unit again, and restores it
      Given the convenor of Torpa makes a group on WhatsApp on 31 October 2023
      And state headquarters retires Torpa because "It was missing from the list."
      When state headquarters imports a list that has Torpa again because "The corrected list."
      Then 6 Vidhan Sabha units of Khunti owe the social-media groups
      And the history of the social-media groups task of Torpa tells of the group on WhatsApp
      And the history of the unit JH-AC59 says "The corrected list."

    @undo-restored-by-name
    Scenario: What was asked of a unit by name, and withdrawn when it retired, is owed again
      Given state headquarters issues the membership report directive on 2 November 2023
      And state headquarters asks Torpa, Tamar and Sisai by name on 3 November 2023 for a membership report by 20 December 2023
      And the convenor of Torpa hands a membership report in on 10 November 2023
      And state headquarters retires Torpa because "Another unit was meant."
      Then 2 units owe the membership report in all
      When state headquarters restores Torpa because "Sisai was meant."
      Then 3 units owe the membership report in all
      And the membership report of Torpa is submitted

    @undo-restored-opens
    Scenario: The open task of a restored unit opens the level that was completed without it
      Given it is 15 November 2023
      And the reports of all seats but Khunti are verified
      And the convenor of Khunti hands a report in on 14 November 2023
      And state headquarters retires Khunti and all below it because "Another seat was meant."
      Then the report directive is completed
      When state headquarters restores Khunti because "Dumka was meant."
      Then the Lok Sabha level of the report directive is open
      And the report directive is open
      And the report of Khunti is submitted
      When it is 16 November 2023
      And state headquarters verifies the report of Khunti on 16 November 2023
      Then the report directive is completed

    @undo-restored-nothing
    Scenario: A restored unit that had not begun owes nothing in a completed level
      Given the reports of all seats but Khunti are verified
      And state headquarters retires Khunti and all below it because "Another seat was meant."
      When state headquarters restores Khunti because "Dumka was meant."
      Then the report directive is completed
      And 13 reports are expected at the Lok Sabha level, 13 are done

    @undo-restored-parent
    Scenario: A unit is restored under another one, but not under one of its own level
      Given state headquarters retires Torpa because "Another unit was meant."
      When state headquarters tries to restore Torpa under Sisai because "The boundary was redrawn."
      Then that is refused because "give it a parent of a level above"
      When state headquarters restores Torpa under Ranchi because "The boundary was redrawn."
      Then 5 Vidhan Sabha units of Khunti owe the social-media groups
      And 7 Vidhan Sabha units of Ranchi owe the social-media groups

    @undo-restored-other
    Scenario: A unit is restored by an office above it, not by another seat
      Given state headquarters retires Torpa because "Another unit was meant."
      When the convenor of Dumka tries to restore Torpa because "It is there."
      Then that is refused because "an office there or above must"
      When the convenor of Khunti restores Torpa because "It is there."
      Then 6 Vidhan Sabha units of Khunti owe the social-media groups

    @undo-restored-before
    Scenario: A unit is not restored before it was retired
      Given it is 10 November 2023
      And state headquarters retires Torpa because "Another unit was meant."
      When state headquarters tries to restore Torpa on 9 November 2023 because "Sisai was meant."
      Then that is refused because "is before JH-AC59 was retired"
      And 5 Vidhan Sabha units of Khunti owe the social-media groups

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

    @undo-marked-withdrawn
    Scenario: Of two withdrawals the history marks the one after which the directive was reinstated
      Given state headquarters withdraws the report directive on 10 November 2023 because "Another directive was meant."
      And state headquarters reinstates the report directive on 11 November 2023 because "It was to stay."
      And state headquarters withdraws the report directive on 12 November 2023 because "Now it is not needed."
      Then the history of the report of Khunti marks the withdrawal of 10 November 2023 alone as taken back

    @undo-told @wording
    Scenario: The history tells in a sentence who took what back
      Given the convenor of Khunti hands a report in on 10 November 2023
      And state headquarters verifies the report of Khunti on 18 November 2023
      When state headquarters takes back the last decision about the report of Khunti on 19 November 2023 because "Another seat was meant."
      Then the history of the report of Khunti tells the sentence "The headquarters of Jharkhand took the verification back: Another seat was meant."

    @undo-told-order @wording
    Scenario: The history of a task tells that its directive was reinstated, and its day set right
      Given it is 10 November 2023
      And state headquarters withdraws the report directive on 9 November 2023 because "Another directive was meant."
      When state headquarters reinstates the report directive on 10 November 2023 with time until 5 December 2023 because "It was to stay."
      And state headquarters reschedules the Lok Sabha level of Jharkhand in the report directive to 20 November 2023 on 10 November 2023 because "It is needed this month."
      Then the history of the report of Khunti tells the sentence "The headquarters of Jharkhand reinstated the directive, due 5 December 2023: It was to stay."
      And the history of the report of Khunti tells the sentence "The headquarters of Jharkhand rescheduled the Lok Sabha level of Jharkhand to 20 November 2023: It is needed this month."
