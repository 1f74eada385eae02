"""The group ``acceptance``."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from directives import Inconclusive, InvalidInput, Listed, Message, reason_of, shown
from directives_cli.choices import choices, words
from directives_cli.data import print_json
from directives_cli.options import Group
from directives_cli.render import print_table, progress_of

if TYPE_CHECKING:  # what needs pytest-bdd is imported where it is used
    from directives.acceptance.conformance import Conformance, Verdict

FAILED = 1
"""The exit code where scenarios fail."""
WRITTEN = ("conformance.json", "junit.xml")
NUMBERS = ("passed", "failed", "not claimed")


@click.group(cls=Group)
def acceptance() -> None:
    """Run the features as acceptance checks, of this library or of any tool."""


@acceptance.command("serve")
def serve_tracker() -> None:
    """Serve as the subject of the features, in memory: read requests and write answers, one JSON object a line."""
    from directives.acceptance import TrackerSubject, serve

    serve(TrackerSubject(), sys.stdin.buffer, sys.stdout.buffer)


@acceptance.command("run")
@click.option("--subject", metavar="MODULE:FACTORY", help="The factory of the tool to check. [default: this library]")
@click.option("--driver", metavar="'PROGRAM ARGS'", help="The program to check; it reads and writes JSON Lines.")
@click.option("--claims", metavar="FILE", type=click.Path(path_type=Path), help="TOML: what is not claimed, and why.")
@click.option("--tags", metavar="TAG,TAG", help="Only scenarios with one of these tags: s1,s6.")
@click.option("--features", metavar="LANG", type=click.Choice(["hi", "en"]), help="Only features in this language.")
@click.option(
    "--out", metavar="DIR", type=click.Path(path_type=Path), help="The folder for conformance.json and junit.xml."
)
def run_features(
    subject: str | None,
    driver: str | None,
    claims: Path | None,
    tags: str | None,
    features: str | None,
    out: Path | None,
) -> None:
    """Run the features against a tool, and report whether each scenario passed, failed or is not claimed."""
    try:
        from directives.acceptance.run import Asked, run
        from directives.acceptance.scenarios import LANGUAGES
    except ModuleNotFoundError as error:
        raise InvalidInput("pytest-bdd: is missing: pip install 'directives[acceptance]'") from error
    languages = LANGUAGES if features is None else (features,)
    chosen = () if tags is None else tuple(each.strip() for each in tags.split(","))
    asked = Asked(subject, driver, claims, chosen, languages)
    if out is not None:
        _make_ready(out)
    with progress_of("scenarios") as progress:
        found = run(asked, progress)
    if out is not None:
        _write(out, found)
    _tell(found)
    if found.faults:
        raise Inconclusive("results: {faults}", faults=Listed(*found.faults, between="; "))
    if found.totals()["failed"]:
        sys.exit(FAILED)


def _make_ready(folder: Path) -> None:
    """What an earlier run left there must not be taken for what this one says."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in WRITTEN:
            (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise InvalidInput("out: {folder} cannot be written: {said}", folder=folder, said=reason_of(error)) from error


def _write(folder: Path, found: "Conformance") -> None:
    import json

    try:
        written = json.dumps(found.as_json(), ensure_ascii=False, indent=2)
        for_programs, for_tests = (folder / name for name in WRITTEN)
        for_programs.write_text(f"{written}\n", "utf-8", errors="backslashreplace")
        for_tests.write_bytes(found.as_junit())
    except OSError as error:
        raise InvalidInput("out: {folder} cannot be written: {said}", folder=folder, said=reason_of(error)) from error


def _tell(found: "Conformance") -> None:
    """Print what became of the scenarios, by statement and rule; which failed, and what is not claimed."""
    if choices().as_json:
        print_json(found.as_json())
        return
    rules = [*_rows(found)]
    if rules:
        print_table(["about", "rule", "passed", "failed", "not claimed"], rules, numbers=NUMBERS)
    _tell_failed(found)
    _tell_not_claimed(found)
    totals = found.totals()
    total = Message(
        "{subject} {version}: {total} {total:scenario|scenarios} of features {features}, {passed} "
        "passed, {failed} failed, {left} not claimed.",
        passed=totals["passed"],
        failed=totals["failed"],
        left=totals["not claimed"],
        total=sum(totals.values()),
        features=found.features,
        subject=shown(found.subject),
        version=shown(found.version),
    )
    click.echo(words(total))


def _tell_failed(found: "Conformance") -> None:
    failed = [each for each in found.verdicts if each.outcome == "failed"]
    if failed:
        click.echo()
        rows = [[f"@{each.scenario.id}", each.scenario.lang, each.step, _why(each)] for each in failed]
        print_table(["scenario", "", "step", "why"], rows)


def _tell_not_claimed(found: "Conformance") -> None:
    reasons: dict[str, int] = {}
    tags = found.by_tag()
    for each in found.verdicts:
        if each.outcome == "not claimed" and tags.pop(each.scenario.id, None):
            reasons[_why(each)] = reasons.get(_why(each), 0) + 1
    if reasons:
        click.echo()
        print_table(["not claimed", "why"], [[str(number), why] for why, number in reasons.items()])


def _rows(found: "Conformance") -> Iterator[list[str]]:
    """A row for each rule of which something is claimed, in the language of the command where that was run."""
    from directives.acceptance.conformance import counted

    lang = choices().lang if choices().lang in found.languages else found.languages[0]
    by_tag, rows = found.by_tag(), dict[tuple[str, str], list[str]]()
    for each in found.verdicts:
        if each.scenario.lang == lang:
            rows.setdefault((each.scenario.about, each.scenario.rule), []).append(each.scenario.id)
    for (about, rule), tags in rows.items():
        numbers = counted(by_tag[tag] for tag in tags)
        if numbers["not claimed"] < len(tags):
            yield [about, rule, *(str(numbers[each]) for each in NUMBERS)]


def _why(verdict: "Verdict") -> str:
    return words(verdict.why)
