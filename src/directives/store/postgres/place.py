"""A store in a schema of a database."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from psycopg import errors

from directives.domain.errors import InvalidInput, NewerStore, NotOurStore, StoreMissing, StoreUnusable
from directives.i18n.message import Message
from directives.store.catalogue import FORMAT, UNFINISHED
from directives.store.event_store import EventStore
from directives.store.places import Place, there_already, unfinished
from directives.store.postgres.address import address_of
from directives.store.postgres.catalogue import MARK, OWN, PERSONS_KEYS, PostgresCatalogue
from directives.store.postgres.connections import Connections
from directives.store.postgres.errors import errors_of_ours
from directives.store.postgres.evidence import EvidenceTable
from directives.store.postgres.keys import KeysTable
from directives.store.postgres.recorder import PostgresRecorder
from directives.store.postgres.session import PostgresSession
from directives.store.table import STORED_EVENTS, Table


class PostgresPlace(Place):
    """A schema."""

    def __init__(self, url: str, lock_timeout: float) -> None:
        self._address = address_of(url)
        self._connections = Connections(self._address, lock_timeout)
        self._keys = KeysTable(self._address, self._connections)
        self.keys = self._keys
        self.evidence = EvidenceTable(self._address, self._connections)
        self._tables: Sequence[Table] = ()
        self._made = False

    @property
    def path(self) -> Path | None:
        """None: it is in no file of this machine."""
        return None

    def open(self, tables: Sequence[Table], *, create: bool) -> EventStore:
        """Open the store, or make it: under its lock, so that it is made once."""
        self._tables = tables
        recorder = PostgresRecorder(self._address, self._connections, self.keys)
        try:
            with errors_of_ours(self._address):
                self._connections.open()
            version = self._format(recorder)
            if version is None and create:
                self._make(recorder, tables)
                version = self._format(recorder)
            if version is None:
                raise StoreMissing(
                    "db: there is no store at {path}: create one with directives init", path=self._address.told
                )
            if version == UNFINISHED:
                raise unfinished(self._address.told)
            if version > FORMAT:
                raise NewerStore(
                    "db: {path} was written by a newer version of directives: use that version",
                    path=self._address.told,
                )
            self.older = version < FORMAT
        except BaseException:
            recorder.close()
            raise
        return EventStore(recorder)

    def _format(self, recorder: PostgresRecorder) -> int | None:
        """The version of the format of the store; None where there is none."""
        try:
            with recorder.reading() as session:
                return session.catalogue.format
        except StoreUnusable as error:
            if isinstance(error.__cause__, errors.UndefinedTable | errors.InvalidSchemaName):
                self._require_let_in()
                return None
            raise

    def _require_let_in(self) -> None:
        """Raises an error where there is such a schema, into which the server does not let this user."""
        with errors_of_ours(self._address), self._connections.connection() as connection:
            row = connection.execute(
                b"SELECT has_schema_privilege(oid, 'USAGE') FROM pg_namespace WHERE nspname = %s",
                (self._address.schema,),
            ).fetchone()
            if row == (False,):
                raise errors.InsufficientPrivilege(f"permission denied for schema {self._address.schema}")

    def open_copy(self, tables: Sequence[Table]) -> EventStore:
        """Open an empty store to which another one is copied, or one to which that was begun."""
        recorder = PostgresRecorder(self._address, self._connections, self.keys)
        try:
            with errors_of_ours(self._address):
                self._connections.open()
            try:
                self._make(recorder, tables, UNFINISHED)
            except NotOurStore as error:
                raise there_already(self._address.told) from error
            if self._format(recorder) != UNFINISHED:
                raise there_already(self._address.told)
        except BaseException:
            recorder.close()
            raise
        return EventStore(recorder)

    @property
    def told(self) -> str:
        """The database and the schema."""
        return self._address.told

    def _make(self, recorder: PostgresRecorder, tables: Sequence[Table], version: int = FORMAT) -> None:
        """Make the store, unless another process did meanwhile."""
        with recorder.locked() as session:
            if session.catalogue.has(MARK):
                return
            self._require_fit(session)
            session.cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {self._address.schema}")
            for statement in self._keys.statements:
                session.cursor.execute(statement)
            session.catalogue.create(tables)
            session.catalogue.set_format(version)
            session.connection.commit()
        self._made = True

    def _require_fit(self, session: PostgresSession) -> None:
        """Raises an error where the schema holds something else, or the database other texts than Unicode."""
        there = session.catalogue.relations()
        if there:
            raise NotOurStore(
                "db: {path} holds no store of directives, but {name}: name another schema with ?schema=NAME; nothing "
                "was changed",
                path=self._address.told,
                name=there[0],
            )
        encoding = session.cursor.execute("SHOW server_encoding").fetchone()[0]
        if encoding != "UTF8":
            raise StoreUnusable(
                "db: {path} stores texts as {encoding}: create a database with the encoding UTF8",
                path=self._address.told,
                encoding=encoding,
            )

    def leave(self, store: EventStore) -> None:
        """Close the store; one that was made and never written to is gone."""
        try:
            recorder = store.event_log
            if self._made and isinstance(recorder, PostgresRecorder):
                self._discard(recorder)
        finally:
            self._made = False
            store.close()

    def _discard(self, recorder: PostgresRecorder) -> None:
        """Drop the tables where nothing came into them, and the schemas where nothing else is in them."""
        with recorder.locked() as session:
            catalogue = session.catalogue
            if not catalogue.has(MARK) or not catalogue.has(STORED_EVENTS) or recorder.last_position(session):
                return
            keys = f"{self._address.keys}.{PERSONS_KEYS.name}"
            for name in (keys, *(table.name for table in (STORED_EVENTS, *self._tables, *OWN))):
                session.cursor.execute(f"DROP TABLE {name}")
            for schema in (self._address.keys, self._address.schema):
                if not PostgresCatalogue(session, self._address._replace(schema=schema)).relations():
                    session.cursor.execute(f"DROP SCHEMA {schema}")
            session.connection.commit()

    def pack(self, store: EventStore, target: Path, now: datetime, *, with_keys: bool) -> NoReturn:  # noqa: ARG002
        """A server has backups of its own."""
        raise InvalidInput(
            "db: a store of a server cannot be packed: copy it into a file first with directives copy, or use pg_dump"
        )

    def room(self) -> Message:
        """The disk of the server is not seen from here."""
        return Message("the disk of the server is looked after there")
