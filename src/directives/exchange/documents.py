"""Files that people hand in, as evidence."""

import hashlib
import mimetypes
from os import PathLike

from directives.exchange.files import bytes_of
from directives.model.document import Document
from directives.model.errors import InvalidDocument


def read_document(path: str | PathLike[str]) -> Document:
    """The digest, media type (by the name's ending) and size of the file at ``path``.

    Raises:
        InvalidDocument: it is missing, empty, a folder, or cannot be read.
    """
    content = bytes_of(path, InvalidDocument)
    if not content:
        raise InvalidDocument("file: {path} is empty: name a file with the document in it", path=path)
    media_type = mimetypes.MimeTypes().guess_type(str(path))[0] or "application/octet-stream"
    return Document(digest=f"sha256:{hashlib.sha256(content).hexdigest()}", media_type=media_type, size=len(content))
