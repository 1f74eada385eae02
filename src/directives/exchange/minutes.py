"""Minutes of meetings as TOML files."""

import tomllib
from os import PathLike

from pydantic import ValidationError
from pydantic_core import to_jsonable_python

from directives.domain.errors import InvalidMinutes
from directives.domain.meeting import Minutes
from directives.domain.validation import one_line, require_fit
from directives.exchange.files import given_or_bundled
from directives.i18n.message import Message


def read_minutes(path: str | PathLike[str] | None = None) -> Minutes:
    """The minutes in the TOML file at ``path``; without one, those of the bundled meeting.

    Raises:
        InvalidMinutes: the file is missing, no TOML, or does not say what minutes must.
    """
    name, text = given_or_bundled(path, "minutes.toml", InvalidMinutes)
    where = Message("{name}: ", name=name)
    try:
        minutes = Minutes.model_validate(to_jsonable_python(tomllib.loads(text)))
    except ValidationError as error:
        raise one_line(error, InvalidMinutes, where) from error
    except (ValueError, RecursionError) as error:  # ValueError: also a number of too many digits
        raise InvalidMinutes("{where}is no TOML: correct it ({error})", where=where, error=error) from error
    require_fit(minutes, InvalidMinutes, where)
    return minutes
