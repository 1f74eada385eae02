"""Stores of an older format: their events are kept as they are, and what is made of them is made anew."""

from directives.store.application import PAGE, Ledger
from directives.store.place import FORMAT
from directives.store.tables import CREATE, TABLES, Tables


def bring_up_to_date(ledger: Ledger) -> None:
    """Write the state rows and read tables as this version has them, in one transaction, unless that was done.

    Raises:
        StoreError: the store cannot be read or written; it stands as it was.
    """
    with ledger.rows.writing() as cursor:
        if cursor.execute("PRAGMA user_version").fetchone()[0] == FORMAT:
            return
        for table in TABLES:
            cursor.execute(f"DROP TABLE IF EXISTS {table}")
        for statement in CREATE:
            cursor.execute(statement)
        tables, first = Tables(cursor), 1
        while page := ledger.rows.between(cursor, first, first + PAGE - 1):
            tables.apply(map(ledger.event, page))
            tables.flush()
            first += PAGE
        cursor.execute(f"PRAGMA user_version = {FORMAT}")
