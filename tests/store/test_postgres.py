"""A store in a schema of a server: what there is of it, who else is there, and what it says when it cannot be used."""

import multiprocessing
import os
from contextlib import suppress

import pytest
from tests import stores
from tests.store.speakers import NAME as OF_SPEAKER
from tests.store.speakers import PERSON, identify
from tests.store.speakers import directed as with_speakers

from directives import (
    InvalidInput,
    NewerStore,
    NotOurStore,
    StoreBusy,
    StoreMissing,
    StoreUnusable,
    Tracker,
    UnknownUnit,
    read_organisation,
    store_path,
)
from directives.tracker import SCHEMA

stores.require(module=True)
import psycopg  # noqa: E402 # which a server needs

from directives.store.catalogue import FORMAT  # noqa: E402 # what needs the driver
from directives.store.postgres.address import address_of  # noqa: E402
from directives.store.postgres.catalogue import OWN  # noqa: E402
from directives.store.postgres.cursor import translated  # noqa: E402
from directives.store.table import STORED_EVENTS  # noqa: E402

pytestmark = pytest.mark.usefixtures("server")
NAME = f"test-{os.getpid()}"
"""What the server calls the connections of these tests."""


@pytest.fixture
def server():
    return stores.server()


@pytest.fixture
def url(server):
    """The URL of a schema that is not there; it is dropped afterwards."""
    with server.elsewhere() as url:
        yield f"{url}&application_name={NAME}"


def schemas(server, url):
    """The schemas that are there of a store."""
    name = address_of(url).schema
    rows = server.connection.execute(
        "SELECT nspname FROM pg_namespace WHERE nspname IN (%s, %s)", (name, f"{name}_keys")
    )
    return {row[0].removeprefix(name) for row in rows}


@pytest.fixture
def store(url):
    """A store with the bundled organisation."""
    with Tracker(url, create=True) as tracker:
        tracker.found(read_organisation())
    return url


def test_it_is_made_once_and_opened_again(store, server):
    assert schemas(server, store) == {"", "_keys"}
    with Tracker(store) as tracker, Tracker(store, create=True) as another:
        assert len(tracker.units()) == len(another.units()) == 96
        another.retire("JH-AC60", "Merged.")
        assert len(tracker.units()) == 95


def test_one_that_is_not_there_is_told_and_not_made(url, server):
    with pytest.raises(StoreMissing, match=r"db: there is no store at .*: create one with directives init"):
        Tracker(url)
    assert schemas(server, url) == set()


def test_one_that_was_never_written_to_is_gone_again(url, server):
    with Tracker(url, create=True) as tracker, pytest.raises(UnknownUnit):
        tracker.retire("JH", "No such unit.")
    assert schemas(server, url) == set()


def test_what_is_of_somebody_else_is_left_alone(url, server):
    schema = address_of(url).schema
    server.connection.execute(f"CREATE SCHEMA {schema}; CREATE TABLE {schema}.members (name text)")
    for create in (True, False):
        with pytest.raises((NotOurStore, StoreMissing)) as caught:
            Tracker(url, create=create)
    assert "no store" in str(caught.value)
    with pytest.raises(NotOurStore, match="holds no store of directives, but members: name another schema"):
        Tracker(url, create=True)
    assert server.connection.execute(f"SELECT count(*) FROM {schema}.members").fetchone() == (0,)
    assert schemas(server, url) == {""}


def test_a_newer_one_is_refused(store, server):
    server.connection.execute(f"UPDATE {address_of(store).schema}.directives_store SET format = {FORMAT + 1}")
    with pytest.raises(NewerStore, match="written by a newer version of directives"):
        Tracker(store)


def test_an_older_one_gets_its_tables_anew(store, server):
    schema = address_of(store).schema
    server.connection.execute(f"UPDATE {schema}.directives_store SET format = 13; DROP TABLE {schema}.unit_names")
    with Tracker(store) as tracker:
        assert tracker.meant("unit", "khunti lok sabha") == "JH-PC11"
    assert server.connection.execute(f"SELECT format FROM {schema}.directives_store").fetchone() == (FORMAT,)


def test_each_text_is_in_the_order_of_its_characters(store, server):
    """The test server has no other order: one that was forgotten would show in no answer."""
    schema = address_of(store).schema
    rows = server.connection.execute(
        """SELECT table_schema || '.' || table_name || '.' || column_name, collation_name
        FROM information_schema.columns WHERE table_schema IN (%s, %s) AND data_type = 'text'""",
        (schema, f"{schema}_keys"),
    ).fetchall()
    assert {name for name, collation in rows if collation != "C"} == set()
    tables = (STORED_EVENTS, *SCHEMA.beside_the_log, *OWN)
    assert len(rows) == sum(" TEXT" in column for table in tables for column in table.columns) + 1


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://h/d?schema=Big", "'Big' is no name for a schema"),
        ("postgresql://h/d?schema=pg_toast", "'pg_toast' is no name for a schema"),
        ("postgresql://h/d?schema=", "'' is no name for a schema"),
        ("postgresql://h/d?schema=a;b", "'a;b' is no name for a schema"),
        ("postgresql://h/d?colour=red", "the URL names no database"),
        ("postgresql://h:port/d", "the URL names no database|cannot be reached"),
        ("postgresql://u@[::1:1/d", "the URL names no database"),
        ("postgresql://u:s3cret%zz@h/d", "the URL names no database"),
        ("postgresql://u:x@s3cret@h/d", "a password has @ : / or [?] in it"),
        ("postgresql://u:to?s3cret@h/d", "the URL names no database|cannot be reached"),
        ("postgresql://h/d?connect_timeout=s", "the URL names no database"),
        ("postgresql+psycopg://u:s3cret@h/d", "does not name a store"),
    ],
)
def test_what_is_no_address(url, said):
    with pytest.raises((InvalidInput, StoreUnusable), match=said) as caught:
        Tracker(url, lock_timeout=1)
    assert "\n" not in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_an_address_is_told_without_its_password():
    address = address_of("postgresql://clerk:secret@db.example/party?schema=jh")
    assert address.told == "db.example/party (jh)"
    assert "secret" in address.conninfo
    assert store_path("postgresql://clerk:secret@db.example/party") is None


@pytest.mark.parametrize(
    ("url", "conninfo"),
    [
        ("postgresql:///d?host=/s&user=u&schema=x", "postgresql:///d?host=/s&user=u"),
        ("POSTGRESQL://u@h/d?schema=x&options=-c%20a%3D1", "postgresql://u@h/d?options=-c%20a%3D1"),
        ("postgres://h/d?schema=x", "postgres://h/d"),
    ],
)
def test_what_is_libpq_s_goes_to_it_as_it_stands(url, conninfo):
    address = address_of(url)
    assert (address.conninfo, address.schema) == (conninfo, "x")


def test_a_schema_that_lets_nobody_in_is_not_taken_for_none(store, server):
    server.connection.execute("CREATE ROLE nobody LOGIN")
    try:
        with pytest.raises(StoreUnusable, match="this user may not do that"):
            Tracker(store.replace("//postgres:@", "//nobody@"))
    finally:
        server.connection.execute("DROP ROLE nobody")


def test_a_store_that_was_restored_without_its_keys_goes_on(store, server):
    """What was sealed stays sealed; a person who is recorded from then on has a key."""
    schema = address_of(store).schema
    server.connection.execute(f"DROP SCHEMA {schema}_keys CASCADE")
    with Tracker(store) as tracker:
        with_speakers(tracker)
        assert tracker.persons() == []
        identify(tracker)
        assert tracker.person(PERSON).name == OF_SPEAKER
    server.connection.execute(f"DROP SCHEMA {schema}_keys CASCADE")
    with Tracker(store) as tracker:
        tracker.forget_person(PERSON, "Asked for it.", office="headquarters@JH")
        assert tracker.person(PERSON).state == "erased", "no key is left to be destroyed"


def test_an_erasure_whose_key_cannot_be_destroyed_yet_says_so(store, server):
    keys = f"{address_of(store).schema}_keys.keys"
    with Tracker(store) as tracker, psycopg.connect(server.connection.info.dsn) as other:
        with_speakers(tracker)
        identify(tracker)
        other.execute(f"SELECT count(*) FROM {keys}")
        with pytest.raises(StoreUnusable, match="is recorded, but the key is not destroyed yet"):
            tracker.forget_person(PERSON, "Asked for it.", office="headquarters@JH")
        other.rollback()
        assert tracker.person(PERSON).state == "erased"
        tracker.retire("JH-AC01", "Merged.")
        assert server.connection.execute(f"SELECT count(*) FROM {keys}").fetchone() == (0,)


def test_a_server_that_is_not_there_is_told_in_one_line():
    with pytest.raises(StoreUnusable, match=r"store: the server of 127.0.0.1/d .* cannot be reached") as caught:
        Tracker("postgresql://clerk:secret@127.0.0.1:1/d")
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_store_that_is_held_is_busy(store, server):
    with psycopg.connect(server.uri) as other:
        other.execute(f"SELECT pg_advisory_lock({address_of(store).lock})")
        with Tracker(store, lock_timeout=0.2) as tracker:
            assert len(tracker.units()) == 96
            with pytest.raises(StoreBusy, match="another process holds it: try again"):
                tracker.retire("JH-AC60", "Merged.")
            other.execute("SELECT pg_advisory_unlock_all()")
            tracker.retire("JH-AC60", "Merged.")


def test_a_connection_that_was_closed_meanwhile_is_replaced(store, server):
    with Tracker(store) as tracker:
        tracker.rename("JH-AC60", {"en": "One", "hi": "एक"})
        cut(server)
        assert tracker.unit("JH-AC60").name.en == "One"
        cut(server)
        tracker.rename("JH-AC60", {"en": "Two", "hi": "दो"})
        assert tracker.unit("JH-AC60").name.en == "Two"


def cut(server):
    """End the connections of this test; others use the server too."""
    server.connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s", (NAME,)
    )


def test_a_connection_that_is_cut_in_the_midst_of_a_command(store, server, monkeypatch):
    """One line, nothing half done, and the same command again answers."""
    with Tracker(store) as tracker:
        before, append = len([*tracker.events()]), tracker._store.event_log.append

        def appended(session, rows):
            append(session, rows)
            cut(server)

        monkeypatch.setattr(tracker._store.event_log, "append", appended)
        with pytest.raises(StoreUnusable, match=r"cannot be reached .*: try again") as caught:
            tracker.retire("JH-AC60", "Merged.", command_id="once")
        assert "\n" not in str(caught.value)
        monkeypatch.undo()
        assert len([*tracker.events()]) == before
        done = tracker.retire("JH-AC60", "Merged.", command_id="once")
        assert tracker.retire("JH-AC60", "Merged.", command_id="once") == done


def test_a_commit_whose_answer_was_lost_is_found_by_the_same_command(store, server, monkeypatch):
    with Tracker(store) as tracker:
        commit = psycopg.Connection.commit

        def lost(connection):
            written = connection.execute("SELECT pg_current_xact_id_if_assigned() IS NOT NULL").fetchone()[0]
            commit(connection)
            if written:
                cut(server)
                raise psycopg.OperationalError("server closed the connection unexpectedly")

        monkeypatch.setattr(psycopg.Connection, "commit", lost)
        with pytest.raises(StoreUnusable, match="a command with the same id is carried out once"):
            tracker.retire("JH-AC60", "Merged.", command_id="once")
        monkeypatch.undo()
        number = len([*tracker.events()])
        (event,) = tracker.retire("JH-AC60", "Merged.", command_id="once")
        assert (event.name, len([*tracker.events()])) == ("Retired", number)


def begin_at_once(url, barrier, results):
    barrier.wait()
    with suppress(Exception), Tracker(url, create=True) as tracker:
        results.put(len(tracker.found(read_organisation())))
        return
    results.put(None)


def test_several_processes_begin_on_an_empty_database(server):
    """It is made once, and founded once."""
    processes = multiprocessing.get_context("spawn")
    for _ in range(2):
        schema = server.new_schema()
        barrier, results = processes.Barrier(4), processes.Queue()
        arguments = (server.url(schema), barrier, results)
        started = [processes.Process(target=begin_at_once, args=arguments) for _ in range(4)]
        for each in started:
            each.start()
        found = [results.get(timeout=60) for _ in started]
        for each in started:
            each.join()
        assert sorted(found, key=str) == [0, 0, 0, 97], found
        with Tracker(server.url(schema)) as tracker:
            assert len([*tracker.events()]) == 97
            assert {each.state for each in tracker.doctor()} <= {"ok", "look"}


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        ("SELECT ? || 'why?', ?", "SELECT $1 || 'why?', $2"),
        ("SELECT :b, :a, ':a', :b", "SELECT $1, $2, ':a', $1"),
        ("SELECT CAST(:a AS text), x::text, '100%'", "SELECT CAST($1 AS text), x::text, '100%'"),
    ],
)
def test_parameters_are_numbered(statement, text):
    assert translated(statement).text == text


def test_what_was_added_beside_the_keys_is_told(store, server):
    """A trigger there could copy them away."""
    keys = f"{address_of(store).schema}_keys"
    server.connection.execute(
        f"""CREATE TABLE {keys}.copies (LIKE {keys}.keys); CREATE RULE copied AS ON INSERT TO {keys}.keys
        DO ALSO INSERT INTO {keys}.copies VALUES (new.person, new.key)"""
    )
    with Tracker(store) as tracker:
        (said,) = [each.found for each in tracker.doctor() if each.check == "schema"]
    assert said == f"the table {keys}.copies was added; the rule {keys}.copied was added"


def test_doctor_and_rebuild_tell_what_of_the_schema_is_amiss(store, server):
    schema = address_of(store).schema
    server.connection.execute(
        f"""SET search_path = {schema}; DROP INDEX tasks_extended; ALTER TABLE units ADD COLUMN colour text;
        CREATE VIEW mine AS SELECT 1 AS one; DROP TABLE commands; RESET search_path"""
    )
    with Tracker(store) as tracker:
        (said,) = [each.found for each in tracker.doctor() if (each.check, each.state) == ("schema", "wrong")]
        assert "the table commands is missing" in said
        assert "the table units is defined differently" in said
        assert said.endswith("(and 1 more)"), "the index of tasks"
        (added,) = [each.found for each in tracker.doctor() if (each.check, each.state) == ("schema", "look")]
        assert added == "the view mine was added"
        mended = {each.table for each in tracker.rebuild() if each.mended}
        assert mended == {"commands", "tasks", "units"}
        assert {each.state for each in tracker.doctor() if each.check in ("schema", "units", "log")} <= {"ok", "look"}
    assert server.connection.execute(f"SELECT one FROM {schema}.mine").fetchone() == (1,)


ON_OURS = {
    "a rule": ("CREATE RULE more AS ON INSERT TO tallies DO ALSO DELETE FROM evidence", "the rule more was added"),
    "a condition": ("ALTER TABLE units ADD CHECK (version < 9)", "the table units is defined differently"),
    "a default": ("ALTER TABLE units ALTER level SET DEFAULT 'x'", "the table units is defined differently"),
    "row security": ("ALTER TABLE tasks ENABLE ROW LEVEL SECURITY", "the table tasks is defined differently"),
    "a policy": ("CREATE POLICY none ON tasks USING (false)", "the table tasks is defined differently"),
    "no write-ahead log": ("ALTER TABLE days SET UNLOGGED", "the table days is defined differently"),
    "a table that adds rows": ("CREATE TABLE more () INHERITS (days)", "the table days is defined differently"),
}
"""What may be put on a table: how, and what is told of it."""


@pytest.mark.parametrize("what", ON_OURS)
def test_what_somebody_put_on_a_table_of_ours_is_told_and_no_table_is_left_with_it(store, what):
    statement, said = ON_OURS[what]
    with stores.raw(store) as handle:
        handle.execute(statement)
    with Tracker(store) as tracker:
        assert said in next(each.found for each in tracker.audit() if each.check == "schema")
        if what == "a table that adds rows":
            with pytest.raises(StoreUnusable, match=r"something that was added hinders it .* remove it"):
                tracker.rebuild()
            return
        tracker.rebuild()
        left = [each.found for each in tracker.doctor() if (each.check, each.state) == ("schema", "wrong")]
        assert left == []


def test_a_function_that_the_server_would_prefer_to_its_own_is_told(store):
    with stores.raw(store) as handle:
        handle.execute(
            """CREATE FUNCTION unnest(text[]) RETURNS SETOF text LANGUAGE sql AS 'SELECT NULL';
            CREATE OPERATOR <<< (FUNCTION = int8lt, LEFTARG = int8, RIGHTARG = int8)"""
        )
    with Tracker(store) as tracker:
        (told,) = [each.found for each in tracker.doctor() if (each.check, each.state) == ("schema", "look")]
    assert told == "the function unnest(text[]) was added; the operator <<<(bigint,bigint) was added"


def test_what_others_added_to_a_table_that_is_made_anew_is_put_back(store):
    with stores.raw(store) as handle:
        handle.execute(
            """CREATE TABLE noted (unit text);
            CREATE UNIQUE INDEX "Of Forms" ON unit_names (code, form) WHERE form > '';
            CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN INSERT INTO noted VALUES (new.code); RETURN NULL; END $$;
            CREATE TRIGGER noted AFTER INSERT ON units FOR EACH ROW EXECUTE FUNCTION note();
            CREATE RULE kept AS ON DELETE TO units DO ALSO INSERT INTO noted VALUES (old.code)"""
        )
        with Tracker(store) as tracker:
            before = [each.found for each in tracker.doctor() if each.check == "schema"]
            assert len(before) == 1
            assert not any(each.differing for each in tracker.rebuild())
            assert [each.found for each in tracker.doctor() if each.check == "schema"] == before
        assert handle.execute("SELECT count(*) FROM noted").fetchone() == (0,), "none of them ran meanwhile"


def test_an_index_of_somebody_else_that_does_not_fit_is_named(store):
    with stores.raw(store) as handle:
        handle.execute("DELETE FROM units; CREATE UNIQUE INDEX one ON units (level)")
        with Tracker(store) as tracker, pytest.raises(StoreUnusable, match="the index one, which was added, does not"):
            tracker.rebuild()
        assert handle.execute("SELECT count(*) FROM units").fetchone() == (0,), "nothing was changed"
