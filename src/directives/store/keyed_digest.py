"""A digest of the personal values of a command, under the keys of those whom its events tell of.

Whoever has all of these keys can tell whether the same values were given again; once one of them is destroyed, nobody
can: of a number of ten digits, a digest without a key would soon tell which it is.
"""

import hmac
import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from directives.domain.command import Command
from directives.domain.personal import IN_COMMANDS, holding, values_in

_LABEL = b"directives: personal values of a command, v1"


class KeyedDigest(NamedTuple):
    """Whose keys it takes, in their order, and the digest (HMAC-SHA256, RFC 2104) in hexadecimal digits."""

    persons: Sequence[str]
    digest: str

    def __str__(self) -> str:
        return json.dumps({"persons": self.persons, "digest": self.digest}, separators=(",", ":"))

    @classmethod
    def read(cls, written: str) -> "KeyedDigest":
        """The digest that is written down."""
        return cls(**json.loads(written))


def keyed_digest(command: Command, persons: Sequence[str], keys: Mapping[str, bytes]) -> KeyedDigest | None:
    """That of the personal values of ``command``; None where there are no persons, or not all of their keys.

    It is bound to the id of the command: two commands with the same values do not have the same digest.
    """
    whose = sorted({*persons})
    if not whose or any(person not in keys for person in whose) or not holding(type(command)):
        return None
    given = {path: text.get_secret_value() for path, text in values_in(command) if isinstance(text, IN_COMMANDS)}
    content = json.dumps([command.command_id, whose, given], sort_keys=True, separators=(",", ":"))
    key = hmac.digest(b"".join(keys[person] for person in whose), _LABEL, "sha256")
    return KeyedDigest(whose, hmac.digest(key, content.encode("utf-8", "surrogatepass"), "sha256").hex())


def differs(command: Command, recorded: str | None, keys: Mapping[str, bytes]) -> bool:
    """Whether ``command`` gives other personal values than those ``recorded``; False where that cannot be told."""
    if recorded is None:
        return False
    before = KeyedDigest.read(recorded)
    now = keyed_digest(command, before.persons, keys)
    return now is not None and not hmac.compare_digest(now.digest, before.digest)
