"""A subject as a program: the other side of `directives.acceptance.driver`."""

import json
import sys
from collections.abc import Callable, Mapping
from typing import IO, Any, cast

from directives.acceptance.subject import PROTOCOL, Subject


def serve(subject: Subject, requests: IO[bytes], answers: IO[bytes]) -> None:
    """Read requests and write answers, a JSON object a line, until ``stop`` or the end.

    Whatever the subject prints meanwhile goes to standard error. What it raises is told as a fault.
    """
    printed, sys.stdout = sys.stdout, sys.stderr
    try:
        for line in requests:
            answer, goes_on = _answered(subject, line)
            answers.write(
                json.dumps(answer, ensure_ascii=False, default=str).encode("utf-8", "backslashreplace") + b"\n"
            )
            answers.flush()
            if not goes_on:
                break
    finally:
        sys.stdout = printed
        subject.close()


def _answered(subject: Subject, line: bytes) -> tuple[dict[str, Any], bool]:
    """The answer to one line, and whether there is to be another."""
    number = None
    try:
        read: object = json.loads(line.decode())
        if not isinstance(read, dict):
            raise ValueError("the request is no JSON object")
        request = cast(dict[str, Any], read)
        number = request.pop("id", None)
        ((name, asked),) = request.items()
        return {"id": number, **REQUESTS[name](subject, asked)}, name != "stop"
    except Exception as error:
        return {"id": number, "fault": f"{type(error).__name__}: {error}"}, True


def _start(subject: Subject, asked: Mapping[str, Any]) -> dict[str, Any]:
    if asked.get("protocol") != PROTOCOL:
        raise ValueError(f"protocol {asked.get('protocol')} is not spoken here, but {PROTOCOL}")
    claims = sorted(subject.claims)
    return {"protocol": PROTOCOL, "subject": subject.name, "version": subject.version, "claims": claims}


def _reset(subject: Subject, asked: Mapping[str, Any]) -> dict[str, Any]:
    subject.reset(**asked)
    return {"ok": True}


def _clock(subject: Subject, asked: Mapping[str, Any]) -> dict[str, Any]:
    subject.set_clock(asked["now"])
    return {"ok": True}


def _do(subject: Subject, asked: Mapping[str, Any]) -> dict[str, Any]:
    return {**subject.do(asked["command"], asked.get("documents", {}))}


def _ask(subject: Subject, asked: Mapping[str, Any]) -> dict[str, Any]:
    return {"answer": subject.ask(asked)}


def _events(subject: Subject, asked: Mapping[str, Any]) -> dict[str, Any]:
    return {"events": subject.events(asked["after"])}


def _stop(_: Subject, __: Mapping[str, Any]) -> dict[str, Any]:
    return {"ok": True}


REQUESTS: dict[str, Callable[[Subject, Any], dict[str, Any]]] = {
    "start": _start,
    "reset": _reset,
    "clock": _clock,
    "do": _do,
    "ask": _ask,
    "events": _events,
    "stop": _stop,
}
