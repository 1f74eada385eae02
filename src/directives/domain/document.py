"""A document as evidence: what stays of a file in the record."""

import os
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from directives.domain.event import Event
from directives.domain.values import UNFIT, Model, fields_of_type, nfc

DIGEST = r"sha256:[0-9a-f]{64}"
MEDIA_TYPE = r"[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*"


LONGEST_NAME = 255
"""Characters of the name of a file."""


class Document(Model):
    """The SHA-256 digest, the media type (RFC 6838) and the size in bytes of a file.

    ``name`` is what it was called where it was handed in, without its folder; None where nobody said.
    """

    digest: Annotated[str, StringConstraints(pattern=f"^{DIGEST}$")]
    media_type: Annotated[str, StringConstraints(pattern=f"^{MEDIA_TYPE}$", max_length=127)]
    size: int = Field(gt=0)
    name: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME), AfterValidator(nfc)] | None = Field(
        default=None, exclude_if=lambda name: name is None
    )


def documents_in(event: Event) -> list[Document]:
    """The documents that ``event`` names."""
    names = fields_of_type(type(event), Document)
    values = [getattr(event, name) for name in names] if names else []
    return [value for value in values if isinstance(value, Document)]


def name_in(path: str | os.PathLike[str]) -> str | None:
    """What the file at ``path`` is called; None where that is no text of one line, or a very long one."""
    name = os.path.basename(str(os.fspath(path)))
    fit = name.isascii() or not any("\ud800" <= each <= "\udfff" for each in name)
    return nfc(name) if fit and 0 < len(name) <= LONGEST_NAME and not UNFIT.search(name) else None
