@earlier
Feature: How things stood on an earlier day
  Headquarters is asked in December how the seats stood in November. An earlier day is told by what had happened by its
  end, whenever that was written down, and by nothing that happened afterwards. Or it is told as far as was known on a
  day: then it says what was said that evening. Whoever looks back asks of that day until something is done or another
  day comes.

  Background:
    Given the meeting of 19 October 2023 is recorded

  Rule: An earlier day is told by what had happened by its end, and by nothing that happened afterwards.

    @earlier-task
    Scenario: One report, as it stood from day to day
      Given the convenor of Khunti hands a report in on 5 November 2023
      And state headquarters returns the report of Khunti on 8 November 2023 with time until 24 November 2023 because "The figures are missing."
      And the convenor of Khunti hands a corrected report in on 20 November 2023
      And state headquarters verifies the report of Khunti on 25 November 2023
      When one looks back at 4 November 2023
      Then the report of Khunti is still owed
      And the report of Khunti is due on 15 November 2023
      When one looks back at 5 November 2023
      Then the report of Khunti is submitted
      When one looks back at 8 November 2023
      Then the report of Khunti is returned
      And the report of Khunti is due on 24 November 2023
      When one looks back at 24 November 2023
      Then 0 reports are on time and 0 are late
      When one looks back at 25 November 2023
      Then the report of Khunti is verified
      And 1 report is on time and 0 are late

    @earlier-overdue
    Scenario: The list of what was overdue on an earlier day
      Given the convenors of Khunti and Dumka hand their reports in on 10 November 2023
      And the convenor of Ranchi hands a report in on 18 November 2023
      And state headquarters returns the report of Dumka on 20 November 2023 because "The figures are missing."
      Then the overdue reports at Dumka are those of Dumka
      And no overdue report is listed at Ranchi
      When one looks back at 16 November 2023
      Then 12 reports are overdue
      And no overdue report is listed at Dumka
      And the overdue reports at Ranchi are those of Ranchi
      When one looks back at 15 November 2023
      Then no report is overdue

    @earlier-waiting @waiting
    Scenario: The list of what waited on an earlier day, and since when
      Given it is 6 November 2023
      And the convenor of Khunti hands a report in on 5 November 2023
      And it is 9 November 2023
      And the convenor of Dumka hands a report in on 9 November 2023
      And it is 10 November 2023
      And state headquarters returns the report of Khunti on 10 November 2023 because "The figures are missing."
      And it is 14 November 2023
      And the convenor of Khunti hands a corrected report in on 14 November 2023
      Then 2 reports wait for an answer, that of Dumka for the longest
      And the report of Khunti waits since 14 November 2023
      When one looks back at 9 November 2023
      Then 2 reports wait for an answer, that of Khunti for the longest
      And the report of Khunti waits since 6 November 2023
      When one looks back at 10 November 2023
      Then 1 report waits for an answer, that of Dumka for the longest

    @earlier-history
    Scenario: The history as it could be read on an earlier day
      Given the convenor of Khunti hands a report in on 5 November 2023
      And state headquarters verifies the report of Khunti on 12 November 2023
      When one looks back at 4 November 2023
      Then 0 reports of Khunti are on record
      When one looks back at 11 November 2023
      Then 1 report of Khunti is on record
      And the history of the report of Khunti ends with the submission
      When one looks back at 12 November 2023
      Then the history of the report of Khunti ends with the verification

    @earlier-work @s2
    Scenario: What was on record of the work on an earlier day
      Given the convenor of Khunti makes groups on WhatsApp and Instagram on 31 October 2023
      And the convenor of Khunti counts 40 active workers on WhatsApp on 2 November 2023
      And the convenor of Khunti retires the group on Instagram on 20 November 2023
      And the convenor of Khunti counts 25 active workers on WhatsApp on 20 November 2023
      Then 1 group of Khunti is in use
      When one looks back at 30 October 2023
      Then 0 groups of Khunti are in use
      When one looks back at 19 November 2023
      Then 2 groups of Khunti are in use
      And the Lok Sabha units of Khunti have 40 active workers together
      When one looks back at 20 November 2023
      Then 1 group of Khunti is in use
      And the Lok Sabha units of Khunti have 25 active workers together

    @earlier-daily @s2
    Scenario: The daily record as it was on an earlier day
      Given the convenor of Khunti makes a group on WhatsApp on 31 October 2023
      And the convenor of Khunti posts the activity of each day from 1 November 2023 to 4 November 2023
      And the convenor of Khunti posts the activity of each day from 6 November 2023 to 8 November 2023
      When one looks back at 5 November 2023
      Then Khunti has missed no day
      And the streak of Khunti is 4 days and the longest was 4
      When one looks back at 7 November 2023
      Then the day that Khunti missed is 5 November 2023
      And the streak of Khunti is 2 days and the longest was 4
      And Khunti has covered 85.7 per cent of the 7 days so far

    @earlier-now
    Scenario: Today, and a day to come, are as now
      Given it is 16 November 2023
      And the convenor of Khunti hands a report in on 16 November 2023
      Then 13 reports are overdue
      When one looks back at 15 November 2023
      Then no report is overdue
      And the report of Khunti is still owed
      When one looks back at 16 November 2023
      Then 13 reports are overdue
      And the report of Khunti is submitted
      When one looks back at 1 January 2024
      Then 13 reports are overdue
      And the report of Khunti is submitted

  Rule: What is typed in late with an earlier date counts from that date on, and brings nothing along that came later.

    @earlier-extension @life
    Scenario: An extension with an earlier date does not show the submission before it was made
      Given it is 19 November 2023
      And the convenor of Khunti hands a report in on 19 November 2023
      And it is 20 November 2023
      And state headquarters extends the report of Khunti to 30 November 2023 on 16 November 2023 because "Flood."
      Then at the end of 17 November 2023 0 reports were submitted
      When one looks back at 17 November 2023
      Then the report of Khunti is still owed
      And the report of Khunti is due on 30 November 2023
      And no overdue report is listed at Khunti
      When one looks back at 17 November 2023, as far as was known on 18 November 2023
      Then the report of Khunti is due on 15 November 2023
      And the overdue reports at Khunti are those of Khunti
      When one looks back at 19 November 2023
      Then the report of Khunti is submitted

    @earlier-acknowledged @life
    Scenario: An acknowledgement with an earlier date does not bring the day that was given later
      Given it is 20 November 2023
      And state headquarters extends the report of Khunti to 30 November 2023 on 20 November 2023 because "Flood."
      And it is 21 November 2023
      And the convenor of Khunti acknowledges the report on 3 November 2023
      Then at the end of 17 November 2023 14 reports were overdue
      When one looks back at 17 November 2023
      Then the report of Khunti is acknowledged
      And the report of Khunti is due on 15 November 2023
      And the overdue reports at Khunti are those of Khunti
      When one looks back at 20 November 2023
      Then the report of Khunti is due on 30 November 2023
      And no overdue report is listed at Khunti

    @earlier-completed
    Scenario: A level that a report typed in late completed is still there on the days before
      Given the reports of all seats but Khunti and Dumka are verified
      And it is 26 December 2023
      And the convenor of Dumka hands a report in on 18 November 2023
      And state headquarters verifies the report of Dumka on 19 November 2023
      And the convenor of Khunti hands a report in on 12 November 2023
      And state headquarters verifies the report of Khunti on 13 November 2023
      Then the report directive is completed
      When one looks back at 16 November 2023
      Then 14 reports are expected at the Lok Sabha level, 13 are done
      And the overdue reports at Jharkhand are those of Dumka
      When one looks back at 19 November 2023
      Then 14 reports are expected at the Lok Sabha level, 14 are done
      And no report is overdue

  Rule: As far as was known on a day, it says what was said that evening.

    @earlier-evening
    Scenario: What headquarters said on the evening of the day can be read again
      Given it is 15 November 2023
      Then no report is overdue
      When it is 17 November 2023
      And the convenor of Khunti hands a report in on 10 November 2023
      Then 13 reports are overdue
      When it is 20 November 2023
      And the convenor of Dumka hands a report in on 14 November 2023
      And state headquarters verifies the report of Khunti on 16 November 2023
      And one looks back at 17 November 2023
      Then 12 reports are overdue
      And the report of Khunti is verified
      When one looks back at 17 November 2023, as far as was known on 17 November 2023
      Then 13 reports are overdue
      And the report of Khunti is submitted
      When one looks back at what was known on 17 November 2023
      Then 13 reports are overdue
      And the report of Dumka is still owed
      When one looks back at what was known on 15 November 2023
      Then no report is overdue

  Rule: What was struck out never was, once that is known; what was taken back or withdrawn was so until then.

    @earlier-struck @undo @s5
    Scenario: A step that was struck out counts on no day, but for what was known before
      Given it is 6 November 2023
      And the convenor of Khunti records a step on 1 November 2023
      And the convenor of Khunti records a step on 3 November 2023
      And it is 10 November 2023
      And the convenor of Khunti strikes out the step of 3 November 2023 in the alliance support task of Khunti on 10 November 2023 because "It was in another seat."
      When one looks back at 31 October 2023
      Then 0 steps count for Khunti
      When one looks back at 5 November 2023
      Then 1 step counts for Khunti
      When one looks back at what was known on 6 November 2023
      Then 2 steps count for Khunti

    @earlier-taken-back @undo
    Scenario: A verification that was taken back held until then
      Given the convenor of Khunti hands a report in on 10 November 2023
      And state headquarters verifies the report of Khunti on 18 November 2023
      And state headquarters takes back the last decision about the report of Khunti on 22 November 2023 because "Another seat was meant."
      When one looks back at 21 November 2023
      Then the report of Khunti is verified
      And 1 report is on time and 0 are late
      And the history of the report of Khunti marks nothing as taken back
      When one looks back at 22 November 2023
      Then the report of Khunti is submitted
      And 0 reports are on time and 0 are late
      And the history of the report of Khunti marks the verification of 18 November 2023 alone as taken back

    @earlier-withdrawn @undo
    Scenario: A directive that was withdrawn and reinstated was not owed in between
      Given state headquarters withdraws the report directive on 20 November 2023 because "Another directive was meant."
      And state headquarters reinstates the report directive on 24 November 2023 because "It was meant after all."
      When one looks back at 19 November 2023
      Then 14 reports are overdue
      When one looks back at 22 November 2023
      Then no report is overdue
      And the report of Khunti is withdrawn
      When one looks back at 24 November 2023
      Then 14 reports are overdue
      And the report of Khunti is still owed

  Rule: A unit is counted once, where it was then and by what it owed then.

    @earlier-joins @org
    Scenario: A block that joins a completed level is overdue on no day
      Given sample blocks and panchayats are registered under the Vidhan Sabha units of Khunti
      And state headquarters issues the membership report directive on 2 November 2023
      And state headquarters asks every block unit of Torpa on 3 November 2023 for a membership report by 8 November 2023
      And the membership report of every block unit of Torpa comes to be verified
      And it is 20 November 2023
      And the block "Sample Block 4 of Torpa" joins Torpa on 20 November 2023
      And it is 15 December 2023
      Then 3 units owe the membership report in all
      And on no day from 10 November 2023 to 15 December 2023 a membership report is overdue
      When one looks back at 9 November 2023
      Then 3 membership reports are expected at Torpa: 0 on time and 3 overdue

    @earlier-retired @org
    Scenario: A unit that retired since is counted once where it was, and at the seat above it
      Given state headquarters issues the membership report directive on 2 November 2023
      And state headquarters asks every Vidhan Sabha unit of Jharkhand on 3 November 2023 for a membership report by 15 November 2023
      And the convenor of Torpa hands a membership report in on 10 November 2023
      And state headquarters verifies the membership report of Torpa on 11 November 2023
      And it is 20 November 2023
      When state headquarters retires Khunti and all below it because "It was merged."
      Then 75 membership reports are expected at Jharkhand: 0 on time and 75 overdue
      When one looks back at 16 November 2023
      Then 1 membership report is expected at Torpa: 1 on time and 0 overdue
      And 6 membership reports are expected at Khunti: 1 on time and 5 overdue
      And 81 membership reports are expected at Jharkhand: 1 on time and 80 overdue

    @earlier-moved @org @s2
    Scenario: Before it came to report to Ranchi, Torpa and its work counted in Khunti
      Given it is 20 November 2023
      And the convenor of Torpa makes a group on WhatsApp on 31 October 2023
      And the convenor of Torpa posts the activity of 1 November 2023
      When state headquarters moves Torpa to Ranchi because "The boundary was redrawn."
      Then 5 Vidhan Sabha units of Khunti owe the social-media groups
      When one looks back at 19 November 2023
      Then 6 Vidhan Sabha units of Khunti owe the social-media groups
      And the Vidhan Sabha units of Khunti have covered 1 day together
      And the Vidhan Sabha units of Ranchi have covered 0 days together

    @earlier-tree @own
    Scenario: The organisation of an earlier day, with the names and the places of then
      Given it is 20 November 2023
      And state headquarters moves Torpa to Ranchi because "The boundary was redrawn."
      And state headquarters renames Torpa to "Torpa-Rania"
      Then on 19 November 2023 the unit JH-AC59 was called "Torpa" and reported to Khunti
      And on 20 November 2023 the unit JH-AC59 was called "Torpa-Rania" and reported to Ranchi
