"""Commands as JSON Lines: one a line, its name as ``command`` and its fields, see `directives.commands`."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from io import BytesIO
from os import PathLike
from typing import Any, BinaryIO, NamedTuple, cast

from pydantic import SecretStr

from directives.domain.command import Command
from directives.domain.errors import InvalidInput
from directives.domain.values import fields_of_type
from directives.exchange.files import path_of, reading
from directives.exchange.named_commands import NAME, command_of, commands


class WrittenCommand(NamedTuple):
    """The command of a line, or why there is none."""

    line: int
    command: Command | InvalidInput


class WrittenCommands:
    """The commands in a file of JSON Lines, from first to last; blank lines are left out.

    A line that gives no ``command_id`` is known by its content: the same line again is the same command, which is
    carried out once.

    Args:
        path: the file.
        given: fields for lines that do not give them: ``office``, ``actor``, ``occurred_at``, ``source``.

    Raises:
        InvalidInput: the file is missing, a folder, or cannot be read.
    """

    def __init__(self, path: str | PathLike[str], given: Mapping[str, Any] | None = None) -> None:
        self._path = path_of(path, InvalidInput)
        self._defaults = dict(given or {})
        with reading(self._path, InvalidInput):
            # What is no file, as a pipe, can be read but once.
            self._content = None if self._path.is_file() else self._path.read_bytes()
            with self._opened() as file:
                self._count = sum(1 for line in file if line.strip())

    def _opened(self) -> BinaryIO:
        return self._path.open("rb") if self._content is None else BytesIO(self._content)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[WrittenCommand]:
        with reading(self._path, InvalidInput), self._opened() as file:
            yield from self._commands(file)

    def _commands(self, file: BinaryIO) -> Iterator[WrittenCommand]:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                yield WrittenCommand(number, self._command(line, "utf-8-sig" if number == 1 else "utf-8"))
            except InvalidInput as error:
                yield WrittenCommand(number, error)

    def _command(self, line: bytes, encoding: str) -> Command:
        try:
            written: object = json.loads(line.decode(encoding), object_pairs_hook=_object)
        except _Twice as error:
            raise InvalidInput("{error}: is there twice: give each field once", error=error) from error
        except UnicodeDecodeError as error:
            raise InvalidInput(
                "is no UTF-8 text (byte {start}): save the file as UTF-8", start=error.start + 1
            ) from error
        except (ValueError, RecursionError) as error:  # ValueError: also a number of too many digits
            if isinstance(error, json.JSONDecodeError):
                raise InvalidInput("is no JSON at character {at}: write one object a line", at=error.pos + 1) from error
            raise InvalidInput("is no JSON: write one object a line") from error
        if not isinstance(written, dict):
            kind = type(written).__name__
            raise InvalidInput("is no JSON object, but of the type {kind}: write one object a line", kind=kind)
        fields = self._defaults | cast(dict[str, Any], written)
        if "office" not in fields:
            raise InvalidInput("office: is missing: say who acts, as role@UNIT")
        return command_of({"command_id": _id_of(fields)} | fields)


class _Twice(Exception):
    """A field that is there twice."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return members


def _id_of(fields: Mapping[str, Any]) -> str:
    """An id by the content of a line; personal values have no part in it, since an id is stored in the clear."""
    command = commands().get(str(fields.get(NAME)))
    left_out = {"source", *(() if command is None else fields_of_type(command, SecretStr))}
    asked = {name: value for name, value in fields.items() if name not in left_out}
    text = json.dumps(asked, sort_keys=True, ensure_ascii=False, default=str)
    return f"line-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:40]}"
