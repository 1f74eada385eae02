@person
Feature: The personal data of speakers
  The name and the telephone number of a speaker are sealed from the first event on: each person has a key of their own, which
  is kept apart from the events. Who asks to be erased has their key destroyed. What was recorded stays, and nobody can
  read it any more.

  Background:
    Given sample blocks and panchayats are registered under the Vidhan Sabha units of Khunti
    And the meeting of 19 October 2023 is recorded

  Rule: Name and number are read with the key alone.

    @person-sealed @own
    Scenario: No file of the store holds a name or a number in the clear
      When the convenor of Sample Block 1 of Torpa identifies the speaker SP-01 as "Sample Speaker One", number 00000 00001, on 2 November 2023
      Then the speaker SP-01 of Sample Block 1 of Torpa is "Sample Speaker One", number 0000000001
      And the files of the store hold neither "Sample Speaker One" nor "0000000001"

    @person-lost-key @own
    Scenario: Where the key is lost the name cannot be read, and the check says so
      Given the convenor of Sample Block 1 of Torpa identifies the speaker SP-01 as "Sample Speaker One", number 00000 00001, on 2 November 2023
      When the file of the keys is lost
      Then the name of the speaker SP-01 of Sample Block 1 of Torpa cannot be read
      When the store is checked
      Then the check says "the keys of 1 person are not here"

  Rule: An office above can erase personal data for good.

    @person-erased
    Scenario: A speaker asks to be erased; the record of the work stays
      Given the convenor of Sample Block 1 of Torpa identifies the speaker SP-01 as "Sample Speaker One", number 00000 00001, on 2 November 2023
      When state headquarters erases the data of the speaker SP-01 of Sample Block 1 of Torpa on 5 November 2023 because "They asked for it."
      Then the data of the speaker SP-01 of Sample Block 1 of Torpa are erased
      And the speakers of Khunti are: 1 identified, 0 trained, 0 sent to gatherings

    @person-not-theirs
    Scenario: An office of another unit erases nothing
      Given the convenor of Sample Block 1 of Torpa identifies the speaker SP-01 as "Sample Speaker One", number 00000 00001, on 2 November 2023
      When the convenor of Dumka tries to erase the data of the speaker SP-01 of Sample Block 1 of Torpa on 5 November 2023 because "No."
      Then that is refused because "an office there or above must"
      And the speaker SP-01 of Sample Block 1 of Torpa is "Sample Speaker One", number 0000000001
