"""Which subject is run, and which scenarios it is asked for."""

import os
import sys
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import cast

from pydantic import BaseModel, StrictStr, ValidationError

from directives.acceptance.driver import PATIENCE, DriverSubject
from directives.acceptance.in_process import TrackerSubject
from directives.acceptance.scenarios import Scenario, all_scenarios
from directives.acceptance.subject import CLAIMS, Subject, SubjectFault
from directives.domain.errors import InvalidInput
from directives.domain.validation import one_line
from directives.i18n.message import Message, reason_of

OURS = Message("is about the store, files and lists of directives itself")
LEFT_OUT = Message("was not asked for")


@dataclass(frozen=True)
class Chosen:
    """What is asked of a subject.

    Attributes:
        claims: what the subject claims.
        not_claimed: claims and tags that are not claimed after all, and why.
        tags: only scenarios with one of these tags, where there are some.
    """

    claims: Collection[str]
    not_claimed: Mapping[str, str] = field(default_factory=dict[str, str])
    tags: Collection[str] = ()

    def why_not(self, scenario: Scenario) -> Message | None:
        """Why a scenario is not claimed; None where it is."""
        if scenario.own:
            return OURS
        told = [why for tag, why in self.not_claimed.items() if tag in scenario.tags]
        if told:
            return Message("{why}", why=told[0])
        missing = sorted(scenario.needs - {*self.claims}, key=lambda claim: (claim != scenario.about, claim))
        if missing:
            return Message("the subject does not claim {claim}", claim=missing[0])
        if self.tags and not scenario.tags & {*self.tags}:
            return LEFT_OUT
        return None


def start(factory: str | None, driver: str | None, patience: float = PATIENCE) -> "tuple[Subject, Introduced]":
    """The subject that ``MODULE:FACTORY`` makes, or that the program ``driver`` is; without either, this library.

    What it says of itself is asked for once: it holds for the whole run.

    Raises:
        InvalidInput: both are named, or one that cannot be imported.
        SubjectFault: what is made is none, or claims what there is not.
    """
    require_one(factory, driver)
    if driver is not None:
        subject = DriverSubject(driver, patience)
    else:
        subject = TrackerSubject() if factory is None else _made(factory)
    try:
        return subject, _introduced(subject)
    except SubjectFault:
        subject.close()
        raise


def require_one(factory: str | None, driver: str | None) -> None:
    """Raises `InvalidInput` when two subjects are named."""
    if factory is not None and driver is not None:
        raise InvalidInput("subject: give only one of --subject and --driver")


class Introduced(BaseModel):
    """What a subject says of itself."""

    name: StrictStr
    version: StrictStr
    claims: tuple[StrictStr, ...]


def _introduced(subject: Subject) -> Introduced:
    """What a subject says of itself: it must say what it is, and claim what there is."""
    try:
        fields: dict[str, object] = {"name": subject.name, "version": subject.version, "claims": subject.claims}
        introduced = Introduced.model_validate(fields)
    except ValidationError as error:
        raise SubjectFault(str(one_line(error))) from error
    unknown = sorted({*introduced.claims} - CLAIMS.keys())
    if unknown:
        raise SubjectFault(f"claims: {', '.join(unknown)} is none: use some of {', '.join(CLAIMS)}")
    return introduced


def _made(factory: str) -> Subject:
    module, _, name = factory.partition(":")
    if not module or not name:
        raise InvalidInput("subject: {factory} is not allowed: write MODULE:FACTORY", factory=repr(factory))
    if (here := os.getcwd()) not in sys.path:
        sys.path.append(here)  # the last: no file there takes the place of a module that is installed
    try:
        make: object = getattr(import_module(module), name)
        if not callable(make):
            raise AttributeError(f"{name} cannot be called")
    except (ImportError, AttributeError) as error:
        raise InvalidInput(
            "subject: {factory} cannot be imported: {said}", factory=repr(factory), said=str(error)
        ) from error
    return cast(Subject, make())


def not_claimed(path: Path | None) -> dict[str, str]:
    """What a TOML file says is not claimed: a claim or a tag, and why.

    Raises:
        InvalidInput: it cannot be read, or names what there is not.
    """
    if path is None:
        return {}
    try:
        read = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InvalidInput("claims: {path} cannot be read: {said}", path=path, said=reason_of(error)) from error
    except ValueError as error:
        raise InvalidInput("claims: {path} is not TOML: {said}", path=path, said=str(error)) from error
    known = {*CLAIMS, *(tag for each in all_scenarios() for tag in each.tags)}
    for name, why in read.items():
        if name not in known:
            raise InvalidInput("claims: {path}: {name} is neither a claim nor a tag", path=path, name=name)
        if not isinstance(why, str) or not why.strip():
            raise InvalidInput("claims: {path}: {name}: give the reason as a text", path=path, name=name)
    return read
