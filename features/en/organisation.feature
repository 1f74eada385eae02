@org
Feature: An organisation that changes, and what becomes of tasks and totals
  Units join, move, are renamed and retire while directives run. A unit takes its tasks along; what it owes, and the totals of all above it, follow
  at once.

  Background:
    Given the meeting of 2023-10-19 is recorded

  @org-move
  Scenario: A unit that moves takes its work along to the totals above it
    Given the convenor of Torpa makes groups on WhatsApp on 2023-10-31
    And the convenor of Torpa posts the activity of 2023-11-01
    Then 6 Vidhan Sabha units of Khunti owe the social-media groups
    When state headquarters moves Torpa to Ranchi because "The boundary was redrawn."
    Then 5 Vidhan Sabha units of Khunti owe the social-media groups
    And 7 Vidhan Sabha units of Ranchi owe the social-media groups
    And the Vidhan Sabha units of Ranchi have covered 1 day together
    And the Vidhan Sabha units of Khunti have covered 0 days together

  @org-retire
  Scenario: A retired unit owes nothing, and its record stays
    Given the convenor of Torpa makes groups on WhatsApp on 2023-10-31
    When state headquarters retires Torpa because "It was merged."
    Then 5 Vidhan Sabha units of Khunti owe the social-media groups
    And the history of the unit JH-AC59 says "It was merged."
    And the history of the task social-groups/JH-AC59 says "WhatsApp"

  @org-retire-last
  Scenario: When the last unit with an open task retires, the level is completed
    Given the reports of all seats but Khunti are verified
    When state headquarters retires Khunti and all below it because "It was merged."
    Then the directive is completed

  @org-retire-below
  Scenario: A unit that has units below it is not retired
    When state headquarters tries to retire Khunti because "It was merged."
    Then that is refused because "move or retire those first"

  @org-list
  Scenario: Of a changed list only the differences are recorded, and shown first
    Given a list in which Torpa is renamed and reports to Ranchi, and Sisai is missing
    Then the list would record "Renamed, Moved"
    When the list is imported
    Then that has recorded "Renamed, Moved"
    When the list is imported
    Then that changes nothing
    When the list is imported as the whole organisation
    Then that has recorded "Retired"

  @org-wrong-level
  Scenario: No unit reports to one of its own level
    When state headquarters tries to move Torpa to Sisai because "No."
    Then that is refused because "give it a parent of a level above"
