@bulk
Feature: Many commands at once from a file
  Each line of the file has one command, as the acknowledgement of a seat. All of a file is recorded, or none of it;
  if so wished, refused lines are left out.

  Background:
    Given the meeting of 19 October 2023 is recorded
    And a file in which the convenor of each seat acknowledges the report

  Rule: A file takes effect once.

    @bulk-once @own
    Scenario: The same file given again changes nothing
      When the file is imported
      Then 14 of its lines were carried out
      And the report of Khunti is acknowledged
      When the file is imported
      Then 0 of its lines were carried out

    @bulk-spelt @own
    Scenario: One command in five spellings is carried out once
      Given a file in which one step of Khunti is written in five spellings
      When the file is imported
      Then 1 of its lines was carried out
      And 4 of its lines were carried out before
      And 1 step to strengthen the organisation is on record in Khunti

    @bulk-look-first @own
    Scenario: What a file would do can be looked at first
      When it is only looked at what the file would do
      Then 14 of its lines would be carried out
      And the report of Khunti is not acknowledged

  Rule: A wrong line stops the whole file, or, if so wished, is left out alone.

    @bulk-wrong @own
    Scenario: It is told what is wrong in which line
      When someone tries to import the file with a wrong field in line 3
      Then that is refused because "line 3: task acknowledge: bogus: is not a field here"
      When someone tries to import the file with a wrong type in line 3
      Then that is refused because "line 3: task acknowledge: task: 7 is not allowed"
      When someone tries to import the file with a wrong unit in line 3
      Then that is refused because "line 3: unit: JH-PC99 is unknown"
      When someone tries to import the file with a wrong date in line 3
      Then that is refused because "line 3: task acknowledge: occurred_at: 'soon' is not allowed"
      And the report of Khunti is not acknowledged

    @bulk-keep-going @own
    Scenario: A refused line is left out and told
      When the file is imported with a wrong unit in line 3, leaving refused lines out
      Then 13 of its lines were carried out
      And line 3 is told as refused because "unit: JH-PC99 is unknown"
