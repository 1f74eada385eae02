@action
Feature: An action that is asked for a number of times
  Some directives ask for a plain thing: hold a block meeting, send a photo. The issuing office says what it is, how many
  times it is asked for, and whether a file shows it each time. As an example state headquarters asks here for block
  meetings; it is no directive of the meeting, and state headquarters set its dates.

  Rule: The task is done when the action is on record as often as asked for, and an office above verifies it.

    @action-done
    Scenario: Both block meetings are held and verified
      Given state headquarters asks the seats on 2 November 2023 for 2 block meetings by 30 November 2023
      When the convenor of Khunti reports a block meeting on 10 November 2023
      And the convenor of Khunti reports a block meeting on 17 November 2023 with the photo "second.jpg"
      And the convenor of Khunti submits the block meeting task on 18 November 2023
      And state headquarters verifies the block meeting task of Khunti on 19 November 2023
      Then the block meeting task of Khunti is verified
      And 14 block meeting tasks are expected at the Lok Sabha level, 1 is done

    @action-too-few
    Scenario: One block meeting is not two
      Given state headquarters asks the seats on 2 November 2023 for 2 block meetings by 30 November 2023
      When the convenor of Khunti reports a block meeting on 10 November 2023
      And the convenor of Khunti tries to submit the block meeting task on 18 November 2023
      Then that is refused because "1 of 2 is on record"

    @action-counted
    Scenario: The block meetings of two seats are counted together
      Given state headquarters asks the seats on 2 November 2023 for 2 block meetings by 30 November 2023
      When the convenor of Khunti reports a block meeting on 10 November 2023
      And the convenor of Khunti reports a block meeting on 17 November 2023
      And the convenor of Dumka reports a block meeting on 11 November 2023
      Then 3 block meetings are on record in Jharkhand

  Rule: Where a file is asked for, each action has one of its own; where none is asked for, none is taken.

    @action-photo
    Scenario: Each block meeting has a photo
      Given state headquarters asks the seats on 2 November 2023 for 1 block meeting with a photo each by 30 November 2023
      When the convenor of Khunti reports a block meeting on 10 November 2023 with the photo "first.jpg"
      And the convenor of Khunti submits the block meeting task on 11 November 2023
      And state headquarters verifies the block meeting task of Khunti on 12 November 2023
      Then the block meeting task of Khunti is verified

    @action-photo-missing
    Scenario: A block meeting without a photo is not recorded where one is asked for
      Given state headquarters asks the seats on 2 November 2023 for 1 block meeting with a photo each by 30 November 2023
      When the convenor of Khunti tries to report a block meeting on 10 November 2023
      Then that is refused because "submit a file with each action"

    @action-photo-not-asked
    Scenario: A photo is not taken where none is asked for
      Given state headquarters asks the seats on 2 November 2023 for 1 block meeting without photos by 30 November 2023
      When the convenor of Khunti tries to report a block meeting on 10 November 2023 with the photo "first.jpg"
      Then that is refused because "no file is asked for"

    @action-photo-twice
    Scenario: One photo does not show two block meetings
      Given state headquarters asks the seats on 2 November 2023 for 2 block meetings with a photo each by 30 November 2023
      And the convenor of Khunti reports a block meeting on 10 November 2023 with the photo "first.jpg"
      When the convenor of Khunti tries to report a block meeting on 17 November 2023 with the photo "first.jpg"
      Then that is refused because "submit another file"
