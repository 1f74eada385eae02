"""Commands as JSON Lines: one a line, its name as ``command`` and its fields, see `directives.commands`."""

import json
from collections.abc import Iterator, Mapping
from io import BytesIO
from os import PathLike
from typing import Any, BinaryIO, NamedTuple, cast

from directives.domain.command import Command
from directives.domain.errors import InvalidInput
from directives.exchange.files import path_of, reading
from directives.exchange.known_lines import former_id_of, known_as_read
from directives.exchange.named_commands import command_of


class WrittenCommand(NamedTuple):
    """The command of a line, or the error in it.

    Where the line gives no ``command_id``, ``former`` is the same command as earlier versions recorded it: under an id
    made of the line's text.
    """

    line: int
    command: Command | InvalidInput
    former: Command | None = None


class WrittenCommands:
    """The commands in a file of JSON Lines, from first to last; blank lines are left out.

    A line that gives no ``command_id`` gets one that is made of the command as it was read: the command is carried out
    once, however its line is spelt.

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
                yield _written(number, self._fields(line, "utf-8-sig" if number == 1 else "utf-8"))
            except InvalidInput as error:
                yield WrittenCommand(number, error)

    def _fields(self, line: bytes, encoding: str) -> dict[str, Any]:
        try:
            written: object = json.loads(line.decode(encoding), object_pairs_hook=_object)
        except _Twice as error:
            raise InvalidInput("{error}: is a duplicate: give each field once", error=error) from error
        except UnicodeDecodeError as error:
            raise InvalidInput(
                "is not UTF-8 text (byte {start}): save the file as UTF-8", start=error.start + 1
            ) from error
        except (ValueError, RecursionError) as error:  # ValueError: also a number of too many digits
            if isinstance(error, json.JSONDecodeError):
                raise InvalidInput(
                    "is not JSON at character {at}: write one object a line", at=error.pos + 1
                ) from error
            raise InvalidInput("is not JSON: write one object a line") from error
        if not isinstance(written, dict):
            kind = type(written).__name__
            raise InvalidInput("is not a JSON object, but of the type {kind}: write one object a line", kind=kind)
        fields = self._defaults | cast(dict[str, Any], written)
        if "office" not in fields:
            raise InvalidInput("office: is missing: name the acting office, as role@UNIT")
        return fields


def _written(line: int, fields: Mapping[str, Any]) -> WrittenCommand:
    if "command_id" in fields:
        return WrittenCommand(line, command_of(fields))
    read = command_of({"command_id": former_id_of(fields), **fields})
    return WrittenCommand(line, known_as_read(read), former=read)


class _Twice(Exception):
    """A field that is there twice."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return members
