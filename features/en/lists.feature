@lists
Feature: Long lists, page by page
  A state has 29,500 booths, the nation a million. Whoever looks after them reads what is overdue, and what happened, a
  page at a time, in the order of the organisation or of the record.

  Background:
    Given the meeting of 19 October 2023 is recorded

  Rule: The last line of a page says where the next one begins; nothing is left out, nothing comes twice.

    @lists-overdue
    Scenario: Fourteen overdue reports on pages of five
      When it is 16 November 2023
      Then the overdue reports come on pages of 5, 5 and 4
      And each of the 14 Lok Sabha seats is on one of them

    @lists-history @own
    Scenario: What happened in a Lok Sabha seat and all below it
      When the convenor of Khunti hands a report in on 5 November 2023
      Then what happened in Khunti and below it begins with its registration and ends with that report

    @lists-log @own
    Scenario: What an office recorded, read backwards page by page
      When the convenor of Khunti hands a report in on 5 November 2023
      Then the log of the convenor of Khunti has that report alone
      And all pages of the log, read backwards, have each entry once

    @lists-history-unit @own
    Scenario: The history of a Lok Sabha seat tells its tasks too
      When the convenor of Khunti hands a report in on 5 November 2023
      Then the history of the seat Khunti has its registration and the acts on its report

    @lists-record @own
    Scenario: The groups of a Lok Sabha seat, one of them retired
      Given the convenor of Khunti makes groups on WhatsApp and Instagram on 31 October 2023
      When the convenor of Khunti retires the group on Instagram on 5 November 2023
      Then the list of the groups of Khunti has 2 groups, and that on Instagram is retired

    @lists-wrong @own
    Scenario: A page after what is no task is refused
      When it is 16 November 2023
      And the page after "written-report/NOWHERE" is asked for
      Then that is refused because "NOWHERE is unknown"
