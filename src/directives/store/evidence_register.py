"""The files that were kept as evidence; it does not follow from the events, which may name one that never was."""

from collections.abc import Iterable

from directives.domain.document import Document
from directives.store.dialect import LISTED, as_list
from directives.store.session import Session
from directives.store.table import Table

EVIDENCE = Table("evidence", ("digest TEXT NOT NULL", "media_type TEXT NOT NULL", "size INTEGER NOT NULL"), key=1)


def register(session: Session, document: Document) -> None:
    """Note that a file was kept; once."""
    session.cursor.execute(
        f"{EVIDENCE.insert} ON CONFLICT DO NOTHING", (document.digest, document.media_type, document.size)
    )


def registered(session: Session, digests: Iterable[str]) -> set[str]:
    """Those of ``digests`` whose files were kept."""
    rows = session.cursor.execute(
        f"SELECT digest FROM {LISTED} CROSS JOIN evidence WHERE digest = listed.value", (as_list(digests),)
    )
    return {row["digest"] for row in rows}
