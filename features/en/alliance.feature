@s5
Feature: An organisation strong enough for the alliance (S5)
  The meeting asked that the organisation on all 14 seats be strong enough for the alliance to gain from it too. How
  much work is enough (two steps of strengthening, the partner briefed once, one joint activity, and the partner's own
  confirmation) and the due date (15 December 2023) were set by the issuing office, not by the meeting.

  Background:
    Given the meeting of 19 October 2023 is recorded

  Rule: All 14 Lok Sabha seats owe the alliance support task.

    @s5-assigned
    Scenario: Each Lok Sabha seat gets one task
      Then 14 alliance support tasks are expected at the Lok Sabha level, none is done

  Rule: The task is done when the work asked for is on record, the partner itself confirms the gain and an office above verifies it.

    @s5-confirmed
    Scenario: All the work and the partner's confirmation are on record
      Given the convenor of Khunti records:
        | 5 November 2023  | a step                          |
        | 12 November 2023 | a step                          |
        | 20 November 2023 | the briefing of partner A       |
        | 28 November 2023 | a joint activity with partner A |
        | 2 December 2023  | the confirmation of partner A   |
      When the convenor of Khunti submits the alliance support task on 3 December 2023
      And state headquarters verifies the alliance support task of Khunti on 4 December 2023
      Then the alliance support task of Khunti is verified
      And 14 alliance support tasks are expected at the Lok Sabha level, 1 is done

    @s5-unconfirmed
    Scenario: Without the partner's confirmation the task is not done
      Given the convenor of Khunti records:
        | 5 November 2023  | a step                          |
        | 12 November 2023 | a step                          |
        | 20 November 2023 | the briefing of partner A       |
        | 28 November 2023 | a joint activity with partner A |
      When the convenor of Khunti tries to submit the alliance support task on 3 December 2023
      Then that is refused because "confirmations: 0 are on record"

    @s5-too-few-steps
    Scenario: The confirmation is not enough without the steps asked for
      Given the convenor of Khunti records:
        | 5 November 2023  | a step                          |
        | 20 November 2023 | the briefing of partner A       |
        | 28 November 2023 | a joint activity with partner A |
        | 2 December 2023  | the confirmation of partner A   |
      When the convenor of Khunti tries to submit the alliance support task on 3 December 2023
      Then that is refused because "steps: 1 is on record"

    @s5-not-briefed
    Scenario: The confirmation of a partner who was never briefed is not recorded
      Given the convenor of Khunti records the briefing of partner A on 20 November 2023
      When the convenor of Khunti tries to record the confirmation of partner B on 2 December 2023
      Then that is refused because "partner-b was never briefed"

    @s5-told @wording
    Scenario: The history tells in a sentence which partner was briefed
      When the convenor of Khunti records the briefing of partner A on 20 November 2023
      Then the history of the alliance support task of Khunti tells the sentence "The convenor of Khunti (Lok Sabha) briefed the partner partner-a: दो शब्द"

  Rule: The work of the seats is added up to the state.

    @s5-counted
    Scenario: The work of two seats is counted together for the state
      When the convenor of Khunti records:
        | 5 November 2023  | a step                        |
        | 20 November 2023 | the briefing of partner A     |
        | 2 December 2023  | the confirmation of partner A |
      And the convenor of Dumka records:
        | 6 November 2023  | a step                          |
        | 21 November 2023 | the briefing of partner B       |
        | 29 November 2023 | a joint activity with partner B |
      Then 2 steps, 2 briefings, 1 joint activity and 1 confirmation are on record in Jharkhand

  Rule: More work is added to a task that was returned, and it is submitted again.

    @s5-returned
    Scenario: One more joint activity is asked for and held
      Given the convenor of Khunti records:
        | 5 November 2023  | a step                          |
        | 12 November 2023 | a step                          |
        | 20 November 2023 | the briefing of partner A       |
        | 28 November 2023 | a joint activity with partner A |
        | 2 December 2023  | the confirmation of partner A   |
      And the convenor of Khunti submits the alliance support task on 3 December 2023
      When state headquarters returns the alliance support task of Khunti on 4 December 2023 because "One more joint activity is needed."
      Then the alliance support task of Khunti is returned
      When the convenor of Khunti records a joint activity with partner A on 8 December 2023
      And the convenor of Khunti submits the alliance support task on 9 December 2023
      And state headquarters verifies the alliance support task of Khunti on 10 December 2023
      Then the alliance support task of Khunti is verified

  Rule: Nothing is owed to a directive that was withdrawn, and the work done stays on record.

    @s5-withdrawn
    Scenario: The directive is withdrawn because the seats are still being shared out
      Given the convenor of Khunti records a step on 5 November 2023
      When state headquarters withdraws the alliance support directive on 10 November 2023 because "The seats are still being shared out."
      And it is 20 December 2023
      Then no alliance support task is overdue
      And the alliance support task of Khunti is withdrawn
      And the history of the alliance support task of Khunti tells of the step to strengthen the organisation
      When the convenor of Khunti tries to record a step on 19 December 2023
      Then that is refused because "was withdrawn"
