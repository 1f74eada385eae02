"""What is known of a person: sealed from the first event on, opened by the person's key alone, erased with it."""

import json
import shutil
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from tests.store.speakers import (
    HQ,
    NAME,
    OWN,
    PERSON,
    PHONE,
    TASK,
    bytes_in,
    directed,
    identify,
    in_clear,
    of_doctor,
    path,
    store,
)
from tests.stores import fresh

from directives import (
    InvalidInput,
    NotEntitled,
    PersonForgotten,
    StoreError,
    Text,
    Tracker,
    Unit,
    UnknownPerson,
    WrittenCommands,
)
from directives.store.keys import opened
from directives_cli.main import main

pytestmark = pytest.mark.every_store

__all__ = ["path", "store"]


def test_it_is_sealed_in_the_event_and_opened_by_the_key(store, tmp_path):
    (event,) = identify(store)
    assert (event.data.name.person, event.data.phone.person) == (PERSON, PERSON)
    view = store.person(PERSON)
    assert (view.state, view.name, view.phone, view.unit) == ("known", NAME, PHONE, "JH-AC60")
    assert store.persons("JH-PC11") == store.persons() == [view]
    assert store.persons("JH-PC01") == []
    assert in_clear(tmp_path) == []
    assert NAME not in repr(event) + event.model_dump_json() + store.history(TASK)[-1].sentence
    assert of_doctor(store) == [("ok", "1 person, sealed or erased")]
    assert [each.differing for each in store.rebuild()] == [0] * 11
    assert store.person(PERSON) == view


def test_a_speaker_without_a_name_is_no_person(store):
    store.work("speaker identify", TASK, speaker="SP-09", **OWN)
    assert store.persons() == []
    with pytest.raises(UnknownPerson):
        store.person("JH-AC60/SP-09")


def test_a_value_is_bound_to_its_person_its_stream_and_its_field(store):
    (event,) = identify(store)
    key = store._place.keys.of([PERSON])[PERSON]
    box, place = event.data.name.box, (PERSON, event.stream, "name")
    assert opened(box, key, *place) == NAME
    assert opened(box, bytes(32), *place) is None
    assert opened(box, None, *place) is None
    for other in (("X/SP-01", *place[1:]), (PERSON, "task/other", "name"), (*place[:2], "phone")):
        assert opened(box, key, *other) is None


def test_to_erase_is_to_destroy_the_key(store, path, tmp_path):
    identify(store)
    identify(store, "SP-02", name="नमूना वक्ता दो")
    key = store._place.keys.of([PERSON])[PERSON]
    assert key in bytes_in(tmp_path)
    (event,) = store.forget_person(PERSON, "They asked for it.", **HQ)
    assert (event.stream, event.name) == (f"person/{PERSON}", "PersonErased")
    assert key not in bytes_in(tmp_path)
    view = store.person(PERSON)
    assert (view.state, view.name, view.phone) == ("erased", None, None)
    assert store.person("JH-AC60/SP-02").name == "नमूना वक्ता दो"
    assert store.forget_person(PERSON, "Again.", **HQ) == ()
    said = "The headquarters of Jharkhand erased the personal data of JH-AC60/SP-01: They asked for it."
    assert [each.sentence for each in store.history(f"person/{PERSON}")] == [said]
    assert of_doctor(store) == [("ok", "2 persons, sealed or erased")]
    assert [each.differing for each in store.rebuild()] == [0] * 11


def test_who_was_erased_is_not_recorded_again(store):
    identify(store)
    store.forget_person(PERSON, "No.", **HQ)
    store.work("speaker stand-down", TASK, speaker="SP-01", reason="No.", **OWN)
    with pytest.raises(PersonForgotten, match="give this one another code"):
        identify(store)
    assert store._place.keys.of([PERSON]) == {}


def test_what_is_refused_makes_no_key(store, path):
    for wrong in ({"office": "convenor@JH-AC59"}, {"occurred_at": datetime(2020, 1, 1, tzinfo=UTC)}):
        with pytest.raises(Exception, match=r"an office of that unit|is before"):
            identify(store, **wrong)
    identify(store)
    with pytest.raises(NotEntitled):
        store.forget_person(PERSON, "No.", office="convenor@JH-AC59")
    assert store.person(PERSON).state == "known"
    with pytest.raises(UnknownPerson):
        store.forget_person("JH-AC60/SP-77", "No.", **HQ)
    with pytest.raises(InvalidInput, match=r"person: .* is not allowed: write UNIT/CODE"):
        store.forget_person("nobody", "No.", **HQ)


def test_an_import_that_fails_makes_no_key(store, path, tmp_path):
    line = {"command": "speaker identify", "task": TASK, "name": NAME, "phone": PHONE} | OWN
    file = tmp_path.parent / f"{tmp_path.name}.jsonl"
    lines = [{**line, "speaker": f"SP-{number}"} for number in range(3)]
    file.write_text("\n".join(json.dumps(each) for each in [*lines, {**line, "speaker": "no code"}]))
    with pytest.raises(InvalidInput, match="line 4"):
        store.import_commands(WrittenCommands(file))
    store.import_commands(WrittenCommands(file), dry_run=True)
    assert not path.with_name("d.db.keys").exists()
    file.write_text("\n".join(json.dumps(each) for each in lines))
    assert store.import_commands(WrittenCommands(file)).done == 3
    assert store.import_commands(WrittenCommands(file)).before == 3
    forget = [{"command": "person forget", "person": "JH-AC60/SP-1", "reason": "No."} | HQ]
    file.write_text("\n".join(json.dumps(each) for each in forget))
    assert store.import_commands(WrittenCommands(file)).done == 1
    assert [each.state for each in store.persons()] == ["known", "erased", "known"]
    assert {*store._place.keys.of([f"JH-AC60/SP-{number}" for number in range(3)])} == {"JH-AC60/SP-0", "JH-AC60/SP-2"}
    assert in_clear(tmp_path) == []


def test_an_id_made_of_a_line_tells_nothing_of_a_person(store, tmp_path):
    file = tmp_path.parent / f"{tmp_path.name}.jsonl"
    ids = set()
    for phone in (PHONE, "+910000000002"):
        file.write_text(
            json.dumps({"command": "speaker identify", "task": TASK, "speaker": "SP-01", "phone": phone} | OWN)
        )
        ids.update((command.command_id, former.command_id) for _, command, former in WrittenCommands(file))
    assert len(ids) == 1


def test_a_line_known_by_its_former_id_destroys_a_key_that_outlived_it(store, path, tmp_path):
    identify(store)
    keys, copy = path.with_name("d.db.keys"), path.with_name("copy")
    shutil.copy(keys, copy)
    forget = {"command": "person forget", "person": PERSON, "reason": "No."} | HQ
    file = tmp_path.parent / f"{tmp_path.name}.jsonl"
    file.write_text(json.dumps(forget))
    ((_, _, former),) = WrittenCommands(file)
    store.execute(former)
    shutil.copy(copy, keys)
    assert store.import_commands(WrittenCommands(file)).before == 1
    assert store._place.keys.of([PERSON]) == {}


def test_lost_and_resurrected_keys_are_told(store, path):
    identify(store)
    keys, copy = path.with_name("d.db.keys"), path.with_name("copy")
    shutil.copy(keys, copy)
    keys.unlink()
    assert store.person(PERSON).state == "unreadable"
    assert of_doctor(store) == [("look", f"the keys of 1 person are not here: {PERSON}")]
    (found,) = [each for each in store.doctor() if each.check == "personal data"]
    assert found.what_to_do == "put the file d.db.keys beside the store, or unpack a pack with keys"
    keys.touch(mode=0o600)
    assert of_doctor(store) == [("wrong", f"the data of 1 person cannot be decrypted: {PERSON}")], "a file without it"
    shutil.copy(copy, keys)
    store.forget_person(PERSON, "They asked for it.", **HQ)
    shutil.copy(copy, keys)
    assert of_doctor(store) == [("wrong", f"keys of 1 erased person still exist: {PERSON}")]
    assert store.person(PERSON).name is None
    store.forget_person(PERSON, "Once more.", **HQ)
    assert of_doctor(store)[0][0] == "ok"


def test_keys_that_cannot_be_written_leave_the_store_as_it_was(store, path):
    keys = path.with_name("d.db.keys")
    keys.write_text("no database")
    keys.chmod(0o600)
    before = len(list(store.events()))
    with pytest.raises(StoreError, match=r"keys: .* cannot be used"):
        identify(store)
    assert len(list(store.events())) == before


def test_keys_are_for_the_owner_alone(store, path):
    identify(store)
    assert path.with_name("d.db.keys").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("field", "value"),
    [("phone", "98765x43210"), ("phone", 9876543210), ("phone", "98765"), ("name", "a\nb"), ("name", "")],
)
def test_a_wrong_value_is_told_and_not_shown(store, field, value):
    with pytest.raises(InvalidInput, match=f"^{field}: is not allowed: write") as caught:
        identify(store, **{field: value})
    told = "".join(map(str, (caught.value, caught.value.__cause__)))
    assert not value or str(value) not in told


def test_a_number_is_read_in_the_digits_of_any_script(store):
    identify(store, phone="+९१ ००००० ०००-०१")
    assert store.person(PERSON).phone == "+910000000001"


def test_a_name_is_kept_in_one_form_of_unicode(store):
    identify(store, name="फ़रज़ी नाम")
    assert store.person(PERSON).name == "फ़रज़ी नाम"


def test_a_store_in_memory_has_its_keys_there(clock):
    with Tracker(fresh(), clock=clock) as tracker:
        directed(tracker)
        identify(tracker)
        assert tracker.person(PERSON).name == NAME
        tracker.forget_person(PERSON, "No.", **HQ)
        assert tracker.person(PERSON).name is None


def test_no_byte_of_the_demo_holds_a_name_or_a_number(tmp_path):
    done = CliRunner().invoke(main, ["demo", str(tmp_path / "demo")])
    assert done.exit_code == 0
    assert "नमूना वक्ता एक" in done.stdout, "told to whoever has the keys"
    content = bytes_in(tmp_path / "demo")
    assert b"SpeakerIdentified" in content
    for text in ("नमूना वक्ता", "0000000001", "0000000002", "0000000003"):
        assert text.encode() not in content
        assert text.encode("utf-16-le") not in content


def test_a_unit_that_moves_keeps_its_persons(store):
    identify(store)
    store.move("JH-AC60", "JH-PC01", "Redrawn.")
    assert [each.person for each in store.persons("JH-PC01")] == [PERSON]
    store.register([Unit(code="Z", parent="JH-PC01", level="vidhan_sabha", name=Text(en="Z", hi="ज़"))])
    assert store.persons("Z") == []


def test_a_name_in_the_place_of_a_field_is_not_told(store):
    with pytest.raises(InvalidInput, match="has an unknown field") as caught:
        identify(store, **{"Secretname Ram": "+910000000009"})
    assert "Secretname" not in "".join(map(str, (caught.value, caught.value.__cause__)))
    with pytest.raises(InvalidInput, match="phones: is not a field here"):
        identify(store, phones="1")


def test_whether_a_command_gave_other_values_cannot_be_told_without_the_keys_and_is_not_guessed(store, path):
    identify(store, command_id="c")
    path.with_name("d.db.keys").unlink()
    with pytest.raises(StoreError, match=f"keys: the key of {PERSON} is missing: restore the keys from a backup"):
        identify(store, command_id="c", name="दूसरा")
    store.forget_person(PERSON, "Lost.", **HQ)
    assert len(identify(store, command_id="c", name="दूसरा")) == 1


def test_nothing_more_is_recorded_under_a_new_key_of_who_is_known_by_one_that_is_missing(store, path):
    identify(store)
    keys = path.with_name("d.db.keys")
    keys.rename(keys.with_name("kept"))
    store.work("speaker stand-down", TASK, speaker="SP-01", reason="No.", **OWN)
    with pytest.raises(StoreError, match=f"keys: the key of {PERSON} is missing: restore the keys from a backup"):
        identify(store, name="दूसरा")
    assert not keys.exists()
    keys.with_name("kept").rename(keys)
    identify(store, name="दूसरा")
    assert store.person(PERSON).name == "दूसरा"
