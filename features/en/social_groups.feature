@s2
Feature: Social-media groups in every Lok Sabha seat, and each day's activity (S2)
  The meeting asked every Lok Sabha constituency to make social-media groups and to put the party's activity there every day. From when to
  when (1 to 14 November 2023), on how many days (80 per cent) and the due date (20 November 2023) were set by the issuing office.

  Background:
    Given the meeting of 2023-10-19 is recorded

  @s2-done
  Scenario: A group on every platform and activity on 12 of 14 days are accepted as done
    Given the convenor of Khunti makes groups on WhatsApp, Instagram, Facebook, X on 2023-10-31
    And the convenor of Khunti posts the activity of each day from 2023-11-01 to 2023-11-12
    When the convenor of Khunti submits the social-media groups task on 2023-11-15
    And state headquarters verifies the social-media groups task of Khunti on 2023-11-16
    Then the social-media groups task of Khunti is verified
    And 14 social-media groups tasks are expected and 1 is done at the Lok Sabha level

  @s2-platform-missing
  Scenario: Without a group on each platform the task is not done
    Given the convenor of Khunti makes groups on WhatsApp, Instagram on 2023-10-31
    And the convenor of Khunti posts the activity of each day from 2023-11-01 to 2023-11-14
    When the convenor of Khunti tries to submit the social-media groups task on 2023-11-15
    Then that is refused because "no group on facebook, x"
    And the social-media groups task of Khunti is acknowledged

  @s2-too-few-days
  Scenario: Activity on 11 of 14 days is too little
    Given the convenor of Khunti makes groups on WhatsApp, Instagram, Facebook, X on 2023-10-31
    And the convenor of Khunti posts the activity of each day from 2023-11-01 to 2023-11-11
    When the convenor of Khunti tries to submit the social-media groups task on 2023-11-15
    Then that is refused because "covers 11 of the 14 days"

  @s2-twice-a-day
  Scenario: Of several activities of a day all stay on record, and the day counts once
    Given the convenor of Khunti makes groups on WhatsApp on 2023-10-31
    When the convenor of Khunti posts two activities on 2023-11-01
    Then 2 activities of Khunti are on record
    And the Lok Sabha units of Khunti have covered 1 day together

  @s2-gap
  Scenario: The days missed and the days without a break are both shown
    Given the convenor of Khunti makes groups on WhatsApp on 2023-10-31
    And the convenor of Khunti posts the activity of each day from 2023-11-01 to 2023-11-04
    And the convenor of Khunti posts the activity of each day from 2023-11-06 to 2023-11-08
    When it is 2023-11-09
    Then the day that Khunti missed is 2023-11-05
    And the streak of Khunti is 3 days and the longest was 4

  @s2-not-asked
  Scenario: A group on a platform that was not asked for is not recorded
    When the convenor of Khunti tries to make a group on Telegram on 2023-10-31
    Then that is refused because "telegram is not asked for"
    And the social-media groups task of Khunti is assigned

  @s2-future
  Scenario: Activity of a day to come is not recorded today
    Given the convenor of Khunti makes groups on WhatsApp on 2023-10-31
    And it is 2023-11-05
    And the convenor of Khunti posts the activity of 2023-11-05
    When the convenor of Khunti tries to post the activity of 2023-11-06
    Then that is refused because "lies in the future"
    And 1 activity of Khunti is on record
