@s5
Feature: An organisation strong enough for the alliance (S5)
  The meeting asked that the organisation on all 14 seats be strong enough for the alliance to gain from it too. What is accepted (two steps
  of strengthening, the partner briefed once, a joint activity, and the partner's own confirmation) and the due date (15 December 2023)
  were set by the issuing office.

  Background:
    Given the meeting of 2023-10-19 is recorded

  @s5-assigned
  Scenario: All 14 Lok Sabha seats owe the task
    Then 14 alliance support tasks are expected and 0 are done at the Lok Sabha level

  @s5-confirmed
  Scenario: With the partner's own confirmation the task is done
    Given the convenor of Khunti records a step on 2023-11-05
    And the convenor of Khunti records a step on 2023-11-12
    And the convenor of Khunti records the briefing of partner-a on 2023-11-20
    And the convenor of Khunti records a joint activity with partner-a on 2023-11-28
    And the convenor of Khunti records the confirmation of partner-a on 2023-12-02
    When the convenor of Khunti submits the alliance support task on 2023-12-03
    And state headquarters verifies the alliance support task of Khunti on 2023-12-04
    Then the alliance support task of Khunti is verified

  @s5-unconfirmed
  Scenario: Without the partner's confirmation the task is not done
    Given the convenor of Khunti records a step on 2023-11-05
    And the convenor of Khunti records a step on 2023-11-12
    And the convenor of Khunti records the briefing of partner-a on 2023-11-20
    And the convenor of Khunti records a joint activity with partner-a on 2023-11-28
    When the convenor of Khunti tries to submit the alliance support task on 2023-12-03
    Then that is refused because "confirmations: 0 are on record"

  @s5-not-briefed
  Scenario: The confirmation of a partner who was never briefed is not recorded
    Given the convenor of Khunti records the briefing of partner-a on 2023-11-20
    When the convenor of Khunti tries to record the confirmation of partner-b on 2023-12-02
    Then that is refused because "partner-b was never briefed"

  @s5-returned
  Scenario: More work is added to a task that was returned, and it is submitted again
    Given the convenor of Khunti records a step on 2023-11-05
    And the convenor of Khunti records a step on 2023-11-12
    And the convenor of Khunti records the briefing of partner-a on 2023-11-20
    And the convenor of Khunti records a joint activity with partner-a on 2023-11-28
    And the convenor of Khunti records the confirmation of partner-a on 2023-12-02
    And the convenor of Khunti submits the alliance support task on 2023-12-03
    When state headquarters returns the alliance support task of Khunti on 2023-12-04 because "One more joint activity is needed."
    Then the alliance support task of Khunti is returned
    When the convenor of Khunti records a joint activity with partner-a on 2023-12-08
    And the convenor of Khunti submits the alliance support task on 2023-12-09
    And state headquarters verifies the alliance support task of Khunti on 2023-12-10
    Then the alliance support task of Khunti is verified

  @s5-withdrawn
  Scenario: Nothing is owed to a directive that was withdrawn, and its record stays
    Given the convenor of Khunti records a step on 2023-11-05
    When state headquarters withdraws the alliance support directive on 2023-11-10 because "The seats are still being shared out."
    And it is 2023-12-20
    Then 0 alliance support tasks are overdue
    And the alliance support task of Khunti is withdrawn
    When the convenor of Khunti tries to record a step on 2023-12-19
    Then that is refused because "was withdrawn"
