@s4
Feature: Speakers in rural areas (S4)
  The meeting asked to find the workers in rural areas who speak well and to develop them, so that they carry the
  message at panchayat and block level. How many speakers of each unit (two trained, one of them sent to a gathering),
  how many training sessions (one) and the due date (30 November 2023) were set by the issuing office, not by the
  meeting. A speaker is known here by a code alone, as SP-01.

  Background:
    Given sample blocks and panchayats are registered under the Vidhan Sabha units of Khunti
    And the meeting of 19 October 2023 is recorded

  Rule: Each block and each panchayat owes the speakers task.

    @s4-levels
    Scenario: Both levels, block and panchayat, get the task
      Then 6 speakers tasks are expected at the block level, none is done
      And 18 speakers tasks are expected at the panchayat level, none is done

  Rule: A speaker is first identified, then trained, and then sent to a gathering.

    @s4-unidentified
    Scenario: No training is recorded of a speaker who was not identified
      When the convenor of Sample Block 1 of Torpa tries to train the speaker SP-01 on 10 November 2023
      Then that is refused because "identify the speaker first"
      And the speakers of Khunti are: 0 identified, 0 trained, 0 sent to gatherings

    @s4-untrained
    Scenario: A speaker is not sent to a gathering before training
      Given the convenor of Sample Block 1 of Torpa identifies the speaker SP-01 on 2 November 2023
      When the convenor of Sample Block 1 of Torpa tries to send the speaker SP-01 to a block gathering on 5 November 2023
      Then that is refused because "train before deploying"
      And the speakers of Khunti are: 1 identified, 0 trained, 0 sent to gatherings

    @s4-gathering
    Scenario: Only gatherings of blocks and panchayats count
      Given the convenor of Sample Block 1 of Torpa identifies the speaker SP-01 on 2 November 2023
      And the convenor of Sample Block 1 of Torpa trains the speaker SP-01 on 10 November 2023
      When the convenor of Sample Block 1 of Torpa tries to send the speaker SP-01 to a Lok Sabha gathering on 19 November 2023
      Then that is refused because "a lok_sabha gathering is not asked for"

    @s4-told @wording
    Scenario: The history tells in a sentence how a speaker was trained
      Given the convenor of Sample Block 1 of Torpa identifies the speaker SP-01 on 2 November 2023
      When the convenor of Sample Block 1 of Torpa trains the speaker SP-01 on 10 November 2023
      Then the history of the speakers task of Sample Block 1 of Torpa tells the sentence "The convenor of Sample Block 1 of Torpa held session 1 with the speaker SP-01: अभ्यास"

  Rule: The task is done when the speakers asked for are trained and have spoken, and an office above verifies it.

    @s4-done
    Scenario: Two speakers were trained and one addressed a gathering
      Given the convenor of Sample Block 1 of Torpa identifies the speakers SP-01 and SP-02 on 2 November 2023
      And the convenor of Sample Block 1 of Torpa trains the speakers SP-01 and SP-02 on 10 November 2023
      And the convenor of Sample Block 1 of Torpa sends the speaker SP-01 to a panchayat gathering on 19 November 2023
      When the convenor of Sample Block 1 of Torpa submits the speakers task on 21 November 2023
      And state headquarters verifies the speakers task of Sample Block 1 of Torpa on 22 November 2023
      Then the speakers task of Sample Block 1 of Torpa is verified
      And 6 speakers tasks are expected at the block level, 1 is done

    @s4-stood-down
    Scenario: A speaker who was stood down counts no longer, and the record stays
      Given the convenor of Sample Block 1 of Torpa identifies the speakers SP-01 and SP-02 on 2 November 2023
      And the convenor of Sample Block 1 of Torpa trains the speakers SP-01 and SP-02 on 10 November 2023
      And the convenor of Sample Block 1 of Torpa sends the speaker SP-01 to a block gathering on 19 November 2023
      When the convenor of Sample Block 1 of Torpa stands the speaker SP-02 down on 20 November 2023
      Then the speakers of Khunti are: 1 identified, 1 trained, 1 sent to gatherings
      And the history of the speakers task of Sample Block 1 of Torpa says "SP-02"
      When the convenor of Sample Block 1 of Torpa tries to submit the speakers task on 21 November 2023
      Then that is refused because "is trained: 2 are asked for"

  Rule: The speakers of panchayats and blocks are added up to the Lok Sabha seat.

    @s4-counted
    Scenario: The speakers of a block and of a panchayat are counted together for the seat
      When the convenor of Sample Block 1 of Torpa identifies the speakers SP-01 and SP-02 on 2 November 2023
      And the convenor of Sample Panchayat 1.1 of Torpa identifies the speaker SP-01 on 2 November 2023
      And the convenor of Sample Panchayat 1.1 of Torpa trains the speaker SP-01 on 10 November 2023
      Then the speakers of Khunti are: 3 identified, 1 trained, 0 sent to gatherings

  Rule: A waived task counts neither as done nor as overdue.

    @s4-waived
    Scenario: A block is waived because of a flood
      When state headquarters waives the speakers task of Sample Block 2 of Torpa on 15 November 2023 because "Flood."
      And it is 1 December 2023
      Then the speakers task of Sample Block 2 of Torpa is waived
      And 23 speakers tasks are overdue
      And 6 speakers tasks are expected at the block level, none is done
