"""Organisation files of any length, registered part by part."""

import pytest

from directives import (
    AlreadyRecorded,
    InvalidOrganisation,
    OrganisationFile,
    Tracker,
    generated_state,
    read_organisation,
    write_organisation,
)

HEAD = "code,parent,level,name_en,name_hi"


class Interrupted(Exception):
    """What a person or a power cut does."""


@pytest.fixture(scope="module")
def ladakh(tmp_path_factory):
    path = tmp_path_factory.mktemp("units") / "ladakh.csv"
    with path.open("w", encoding="utf-8") as file:
        write_organisation(generated_state("LA"), file)
    return path


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'store.db'}"


def lines(path, *rows):
    path.write_text("\n".join([HEAD, *rows, ""]), "utf-8")
    return path


def test_a_long_file_gives_the_same_organisation_as_all_at_once(ladakh, url):
    told = []
    with OrganisationFile(ladakh) as file, Tracker(url, create=True) as tracker:
        assert tracker.found_from(file, progress=lambda *numbers: told.append(numbers)) == 2417
        units = tracker.units()
        found = [each.found for each in tracker.doctor() if each.state == "wrong"]
    with Tracker("sqlite:///:memory:") as tracker:
        tracker.found(read_organisation(ladakh))
        assert tracker.units() == units
    assert told == [(1, 2417), (2001, 2417), (2417, 2417)]
    assert not found


def test_interrupted_half_way_it_goes_on_without_a_double(ladakh, url):
    def interrupt(done, _):
        if done > 2000:
            raise Interrupted

    with OrganisationFile(ladakh) as file, Tracker(url, create=True) as tracker:
        with pytest.raises(Interrupted):
            tracker.found_from(file, progress=interrupt)
        assert len(tracker.units()) == 2001
        assert tracker.found_from(file) == 416
        assert tracker.found_from(file) == 0, "all is there"
        assert len({*(unit.code for unit in tracker.units())}) == 2417


def test_another_organisation_is_refused_and_nothing_changed(ladakh, url):
    with Tracker(url, create=True) as tracker:
        tracker.found(read_organisation())
        events = len([*tracker.events()])
        with OrganisationFile(ladakh) as file, pytest.raises(AlreadyRecorded, match="another organisation"):
            tracker.found_from(file)
        assert len([*tracker.events()]) == events


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["A,,state,A,ए", "B,A,moon,B,बी"], "line 3: level: moon of B is unknown"),
        (["A,,state,A,ए", "B,X,block,B,बी"], "line 3: parent: X of B does not exist"),
        (["A,,state,A,ए", "B,A,state,B,बी"], "line 3: level: B (state) cannot report to A"),
        (["A,,state,A,ए", "B,,state,B,बी"], "line 3: parent: A, B have none: exactly one top unit is needed"),
        (
            ["A,,state,A,ए", "B,C,block,B,बी", "C,B,block,C,सी"],
            "line 4: parent: C -> B -> C: a unit cannot report to itself",
        ),
        (["A,,state,A,ए", "B,A,block,B,बी", "B,A,block,B,बी"], "line 4: code: B is a duplicate"),
        (["A,A,state,A,ए"], "parent: A -> A"),
    ],
)
def test_the_whole_file_is_checked_before_anything_is_registered(tmp_path, rows, said):
    with pytest.raises(InvalidOrganisation) as caught, OrganisationFile(lines(tmp_path / "x.csv", *rows)) as file:
        file.check()
    assert said in str(caught.value)


def test_a_wrong_line_late_in_a_long_file_leaves_the_store_empty(ladakh, url, tmp_path):
    path = tmp_path / "wrong.csv"
    path.write_text(ladakh.read_text("utf-8") + "Z9,NOWHERE,booth,Z,ज़ेड\n", "utf-8")
    with Tracker(url, create=True) as tracker:
        with (
            OrganisationFile(path) as file,
            pytest.raises(InvalidOrganisation, match="line 2419: parent: NOWHERE of Z9"),
        ):
            tracker.found_from(file)
        assert not [*tracker.events()]


@pytest.fixture
def half(ladakh, tmp_path):
    """A store of all units but the booths."""
    path = tmp_path / "half.csv"
    path.write_text(
        "\n".join(line for line in ladakh.read_text("utf-8").splitlines() if ",booth," not in line), "utf-8"
    )
    with Tracker(f"sqlite:///{tmp_path / 'half.db'}", create=True) as tracker:
        tracker.found(read_organisation(path))
        yield tracker


def test_what_a_long_file_adds_and_changes_is_registered_part_by_part(half, ladakh):
    half.rename("LA-B01", {"en": "Other", "hi": "दूसरा"})
    with OrganisationFile(ladakh) as file:
        assert half.register_from(file, reason="The list.") == {"Registered": 1929, "Renamed": 1}
        assert half.register_from(file) == {}, "all is so"
    assert {unit.code: unit for unit in half.units()} == {unit.code: unit for unit in read_organisation(ladakh)}
    assert not [each for each in half.doctor() if each.state == "wrong"]


def test_a_wrong_line_late_in_it_changes_nothing(half, ladakh, tmp_path):
    path = tmp_path / "wrong.csv"
    before = len([*half.events()])
    for line, said in [("Z9,NOWHERE,booth,Z,ज़ेड", "parent: NOWHERE of Z9"), ("Z9,LA,moon,Z,ज़ेड", "level: moon of Z9")]:
        path.write_text(ladakh.read_text("utf-8") + f"{line}\n", "utf-8")
        with OrganisationFile(path) as file, pytest.raises(InvalidOrganisation, match=f"^{path} line 2419: {said}"):
            half.register_from(file)
        assert len([*half.events()]) == before
