"""What PostgreSQL knows of the tables of a store, and how they are put right.

What others added to the schema is told, and left alone. Indexes, triggers and rules of theirs on a table that is made
anew are put back on it; a view of theirs on such a table hinders that, which is told too.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg

from directives.domain.errors import StoreUnusable
from directives.i18n.message import Message
from directives.store.catalogue import FORMAT, Catalogue, Health, Ill, Unlike, aside, differences, unfit
from directives.store.postgres.address import Address
from directives.store.postgres.errors import first_line
from directives.store.table import STORED_EVENTS, Table

if TYPE_CHECKING:
    from directives.store.postgres.session import PostgresSession

MARK = Table("directives_store", ("application TEXT NOT NULL", "format INTEGER NOT NULL"), key=1)
"""That the schema holds a store of ours, and its format."""
APPLICATION = "directives"
EVIDENCE_PIECES = Table(
    "evidence_pieces", ("digest TEXT NOT NULL", "number INTEGER NOT NULL", "content BLOB NOT NULL"), key=2
)
"""The files that were handed in, piece by piece."""
PERSONS_KEYS = Table("keys", ("person TEXT NOT NULL", "key BLOB NOT NULL"), key=1)
"""The keys of persons, in a schema of their own."""
OWN = (MARK, EVIDENCE_PIECES)
"""The tables that a store in a file has not."""


class PostgresCatalogue(Catalogue):
    """The schema of a store."""

    def __init__(self, session: PostgresSession, address: Address) -> None:
        super().__init__(session)
        self._address, self._connection = address, session.connection

    @property
    def format(self) -> int:
        """In the table of the mark."""
        row = self._session.cursor.execute(f"SELECT format FROM {MARK.name}").fetchone()
        return 0 if row is None else row["format"]

    def set_format(self, version: int) -> None:
        """Note it there."""
        self._session.replace(MARK, [(APPLICATION, version)])

    @property
    def is_marked(self) -> bool:
        """Whether the schema has the mark of a store of this format."""
        rows = self._session.cursor.execute(f"SELECT application, format FROM {MARK.name}").fetchall()
        return [tuple(row) for row in rows] == [(APPLICATION, FORMAT)]

    def has(self, table: Table) -> bool:
        """Whether there is such a table."""
        return self._is_there(table.name)

    def _is_there(self, name: str) -> bool:
        row = self._session.cursor.execute(
            "SELECT to_regclass(?) IS NOT NULL", (f"{self._address.schema}.{name}",)
        ).fetchone()
        return row[0]

    def relations(self) -> list[str]:
        """The names of all that is in the schema."""
        rows = self._session.cursor.execute(
            """SELECT relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE nspname = ? AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f') ORDER BY relname""",
            (self._address.schema,),
        )
        return [row["relname"] for row in rows]

    def create(self, tables: Sequence[Table]) -> None:
        """Create the log, and ``tables`` beside it with their indexes, and what only a server has."""
        cursor, dialect = self._session.cursor, self._session.dialect
        for table in (STORED_EVENTS, *tables, *OWN):
            cursor.execute(dialect.create(table))
            for statement in dialect.create_indexes(table):
                cursor.execute(statement)

    def health(self) -> Health:
        """Which server it is, and whether it may lose or damage what was acknowledged without a word."""
        settings = {row["name"]: row["setting"] for row in self._session.cursor.execute(_SETTINGS)}
        version = settings.pop("server_version")
        off = [name for name, setting in settings.items() if setting == "off"]
        if not off:
            return Health("server", "ok", Message("PostgreSQL {version}, its safeguards on", version=version))
        said = Message("PostgreSQL {version}, of which {settings} are off", version=version, settings=", ".join(off))
        return Health("server", "look", said, Message("set them to on: docs/operations.md tells why"))

    def damage(self) -> str | None:
        """A server looks at what it reads by itself, where its checksums are on; pg_amcheck looks at all of it."""
        return None

    def damaged_among(self, tables: Sequence[Table]) -> set[str]:  # noqa: ARG002 # as above
        """None: a server tells when it reads."""
        return set()

    def unlike(self, tables: Sequence[Table]) -> list[Unlike]:
        """What of the schema is not as it is made: the same is made in temporary tables, and compared."""
        stands = self._of_schema()
        with self._session.temporary_tables():
            for table in (STORED_EVENTS, *tables, *OWN):
                self._session.cursor.execute(self._session.dialect.create_temporary(table))
                for statement in self._session.dialect.create_indexes(table, temporary=True):
                    self._session.cursor.execute(statement)
            wanted = self._made("pg_my_temp_schema()", ())
        return [*differences(wanted, stands), *self._beside_keys()]

    def _beside_keys(self) -> Iterator[Unlike]:
        """What somebody added to the schema of the keys."""
        ours = {PERSONS_KEYS.name, f"{PERSONS_KEYS.name}_pkey"}
        for (kind, name), (table, _) in self._made("to_regnamespace(?)", (self._address.keys,)).items():
            if name not in ours:
                yield Unlike("added", kind, f"{self._address.keys}.{name}", table)

    def _of_schema(self) -> dict[tuple[str, str], tuple[str, Any]]:
        return self._made("CAST(? AS regnamespace)", (self._address.schema,))

    def _made(self, schema: str, values: Sequence[str]) -> dict[tuple[str, str], tuple[str, Any]]:
        """What is in a schema, by kind and name: the table on which it is, and how it is defined."""
        made = dict[tuple[str, str], tuple[str, Any]]()
        for query in (_RELATIONS, _INDEXES, _TRIGGERS, _RULES, _FUNCTIONS, _OPERATORS):
            rows = self._session.another_cursor().execute(query.format(schema=schema), values)
            made |= {(kind, name): (table, what) for kind, name, table, what in rows.fetchall()}
        return made

    @contextmanager
    def foreign_aside(self, found: Sequence[Unlike], ill: Mapping[str, Ill]) -> Generator[None]:  # noqa: ARG002
        """Put indexes, triggers and rules of somebody else back on tables that are made anew; tell what is in the way.

        Raises:
            StoreUnusable: something that depends on a table is in the way, or does not fit the new one.
        """
        stood = {key: what for key, what in self._of_schema().items() if key in _foreign(found)}
        try:
            yield
        except psycopg.errors.DependentObjectsStillExist as error:
            raise StoreUnusable(
                "store: something that was added hinders it ({said}): remove it",
                said=first_line(error),
            ) from error
        for key in sorted(stood.keys() - self._of_schema().keys()):
            self._put_back(*key, *stood[key])

    def _put_back(self, kind: str, name: str, table: str, what: str) -> None:
        statement = what.removesuffix(_INVALID).replace(_ON_ANY, f" ON {table} USING", 1) if kind == "index" else what
        try:
            self._connection.execute(statement.encode())
        except psycopg.Error as error:
            raise unfit(kind, name, first_line(error)) from error

    def bring_to_form(self, table: Table) -> None:
        """No format before had another form of these tables."""
        self._session.cursor.execute(self._session.dialect.create(table))

    def _columns_of(self, table: Table) -> set[str]:
        rows = self._session.cursor.execute(
            """SELECT attname FROM pg_attribute WHERE attrelid = CAST(? AS regclass)
            AND attnum > 0 AND NOT attisdropped""",
            (f"{self._address.schema}.{table.name}",),
        )
        return {row["attname"] for row in rows}

    def set_aside(self, table: Table) -> None:
        """Rename a table, to compare it with the one that replaces it."""
        create = self._session.dialect.create(table)
        self._session.cursor.execute(create)  # one that is missing is empty
        self._session.cursor.execute(f"ALTER TABLE {table.name} RENAME TO {aside(table)}")
        for index in table.indexes:
            self._session.cursor.execute(f"DROP INDEX IF EXISTS {index.name}")
        self._rename_constraints(table)
        self._session.cursor.execute(create)

    def _rename_constraints(self, table: Table) -> None:
        """Let go of the names of the constraints, which those of the new table bear."""
        rows = self._session.cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = CAST(? AS regclass) AND contype IN ('p', 'u')",
            (f"{self._address.schema}.{aside(table)}",),
        )
        for row in rows.fetchall():
            name = row["conname"]
            self._session.cursor.execute(f'ALTER TABLE {aside(table)} RENAME CONSTRAINT "{name}" TO "before_{name}"')

    def drop_aside(self, table: Table, *, damaged: bool = False) -> None:  # noqa: ARG002 # as the one of a file
        """Drop a table that was set aside."""
        self._session.cursor.execute(f"DROP TABLE {aside(table)}")

    def drop_indexes(self, table: Table, *, damaged: bool) -> None:  # noqa: ARG002 # as the one of a file
        """Drop the indexes of a read model before it is recreated."""
        for index in table.indexes:
            self._session.cursor.execute(f"DROP INDEX IF EXISTS {index.name}")


_SETTINGS = """SELECT name, setting FROM pg_settings WHERE name IN
    ('server_version', 'fsync', 'full_page_writes', 'synchronous_commit', 'data_checksums') ORDER BY name"""
_RELATIONS = """SELECT CASE relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'view' WHEN 'S' THEN 'sequence' ELSE 'table' END,
    CAST(relname AS text), CAST(relname AS text), CAST(json_build_array(
        relpersistence = 'u', relrowsecurity,
        (SELECT json_agg(json_build_array(attname, format_type(atttypid, atttypmod), attnotnull, collname,
            pg_get_expr(adbin, adrelid), attgenerated, attidentity) ORDER BY attnum)
        FROM pg_attribute LEFT JOIN pg_collation ON pg_collation.oid = attcollation
        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped),
        (SELECT json_agg(pg_get_constraintdef(pg_constraint.oid) ORDER BY conname)
        FROM pg_constraint WHERE conrelid = pg_class.oid AND contype NOT IN ('n', 'p', 'u')),
        (SELECT count(*) FROM pg_policy WHERE polrelid = pg_class.oid),
        (SELECT count(*) FROM pg_inherits WHERE pg_class.oid IN (inhrelid, inhparent))) AS text)
    FROM pg_class WHERE relnamespace = {schema} AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f')"""
"""A table with all that may stand on it: a default, a condition, who sees which rows, tables that add rows to it."""
_INDEXES = """SELECT 'index', CAST(index.relname AS text), CAST(of.relname AS text), regexp_replace(
        pg_get_indexdef(index.oid), ' ON \\S+ USING', ' ON USING') || CASE WHEN indisvalid THEN '' ELSE ' invalid' END
    FROM pg_index JOIN pg_class AS index ON index.oid = indexrelid JOIN pg_class AS of ON of.oid = indrelid
    WHERE of.relnamespace = {schema}"""
_TRIGGERS = """SELECT 'trigger', CAST(tgname AS text), CAST(relname AS text), pg_get_triggerdef(pg_trigger.oid)
    FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE relnamespace = {schema} AND NOT tgisinternal"""
_RULES = """SELECT 'rule', CAST(rulename AS text), CAST(relname AS text), pg_get_ruledef(pg_rewrite.oid)
    FROM pg_rewrite JOIN pg_class ON pg_class.oid = ev_class
    WHERE relnamespace = {schema} AND rulename <> '_RETURN'"""
_FUNCTIONS = """SELECT 'function', proname || '(' || pg_get_function_identity_arguments(oid) || ')', '', ''
    FROM pg_proc WHERE pronamespace = {schema}"""
"""Where it takes just the types that are given, the server prefers it to one of its own of the same name."""
_OPERATORS = """SELECT 'operator', CAST(CAST(oid AS regoperator) AS text), '', '' FROM pg_operator
    WHERE oprnamespace = {schema}"""
_ON_ANY, _INVALID = " ON USING", " invalid"
"""What stands in the definition of an index for its table, and at its end where the server does not use it."""


def _foreign(found: Sequence[Unlike]) -> set[tuple[str, str]]:
    """What of somebody else goes with a table that is dropped."""
    return {(each.kind, each.name) for each in found if not each.ours and each.kind in ("index", "trigger", "rule")}
