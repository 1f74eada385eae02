@s1
Feature: The written report of each Lok Sabha seat (S1)
  The meeting asked that a written report on what was done to strengthen the organisation, Lok Sabha by Lok Sabha, be
  given to state headquarters. The due date (15 November 2023) and the period of the report (1 to 31 October 2023)
  were set by the issuing office, not by the meeting. A report is done when an office above has verified it.

  Background:
    Given the meeting of 19 October 2023 is recorded

  Rule: Each Lok Sabha seat owes one written report.

    @s1-assigned
    Scenario: One order asks all 14 seats for a report
      Then 14 reports are expected at the Lok Sabha level, none is done
      And one order asked for all of them

    @s1-recorded-twice
    Scenario: The meeting recorded twice asks no seat for two reports
      When the meeting of 19 October 2023 is recorded again
      Then that changes nothing
      And 14 reports are expected at the Lok Sabha level, none is done
      And one order asked for all of them

  Rule: An office of the seat hands the report in, after the meeting and for the whole period.

    @s1-other-seat
    Scenario: A seat does not hand in the report of another
      When the convenor of Dumka tries to hand the report of Khunti in on 5 November 2023
      Then that is refused because "an office of that unit must"
      And the report of Khunti is still owed

    @s1-below
    Scenario: A Vidhan Sabha unit does not hand in the report of its seat
      When the convenor of Torpa tries to hand the report of Khunti in on 5 November 2023
      Then that is refused because "an office of that unit must"
      And the report of Khunti is still owed

    @s1-before
    Scenario: A report dated before the meeting is not taken
      When the convenor of Khunti tries to hand a report in on 18 October 2023
      Then that is refused because "is before it was owed"
      And 0 reports of Khunti are on record

    @s1-same-day
    Scenario: A report on the day of the meeting is taken
      When the convenor of Khunti hands a report in on 19 October 2023
      Then the report of Khunti is submitted
      And 1 report of Khunti is on record

    @s1-short-period
    Scenario: A report on a part of the period is not taken
      When the convenor of Khunti tries to hand in on 5 November 2023 a report on 10 October 2023 to 31 October 2023 alone
      Then that is refused because "1 October 2023 is the first day asked for"
      And 0 reports of Khunti are on record

    @s1-period-end
    Scenario: A report that ends before the period does is not taken
      When the convenor of Khunti tries to hand in on 5 November 2023 a report on 1 October 2023 to 20 October 2023 alone
      Then that is refused because "31 October 2023 is the last day asked for"
      And 0 reports of Khunti are on record

    @s1-twice
    Scenario: A report that waits for verification is not handed in again
      Given the convenor of Khunti hands a report in on 5 November 2023
      When the convenor of Khunti tries to hand a corrected report in on 6 November 2023
      Then that is refused because "waits for verification"
      And 1 report of Khunti is on record

  Rule: A report is done only when an office above has verified it.

    @s1-own
    Scenario: Nobody verifies the report of their own seat, or of the seat beside
      Given the convenor of Khunti hands a report in on 5 November 2023
      When the convenor of Khunti tries to verify the report of Khunti on 6 November 2023
      Then that is refused because "an office above must"
      When the convenor of Dumka tries to verify the report of Khunti on 6 November 2023
      Then that is refused because "an office above must"
      And the report of Khunti is submitted
      And 14 reports are expected at the Lok Sabha level, none is done

    @s1-done
    Scenario: The verification by state headquarters makes a report done
      Given the convenor of Khunti hands a report in on 5 November 2023
      When state headquarters verifies the report of Khunti on 6 November 2023
      Then the report of Khunti is verified
      And 14 reports are expected at the Lok Sabha level, 1 is done

    @s1-verified-again
    Scenario: A report that is verified is not verified again
      Given the convenor of Khunti hands a report in on 5 November 2023
      And state headquarters verifies the report of Khunti on 6 November 2023
      When state headquarters tries to verify the report of Khunti on 7 November 2023
      Then that is refused because "is verified already"
      And 14 reports are expected at the Lok Sabha level, 1 is done

    @s1-nothing-to-verify
    Scenario: A report that never came in is not verified
      When state headquarters tries to verify the report of Khunti on 6 November 2023
      Then that is refused because "there is no submission to verify"
      And the report of Khunti is still owed

    @s1-told @wording
    Scenario: The history tells in sentences who handed the report in and who verified it
      Given the convenor of Khunti hands a report in on 5 November 2023
      When state headquarters verifies the report of Khunti on 6 November 2023
      Then the history of the report of Khunti tells the sentence "The convenor of Khunti (Lok Sabha) submitted report 1 for 1 October 2023 to 31 October 2023"
      And the history of the report of Khunti tells the sentence "The headquarters of Jharkhand verified the submission, made on time"

  Rule: A report that falls short is returned with a reason, corrected, and handed in again.

    @s1-return-beside
    Scenario: The seat beside does not return a report
      Given the convenor of Khunti hands a report in on 5 November 2023
      When the convenor of Dumka tries to return the report of Khunti on 6 November 2023 because "The figures of two Vidhan Sabha segments are missing."
      Then that is refused because "an office above must"
      And the report of Khunti is submitted

    @s1-return-early
    Scenario: A report is not returned before it came
      Given the convenor of Khunti hands a report in on 5 November 2023
      When state headquarters tries to return the report of Khunti on 4 November 2023 because "The figures of two Vidhan Sabha segments are missing."
      Then that is refused because "is before it was submitted"
      And the report of Khunti is submitted

    @s1-corrected
    Scenario: A report that was returned is corrected, and both stay on record
      Given the convenor of Khunti hands a report in on 5 November 2023
      When state headquarters returns the report of Khunti on 7 November 2023 because "The figures of two Vidhan Sabha segments are missing."
      Then the report of Khunti is returned
      And the history of the report of Khunti says "The figures of two Vidhan Sabha segments are missing."
      When the convenor of Khunti hands a corrected report in on 10 November 2023
      And state headquarters verifies the report of Khunti on 12 November 2023
      Then the report of Khunti is verified
      And 2 reports of Khunti are on record

    @s1-same-again
    Scenario: A returned report is not taken again as it was
      Given the convenor of Khunti hands a report in on 5 November 2023
      And state headquarters returns the report of Khunti on 7 November 2023 because "The figures of two Vidhan Sabha segments are missing."
      When the convenor of Khunti tries to hand the same report in on 8 November 2023
      Then that is refused because "submit a corrected one"
      And the report of Khunti is returned

  Rule: A report handed in by the due date is on time, and later it is late; after the due date, what was not handed in is overdue.

    @s1-on-time
    Scenario: A report handed in by the due date is on time, whenever it is verified
      When the convenor of Khunti hands a report in on 15 November 2023
      And state headquarters verifies the report of Khunti on 20 December 2023
      Then 1 report is on time and 0 are late

    @s1-late
    Scenario: A report handed in after the due date is late
      When the convenor of Dumka hands a report in on 16 November 2023
      And state headquarters verifies the report of Dumka on 17 November 2023
      Then the report of Dumka is verified
      And 0 reports are on time and 1 is late

    @s1-late-again
    Scenario: A report that comes again after the due date is late, though it first came in time
      Given the convenor of Khunti hands a report in on 10 November 2023
      And state headquarters returns the report of Khunti on 14 November 2023 because "The figures of two Vidhan Sabha segments are missing."
      When the convenor of Khunti hands a corrected report in on 16 November 2023
      And state headquarters verifies the report of Khunti on 17 November 2023
      Then 0 reports are on time and 1 is late

    @s1-overdue
    Scenario: From the day after the due date, a report that was not handed in is overdue
      Given the convenor of Khunti hands a report in on 5 November 2023
      And state headquarters verifies the report of Khunti on 6 November 2023
      When it is 15 November 2023
      Then no report is overdue
      When it is 16 November 2023
      Then 13 reports are overdue

    @s1-waiting @waiting
    Scenario: A report that waits for headquarters when the due date passes is not overdue
      Given it is 10 November 2023
      And the convenor of Khunti hands a report in on 10 November 2023
      And it is 12 November 2023
      And the convenor of Dumka hands a report in on 11 November 2023
      When it is 20 November 2023
      Then 12 reports are overdue
      And 2 reports wait for an answer, that of Khunti for the longest
      When state headquarters returns the report of Khunti on 20 November 2023 because "The figures of two Vidhan Sabha segments are missing."
      Then 13 reports are overdue
      And 1 report waits for an answer, that of Dumka for the longest

  Rule: When the reports of all 14 seats are verified the directive is completed.

    @s1-completed
    Scenario: The verification of the fourteenth report completes the directive
      Given the reports of all seats but Khunti are verified
      When the convenor of Khunti hands a report in on 14 November 2023
      Then the report directive is open
      When state headquarters verifies the report of Khunti on 15 November 2023
      Then the report directive is completed
