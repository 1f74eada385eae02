@lists
Feature: The questions that people ask
  A convenor asks what the seat has still to do; headquarters asks how the seats stand. Each figure is that of the events.

  Background:
    Given the meeting of 19 October 2023 is recorded

  Rule: A unit is told what it has still to do, by due day, with what is lacking; what it submitted waits for others.

    @questions-todo @own
    Scenario: What a Lok Sabha seat has to do
      When it is 10 November 2023
      Then Khunti has to do "written-report, social-groups, alliance-support", the first within 5 days
      And of its report 1 of 1 is lacking, and the command to use is "report submit"

    @questions-submitted @own
    Scenario: What was handed in is not to do, and what was returned is
      Given the convenor of Khunti hands a report in on 5 November 2023
      When it is 10 November 2023
      Then Khunti has to do "social-groups, alliance-support", the first within 10 days
      When state headquarters returns the report of Khunti on 10 November 2023 because "The figures are missing."
      Then Khunti has to do "written-report, social-groups, alliance-support", the first within 5 days
      And the record of its report tells "The figures are missing." and the command "report submit"

    @questions-reassigned @own
    Scenario: A reassigned task is to do for the unit that does it
      Given state headquarters reassigns the report of Khunti to Dumka on 1 November 2023 because "Nobody is in office."
      When it is 10 November 2023
      Then Khunti has to do "social-groups, alliance-support", the first within 10 days
      And Dumka has to do "written-report, written-report, social-groups, alliance-support", the first within 5 days

  Rule: Headquarters sees each seat in a word and a day, those in trouble first.

    @questions-board @own
    Scenario: The fourteen seats after the due day
      Given the convenor of Khunti hands a report in on 5 November 2023
      When it is 16 November 2023
      Then on the board 13 of the 14 reports are overdue by 1 days, and that of Khunti waits
      And the last seat on the board is Khunti
