"""Which schema of which database a URL names."""

import re
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import unquote

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from directives.domain.errors import InvalidInput

SCHEMA = "directives"
"""The schema of a URL that names none."""
KEYS = "_keys"
"""What the name of the schema ends with in which the keys of persons stand."""
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,49}")
_OURS = "schema="
_PASSWORD = re.compile(r"//[^@]*:.*@")


class Address(NamedTuple):
    """A schema of a database.

    Attributes:
        conninfo: what the driver connects by; it may hold a password.
        schema: the name of the schema.
        told: the database and the schema, for messages: without a password.
        patient: whether the URL says how long a connection is waited for.
    """

    conninfo: str
    schema: str
    told: str
    patient: bool = False

    @property
    def keys(self) -> str:
        """The schema in which the keys of persons stand."""
        return f"{self.schema}{KEYS}"

    @property
    def lock(self) -> int:
        """The key of the advisory lock under which the store is written; the server keeps those of databases apart."""
        return int.from_bytes(sha256(f"directives {self.schema}".encode()).digest()[:8], signed=True)


def address_of(url: str) -> Address:
    """The address of a URL: ``postgresql://USER@HOST/DATABASE?schema=NAME``, with what else libpq understands.

    Raises:
        InvalidInput: it names no database, or no schema that can be.
    """
    place, _, query = re.sub("^[^:]*", lambda match: match[0].lower(), url).partition("?")
    asked = query.split("&") if query else []
    named = [unquote(each.removeprefix(_OURS)) for each in asked if each.startswith(_OURS)]
    schema = named[-1] if named else SCHEMA
    if not _NAME.fullmatch(schema) or schema.startswith("pg_"):
        raise InvalidInput(
            "db: {schema} is no name for a schema: write small letters, digits and underscores, 50 at most",
            schema=repr(schema),
        )
    others = "&".join(each for each in asked if not each.startswith(_OURS))
    conninfo = f"{place}?{others}" if others else place
    known = _known(conninfo)
    host, database = str(known.get("host") or "localhost"), str(known.get("dbname") or known.get("user") or "")
    if "@" in host + database:
        raise _no_database("a password has @ : / or ? in it")
    return Address(conninfo, schema, f"{host}/{database} ({schema})", "connect_timeout" in known)


def _known(conninfo: str) -> dict[str, object]:
    try:
        known = dict[str, object](conninfo_to_dict(conninfo))
        int(str(known.get("connect_timeout", 1)))
    except (ProgrammingError, UnicodeError, ValueError) as error:
        # What the driver says of a URL with a password may repeat it.
        raise _no_database("" if _PASSWORD.search(conninfo) else " ".join(str(error).split())) from None
    return known


def _no_database(said: str) -> InvalidInput:
    return InvalidInput(
        "db: the URL names no database ({said}): write postgresql://USER@HOST/DATABASE, and @ : / ? of a password as "
        "docs/operations.md shows",
        said=said or "see docs/operations.md",
    )
