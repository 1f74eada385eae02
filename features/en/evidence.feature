@evidence
Feature: Files that are handed in as evidence
  The file that is handed in with a report is its evidence. It is kept beside the store, once, and known by its content, not
  by its name. How large a file may be was set by the issuing office, not by the meeting.

  Background:
    Given the meeting of 19 October 2023 is recorded

  Rule: What is handed in is kept once, and comes back as it was.

    @evidence-kept
    Scenario: A file comes back as it was handed in
      When the convenor of Khunti hands the file "report.pdf" in on 5 November 2023, which says "What was done"
      Then 1 file is kept
      And the file of Khunti is whole and says "What was done"

    @evidence-once
    Scenario: The same content under two names is kept once
      When the convenor of Khunti hands the file "report.pdf" in on 5 November 2023, which says "What was done"
      And the convenor of Dumka hands the file "copy.txt" in on 6 November 2023, which says "What was done"
      Then 1 file is kept

    @evidence-content
    Scenario: What kind of file it is, its content says, not the ending of its name
      When the convenor of Khunti hands the file "report.pdf" in on 5 November 2023, which says "What was done"
      Then the file of Khunti is of the type "text/plain"

  Rule: One document from two units is not refused: both are told of it, and so is the office that verifies.

    @evidence-same-document @own
    Scenario: Two seats hand the same document in
      When the convenor of Khunti hands the file "report.pdf" in on 5 November 2023, which says "What was done"
      And the convenor of Dumka hands the file "copy.txt" in on 6 November 2023, which says "What was done"
      And the convenor of Palamau hands the file "report.txt" in on 6 November 2023, which says "Our own work"
      Then the report of Khunti is shown with the same document as the report of Dumka
      And the report of Dumka is shown with the same document as the report of Khunti
      And the list of what waits tells of the same document for Khunti and Dumka alone
      When state headquarters verifies the report of Dumka on 10 November 2023
      Then the report of Dumka is verified
      And the history of the report of Dumka tells of the same document as in the report of Khunti
      When the store is checked
      Then the check says "1 document was submitted by more than one unit"

  Rule: Of a file that is refused nothing is kept.

    @evidence-too-large
    Scenario: A file larger than the office allows is refused
      Given state headquarters set on 20 October 2023 that a file has at most 100 bytes
      When the convenor of Khunti tries to hand in a file of 101 bytes on 5 November 2023
      Then that is refused because "takes a file of 100 at most"
      And 0 files are kept
      When the convenor of Khunti hands in a file of 100 bytes on 5 November 2023
      Then 1 file is kept

    @evidence-empty
    Scenario: An empty file is refused
      When the convenor of Khunti tries to hand in a file of 0 bytes on 5 November 2023
      Then that is refused because "is empty"
      And 0 files are kept

    @evidence-not-theirs
    Scenario: A file handed in for another seat is not kept
      When the convenor of Dumka tries to hand the report of Khunti in on 5 November 2023
      Then that is refused because "an office of that unit must"
      And 0 files are kept

  Rule: A file that is altered or removed later does not stay hidden.

    @evidence-altered @own
    Scenario: Somebody alters the file
      Given the convenor of Khunti hands the file "report.pdf" in on 5 November 2023, which says "What was done"
      When somebody alters the file that is kept by hand
      Then the history of the report of Khunti tells that the file is altered
      And the file of Khunti cannot be read because "was altered"
      When the store is checked
      Then the check finds "evidence" wrong and says "restore them with directives evidence add FILE, from the submitted files"

    @evidence-removed @own
    Scenario: Somebody removes the file, and the same file is kept again
      Given the convenor of Khunti hands the file "report.pdf" in on 5 November 2023, which says "What was done"
      When somebody removes the file that is kept
      Then the history of the report of Khunti tells that the file is missing
      And the file of Khunti cannot be read because "is not stored here"
      When the same file "report.pdf" is kept again
      Then the file of Khunti is whole and says "What was done"
