"""What others install: a project with the wheel alone checks a subject of its own, and runs what the pages show."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.docs.transcripts import BLOCK, FILE, commands_in

from directives.acceptance import features, features_version
from directives.acceptance.scenarios import all_scenarios

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


def test_installed_in_place_the_features_are_those_of_the_project():
    assert features() == ROOT / "features"
    assert features_version() == (ROOT / "features" / "VERSION").read_text("utf-8").strip()


class Project:
    """A folder with a virtual environment of its own."""

    def __init__(self, folder):
        self.folder, self.programs = folder, folder / ".venv" / "bin"
        self.run(sys.executable, "-m", "venv", folder / ".venv")

    def run(self, *args, code=0, **variables):
        names = ("PATH", "HOME", "LANG", *(name for name in os.environ if name.startswith(("PIP_", "HTTP", "SSL"))))
        environment = {name: os.environ[name] for name in names if name in os.environ} | {"PYTHONPATH": ""} | variables
        done = subprocess.run(
            [*map(str, args)], cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )
        assert code is None or done.returncode == code, done.stdout + done.stderr
        return done

    def install(self, *what):
        self.run(self.programs / "python", "-m", "pip", "install", "--quiet", "-c", ROOT / "constraints.txt", *what)

    def alone(self):
        """Variables for who has the programs of this environment, and those of the machine, and no settings."""
        return {"PATH": f"{self.programs}:/usr/bin:/bin", "XDG_CONFIG_HOME": str(self.folder), "PYTHONUTF8": "1"}

    def play(self, page):
        """What the console blocks of a page print, as commands of a person in this environment."""
        for block in BLOCK.findall(page):
            for command, _ in commands_in(block):
                if command.startswith("$ "):
                    yield self.run("bash", "-c", command[2:], code=None, **self.alone())

    def directives(self, *args, code=0):
        return self.run(self.programs / "directives", *args, code=code)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", folder, ROOT], check=True)
    (path,) = folder.glob("*.whl")
    return path


def test_a_project_with_the_wheel_alone_checks_a_subject_of_its_own(wheel, tmp_path):
    project = Project(tmp_path)
    project.install(wheel, "pytest")
    (tmp_path / "test_own.py").write_text("def test_own(): pass\n")
    assert "1 passed" in project.run(project.programs / "pytest", "-q", "--strict-markers").stdout
    without = project.run(project.programs / "pytest", "-p", "directives.acceptance.plugin", code=None)
    assert without.returncode != 0
    assert "pytest-bdd is missing: pip install 'directives[acceptance]'" in without.stdout + without.stderr
    said = project.directives("acceptance", "run", code=2).stderr
    assert said == "Error: pytest-bdd: is missing: pip install 'directives[acceptance]'\n"
    assert json.loads(project.directives("schema", "questions").stdout)["questions"]

    project.install(f"{wheel}[acceptance]")
    assert "1 passed" in project.run(project.programs / "pytest", "-q", "--strict-markers").stdout
    for name in ("due-list/due_list.py", "embedded-desk/desk.py"):
        (tmp_path / Path(name).name).write_text((ROOT / "examples" / name).read_text("utf-8"))
    run = project.directives("acceptance", "run", "--subject", "due_list:DueList", "--out", "out")
    assert "1 passed, 0 failed" in run.stdout
    told = json.loads((tmp_path / "out" / "conformance.json").read_text("utf-8"))
    assert (told["subject"], told["totals"]["all"]) == ("due-list", len({each.id for each in all_scenarios()}))
    assert "passed, 0 failed" in project.directives("acceptance", "run", "--subject", "desk:Desk").stdout
    driver = f"{project.programs / 'directives'} acceptance serve"
    assert "0 failed" in project.directives("acceptance", "run", "--driver", driver, "--tags", "s1,s2").stdout
    of_pytest = ("--pyargs", "directives.acceptance.suite", "-p", "directives.acceptance.plugin", "-q")
    of_pytest += ("--strict-markers", "--subject", "due_list:DueList")
    done = project.run(project.programs / "pytest", *of_pytest)
    assert "2 passed" in done.stdout


PLAY = """
import sys
from pathlib import Path
import directives
from tests.docs.by_the_clock import played
assert Path(directives.__file__).is_relative_to(sys.prefix), directives.__file__
sys.stdout.write(played(Path.cwd(), Path(sys.argv[1]).read_text("utf-8")))
"""
"""Plays a page in a process of the environment; only the player is taken from this project."""


@pytest.fixture(scope="module")
def fresh(wheel, tmp_path_factory):
    """An environment with the wheel and what it needs, and nothing else."""
    project = Project(tmp_path_factory.mktemp("fresh"))
    project.install(wheel)
    return project


def desk(fresh, folder):
    """Somebody's empty folder, with the programs of the fresh environment."""
    project = object.__new__(Project)
    project.folder, project.programs = folder, fresh.programs
    return project


@pytest.mark.parametrize("name", ["docs/tutorial.md", "docs/tutorial.hi.md", "docs/how-to/roles.md", "README.md"])
def test_a_page_runs_by_its_clock_in_a_fresh_environment(fresh, tmp_path, name):
    project = desk(fresh, tmp_path)
    page = ROOT / name
    told = project.run(fresh.programs / "python", "-c", PLAY, page, **project.alone() | {"PYTHONPATH": str(ROOT)})
    assert told.stdout == page.read_text("utf-8")


def test_the_five_commands_of_the_readme_run_as_programs(fresh, tmp_path):
    done = [*desk(fresh, tmp_path).play((ROOT / "README.md").read_text("utf-8"))]
    assert [each.returncode for each in done] == [0] * 6, "".join(each.stderr for each in done)
    assert "written-report/JH-PC11 is now verified." in done[4].stderr


def test_a_kind_of_another_distribution_is_installed_beside_the_wheel(wheel, tmp_path):
    project = Project(tmp_path)
    project.install(wheel)
    page = (ROOT / "docs" / "how-to" / "own-kind.md").read_text("utf-8")
    for file in FILE.finditer(page):
        (tmp_path / file[2]).write_text(file[3], "utf-8")
    done = [*project.play(page)]
    assert [each.returncode for each in done] == [0] * 6 + [4] + [0] * 3, "".join(each.stderr for each in done)
    assert "houses 500" in done[-1].stdout
