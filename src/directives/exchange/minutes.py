"""Minutes of meetings as TOML files."""

import tomllib
from os import PathLike

from pydantic import ValidationError
from pydantic_core import to_jsonable_python

from directives.exchange.files import given_or_bundled
from directives.model.complaint import one_line
from directives.model.errors import InvalidMinutes
from directives.model.meeting import Minutes
from directives.model.message import Message


def read_minutes(path: str | PathLike[str] | None = None) -> Minutes:
    """The minutes in the TOML file at ``path``; without one, those of the bundled meeting.

    Raises:
        InvalidMinutes: the file is missing, no TOML, or does not say what minutes must.
    """
    name, text = given_or_bundled(path, "minutes.toml", InvalidMinutes)
    try:
        return Minutes.model_validate(to_jsonable_python(tomllib.loads(text)))
    except tomllib.TOMLDecodeError as error:
        raise InvalidMinutes("{name}: is no TOML: {error}", name=name, error=error) from error
    except ValidationError as error:
        raise one_line(error, InvalidMinutes, Message("{name}: ", name=name)) from error
