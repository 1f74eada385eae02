"""A document as evidence: what stays of a file in the record."""

from typing import Annotated

from pydantic import Field, StringConstraints

from directives.domain.event import Event
from directives.domain.values import Model, fields_of_type

DIGEST = r"sha256:[0-9a-f]{64}"
MEDIA_TYPE = r"[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*"


class Document(Model):
    """The SHA-256 digest, the media type (RFC 6838) and the size in bytes of a file."""

    digest: Annotated[str, StringConstraints(pattern=f"^{DIGEST}$")]
    media_type: Annotated[str, StringConstraints(pattern=f"^{MEDIA_TYPE}$", max_length=127)]
    size: int = Field(gt=0)


def documents_in(event: Event) -> list[Document]:
    """The documents that ``event`` names."""
    names = fields_of_type(type(event), Document)
    values = [getattr(event, name) for name in names] if names else []
    return [value for value in values if isinstance(value, Document)]
