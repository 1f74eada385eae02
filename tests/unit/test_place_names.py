"""The names of generated units."""

import re
import unicodedata
from collections import Counter

import pytest

from directives import generated_state


@pytest.fixture(scope="module")
def units():
    return list(generated_state("JH"))


def test_names_are_plain_and_in_both_languages(units):
    for unit in units:
        assert re.fullmatch(r"[A-Z][a-z]+( [A-Z][a-z]+)*( \d+)?", unit.name.en)
        assert re.fullmatch(r"[\u0900-\u0963]+( [\u0900-\u0963]+)*( \d+)?", unit.name.hi)
        assert unicodedata.is_normalized("NFC", unit.name.hi)
    booths = [unit.name for unit in units if unit.level == "booth"]
    assert any(name.en.endswith(" Primary School 2") for name in booths)
    assert any(name.hi.endswith(" प्राथमिक विद्यालय 2") for name in booths)


def test_a_few_names_are_borne_by_many_units_and_most_by_one(units):
    bearers = Counter(unit.name for unit in units if unit.level != "booth")
    assert sum(number for number in bearers.values() if number > 1) > 2000
    assert bearers.most_common(1)[0][1] > 20
    assert Counter(bearers.values()).most_common(1)[0][0] == 1
    bearers = Counter(unit.name for unit in units)
    assert len(bearers) > 10_000
    assert sum(number for number in bearers.values() if number > 1) > 3000


def test_most_blocks_bear_the_name_of_one_of_their_panchayats(units):
    names = {unit.code: unit.name for unit in units}
    heirs = {unit.parent for unit in units if unit.level == "panchayat" and unit.name == names[unit.parent]}
    assert 0.6 * 264 < len(heirs) < 264


def test_a_few_panchayats_and_booths_bear_the_name_of_one_beside_them(units):
    bearers = Counter((unit.level, unit.parent, unit.name) for unit in units)
    alike = Counter(level for (level, _, _), number in bearers.items() if number > 1)
    assert alike.keys() == {"panchayat", "booth"}
    assert all(3 < number < 25 for number in alike.values())


def test_the_names_of_a_seed_are_the_same_each_time_and_others_of_another_seed():
    def names(seed):
        return [unit.name for unit in generated_state("GA", scale=0.1, seed=seed)]

    assert names(1) == names(1)
    assert names(1) != names(2)


def test_made_up_seats_have_names_of_places():
    seats = [unit.name.en for unit in generated_state("BR", scale=0.01) if unit.level == "vidhan_sabha"]
    assert len(seats) == 243
    assert not any("seat" in name for name in seats)
    assert len({*seats}) > 150
