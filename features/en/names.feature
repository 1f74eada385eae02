@names
Feature: Names instead of codes
  Whoever reads a name in a list may write that name where a unit or an office is asked for, in Hindi or in English. What
  is recorded is the code. Where several units bear a name none is chosen.

  Background:
    Given the meeting of 19 October 2023 is recorded

  Rule: A name that only one unit bears, or that is told apart, means that unit.

    @names-alone @own
    Scenario: The one Torpa needs nothing more
      When somebody writes the unit "तोरपा"
      Then the unit JH-AC59 is meant

    @names-level @own
    Scenario: The level tells the two units called Khunti apart
      When somebody writes the unit "khunti lok sabha"
      Then the unit JH-PC11 is meant
      When somebody writes the unit "खूंटी, विधानसभा"
      Then the unit JH-AC60 is meant

    @names-printed @own
    Scenario: What is printed for a unit means that unit
      When each unit is written as it is printed
      Then each of the 96 units is meant

    @names-office @own
    Scenario: An office that is named by words is recorded by its code
      When the office "संयोजक@खूंटी, लोकसभा" acknowledges the task "written-report/Khunti (Lok Sabha)"
      Then the last event was recorded by the office convenor@JH-PC11 for the task written-report/JH-PC11

  Rule: Where a name means several units, or none, nothing is chosen; what may be meant is offered.

    @names-several @own
    Scenario: Two units are called Khunti
      When somebody writes the unit "Khunti"
      Then no unit is chosen, and "Khunti (Lok Sabha, Jharkhand), Khunti (Vidhan Sabha, Khunti)" are offered

    @names-misspelt @own
    Scenario: A name that only sounds so is offered and not taken
      When somebody writes the unit "Kunti"
      Then no unit is chosen, and "Khunti (Lok Sabha, Jharkhand), Khunti (Vidhan Sabha, Khunti)" are offered
