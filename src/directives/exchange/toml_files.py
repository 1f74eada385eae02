"""TOML files: one clear error where a file is not valid TOML or lacks something."""

from collections.abc import Generator
from contextlib import contextmanager

from pydantic import ValidationError

from directives.domain.errors import InvalidInput
from directives.domain.validation import one_line
from directives.i18n.message import Message


@contextmanager
def told_in(where: Message, error_class: type[InvalidInput]) -> Generator[None]:
    """Turn what is wrong with a TOML file, or with the model that is made of it, into one of our errors.

    Raises:
        error_class: it is no TOML, or does not say what it must; the message begins with ``where``.
    """
    try:
        yield
    except ValidationError as error:
        raise one_line(error, error_class, where) from error
    except (ValueError, RecursionError) as error:  # ValueError: also a number of too many digits
        raise error_class("{where}is not TOML: correct it ({error})", where=where, error=error) from error
