@s2
Feature: Social-media groups in every Lok Sabha seat, and each day's activity (S2)
  The meeting asked every Lok Sabha constituency to make social-media groups and to put the party's activity there
  every day. It named the platforms too (in S3): WhatsApp, Instagram, Facebook and Twitter, which is X now. Which days
  count (1 to 14 November 2023), how many of them (80 per cent, that is 12 of 14) and the due date (20 November 2023)
  were set by the issuing office, not by the meeting.

  Background:
    Given the meeting of 19 October 2023 is recorded

  Rule: Each seat has a group of its own on every platform asked for.

    @s2-platform-missing
    Scenario: Without a group on each platform the task is not done
      Given the convenor of Khunti makes groups on WhatsApp and Instagram on 31 October 2023
      And the convenor of Khunti posts the activity of each day from 1 November 2023 to 14 November 2023
      When the convenor of Khunti tries to submit the social-media groups task on 15 November 2023
      Then that is refused because "no group on facebook, x"

    @s2-not-asked
    Scenario: A group on a platform that was not asked for is not recorded
      When the convenor of Khunti tries to make a group on Telegram on 31 October 2023
      Then that is refused because "telegram is not asked for"
      And the social-media groups task of Khunti is assigned

    @s2-renamed
    Scenario: A group that is renamed stays the same group
      Given the convenor of Khunti makes a group on WhatsApp on 31 October 2023
      When the convenor of Khunti renames the group on WhatsApp to "Khunti news" on 5 November 2023
      Then 1 group of Khunti is in use
      And the history of the social-media groups task of Khunti says "Khunti news"

  Rule: Activity counts for the day on which it happened, and a day counts once.

    @s2-twice-a-day
    Scenario: Of several activities of a day all stay on record, and the day counts once
      Given the convenor of Khunti makes a group on WhatsApp on 31 October 2023
      When the convenor of Khunti posts two activities on 1 November 2023
      Then 2 activities of Khunti are on record
      And Khunti itself has covered 1 day

    @s2-outside
    Scenario: Activity outside the days asked for stays on record, and does not count
      Given the convenor of Khunti makes a group on WhatsApp on 31 October 2023
      When the convenor of Khunti posts the activity of 31 October 2023
      Then 1 activity of Khunti is on record
      And Khunti itself has covered 0 days

    @s2-future
    Scenario: Activity of a day to come is not recorded today
      Given the convenor of Khunti makes a group on WhatsApp on 31 October 2023
      And it is 5 November 2023
      And the convenor of Khunti posts the activity of 5 November 2023
      When the convenor of Khunti tries to post the activity of 6 November 2023
      Then that is refused because "is in the future"
      And 1 activity of Khunti is on record

    @s2-told @wording
    Scenario: The history tells in a sentence what was posted
      Given the convenor of Khunti makes a group on WhatsApp on 31 October 2023
      When the convenor of Khunti posts the activity of 1 November 2023
      Then the history of the social-media groups task of Khunti tells the sentence "The convenor of Khunti (Lok Sabha) posted the activity of 1 November 2023: गतिविधि"

  Rule: The days missed and the days without a break are both shown.

    @s2-gap
    Scenario: One day in between was missed
      Given the convenor of Khunti makes a group on WhatsApp on 31 October 2023
      And the convenor of Khunti posts the activity of each day from 1 November 2023 to 4 November 2023
      And the convenor of Khunti posts the activity of each day from 6 November 2023 to 8 November 2023
      When it is 9 November 2023
      Then the day that Khunti missed is 5 November 2023
      And the streak of Khunti is 3 days and the longest was 4
      And Khunti has covered 87.5 per cent of the 8 days so far

    @s2-streak-broken
    Scenario: Today is not missed before it is over; then the streak is broken
      Given the convenor of Khunti makes a group on WhatsApp on 31 October 2023
      And the convenor of Khunti posts the activity of each day from 1 November 2023 to 4 November 2023
      When it is 5 November 2023
      Then Khunti has missed no day
      And the streak of Khunti is 4 days and the longest was 4
      When it is 6 November 2023
      Then the day that Khunti missed is 5 November 2023
      And the streak of Khunti is 0 days and the longest was 4

  Rule: The task is done with a group on each platform, activity on the days asked for, and the word of an office above.

    @s2-done
    Scenario: Groups on all four platforms and activity on 12 of 14 days are enough
      Given the convenor of Khunti makes groups on WhatsApp, Instagram, Facebook and Twitter on 31 October 2023
      And the convenor of Khunti posts the activity of each day from 1 November 2023 to 12 November 2023
      When the convenor of Khunti submits the social-media groups task on 15 November 2023
      And state headquarters verifies the social-media groups task of Khunti on 16 November 2023
      Then the social-media groups task of Khunti is verified
      And 14 social-media groups tasks are expected at the Lok Sabha level, 1 is done

    @s2-too-few-days
    Scenario: Activity on 11 of 14 days is too little
      Given the convenor of Khunti makes groups on WhatsApp, Instagram, Facebook and Twitter on 31 October 2023
      And the convenor of Khunti posts the activity of each day from 1 November 2023 to 11 November 2023
      When the convenor of Khunti tries to submit the social-media groups task on 15 November 2023
      Then that is refused because "covers 11 of the 14 days"
