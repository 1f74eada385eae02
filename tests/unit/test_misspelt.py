"""The misspellings that the search for names is measured with."""

from collections import Counter
from random import Random

import pytest
from benchmarks.misspelt import EACH, KINDS, misspellings, misspelt, romanised

from directives import Text, generated_state


@pytest.fixture(scope="module")
def units():
    return [*generated_state("JH", scale=0.2)]


def test_each_seed_gives_fifty_of_each_kind_and_none_is_a_name(units):
    made = [*misspellings(units)]
    names = {text.casefold() for unit in units for text in (unit.name.en, unit.name.of("hi"))}
    assert Counter(each.kind for each in made) == dict.fromkeys(KINDS, EACH)
    assert [each for each in made if each.typed.casefold() in names] == []
    assert [*misspellings(units)] == made != [*misspellings(units, seed=2)]


@pytest.mark.parametrize(
    ("kind", "name", "typed"),
    [
        ("a letter doubled", "Abc", {"Abbc", "Abcc"}),
        ("a letter dropped", "खूंटी", {"खंटी", "खूटी", "खूंी", "खूंट"}),
        ("two neighbours swapped", "Abcd", {"Acbd", "Abdc"}),
        ("a wrong vowel", "Kat", {"Ket", "Kit", "Kot", "Kut"}),
        ("breath", "Khunti", {"Kunti"}),
        ("a long vowel", "Khunti", {"Khoonti", "Khuntee"}),
        ("a nasal", "खूंटी", {"खूँटी", "खूण्टी"}),
        ("the nukta", "बड़ा", {"बडा"}),
        ("s for sh", "Shiv", {"Siv", "Shiw", "Shib"}),
    ],
)
def test_what_each_kind_does_to_a_name(kind, name, typed):
    (slip,) = (slip for each, slip in KINDS.items() if each.startswith(kind))
    assert {slip(Random(seed), name) for seed in range(99)} == typed
    assert slip(Random(1), "") is None


def test_a_name_is_misspelt_in_either_language_with_capitals_and_without():
    slip = KINDS["a letter dropped"]
    typed = {misspelt(Random(seed), Text(en="Ab", hi="कख"), slip) for seed in range(99)}
    assert typed == {"A", "a", "क"}


def test_a_hindi_name_letter_by_letter_in_latin():
    assert [romanised(text) for text in ("खूंटी", "रामगढ़", "चक्रधरपुर", "उदयपुर कलाँ", "पंचायत 12")] == [
        "Khoontee", "Ramagarh", "Chakradharapur", "Udayapur Kalan", "Panchayat 12",
    ]  # fmt: skip
