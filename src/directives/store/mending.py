"""What does not follow from the events, put right where it is missing, different or damaged; what it holds is kept."""

from collections.abc import Mapping, Sequence

from directives.domain.errors import StoreUnusable
from directives.store.catalogue import Ill
from directives.store.command_log import COMMANDS
from directives.store.session import Session
from directives.store.table import STORED_EVENTS, Table


def mend(session: Session, tables: Sequence[Table], ill: Mapping[str, Ill]) -> None:
    """Put the log, and ``tables`` that do not follow from it, right; what they hold is kept.

    Raises:
        StoreUnusable: the log is missing, or a table has not the columns that it should have.
    """
    catalogue = session.catalogue
    if STORED_EVENTS.name in ill and not catalogue.has(STORED_EVENTS):
        raise StoreUnusable(
            "store: the table of events is missing: restore it from a backup; if nothing was set up "
            "yet, run directives init"
        )
    if STORED_EVENTS.name in ill:
        catalogue.copied_anew(STORED_EVENTS, damaged=ill[STORED_EVENTS.name].damaged)
    for table in tables:
        if table.name not in ill:
            continue
        if catalogue.has(table):
            catalogue.copied_anew(table, damaged=ill[table.name].damaged)
            continue
        session.cursor.execute(session.dialect.create(table))
        if table is COMMANDS:
            _commands_of_events(session)


def _commands_of_events(session: Session) -> None:
    """Note the commands that events name, with a digest of none: another of that id is refused, not carried out."""
    session.cursor.execute(
        f"""INSERT INTO commands (command_id, digest, first, last) SELECT id, '', min(position), max(position)
        FROM (SELECT {session.dialect.text_in("state", "command_id")} AS id, position FROM stored_events) AS named
        WHERE id IS NOT NULL GROUP BY id"""
    )
