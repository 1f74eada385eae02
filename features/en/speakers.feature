@s4
Feature: Speakers in rural areas (S4)
  The meeting asked to find the workers in rural areas who speak well and to develop them, so that they carry the message at panchayat and
  block level. How many speakers (two trained, one of them sent to a gathering), how many sessions (one) and the due date (30 November 2023)
  were set by the issuing office. Speakers are written here by a code, never by name.

  Background:
    Given sample blocks and panchayats are registered under the Vidhan Sabha units of Khunti
    And the meeting of 2023-10-19 is recorded

  @s4-levels
  Scenario: Every block and every panchayat owes speakers
    Then 6 speakers tasks are expected and 0 are done at the block level
    And 18 speakers tasks are expected and 0 are done at the panchayat level

  @s4-done
  Scenario: Two trained speakers, one of whom addressed a gathering, complete the task
    Given the convenor of Sample Block 1 of Torpa identifies the speakers SP-01, SP-02 on 2023-11-02
    And the convenor of Sample Block 1 of Torpa trains the speakers SP-01, SP-02 on 2023-11-10
    And the convenor of Sample Block 1 of Torpa sends the speaker SP-01 to a panchayat gathering on 2023-11-19
    When the convenor of Sample Block 1 of Torpa submits the speakers task on 2023-11-21
    And state headquarters verifies the speakers task of Sample Block 1 of Torpa on 2023-11-22
    Then the speakers task of Sample Block 1 of Torpa is verified
    And 6 speakers tasks are expected and 1 is done at the block level

  @s4-counted
  Scenario: The speakers of blocks and panchayats are added up to the Lok Sabha seat
    When the convenor of Sample Block 1 of Torpa identifies the speakers SP-01, SP-02 on 2023-11-02
    And the convenor of Sample Panchayat 1.1 of Torpa identifies the speakers SP-01 on 2023-11-02
    And the convenor of Sample Panchayat 1.1 of Torpa trains the speakers SP-01 on 2023-11-10
    Then 3 speakers are identified, 1 trained and 0 sent to gatherings in Khunti

  @s4-untrained
  Scenario: A speaker is not sent to a gathering before training
    Given the convenor of Sample Block 1 of Torpa identifies the speakers SP-01 on 2023-11-02
    When the convenor of Sample Block 1 of Torpa tries to send the speaker SP-01 to a block gathering on 2023-11-05
    Then that is refused because "train before deploying"
    And 1 speakers are identified, 0 trained and 0 sent to gatherings in Khunti

  @s4-gathering
  Scenario: Only gatherings of blocks and panchayats count
    Given the convenor of Sample Block 1 of Torpa identifies the speakers SP-01 on 2023-11-02
    And the convenor of Sample Block 1 of Torpa trains the speakers SP-01 on 2023-11-10
    When the convenor of Sample Block 1 of Torpa tries to send the speaker SP-01 to a Lok Sabha gathering on 2023-11-19
    Then that is refused because "a lok_sabha gathering is not asked for"

  @s4-stood-down
  Scenario: A speaker who was stood down counts no longer, and the record stays
    Given the convenor of Sample Block 1 of Torpa identifies the speakers SP-01, SP-02 on 2023-11-02
    And the convenor of Sample Block 1 of Torpa trains the speakers SP-01, SP-02 on 2023-11-10
    And the convenor of Sample Block 1 of Torpa sends the speaker SP-01 to a block gathering on 2023-11-19
    When the convenor of Sample Block 1 of Torpa stands the speaker SP-02 down on 2023-11-20
    Then 1 speakers are identified, 1 trained and 1 sent to gatherings in Khunti
    When the convenor of Sample Block 1 of Torpa tries to submit the speakers task on 2023-11-21
    Then that is refused because "are trained: 2 are asked for"

  @s4-waived
  Scenario: A waived task counts neither as done nor as overdue
    When state headquarters waives the speakers task of Sample Block 2 of Torpa on 2023-11-15 because "Flood."
    And it is 2023-12-01
    Then the speakers task of Sample Block 2 of Torpa is waived
    And 23 speakers tasks are overdue
