"""Scenarios as tests of pytest."""

from collections.abc import Callable, Iterable
from typing import Any

from pytest_bdd import scenario as bdd_scenario

from directives.acceptance.scenarios import Scenario


def bound(scenarios: Iterable[Scenario]) -> dict[str, Callable[..., Any]]:
    """A test for each scenario, by its name; put them into the namespace of a module of tests."""
    return {each.test_name: _bound(each) for each in scenarios}


def _bound(scenario: Scenario) -> Callable[..., Any]:
    def test() -> None:
        """All is in the steps."""

    made = bdd_scenario(str(scenario.path), scenario.name)(test)
    made.scenario = scenario  # pyright: ignore[reportFunctionMemberAccess]
    return made
