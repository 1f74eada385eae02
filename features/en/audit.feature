@audit
Feature: Proof that the record was not altered
  State headquarters signs the record every night and gives the checkpoint away. Whoever did the work holds a receipt.
  An outsider who was not there can verify both.

  Background:
    Given the meeting of 19 October 2023 is recorded
    And state headquarters starts the audit log
    And the convenor of Khunti hands the file "report.pdf" in on 5 November 2023, which says "What was done"

  Rule: Whoever did the work holds a receipt that anyone verifies without the record.

    @audit-receipt @own
    Scenario: The receipt of a report
      When state headquarters signs the record as "monday"
      Then the receipt for the report of Khunti holds for the file "report.pdf"
      And the receipt for the report of Khunti does not hold for another file

    @audit-no-receipt @own
    Scenario: What was not signed yet has no receipt
      When the convenor of Khunti tries to get the receipt for the report
      Then that is refused because "is under no checkpoint yet"

  Rule: Whoever holds an earlier checkpoint finds what was rewritten, even by someone who has the key.

    @audit-honest @own
    Scenario: A record that only grew
      Given state headquarters signs the record as "monday"
      And state headquarters verifies the report of Khunti on 6 November 2023
      When state headquarters signs the record as "tuesday"
      Then the record continues the checkpoint "monday"

    @audit-rewritten @own
    Scenario: A record that was rewritten and signed again
      Given state headquarters signs the record as "monday"
      When someone who has the key rewrites the report of Khunti and signs again
      Then the record agrees with itself
      And the record does not continue the checkpoint "monday"

    @audit-backup @own
    Scenario: A backup that is restored cannot be signed as if nothing had happened
      Given state headquarters signs the record as "monday"
      And a backup is made
      And state headquarters verifies the report of Khunti on 6 November 2023
      And state headquarters signs the record as "tuesday"
      When the backup is restored
      And state headquarters tries to sign the record
      Then that is refused because "bring back a newer copy"
