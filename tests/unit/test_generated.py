"""Organisations that are made up."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives import (
    SEAT_ATTRIBUTES,
    InvalidInput,
    Tracker,
    generated_india,
    generated_state,
    levels_for,
    read_organisation,
    write_organisation,
)
from directives.samples.generated import states


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
