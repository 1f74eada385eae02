"""What a run of the features says about a subject: of every scenario, whether it passed, failed or is not claimed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from xml.etree import ElementTree

from directives.acceptance.scenarios import Scenario
from directives.i18n.message import Message

Outcome = Literal["passed", "failed", "not claimed"]
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
OUTCOMES: tuple[Outcome, ...] = ("passed", "failed", "not claimed")


@dataclass(frozen=True)
class Verdict:
    """What became of a scenario in one language.

    ``why`` is why it failed, with the ``step`` that did, or why it is not claimed; ``fault`` says that the subject
    does not keep to the protocol.
    """

    scenario: Scenario
    outcome: Outcome
    why: str | Message = ""
    step: str = ""
    seconds: float = 0.0
    fault: bool = False


@dataclass(frozen=True)
class Conformance:
    """What became of all scenarios.

    Attributes:
        subject, version, claims: what the subject says of itself.
        features: the version of the features.
        verdicts: one for each scenario in each language that was asked for.
        faults: why the run says nothing about the subject; none, where it does.
        ran_at: when they were run, in UTC.
    """

    subject: str
    version: str
    claims: Sequence[str]
    features: str
    verdicts: Sequence[Verdict]
    faults: Sequence[Message]
    ran_at: str = ""

    @property
    def languages(self) -> list[str]:
        """The languages of the features that were run."""
        return [*dict.fromkeys(each.scenario.lang for each in self.verdicts)]

    def by_tag(self) -> dict[str, Outcome]:
        """What became of each scenario, by its tag: it fails where it does in either language."""
        found: dict[str, Outcome] = {}
        for each in self.verdicts:
            if found.get(each.scenario.id) != "failed":
                found[each.scenario.id] = each.outcome
        return found

    def totals(self) -> dict[str, int]:
        """How many scenarios passed, failed and are not claimed; together they are all."""
        return counted(self.by_tag().values())

    def as_json(self) -> dict[str, Any]:
        """All of it, for programs; the reasons in English."""
        by_tag = self.by_tag()
        return {
            "subject": self.subject,
            "version": self.version,
            "claims": [*self.claims],
            "features": self.features,
            "languages": self.languages,
            "ran_at": self.ran_at,
            "conclusive": not self.faults,
            "faults": [str(each) for each in self.faults],
            "totals": self.totals() | {"all": len(by_tag)},
            "scenarios": [
                {
                    "tag": tag,
                    "outcome": outcome,
                    "languages": {each.scenario.lang: _told(each) for each in self.verdicts if each.scenario.id == tag},
                }
                for tag, outcome in by_tag.items()
            ],
        }

    def as_junit(self) -> bytes:
        """All of it as JUnit XML: a suite for each feature in each language; what is not claimed is skipped there."""
        name = _clean(f"directives {self.features}: {self.subject} {self.version}")
        root = ElementTree.Element("testsuites", name=name)
        if self.faults:
            root.append(_inconclusive(self.faults))
        for lang in self.languages:
            own = [each for each in self.verdicts if each.scenario.lang == lang]
            for path in dict.fromkeys(each.scenario.path for each in own):
                root.append(_suite(f"{lang}.{path.stem}", [each for each in own if each.scenario.path == path]))
        ElementTree.indent(root)
        return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def counted(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """How many there are of each outcome."""
    each = [*outcomes]
    return {outcome: each.count(outcome) for outcome in OUTCOMES}


def _told(verdict: Verdict) -> dict[str, Any]:
    scenario = verdict.scenario
    told = {
        "about": scenario.about,
        "feature": scenario.feature,
        "rule": scenario.rule,
        "scenario": scenario.name,
        "outcome": verdict.outcome,
    }
    if verdict.why:
        told["why"] = str(verdict.why)
    if verdict.step:
        told["step"] = verdict.step
    return told | {"seconds": verdict.seconds}


def _inconclusive(faults: Sequence[Message]) -> ElementTree.Element:
    """A suite of its own for what makes the run say nothing: who reads this alone must not see it green."""
    suite = ElementTree.Element("testsuite", name="run", tests="1", failures="0", errors="1", skipped="0", time="0")
    case = ElementTree.SubElement(suite, "testcase", classname="run", name="the run says something", time="0")
    ElementTree.SubElement(case, "error", message=_clean("; ".join(map(str, faults))))
    return suite


def _suite(name: str, verdicts: Sequence[Verdict]) -> ElementTree.Element:
    totals = counted(each.outcome for each in verdicts)
    suite = ElementTree.Element(
        "testsuite",
        name=name,
        tests=str(len(verdicts)),
        failures=str(totals["failed"]),
        errors="0",
        skipped=str(totals["not claimed"]),
        time=f"{sum(each.seconds for each in verdicts):.3f}",
    )
    for each in verdicts:
        called = f"@{each.scenario.id} {each.scenario.name}"
        case = ElementTree.SubElement(suite, "testcase", classname=name, name=called, time=f"{each.seconds:.3f}")
        if each.outcome == "failed":
            ElementTree.SubElement(case, "failure", message=_clean(str(each.why))).text = _clean(each.step)
        elif each.outcome == "not claimed":
            ElementTree.SubElement(case, "skipped", message=_clean(str(each.why)))
    return suite


def _clean(text: str) -> str:
    """A text without the characters that XML 1.0 does not have (its production ``Char``)."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
