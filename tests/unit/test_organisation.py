"""Founding an organisation: its events, its refusals, its quiet case."""

import pytest

from directives import Level, Text, Tracker, Unit, read_organisation
from directives.domain.errors import AlreadyRecorded, InvalidInput, InvalidOrganisation

HEADER = "code,parent,level,name_en,name_hi\n"
TOP = "X,,state,Ex,एक्स\n"


def file(tmp_path, text):
    path = tmp_path / "org.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_the_bundled_organisation_is_one_founding_and_one_registration_a_unit(tracker):
    names = [event.name for event in tracker.events()]
    assert names == ["Founded"] + ["Registered"] * 96
    by_level = [unit.level for unit in tracker.units()]
    assert [by_level.count(level) for level in ("state", "lok_sabha", "vidhan_sabha")] == [1, 14, 81]


def test_the_same_organisation_again_changes_nothing(tracker):
    assert tracker.found(read_organisation()) == ()
    assert len(list(tracker.events())) == 97


def test_another_organisation_is_refused(tracker, tmp_path):
    with pytest.raises(AlreadyRecorded):
        tracker.found(read_organisation(file(tmp_path, HEADER + TOP)))
    assert len(list(tracker.events())) == 97


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (TOP + "A,X,block,A,ए\nA,X,block,B,बी\n", "code: A is a duplicate"),
        (TOP + "A,Q,block,A,ए\n", "parent: Q of A does not exist"),
        (TOP + "A,B,block,A,ए\nB,A,booth,B,बी\n", "parent: A -> B -> A"),
        (TOP + "A,A,block,A,ए\n", "parent: A -> A"),
        (TOP + "A,X,district,A,ए\n", "level: district of A is unknown"),
        (TOP + "A,X,state,A,ए\n", "level: A (state) cannot report to X (state)"),
        (TOP + "Y,,state,Y,वाई\n", "parent: X, Y have none"),
        (TOP + "A,X,block,,ए\n", "name.en: '' is not allowed"),
        (TOP + "A/B,X,block,A,ए\n", "code: 'A/B' is not allowed"),
        (TOP + "A,X\n", "line 3: has more or fewer fields"),
        ("", "there is no unit"),
    ],
)
def test_a_bad_file_is_refused_whole(empty, tmp_path, rows, said):
    with pytest.raises(InvalidOrganisation) as caught:
        empty.found(read_organisation(file(tmp_path, HEADER + rows)))
    assert said in str(caught.value)
    assert list(empty.events()) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"code,parent\n", "column level is missing"),
        (b"\xff\xfe", "is not UTF-8 text"),
        (b"", "column code is missing"),
    ],
)
def test_a_file_that_is_no_organisation(tmp_path, text, said):
    with pytest.raises(InvalidOrganisation, match=said):
        read_organisation(file(tmp_path, text))


def test_levels_of_ones_own(empty):
    district = Level(code="zila", name=Text(en="District", hi="जिला"))
    unit = Unit(code="D", level="zila", name=district.name)
    with pytest.raises(InvalidOrganisation, match="levels: zila is a duplicate"):
        empty.found([unit], levels=[district, district])
    assert len(empty.found([unit], levels=[district])) == 2
    assert empty.levels == (district,)


def test_a_zone_that_is_none(empty):
    with pytest.raises(InvalidInput, match="zone: 'Mars/X' is not allowed: name an IANA time zone"):
        empty.found(read_organisation(), zone="Mars/X")


def test_a_hindi_name_is_kept_in_nfc(tmp_path):
    units = read_organisation(file(tmp_path, HEADER + "X,,state,Ex,ब\u095cा\n"))
    assert units[0].name.hi == "बड\u093cा"


def test_a_store_that_was_made_for_nothing_leaves_no_file(tmp_path):
    with Tracker(f"sqlite:///{tmp_path}/x.db", create=True):
        pass
    assert list(tmp_path.iterdir()) == []
