@store
Feature: The health of a store
  What is kept ready (totals, states, lists) can be made anew from the events at any time, and proves to be the same.

  Background:
    Given the meeting of 2023-10-19 is recorded
    And the convenor of Khunti hands a report in on 2023-11-05
    And state headquarters verifies the report of Khunti on 2023-11-06

  @store-rebuild
  Scenario: Everything made anew is as it was
    When what is kept ready is made anew
    Then all of it was as the events say
    And 1 report is on time and 0 are late

  @store-wrong-total
  Scenario: A total that somebody changed by hand is found, and made right
    Given somebody changes the totals by hand
    When the store is checked
    Then the check finds "totals" wrong and says "directives rebuild makes them anew"
    When what is kept ready is made anew
    And the store is checked
    Then the check finds nothing wrong
    And 1 report is on time and 0 are late

  @store-look-after
  Scenario: A check names what an office should look after
    When the store is checked
    Then the check finds nothing wrong
    And the check says "no office has acted yet"
    And the check says "speakers is assigned to the block level of JH, which has no unit"
