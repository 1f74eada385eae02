"""The plugin of pytest that runs the features against a subject.

It is not loaded by itself: ``-p directives.acceptance.plugin``, or ``pytest_plugins`` in the topmost conftest, brings
the steps, and the fixtures ``subject`` and ``world``.
"""

import json
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

try:
    import pytest_bdd  # noqa: F401 # pyright: ignore[reportUnusedImport]
except ModuleNotFoundError as error:
    raise ModuleNotFoundError("pytest-bdd is missing: pip install 'directives[acceptance]'") from error

pytest.register_assert_rewrite("directives.acceptance.steps", "directives.acceptance.world")
from directives.acceptance.steps import MODULES  # noqa: E402 # asserts are rewritten first

pytest_plugins = MODULES

from directives.acceptance.choosing import Chosen, not_claimed, start  # noqa: E402
from directives.acceptance.driver import PATIENCE  # noqa: E402
from directives.acceptance.expected import Events, Place, comparable, difference, expected, place_of, write  # noqa: E402
from directives.acceptance.scenarios import Scenario, all_scenarios  # noqa: E402
from directives.acceptance.subject import Subject, SubjectFault, SubjectGone  # noqa: E402
from directives.acceptance.world import World  # noqa: E402
from directives.domain.errors import InvalidInput  # noqa: E402

FAILED = pytest.StashKey[tuple[str, str, bool]]()
"""The step that fails, why, and whether because the subject does not keep to the protocol."""
STEPS = pytest.StashKey[int]()
"""How many steps of a scenario were carried out."""
RESULT = "directives"
"""The property in which the result of a scenario travels from the worker to whoever writes it down."""
NO_RESULTS = 3
"""The exit code where a run says nothing about the subject."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The subject, what it does not claim, and where results are written down."""
    group = parser.getgroup("directives", "the features of directives")
    group.addoption("--subject", metavar="MODULE:FACTORY", help="what makes the subject; without it, this library")
    group.addoption("--driver", metavar="'PROGRAM ARGS'", help="a program that speaks JSON Lines, as the subject")
    group.addoption("--claims", metavar="FILE", help="TOML: what is not claimed, a claim or a tag, and why")
    group.addoption("--tags", metavar="TAG,TAG", help="only scenarios with one of these tags")
    group.addoption("--patience", type=float, default=PATIENCE, help="seconds that a program may take for an answer")
    group.addoption("--write-expected", action="store_true", help="write down anew which events each step records")
    group.addoption("--results", metavar="FILE", help="write what became of each scenario into FILE, one JSON a line")


def pytest_configure(config: pytest.Config) -> None:
    """Each tag is a marker; the rest is done by a plugin that knows this run."""
    for tag in sorted({tag for each in all_scenarios() for tag in each.tags}):
        config.addinivalue_line("markers", f"{tag}: a tag of the features")
    config.pluginmanager.register(Run(config), Run.NAME)


@pytest.fixture(scope="session")
def subject(pytestconfig: pytest.Config) -> Subject:
    """What the features run against."""
    return run_of(pytestconfig).subject


@pytest.fixture
def world(subject: Subject, request: pytest.FixtureRequest) -> World:
    """The subject, reset, and what the steps of one scenario know."""
    scenario = scenario_of(request.node)
    assert scenario is not None, "this is a fixture of scenarios"
    try:
        run = run_of(request.config)
        return World(subject, scenario.lang, run.claims if subject is run.subject else None)
    except SubjectGone as error:
        run_of(request.config).gone(error)
        raise


def run_of(config: pytest.Config) -> "Run":
    """The run that this is."""
    run = config.pluginmanager.get_plugin(Run.NAME)
    assert isinstance(run, Run)
    return run


def scenario_of(item: pytest.Item) -> Scenario | None:
    """The scenario that a test runs."""
    return getattr(getattr(item, "obj", None), "scenario", None)


class Run:
    """One run of the features: its subject, what is asked of it, and what became of each scenario."""

    NAME = "directives-run"
    subject: Subject
    claims: frozenset[str]

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        results = config.getoption("results")
        at_a_worker = hasattr(config, "workerinput")
        self._results = None if results is None or at_a_worker else Path(results)
        self._writes = bool(config.getoption("write_expected"))
        self._recorded: dict[tuple[str, Place], tuple[str, Events]] = {}

    def pytest_sessionstart(self) -> None:
        """Start the subject before anything is collected: what it claims says what is run."""
        if self._results is not None:
            self._results.unlink(missing_ok=True)
        asked = self._config.getoption
        try:
            self.subject, said = start(asked("subject"), asked("driver"), float(asked("patience") or PATIENCE))
            claims = asked("claims")
            without = not_claimed(None if claims is None else Path(claims))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # whatever the code of others may end with
            told = str(error) or type(error).__name__
            self._write({"broken": told, "given": isinstance(error, InvalidInput)})
            pytest.exit(f"the subject cannot be started: {told}", returncode=NO_RESULTS)
        self.claims = frozenset(said.claims)
        self._chosen = Chosen(self.claims, without, tuple(filter(None, (asked("tags") or "").split(","))))
        self._write({"subject": said.model_dump(mode="json")})

    def pytest_sessionfinish(self) -> None:
        """Let the subject go."""
        write(self._recorded)
        try:
            if hasattr(self, "subject"):
                self.subject.close()
        except Exception as error:
            self._write({"unclosed": f"{type(error).__name__}: {error}"})

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Leave out what the subject does not claim; the project's own tests run what is about itself."""
        left_out = {item for item in items if self._left_out(item)}
        if left_out:
            config.hook.pytest_deselected(items=[*left_out])
            items[:] = [item for item in items if item not in left_out]

    def require_events(self, scenario: Scenario, world: World, number: int, step: str) -> None:
        """The events that a step recorded must be those that are written down, where the subject claims to have them.

        Args:
            number: how many steps of the scenario came before.

        Raises:
            AssertionError: they are not.
        """
        got = comparable(world.caused())
        if scenario.own or "events" not in world.claims:
            return
        if self._writes:
            self._recorded[scenario.lang, place_of(scenario, number)] = step, got
        elif amiss := difference(expected(scenario, number), got):
            raise AssertionError(f"events: {amiss}")

    def gone(self, error: SubjectGone) -> None:
        """End the run: the subject cannot be started again."""
        self._write({"broken": str(error)})
        pytest.exit(f"the subject cannot be started again: {error}", returncode=NO_RESULTS)

    def _left_out(self, item: pytest.Item) -> bool:
        scenario = scenario_of(item)
        return scenario is not None and not scenario.own and self._chosen.why_not(scenario) is not None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Put what became of a scenario into its report."""
        report = yield
        scenario = scenario_of(item)
        if scenario is not None and (report.when == "call" or not report.passed):
            report.user_properties.append((RESULT, _result(scenario, item, call, report)))
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Write down what became of a scenario, whoever ran it."""
        for name, result in report.user_properties:
            if name == RESULT:
                self._write(result)

    def _write(self, line: Any) -> None:
        if self._results is not None:
            with self._results.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")


def _result(
    scenario: Scenario, item: pytest.Item, call: pytest.CallInfo[None], report: pytest.TestReport
) -> dict[str, Any]:
    step, why, fault = item.stash.get(FAILED, ("", "", False))
    if not report.passed and not why and call.excinfo is not None:
        why = f"{call.excinfo.typename}: {call.excinfo.value}"
    return {
        "id": scenario.id,
        "lang": scenario.lang,
        "outcome": report.outcome,
        "when": report.when,
        "step": step,
        "why": "" if report.passed else why,
        "fault": fault,
        "steps": item.stash.get(STEPS, 0),
        "seconds": round(report.duration, 3),
    }


def pytest_bdd_step_error(request: pytest.FixtureRequest, step: Any, exception: Exception) -> None:
    """Keep the step that fails, and why."""
    _keep(request, step, exception)


def pytest_bdd_step_func_lookup_error(request: pytest.FixtureRequest, step: Any, exception: Exception) -> None:
    """Keep the step that nothing defines."""
    _keep(request, step, exception)


def pytest_bdd_after_step(request: pytest.FixtureRequest, step: Any) -> None:
    """Look at the events of the step, of a subject that tells them."""
    world, scenario = request.getfixturevalue("world"), scenario_of(request.node)
    assert isinstance(world, World)
    assert scenario is not None
    number = request.node.stash.get(STEPS, 0)
    try:
        run_of(request.config).require_events(scenario, world, number, step.name)
    except Exception as error:
        _keep(request, step, error)
        raise
    request.node.stash[STEPS] = number + 1


def _keep(request: pytest.FixtureRequest, step: Any, error: Exception) -> None:
    fault = isinstance(error, SubjectFault)
    said = str(error) if fault else _first_line(error)
    request.node.stash[FAILED] = (f"{step.keyword} {step.name}", said or type(error).__name__, fault)


def _first_line(error: Exception) -> str:
    """What is wrong, without what pytest explains of it."""
    said = str(error).partition("\n")[0]
    asserted = said.removeprefix("assert ")
    if said != asserted:
        return f"{asserted} does not hold"
    return said if isinstance(error, AssertionError) else f"{type(error).__name__}: {said}"
