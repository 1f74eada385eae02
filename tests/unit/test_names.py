"""Names instead of codes: what is printed for a unit means that unit, and nothing is chosen silently."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.stores import fresh

from directives import (
    AmbiguousName,
    InvalidInput,
    Level,
    Text,
    Tracker,
    Unit,
    UnknownUnit,
    generated_state,
    read_organisation,
)
from directives.domain.organisation.names import folded
from directives.domain.organisation.sounds import sound
from directives.queries import search

pytestmark = pytest.mark.every_store


@pytest.fixture(scope="module")
def bundled():
    with Tracker(fresh(), create=True) as tracker:
        tracker.found(read_organisation())
        tracker.register(read_organisation("src/directives/samples/khunti-sample.csv"))
        yield tracker


def unit(code, parent, level, en, hi=None):
    return Unit(code=code, parent=parent, level=level, name=Text(en=en, hi=hi))


def store(*units):
    tracker = Tracker(fresh(), create=True)
    tracker.found(units)
    return tracker


def label(tracker, code, lang="en"):
    return tracker.labels([code])[code].of(lang)


def test_each_of_the_120_bundled_units_is_found_by_what_is_printed_for_it(bundled):
    codes = [each.code for each in bundled.units()]
    labels = bundled.labels(codes)
    assert len(codes) == 120
    for lang in ("en", "hi"):
        assert [bundled.meant("unit", labels[code].of(lang)) for code in codes] == codes
        assert len({labels[code].of(lang) for code in codes}) == 120
    assert sum(labels[code].en.endswith(")") for code in codes) == 22, "11 names are shared, each by two"


def test_a_name_is_the_shortest_that_is_unique(bundled):
    assert label(bundled, "JH-AC59") == "Torpa"
    assert label(bundled, "JH-PC11", "hi") == "खूंटी (लोकसभा)"
    assert label(bundled, "JH-AC60") == "Khunti (Vidhan Sabha)"


@pytest.mark.parametrize(
    "text",
    [
        "JH-PC11", "jh-pc11", "Jh-Pc11", "खूंटी (लोकसभा)", "खूंटी, लोकसभा", "खूंटी लोकसभा", "खुँटी लोक सभा",
        "khunti lok sabha", "Khunti, lok_sabha", "Khunti (JH-PC11)", "KHUNTI LOK-SABHA",
        "खूण्टी,लोकसभा", " खूंटी  (लोकसभा) ",
        "Khunti (लोकसभा)",
        "khunti jh-pc11", unicodedata.normalize("NFD", "खूंटी (लोकसभा)"),
    ],
)  # fmt: skip
def test_one_seat_in_many_spellings(bundled, text):
    assert bundled.meant("unit", text) == "JH-PC11"


def test_a_unit_above_at_any_height_tells_a_name_apart(bundled):
    for text in ("Torpa, Khunti", "torpa khunti", "तोरपा (झारखंड)", "Torpa, Khunti Lok Sabha", "Torpa, JH-PC11"):
        assert bundled.meant("unit", text) == "JH-AC59"
    with pytest.raises(UnknownUnit):
        bundled.meant("unit", "Torpa, Ranchi")


def test_several_are_never_chosen_from(bundled):
    with pytest.raises(AmbiguousName) as caught:
        bundled.meant("unit", "खूंटी")
    assert str(caught.value) == (
        "unit: खूंटी means 2 units: write Khunti (Lok Sabha, Jharkhand) [JH-PC11], "
        "Khunti (Vidhan Sabha, Khunti) [JH-AC60]"
    )
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("text", ["Kunti", "Khoonti", "कुन्टी"])
def test_what_only_sounds_so_is_offered_and_not_taken(bundled, text):
    with pytest.raises(UnknownUnit, match=r"did you mean Khunti .*\[JH-PC11\]"):
        bundled.meant("unit", text)
    assert [each.code for each in bundled.find_units(text)][:2] in (["JH-PC11", "JH-AC60"], ["JH-AC60", "JH-PC11"])


def test_khunti_sounds_alike_in_five_spellings():
    assert len({sound(each) for each in ("Khunti", "Kunti", "Khoonti", "खुंटी", "खूंटी")}) == 1
    assert sound("Ranchi") == sound("राँची") != sound("रामगढ़") == sound("Ramgarh")
    assert sound("!?") == sound("") == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("हिन्दी", "हिंदी"), ("हिँदी", "हिंदि"), ("बड़ा", "बडा"), ("गये", "गए"), ("सम्पत", "संपत"), ("पंचायत १२", "पंचायत 12"),
        ("क\u200dख", "कख"), ("लोक सभा", "लोकसभा"), ("Café-Nagar", "cafe nagar"), ("ई", "इ"), ("ऊपर", "उपर"),
    ],
)  # fmt: skip
def test_spellings_that_are_folded_alike(one, other):
    assert folded(one) == folded(other)


def test_numbers_are_not_run_together():
    assert folded("Panchayat 1.1") != folded("Panchayat 11")
    assert folded("Ward 1 2") != folded("Ward 12")


def test_the_level_then_the_unit_above_then_the_code_tell_homonyms_apart():
    tracker = store(
        unit("S", None, "state", "State", "राज्य"),
        unit("L1", "S", "lok_sabha", "East", "पूर्व"),
        unit("L2", "S", "lok_sabha", "West", "पश्चिम"),
        unit("B1", "L1", "block", "Rampur", "रामपुर"),
        unit("B2", "L2", "block", "Rampur", "रामपुर"),
        unit("P1", "B1", "panchayat", "Rampur", "रामपुर"),
        unit("P2", "B2", "panchayat", "Sitapur"),
        unit("P3", "B2", "panchayat", "Sitapur", "सीतापुर"),
    )
    labels = tracker.labels(["B1", "B2", "P1", "P2", "P3", "none"])
    assert {code: text.en for code, text in labels.items()} == {
        "B1": "Rampur (B1)",  # its panchayat of that name lies below East too
        "B2": "Rampur (West)",
        "P1": "Rampur (panchayat)",
        "P2": "Sitapur (P2)",
        "P3": "Sitapur (P3)",
    }
    assert (labels["P2"].of("hi"), labels["P3"].hi) == ("Sitapur (P2)", "सीतापुर")
    assert all(tracker.meant("unit", text.of(lang)) == code for code, text in labels.items() for lang in ("en", "hi"))


def test_a_name_that_is_the_code_or_the_label_of_another_does_not_take_its_place():
    tracker = store(
        unit("S", None, "state", "B1"),
        unit("B1", "S", "block", "Rampur"),
        unit("P1", "B1", "panchayat", "Rampur"),
        unit("P2", "B1", "panchayat", "Rampur (block)"),
        unit("p3", "B1", "panchayat", "Lower"),
    )
    codes = ["S", "B1", "P1", "P2", "p3"]
    labels = tracker.labels(codes)
    assert [labels[code].en for code in codes] == [
        "B1 (state)",
        "Rampur (B1)",
        "Rampur (panchayat)",
        "Rampur (block) (P2)",
        "Lower",
    ]
    assert [tracker.meant("unit", labels[code].en) for code in codes] == codes
    assert [tracker.meant("unit", code.swapcase()) for code in codes] == codes
    with pytest.raises(AmbiguousName):
        tracker.meant("unit", "Rampur")


def test_names_follow_a_renamed_unit_and_a_retired_one_gives_way(bundled):
    tracker = store(unit("S", None, "state", "State"), unit("A", "S", "block", "Old"), unit("B", "S", "block", "Two"))
    tracker.rename("A", Text(en="Two", hi="दो"))
    assert [each.code for each in tracker.find_units("Old")] == []
    assert label(tracker, "B") == "Two (B)"
    tracker.retire("B", "merged")
    assert (label(tracker, "A"), label(tracker, "B"), tracker.meant("unit", "two")) == ("Two", "Two (B)", "A")
    assert tracker.meant("unit", "दो") == "A"


def test_search_finds_by_name_sound_beginning_and_near_spelling(bundled):
    ways = {
        text: [(each.code, each.how) for each in bundled.find_units(text, limit=3)]
        for text in ("Torpa", "Tarpa", "Lohar", "Tropa")
    }
    assert ways["Torpa"][0] == ("JH-AC59", "name")
    assert ways["Tarpa"][0] == ("JH-AC59", "spelling")
    assert {code for code, how in ways["Lohar"] if how == "beginning"} == {"JH-PC12", "JH-AC72"}
    assert ways["Tropa"][0] == ("JH-AC59", "spelling")
    assert [each.code for each in bundled.find_units("Khunti", level="लोकसभा")] == ["JH-PC11"]
    assert bundled.find_units("!") == bundled.find_units("") == []


def test_a_name_with_a_misspelt_word_after_it_goes_before_the_name_alone():
    tracker = store(
        unit("S", None, "state", "State"),
        unit("B1", "S", "block", "Laljor", "लालजोर"),
        unit("B2", "S", "block", "Laljor Purvi", "लालजोर पूर्वी"),
        unit("P1", "B1", "panchayat", "Rampur"),
        unit("P2", "B2", "panchayat", "Rampur"),
    )

    def ways(text):
        return [(each.code, each.how) for each in tracker.find_units(text)]

    assert ways("Laljor Purbi") == ways("लालजोर पूर्बी") == [("B2", "spelling"), ("B1", "spelling")]
    assert ways("Rampur, Lalzor Poorvi") == ways("rampur laljoor purvi") == [("P2", "sound")]
    assert ways("Rampur, Nowhere") == [("P1", "sound"), ("P2", "sound")]


@pytest.mark.parametrize("compared", [40_000, 110])
def test_a_near_spelling_is_found_whether_all_names_are_compared_or_those_of_the_upper_levels(
    bundled, monkeypatch, compared
):
    monkeypatch.setattr(search, "COMPARED", compared)
    assert [each.code for each in bundled.find_units("tropa", limit=1)] == ["JH-AC59"]
    assert [each.code for each in bundled.find_units("तोपरा", limit=1)] == ["JH-AC59"]
    assert [each.code for each in bundled.find_units("Tropa", level="vidhan_sabha", limit=1)] == ["JH-AC59"]
    assert bundled.find_units("Tropa", level="state") == []


def test_of_units_spelt_nearly_so_the_upper_ones_go_first_and_retired_ones_are_left_out():
    tracker = store(
        unit("S", None, "state", "State"),
        unit("B1", "S", "block", "Upper"),
        unit("P1", "B1", "panchayat", "Torpa"),
        unit("B2", "S", "block", "Torpa"),
        unit("B3", "S", "block", "Torpa"),
    )
    tracker.retire("B3", "merged")
    assert [each.code for each in tracker.find_units("Tropa")] == ["B2", "P1"]


NAMES = st.sampled_from(
    ["Rampur", "RAMPUR", "Gaya", "gaya", "Zila", "Booth", "Booth 1", "Rampur (Gaya)", "Rampur (Zila)", "Rampur, Gaya",
     "Rampur Gaya", "Gaya Rampur", "Rampur (U3)", "U3", "u4", "Rampur (u3)", "12", "1 2", "१२", "Gaya (Booth 1)", "😀",
     "---", "Ram\u00a0pur", "क्\u200dषेत्र", "खूंटी", "खुंटी", "(Gaya)", "Gaya)", "R", "convenor", "Rampur/Gaya", "a@b",
     "R" * 2000]
)  # fmt: skip
LEVELS = ("state", "zila", "ward", "booth")
ODD_LEVELS = [
    Level(code="state", name=Text(en="State", hi="प्रदेश")),
    Level(code="zila", name=Text(en="Zila, rural", hi="जिला")),
    Level(code="ward", name=Text(en="Ward (urban)")),
    Level(code="booth", name=Text(en="Booth", hi="बूथ")),
]


@pytest.mark.every_store(slow_on_server=True)
@given(
    st.lists(st.tuples(NAMES, NAMES | st.none(), st.integers(0, 30), st.integers(1, 3)), min_size=1, max_size=12),
    st.data(),
)
@settings(deadline=None, max_examples=60)
def test_whatever_units_are_called_a_label_means_its_unit(rows, data):
    units = [unit("U0", None, "state", "Bihar", "बिहार")]
    for number, (en, hi, parent, down) in enumerate(rows, start=1):
        above = units[parent % len(units)]
        level = min(LEVELS.index(above.level) + down, 3)
        if above.level != "booth":
            units.append(unit(f"U{number}", above.code, LEVELS[level], en, hi))
    with Tracker(fresh(), create=True) as tracker:
        tracker.found(units, levels=ODD_LEVELS)
        for change in range(2):
            codes = [each.code for each in units]
            labels = tracker.labels(codes)
            for lang in ("en", "hi"):
                assert [tracker.meant("unit", labels[code].of(lang)) for code in codes] == codes, labels
            if change == 0:
                tracker.rename(data.draw(st.sampled_from(codes)), Text(en=data.draw(NAMES)))


def test_a_level_and_a_directive_are_taken_by_what_is_printed_before_a_code_in_another_case():
    levels = [
        Level(code="state", name=Text(en="State")),
        Level(code="mandal", name=Text(en="Ward")),
        Level(code="ward", name=Text(en="Block")),
    ]
    with Tracker(fresh(), create=True) as tracker:
        tracker.found([unit("S", None, "state", "Bihar")], levels=levels)
        assert [tracker.meant("level", text) for text in ("Ward", "ward", "WARD", "Block", "MANDAL")] == [
            "mandal", "ward", "ward", "ward", "mandal",
        ]  # fmt: skip
        period = {"period_from": "2023-10-01", "period_to": "2023-10-31"}
        for code, title in (("reports", "Visits"), ("visits-2", "Reports")):
            tracker.issue(code, "written_report", Text(en=title), period, office="hq@S")
        assert [tracker.meant("directive", text) for text in ("Reports", "reports", "REPORTS", "visits")] == [
            "visits-2", "reports", "reports", "reports",
        ]  # fmt: skip


def test_a_reference_may_hold_a_slash_and_a_place_a_moment():
    tracker = store(unit("S", None, "state", "State"), unit("A", "S", "block", "Patna/Sahib"))
    assert tracker.meant("reference", "Patna/Sahib") == "A"
    period = {"period_from": "2023-10-01", "period_to": "2023-10-31"}
    tracker.issue("d", "written_report", Text(en="Report"), period, office="hq@S")
    assert tracker.meant("place", "Report/patna sahib@2026-11-27T04:00:00Z") == "d/A@2026-11-27T04:00:00Z"
    assert tracker.meant("place", "none/none") == "none/none"


@pytest.mark.parametrize("text", ["a\nb", "a\u202eb", "\ud800", "x" * 3000, 5])
def test_what_is_no_text_of_one_line_is_refused(bundled, text):
    with pytest.raises(InvalidInput, match="write a name or a code"):
        bundled.meant("unit", text)


@pytest.mark.slow
@pytest.mark.every_store(on_server=False)
def test_each_of_34_210_generated_units_is_found_by_what_is_printed_for_it():
    units = [*generated_state("JH")]
    with Tracker(fresh(), create=True) as tracker:
        tracker.found(units)
        codes = [each.code for each in units]
        labels = tracker.labels(codes)
        for lang in ("en", "hi"):
            assert [code for code in codes if tracker.meant("unit", labels[code].of(lang)) != code] == []
