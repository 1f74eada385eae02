@s3
Feature: Active workers from the Lok Sabha down to the block (S3)
  The meeting said that from the Lok Sabha through the Vidhan Sabha to the block, workers stay active on WhatsApp,
  Instagram, Facebook and Twitter. The directive of S2 is therefore assigned to these three levels, and each unit does
  its own task. A unit that joins later has at least 15 days; the issuing office set this grace, not the meeting.

  Background:
    Given sample blocks and panchayats are registered under the Vidhan Sabha units of Khunti
    And the meeting of 19 October 2023 is recorded

  Rule: Each unit of the three levels, Lok Sabha, Vidhan Sabha and block, owes this task.

    @s3-levels
    Scenario: Every unit of the three levels gets a task of its own
      Then 14 social-media groups tasks are expected at the Lok Sabha level, none is done
      And 81 social-media groups tasks are expected at the Vidhan Sabha level, none is done
      And 6 social-media groups tasks are expected at the block level, none is done

    @s3-joins
    Scenario: A block that joins later gets the task too, and the days of grace
      When the block "Sample Block 4 of Torpa" joins Torpa on 18 November 2023
      Then 7 social-media groups tasks are expected at the block level, none is done
      And the social-media groups task of Sample Block 4 of Torpa is due on 3 December 2023

  Rule: The work of a unit counts at its own level, and is added up to the units above.

    @s3-own-work
    Scenario: The activity of a Vidhan Sabha unit is not that of the seat itself
      Given the convenor of Torpa makes a group on WhatsApp on 31 October 2023
      And the convenor of Tamar makes a group on WhatsApp on 31 October 2023
      When the convenor of Torpa posts the activity of each day from 1 November 2023 to 3 November 2023
      And the convenor of Tamar posts the activity of 2 November 2023
      Then the Vidhan Sabha units of Khunti have covered 4 days together
      And Khunti itself has covered 0 days

    @s3-active-workers
    Scenario: Active workers are added up to the units above, and a new count takes the place of the old one
      Given the convenor of Torpa makes a group on WhatsApp on 31 October 2023
      And the convenor of Tamar makes a group on WhatsApp on 31 October 2023
      When the convenor of Torpa counts 40 active workers on WhatsApp on 1 November 2023
      And the convenor of Tamar counts 25 active workers on WhatsApp on 1 November 2023
      Then the Vidhan Sabha units of Khunti have 65 active workers together
      When the convenor of Torpa counts 50 active workers on WhatsApp on 8 November 2023
      Then the Vidhan Sabha units of Khunti have 75 active workers together

  Rule: Workers stay active on all four platforms.

    @s3-retired
    Scenario: When a group is retired, its platform needs a new one
      Given the convenor of Torpa makes groups on WhatsApp, Instagram, Facebook and Twitter on 31 October 2023
      And the convenor of Torpa posts the activity of each day from 1 November 2023 to 14 November 2023
      When the convenor of Torpa retires the group on Twitter on 15 November 2023
      And the convenor of Torpa tries to submit the social-media groups task on 16 November 2023
      Then that is refused because "no group on x"
      When the convenor of Torpa makes a group on Twitter on 17 November 2023
      And the convenor of Torpa submits the social-media groups task on 18 November 2023
      Then the social-media groups task of Torpa is submitted

    @s3-told @wording
    Scenario: The history tells in a sentence on which platform a group was made
      When the convenor of Torpa makes a group on Twitter on 31 October 2023
      Then the history of the social-media groups task of Torpa tells the sentence "The convenor of Torpa created the group x-1 on X (Twitter), “Torpa”"

  Rule: An office above verifies the task of a unit, not one below or beside.

    @s3-from-below
    Scenario: A block does not verify the task of its Vidhan Sabha unit
      Given the convenor of Torpa makes groups on WhatsApp, Instagram, Facebook and Twitter on 31 October 2023
      And the convenor of Torpa posts the activity of each day from 1 November 2023 to 14 November 2023
      And the convenor of Torpa submits the social-media groups task on 15 November 2023
      When the convenor of Sample Block 1 of Torpa tries to verify the social-media groups task of Torpa on 16 November 2023
      Then that is refused because "an office above must"
      And the social-media groups task of Torpa is submitted

    @s3-from-above
    Scenario: The seat above verifies the task of a Vidhan Sabha unit, not the unit beside
      Given the convenor of Torpa makes groups on WhatsApp, Instagram, Facebook and Twitter on 31 October 2023
      And the convenor of Torpa posts the activity of each day from 1 November 2023 to 14 November 2023
      And the convenor of Torpa submits the social-media groups task on 15 November 2023
      When the convenor of Tamar tries to verify the social-media groups task of Torpa on 16 November 2023
      Then that is refused because "an office above must"
      When the convenor of Khunti verifies the social-media groups task of Torpa on 16 November 2023
      Then 81 social-media groups tasks are expected at the Vidhan Sabha level, 1 is done
