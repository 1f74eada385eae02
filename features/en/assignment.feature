@assign
Feature: Whom a directive is assigned to
  A directive is assigned to all units of a level, to a part of them, or to a few units by name. As an example state
  headquarters asks here for a membership report; it is no directive of the meeting, and state headquarters set its
  dates.

  Background:
    Given sample blocks and panchayats are registered under the Vidhan Sabha units of Khunti
    And the booth "Sample Booth 1 of Torpa" joins Sample Panchayat 1.1 of Torpa on 1 November 2023
    And state headquarters issues the membership report directive on 2 November 2023

  Rule: A directive may be assigned to any level from the state to the booth, and each unit of that level owes one task.

    @assign-levels
    Scenario: All six levels are asked for the same report
      When state headquarters asks every level of Jharkhand on 3 November 2023 for a membership report by 20 December 2023
      Then so many membership reports are owed at these levels:
        | state        | 1  |
        | Lok Sabha    | 14 |
        | Vidhan Sabha | 81 |
        | block        | 6  |
        | panchayat    | 18 |
        | booth        | 1  |

    @assign-booth
    Scenario: The panchayat above a booth verifies its report
      Given state headquarters asks every booth unit of Jharkhand on 3 November 2023 for a membership report by 20 December 2023
      When the convenor of Sample Booth 1 of Torpa hands a membership report in on 15 December 2023
      And the convenor of Sample Panchayat 1.1 of Torpa verifies the membership report of Sample Booth 1 of Torpa on 16 December 2023
      Then the membership report of Sample Booth 1 of Torpa is verified

    @assign-state
    Scenario: The state's own report is verified by another office of the state
      Given state headquarters asks every state unit of Jharkhand on 3 November 2023 for a membership report by 20 December 2023
      And state headquarters hands the membership report of Jharkhand in on 15 December 2023
      When state headquarters tries to verify the membership report of Jharkhand on 16 December 2023
      Then that is refused because "another must"
      When the state president verifies the membership report of Jharkhand on 16 December 2023
      Then the membership report of Jharkhand is verified

    @assign-same-person
    Scenario: Who submitted does not verify under another spelling of their code
      Given state headquarters asks every state unit of Jharkhand on 3 November 2023 for a membership report by 20 December 2023
      And "W17" of state headquarters hands the membership report of Jharkhand in on 15 December 2023
      When "w17" of state headquarters tries to verify the membership report of Jharkhand on 16 December 2023
      Then that is refused because "another must"
      When "Ｗ１７" of the state president tries to verify the membership report of Jharkhand on 16 December 2023
      Then that is refused because "another must"
      When "W18" of the state president verifies the membership report of Jharkhand on 16 December 2023
      Then the membership report of Jharkhand is verified

  Rule: A directive may also be assigned to the units of one area, or to a few units by name.

    @assign-scope
    Scenario: Only the Vidhan Sabha units of Khunti are asked for a report
      When state headquarters asks every Vidhan Sabha unit of Khunti on 3 November 2023 for a membership report by 20 December 2023
      Then 6 units owe the membership report in all

    @assign-by-name
    Scenario: Two seats are asked for a report by name
      When state headquarters asks Khunti and Dumka by name on 3 November 2023 for a membership report by 20 December 2023
      Then 2 units owe the membership report in all

    @assign-own-units
    Scenario: A seat may ask its own units for a report, and not another seat's
      When the convenor of Khunti tries to ask every Vidhan Sabha unit of Ranchi on 3 November 2023 for a membership report by 20 December 2023
      Then that is refused because "an office there or above must"
      When the convenor of Khunti asks every Vidhan Sabha unit of Khunti on 3 November 2023 for a membership report by 20 December 2023
      Then 6 units owe the membership report in all

  Rule: An order that runs into an earlier one, is due in the past or goes to an unknown unit is refused.

    @assign-overlap
    Scenario: No unit is asked for the same report by two orders
      Given state headquarters asks every Vidhan Sabha unit of Jharkhand on 3 November 2023 for a membership report by 20 December 2023
      When state headquarters tries to ask every Vidhan Sabha unit of Khunti on 4 November 2023 for a membership report by 10 December 2023
      Then that is refused because "overlaps with"
      And the membership report of Torpa is due on 20 December 2023

    @assign-past-due
    Scenario: The due date does not lie before the day of the order
      When state headquarters tries to ask every Vidhan Sabha unit of Jharkhand on 3 November 2023 for a membership report by 2 November 2023
      Then that is refused because "is before the day of the order"

    @assign-unknown-unit
    Scenario: Nothing is asked of a unit that is not in the organisation
      When state headquarters tries to ask Khunti and JH-PC99 by name on 3 November 2023 for a membership report by 20 December 2023
      Then that is refused because "JH-PC99 is unknown"
      And 0 units owe the membership report in all
