"""Which schema of which database a URL names."""

import re
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from directives.domain.errors import InvalidInput

SCHEMA = "directives"
"""The schema of a URL that names none."""
KEYS = "_keys"
"""What the name of the schema ends with in which the keys of persons stand."""
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,49}")


class Address(NamedTuple):
    """A schema of a database.

    Attributes:
        conninfo: what the driver connects by; it may hold a password.
        schema: the name of the schema.
        told: the database and the schema, for messages: without a password.
    """

    conninfo: str
    schema: str
    told: str

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
    parts = urlsplit(url)
    asked = parse_qsl(parts.query, keep_blank_values=True)
    named = [value for name, value in asked if name == "schema"] or [SCHEMA]
    schema = named[-1]
    if not _NAME.fullmatch(schema) or schema.startswith("pg_"):
        raise InvalidInput(
            "db: {schema} is no name for a schema: write small letters, digits and underscores, 50 at most",
            schema=repr(schema),
        )
    conninfo = urlunsplit(parts._replace(query=urlencode([each for each in asked if each[0] != "schema"])))
    try:
        known = conninfo_to_dict(conninfo)
    except (ProgrammingError, UnicodeError, ValueError) as error:
        raise InvalidInput(
            "db: the URL names no database ({said}): write postgresql://USER@HOST/DATABASE",
            said=" ".join(str(error).split()),
        ) from error
    host, database = known.get("host") or "localhost", known.get("dbname") or known.get("user") or ""
    return Address(conninfo, schema, f"{host}/{database} ({schema})")
