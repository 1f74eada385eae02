"""A program as the subject: it reads requests and writes answers, a JSON object a line.

Its standard output belongs to the protocol; its standard error is free, and its last lines are told when it fails.
"""

import json
import os
import shlex
import signal
import time
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from queue import Empty, Queue, SimpleQueue
from subprocess import PIPE, Popen, TimeoutExpired
from threading import Thread
from typing import IO, Any, cast

from pydantic import BaseModel, StrictInt, ValidationError

from directives.acceptance.files import features_version
from directives.acceptance.subject import PROTOCOL, SubjectFault, SubjectGone
from directives.i18n.notation import shown

PATIENCE = 10.0
"""Seconds that an answer may take."""
PARTING = 2.0
"""Seconds that a program has to end after it was told to."""
LONGEST = 16 * 1024 * 1024
"""Bytes of the longest line that is read."""
_TOLD = 5
_AHEAD = 100
_WIDTH = 4096
_MOMENT = 0.01


class Started(BaseModel):
    """What a program says of itself."""

    protocol: StrictInt
    subject: str
    version: str
    claims: tuple[str, ...]


class DriverSubject:
    """The program of a command line, which is started again where it has failed.

    Args:
        command: the program and its arguments, as a shell would take them apart.

    Raises:
        SubjectGone: it cannot be started.
    """

    def __init__(self, command: str, patience: float = PATIENCE) -> None:
        self._command, self._patience = command, patience
        self._number = 0
        self._program: _Program | None = None
        self._started = self._start()

    @property
    def name(self) -> str:
        """What the program calls itself."""
        return self._started.subject

    @property
    def version(self) -> str:
        """Its version."""
        return self._started.version

    @property
    def claims(self) -> tuple[str, ...]:
        """What it claims."""
        return self._started.claims

    def reset(
        self, organisation: Sequence[Mapping[str, Any]], levels: Sequence[str], zone: str, founded: str, now: str
    ) -> None:
        """Let it begin anew; it is started again where it has failed."""
        if self._program is None:
            self._start()
        asked = {"organisation": organisation, "levels": levels, "zone": zone, "founded": founded, "now": now}
        self._require_ok("reset", asked)

    def set_clock(self, now: str) -> None:
        """Tell it what moment it is."""
        self._require_ok("clock", {"now": now})

    def do(self, command: Mapping[str, Any], documents: Mapping[str, Mapping[str, str]]) -> Mapping[str, Any]:
        """Tell it a command."""
        return self._request("do", {"command": command, "documents": documents}, str(command["command"]))

    def ask(self, question: Mapping[str, Any]) -> Mapping[str, Any]:
        """Ask it a question."""
        return self._field("ask", question, "answer", str(question["question"]))

    def events(self, after: int) -> Sequence[Mapping[str, Any]]:
        """Ask it for its events."""
        return self._field("events", {"after": after}, "events")

    def close(self) -> None:
        """Tell it to stop; end it where it does not."""
        if self._program is not None:
            self._patience = min(self._patience, PARTING)
            with suppress(SubjectFault):
                self._request("stop", {})
            self._end(PARTING)

    def _start(self) -> Started:
        try:
            arguments = shlex.split(self._command)
            if not arguments:
                raise ValueError("the command line is empty: name a program")
            self._program = _Program(arguments)
            answer = self._request("start", {"protocol": PROTOCOL, "features": features_version()})
            started = Started.model_validate(answer)
        except (OSError, ValueError, SubjectFault) as error:
            self._end()
            said = _first(error) if isinstance(error, ValidationError) else str(error)
            raise SubjectGone(f"{self._command}: {said}") from error
        if started.protocol != PROTOCOL:
            self._end()
            raise SubjectGone(f"{self._command}: it speaks protocol {started.protocol}, and not {PROTOCOL}")
        return started

    def _require_ok(self, request: str, asked: Mapping[str, Any]) -> None:
        if self._field(request, asked, "ok") is not True:
            raise SubjectFault(f"{request}: ok: is not true")

    def _field(self, request: str, asked: Mapping[str, Any], name: str, what: str = "") -> Any:
        answer = self._request(request, asked, what)
        if name not in answer:
            raise SubjectFault(f"{request} {what}".strip() + f": {name}: is missing from {answer!r:.200}")
        return answer[name]

    def _request(self, request: str, asked: Mapping[str, Any], what: str = "") -> dict[str, Any]:
        """The answer to a request; a program that does not give it is ended."""
        told = f"{request} {what}".strip()
        if self._program is None:
            raise SubjectFault(f"{told}: the program has failed before, and is started again at the next scenario")
        self._number += 1
        try:
            answer = self._program.exchange({"id": self._number, request: asked}, self._patience)
            if answer.get("id") != self._number or isinstance(answer["id"], bool):
                raise SubjectFault(f"id: is {answer.get('id')!r}, and not {self._number}")
        except SubjectFault as error:
            said = f"{told}: {error}{self._program.last_words()}"
            self._end()
            raise SubjectFault(said) from error
        if "fault" in answer:
            raise SubjectFault(f"{told}: the program says: {answer['fault']}")
        return {name: value for name, value in answer.items() if name != "id"}

    def _end(self, patience: float = 0) -> None:
        if self._program is not None:
            self._program.end(patience)
            self._program = None


class _Program:
    """A running program; threads read and write for it, so that neither its silence nor its noise holds anything up."""

    def __init__(self, arguments: Sequence[str]) -> None:
        self._process = Popen([*arguments], stdin=PIPE, stdout=PIPE, stderr=PIPE, start_new_session=True)
        self._requests: SimpleQueue[bytes] = SimpleQueue()
        self._lines: Queue[bytes] = Queue(_AHEAD)
        self._errors: deque[str] = deque(maxlen=_TOLD)
        self._writer = Thread(target=self._write, args=(self._process.stdin,), daemon=True)
        self._reader = Thread(target=self._read, args=(self._process.stdout,), daemon=True)
        self._listener = Thread(target=self._listen, args=(self._process.stderr,), daemon=True)
        for thread in (self._writer, self._reader, self._listener):
            thread.start()

    def _write(self, stream: IO[bytes]) -> None:
        with suppress(OSError):
            while request := self._requests.get():
                stream.write(request)
                stream.flush()
        with suppress(OSError):
            stream.close()

    def _read(self, stream: IO[bytes]) -> None:
        line = b" "
        while line:
            line = stream.readline(LONGEST)
            self._lines.put(line)
        stream.close()

    def _listen(self, stream: IO[bytes]) -> None:
        while line := stream.readline(_WIDTH):
            self._errors.append(line.decode("utf-8", "replace").rstrip())
        stream.close()

    def exchange(self, request: Mapping[str, Any], patience: float) -> dict[str, Any]:
        """Write a request and read what comes next."""
        self._requests.put(json.dumps(request, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
        try:
            line = self._lines.get(timeout=patience)
        except Empty:
            raise SubjectFault(f"no answer in {patience:g} seconds") from None
        if not line:
            with suppress(TimeoutExpired):
                self._process.wait(PARTING)
            raise SubjectFault("the program has ended")
        return _object(line)

    def last_words(self) -> str:
        """The end of what it wrote to standard error."""
        if self._process.poll() is not None:
            self._listener.join(PARTING)
        return "".join(f"\n    {shown(line)}" for line in [*self._errors])

    def end(self, patience: float) -> None:
        """Wait so many seconds for it to end; then kill it, with all that it has started."""
        self._requests.put(b"")
        with suppress(TimeoutExpired):
            self._process.wait(patience)
        with suppress(OSError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        until = time.monotonic() + PARTING
        while self._reader.is_alive() and time.monotonic() < until:
            with suppress(Empty):  # what it wrote and nobody waits for
                self._lines.get(timeout=_MOMENT)
        self._listener.join(max(0.0, until - time.monotonic()))


def _object(line: bytes) -> dict[str, Any]:
    try:
        answer: object = json.loads(line.decode())
    except UnicodeDecodeError as error:
        raise SubjectFault(f"the answer is no UTF-8: {line!r:.200}") from error
    except (ValueError, RecursionError) as error:
        raise SubjectFault(f"the answer is no JSON: {line!r:.200}") from error
    if not isinstance(answer, dict):
        raise SubjectFault(f"the answer is no JSON object: {line!r:.200}")
    return cast(dict[str, Any], answer)


def _first(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    return f"start: {'.'.join(map(str, first['loc']))}: {first['msg']}"
