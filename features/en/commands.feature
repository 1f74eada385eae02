@bulk
Feature: Many commands from a file, one a line
  All lines are carried out, or none; or refused ones are left out and told by line. The same file again changes nothing.

  Background:
    Given the meeting of 2023-10-19 is recorded
    And a file in which the convenor of each seat acknowledges the report

  @bulk-once
  Scenario: A file is carried out once
    When the file is imported
    Then 14 of its lines were carried out
    And the report of Khunti is acknowledged
    When the file is imported
    Then 0 of its lines were carried out

  @bulk-wrong
  Scenario: A wrong line stops the whole file, and is named by line and field
    When someone tries to import the file with a wrong field in line 3
    Then that is refused because "line 3: task acknowledge: bogus: is no field here"
    When someone tries to import the file with a wrong type in line 3
    Then that is refused because "line 3: task acknowledge: task: 7 is not allowed"
    When someone tries to import the file with a wrong unit in line 3
    Then that is refused because "line 3: unit: JH-PC99 is unknown"
    When someone tries to import the file with a wrong date in line 3
    Then that is refused because "line 3: task acknowledge: occurred_at: 'soon' is not allowed"

  @bulk-keep-going
  Scenario: Refused lines are left out and told
    When the file is imported with a wrong unit in line 3, leaving refused lines out
    Then 13 of its lines were carried out
    And line 3 is told as refused because "unit: JH-PC99 is unknown"

  @bulk-look-first
  Scenario: What a file would do is looked at first
    When it is only looked at what the file would do
    Then 14 of its lines would be carried out
    And the report of Khunti is assigned
