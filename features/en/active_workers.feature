@s3
Feature: Active workers from the Lok Sabha down to the block (S3)
  The meeting said that from the Lok Sabha through the Vidhan Sabha to the block, workers stay active on WhatsApp, Instagram, Facebook and
  Twitter. The directive of S2 is therefore assigned to three levels, and each unit does its own work. The 15 days of grace for a unit that
  joins later were set by the issuing office.

  Background:
    Given sample blocks and panchayats are registered under the Vidhan Sabha units of Khunti
    And the meeting of 2023-10-19 is recorded

  @s3-levels
  Scenario: Every unit of the three levels owes a task
    Then 14 social-media groups tasks are expected and 0 are done at the Lok Sabha level
    And 81 social-media groups tasks are expected and 0 are done at the Vidhan Sabha level
    And 6 social-media groups tasks are expected and 0 are done at the block level

  @s3-own-work
  Scenario: The activity of a Vidhan Sabha unit counts at its own level, not as that of the seat above
    Given the convenor of Torpa makes groups on WhatsApp on 2023-10-31
    And the convenor of Tamar makes groups on WhatsApp on 2023-10-31
    When the convenor of Torpa posts the activity of each day from 2023-11-01 to 2023-11-03
    And the convenor of Tamar posts the activity of 2023-11-02
    Then the Vidhan Sabha units of Khunti have covered 4 days together
    And the Lok Sabha units of Khunti have covered 0 days together

  @s3-active-workers
  Scenario: Active workers are added up to the units above, and a new count takes the place of the old one
    Given the convenor of Torpa makes groups on WhatsApp on 2023-10-31
    And the convenor of Tamar makes groups on WhatsApp on 2023-10-31
    When the convenor of Torpa counts 40 active workers on WhatsApp on 2023-11-01
    And the convenor of Tamar counts 25 active workers on WhatsApp on 2023-11-01
    Then the Vidhan Sabha units of Khunti have 65 active workers together
    When the convenor of Torpa counts ५० active workers on WhatsApp on 2023-11-08
    Then the Vidhan Sabha units of Khunti have 75 active workers together

  @s3-retired
  Scenario: When a group is retired, its platform needs a new one
    Given the convenor of Torpa makes groups on WhatsApp, Instagram, Facebook, X on 2023-10-31
    And the convenor of Torpa posts the activity of each day from 2023-11-01 to 2023-11-14
    When the convenor of Torpa retires the group on X on 2023-11-15
    And the convenor of Torpa tries to submit the social-media groups task on 2023-11-16
    Then that is refused because "no group on x"

  @s3-from-below
  Scenario: A unit below does not verify the task of the unit above
    Given the convenor of Torpa makes groups on WhatsApp, Instagram, Facebook, X on 2023-10-31
    And the convenor of Torpa posts the activity of each day from 2023-11-01 to 2023-11-14
    And the convenor of Torpa submits the social-media groups task on 2023-11-15
    When the convenor of Sample Block 1 of Torpa tries to verify the social-media groups task of Torpa on 2023-11-16
    Then that is refused because "an office above must"
    And the social-media groups task of Torpa is submitted

  @s3-joins
  Scenario: A block that joins later owes the task too, with the days of grace
    When a new block joins Torpa on 2023-11-18
    Then 7 social-media groups tasks are expected and 0 are done at the block level
    And the social-media groups task of the new block is due on 2023-12-03
