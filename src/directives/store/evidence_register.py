"""The files that were kept as evidence; it does not follow from the events, which may name one that never was."""

from collections.abc import Iterable

from directives.domain.document import Document
from directives.store.dialect import as_list
from directives.store.session import Session
from directives.store.table import Table

AFTER_HEX = "g"
"""A character that comes after all hexadecimal digits: a digest that begins with a text is less than both."""
EVIDENCE = Table("evidence", ("digest TEXT NOT NULL", "media_type TEXT NOT NULL", "size INTEGER NOT NULL"), key=1)


def register(session: Session, document: Document) -> None:
    """Note that a file was kept; once."""
    session.insert(EVIDENCE, [(document.digest, document.media_type, document.size)], new=False)


def noted(session: Session, digests: Iterable[str]) -> dict[str, Document]:
    """What is noted of those of ``digests`` whose files were kept."""
    rows = session.cursor.execute(
        f"""SELECT digest, media_type, size FROM {session.dialect.listed()} CROSS JOIN evidence
        WHERE digest = listed.value""",
        (as_list(digests),),
    )
    return {row["digest"]: Document.of_valid({**dict(row), "name": None}) for row in rows}


def beginning(session: Session, start: str) -> list[str]:
    """The digests of files that were kept, of those that begin with ``start``."""
    rows = session.cursor.execute(
        "SELECT digest FROM evidence WHERE digest >= ? AND digest < ? ORDER BY digest", (start, f"{start}{AFTER_HEX}")
    )
    return [row["digest"] for row in rows]


def all_noted(session: Session) -> list[Document]:
    """What is noted of all files that were kept."""
    rows = session.cursor.execute("SELECT digest, media_type, size FROM evidence ORDER BY digest")
    return [Document.of_valid({**dict(row), "name": None}) for row in rows]
