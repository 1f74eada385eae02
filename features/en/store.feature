@store
Feature: The health of a store
  Every event stays on record. The totals, states and lists drawn from them are kept ready; they can be made anew from
  the events and compared at any time.

  Background:
    Given the meeting of 19 October 2023 is recorded
    And the convenor of Khunti hands a report in on 5 November 2023
    And state headquarters verifies the report of Khunti on 6 November 2023

  Rule: Totals and lists can be made anew from the events, and prove to be the same.

    @store-rebuild @own
    Scenario: Everything made anew is as it was
      When totals and lists are made anew from the events
      Then all of them were as the events say
      And 1 report is on time and 0 are late

  Rule: A check tells what is wrong and what to look after.

    @store-wrong-total @own
    Scenario: A total that somebody changed by hand is found, and made right
      Given somebody changes the totals by hand
      When the store is checked
      Then the check finds "totals" wrong and says "recreate them with directives rebuild"
      When totals and lists are made anew from the events
      And the store is checked
      Then the check finds nothing wrong
      And 1 report is on time and 0 are late

    @store-look-after @own
    Scenario: It is also told from where nothing has come yet
      When the store is checked
      Then the check finds nothing wrong
      And the check says "no office has acted yet"
      And the check says "speakers is assigned to the block level of JH, which has no unit"
