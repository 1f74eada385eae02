@org
Feature: An organisation that changes
  While directives run, units join, come to report to another unit, are renamed and retire. A unit takes its tasks
  along; what it owes, and the totals of the units above it, follow at once. All dates here were set by offices, not
  by the meeting.

  Background:
    Given the meeting of 19 October 2023 is recorded

  Rule: A unit that comes to report to another takes its work along.

    @org-move
    Scenario: Torpa goes from Khunti to Ranchi, and its work with it
      Given the convenor of Torpa makes a group on WhatsApp on 31 October 2023
      And the convenor of Torpa posts the activity of 1 November 2023
      Then 6 Vidhan Sabha units of Khunti owe the social-media groups
      When state headquarters moves Torpa to Ranchi because "The boundary was redrawn."
      Then 5 Vidhan Sabha units of Khunti owe the social-media groups
      And 7 Vidhan Sabha units of Ranchi owe the social-media groups
      And the Vidhan Sabha units of Ranchi have covered 1 day together
      And the Vidhan Sabha units of Khunti have covered 0 days together

    @org-wrong-level
    Scenario: No unit reports to one of its own level
      When state headquarters tries to move Torpa to Sisai because "The boundary was redrawn."
      Then that is refused because "give it a parent of a level above"

  Rule: A unit that joins later owes what its level owes, but in a completed level only when that is reopened.

    @org-joins-completed
    Scenario: A block that joined after the level was completed
      Given sample blocks and panchayats are registered under the Vidhan Sabha units of Khunti
      And state headquarters issues the membership report directive on 2 November 2023
      And state headquarters asks every block unit of Torpa on 3 November 2023 for a membership report by 20 December 2023
      And the membership report of every block unit of Torpa comes to be verified
      When the block "Sample Block 4 of Torpa" joins Torpa on 26 December 2023
      Then the membership report directive is completed
      And 3 units owe the membership report in all
      When state headquarters reopens the block level of Torpa in the membership report directive on 27 December 2023 because "One more block joined."
      Then the membership report directive is open
      And 4 units owe the membership report in all

  Rule: A unit that is renamed stays the same, with its tasks and its history.

    @org-rename
    Scenario: Torpa gets another name, and not another task
      Given the convenor of Torpa makes a group on WhatsApp on 31 October 2023
      When state headquarters renames Torpa to "Torpa-Rania"
      Then the history of the unit JH-AC59 says "Torpa-Rania"
      And the history of the social-media groups task of Torpa-Rania tells of the group on WhatsApp
      And 6 Vidhan Sabha units of Khunti owe the social-media groups

  Rule: A retired unit owes nothing, and its record stays.

    @org-retire
    Scenario: After the merger Torpa owes nothing
      Given the convenor of Torpa makes a group on WhatsApp on 31 October 2023
      When state headquarters retires Torpa because "It was merged."
      Then 5 Vidhan Sabha units of Khunti owe the social-media groups
      And the history of the unit JH-AC59 says "It was merged."
      And the history of the task social-groups/JH-AC59 tells of the group on WhatsApp

    @org-retire-last
    Scenario: When the last unit with an open task retires, the directive is completed
      Given the reports of all seats but Khunti are verified
      When state headquarters retires Khunti and all below it because "It was merged."
      Then the report directive is completed

    @org-retire-below
    Scenario: A unit that has units below it is not retired
      When state headquarters tries to retire Khunti because "It was merged."
      Then that is refused because "move or retire those first"

  Rule: Of a new list of units only the differences are recorded, and they are shown before.

    @org-list @own
    Scenario: In the list one unit has another name and place, and one is missing
      Given a list in which Torpa is renamed and reports to Ranchi, and Sisai is missing
      Then the list would record "renamed, moved"
      When the list is imported
      Then that has recorded "renamed, moved"
      When the list is imported
      Then that changes nothing
      When the list is imported as the whole organisation
      Then that has recorded "retired"
