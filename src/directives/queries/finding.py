"""What a check finds, and how it is told."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from directives.domain.values import Model
from directives.i18n.catalogue import say_message
from directives.i18n.message import Lang, Message

State = Literal["ok", "look", "wrong"]
RESTORE = Message("restore it from a backup")
REBUILD = Message("recreate them with directives rebuild")


class Finding(Model):
    """What a check found: all is well, an office should look after something, or the store is wrong.

    ``what_to_do`` is empty where all is well.
    """

    check: str
    state: State
    found: str
    what_to_do: str = ""


class Found(NamedTuple):
    """A finding before it is told."""

    check: str
    state: State
    found: Message
    what_to_do: Message = Message("")


def told(findings: Iterable[Found], lang: Lang) -> Iterator[Finding]:
    """``findings``, each in words."""
    for finding in findings:
        texts = {"found": say_message(finding.found, lang), "what_to_do": say_message(finding.what_to_do, lang)}
        yield Finding(check=finding.check, state=finding.state, **texts)


def few_of(codes: list[str]) -> Message:
    """The first of ``codes``, and how many there are besides."""
    first = ", ".join(codes[:3])
    if len(codes) <= 3:
        return Message("{codes}", codes=first)
    return Message("{codes} and {number} more", codes=first, number=len(codes) - 3)


def about(template: str, which: list[str], check: str, state: State, what_to_do: Message) -> Iterator[Found]:
    """A finding about ``which``, told by ``template``; nothing where there are none."""
    if which:
        yield Found(check, state, Message(template, number=len(which), few=few_of(which)), what_to_do)


def one_or(wrong: Iterable[Message], check: str, right: Message, way_out: Message = RESTORE) -> Iterator[Found]:
    """The first thing that is wrong, or else what is right."""
    message = next(iter(wrong), None)
    yield Found(check, "ok", right) if message is None else Found(check, "wrong", message, way_out)
