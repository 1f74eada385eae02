"""Files that people hand in, as evidence."""

from collections.abc import Iterator
from os import PathLike

from directives.domain.document import Document
from directives.domain.errors import InvalidDocument
from directives.exchange.files import path_of, reading
from directives.store.evidence import described, media_type_of, pieces_of


def content_of(path: str | PathLike[str]) -> Iterator[bytes]:
    """The content of the file at ``path``, piece by piece.

    Raises:
        InvalidDocument: it is missing, a folder, or cannot be read.
    """
    file_path = path_of(path, InvalidDocument)
    with reading(file_path, InvalidDocument), file_path.open("rb") as file:
        yield from pieces_of(file)


def read_document(path: str | PathLike[str]) -> Document:
    """The digest, the media type (by the content) and the size of the file at ``path``, which is not kept.

    Raises:
        InvalidDocument: it is missing, empty, a folder, too large, or cannot be read.
    """
    digest, size = described(content_of(path), str(path))
    return Document(digest=digest, media_type=media_type_of(path_of(path, InvalidDocument)), size=size)
