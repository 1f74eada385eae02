"""Organisations that are made up."""

import hashlib
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directives import (
    SEAT_ATTRIBUTES,
    InvalidInput,
    Level,
    Text,
    Tracker,
    generated_india,
    generated_state,
    levels_for,
    read_organisation,
    write_organisation,
)
from directives.domain.organisation.tree import checked
from directives.samples.sizes import letters, states

DISTRICTS = "state district block panchayat booth"
ZILAS = "state zila mandal ward shakti_kendra booth"


def levels_of(codes):
    return tuple(Level(code=code, name=Text(en=code, hi="स्तर")) for code in codes.split())


def test_the_states_have_the_seats_of_the_two_houses():
    assert len(states()) == 36
    assert sum(state.lok_sabha for state in states()) == 543
    assert sum(state.vidhan_sabha for state in states()) == 4123


def test_jharkhand_has_its_own_seats_and_its_real_number_of_units():
    units = list(generated_state("jharkhand"))
    counts = Counter(unit.level for unit in units)
    assert counts == {
        "state": 1, "lok_sabha": 14, "vidhan_sabha": 81, "block": 264, "panchayat": 4350, "booth": 29_500
    }  # fmt: skip
    real = {unit.code: unit for unit in read_organisation()}
    made = {unit.code: unit for unit in units}
    assert {code: (made[code].parent, made[code].name) for code in real} == {
        code: (unit.parent, unit.name) for code, unit in real.items()
    }
    booths = Counter(unit.parent for unit in units if unit.level == "booth")
    assert 1 < min(booths.values()) < max(booths.values()) < 20


def test_the_same_seed_gives_the_same_units_and_another_one_others():
    assert [*generated_state("GA", seed=3)] == [*generated_state("goa", seed=3)]
    assert [*generated_state("GA", seed=3)] != [*generated_state("GA", seed=4)]


@settings(deadline=None)
@given(st.sampled_from([state.code for state in states()]), st.floats(0.001, 0.05))
def test_each_unit_comes_before_those_under_it_at_any_size(state, scale):
    seen = set()
    for unit in generated_state(state, scale=scale):
        assert unit.code not in seen
        assert (unit.parent in seen) if seen else unit.parent is None
        seen.add(unit.code)


def test_all_india_is_an_organisation_of_a_nation_that_can_be_read_again(tmp_path):
    path = tmp_path / "india.csv"
    with path.open("w", encoding="utf-8") as file:
        assert write_organisation(generated_india(scale=0.001), file, SEAT_ATTRIBUTES) == 6050
    units = read_organisation(path)
    assert [*units] == [*generated_india(scale=0.001)]
    with Tracker("sqlite:///:memory:") as tracker:
        tracker.found(units, levels=levels_for(units))
        assert [level.code for level in tracker.levels][:2] == ["nation", "state"]
        assert tracker.unit("IN").below["vidhan_sabha"] == 4123


@pytest.mark.parametrize("scale", [0, -1, 11, float("nan")])
def test_a_scale_out_of_reach_is_refused(scale):
    with pytest.raises(InvalidInput, match="scale: "):
        generated_india(scale=scale)


@pytest.mark.parametrize(
    ("units", "digest"),
    [
        (generated_state("JH"), "a9283c0bcaf8e4f3"),
        (generated_state("GA", scale=0.5, seed=3), "307a002f6f90918c"),
        (generated_state("UP", scale=0.1, seed=2), "8a6bcf5e378d5474"),
        (generated_india(scale=0.01), "b65861aa9ae65a0f"),
    ],
    ids=["JH", "GA", "UP", "India"],
)
def test_the_codes_and_the_tree_of_a_seed_stay_as_they_were_before_units_had_names(units, digest):
    lines = (f"{unit.code},{unit.parent},{unit.level}\n" for unit in units)
    assert hashlib.sha256("".join(lines).encode()).hexdigest().startswith(digest)


@pytest.mark.parametrize(
    "codes", [DISTRICTS, ZILAS, "state", "state ward", "state booth page", "pradesh district zila"]
)
@pytest.mark.parametrize("state", ["JH", "GA", "LA"])
def test_a_state_has_units_of_any_levels_and_none_is_skipped(state, codes):
    levels = levels_of(codes)
    units = list(generated_state(state, levels=levels, scale=0.03))
    assert checked(units, levels) == tuple(units)
    counts = Counter(unit.level for unit in units)
    assert all(counts[above.code] <= counts[below.code] for above, below in pairwise(levels))
    ranks = {level.code: rank for rank, level in enumerate(levels)}
    by_code = {unit.code: unit for unit in units}
    assert all(ranks[by_code[unit.parent].level] == ranks[unit.level] - 1 for unit in units[1:])


def test_known_levels_have_their_numbers_and_others_one_between():
    counts = Counter(unit.level for unit in generated_state("JH", levels=levels_of(DISTRICTS)))
    assert counts == {"state": 1, "district": 24, "block": 264, "panchayat": 4350, "booth": 29_500}
    counts = Counter(unit.level for unit in generated_state("JH", levels=levels_of(ZILAS)))
    assert counts == {"state": 1, "zila": 8, "mandal": 61, "ward": 481, "shakti_kendra": 3766, "booth": 29_500}


def test_the_seats_of_jharkhand_are_real_under_other_levels_too():
    levels = levels_of("state district vidhan_sabha booth")
    units = list(generated_state("JH", levels=levels, scale=0.1))
    seats = {unit.code: unit.name for unit in read_organisation() if unit.level == "vidhan_sabha"}
    assert {unit.code: unit.name for unit in units if unit.level == "vidhan_sabha"} == seats
    assert checked(units, levels) == tuple(units)


def test_all_india_takes_levels_with_and_without_the_nation():
    levels = levels_of(f"nation {ZILAS}")
    units = list(generated_india(levels=levels, scale=0.001))
    assert units == list(generated_india(levels=levels[1:], scale=0.001))
    assert checked(units, levels) == tuple(units)
    assert Counter(unit.level for unit in units)["state"] == 36


def test_the_codes_of_no_two_levels_begin_alike():
    codes = (
        "state lok_sabha vidhan_sabha district block panchayat booth bundle panna-pramukh ward w 1 2 b2 block-2 zila"
    )
    given = letters(levels_of(codes))
    assert len({*given}) == len(given)
    assert given[1:7] == ["PC", "AC", "D", "B", "P", "S"]
    assert all(each.isalpha() and each.isupper() for each in given)


def test_no_levels_are_refused():
    with pytest.raises(InvalidInput, match="levels: "):
        generated_state("JH", levels=())
    with pytest.raises(InvalidInput, match="levels: "):
        generated_india(levels=levels_of("nation"))
