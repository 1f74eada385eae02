"""Where personal values may stand in commands, events and parameters, and that no message shows one."""

import json
from typing import Annotated, Any, ClassVar, NamedTuple, Union

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, JsonValue, SecretBytes, SecretStr, ValidationError

from directives import (
    Code,
    Command,
    Event,
    InvalidInput,
    Kind,
    Model,
    Personal,
    PersonName,
    Phone,
    Sealed,
    Text,
    Unsealed,
    commands,
    holding,
    person_of,
)
from directives.domain.event import EVENTS
from directives.domain.person import told_of
from directives.domain.personal import (
    IN_COMMANDS,
    IN_EVENTS,
    kind_of_person,
    require_plain_places,
    unit_of_person,
    values_in,
    with_values,
)
from directives.domain.validation import one_line, require_fit
from directives.exchange.known_lines import known_as_read

NAME, PHONE = "नमूना नाम", "+910000000001"


class Member(Model):
    code: Code
    name: PersonName
    phone: Phone | None = None


class Group(Model):
    title: str
    members: tuple[Member, ...]


class Chain(Model):
    name: PersonName
    more: "tuple[Chain, ...]" = ()


class SealedMember(Model):
    name: Personal
    phone: Personal | None = None


class Pair(NamedTuple):
    code: str
    name: PersonName


class Plain(Model):
    title: str
    tags: tuple[str, ...] = ()


DEEPER = {
    "a list of personal values": tuple[PersonName, ...],
    "a list of lists": tuple[tuple[Member, ...], ...],
    "a dictionary": dict[str, Member],
    "a dictionary of values": dict[str, PersonName],
    "a model with a list": Group,
    "a list of models with a list": list[Group],
    "a tuple of some": tuple[str, Member],
    "a set": frozenset[Member],
    "a model in itself": Chain,
    "a tuple with names": Pair,
    "a list that may be none, of dictionaries": Annotated[tuple[dict[str, Member], ...] | None, Field()],
}


def command_with(annotation):
    return type("Made", (Command,), {"__annotations__": {"given": annotation}, "__module__": __name__})


def event_with(annotation):
    fields = {
        "__annotations__": {"NAME": ClassVar[str], "VERSION": ClassVar[int], "given": annotation},
        "__module__": __name__,
    }
    return type("Made", (Event,), {**fields, "NAME": "Made", "VERSION": 1, "SENTENCE": Text(en="It was made")})


@pytest.mark.parametrize("deeper", DEEPER)
def test_a_command_with_a_personal_value_further_in_is_refused_when_it_is_made(deeper):
    with pytest.raises(TypeError, match=r"^Made\.given: a personal value stands in a field, in a model or in a list"):
        command_with(DEEPER[deeper])


@pytest.mark.parametrize(
    ("annotation", "said"),
    [
        (tuple[Personal, ...], "and not deeper"),
        (dict[str, SealedMember], "and not deeper"),
        (tuple[tuple[SealedMember, ...], ...], "and not deeper"),
        (PersonName, "is of the type Sealed, Unsealed"),
        (Member, "is of the type Sealed, Unsealed"),
        (tuple[Member, ...], "is of the type Sealed, Unsealed"),
        (SecretBytes, "is of the type Sealed, Unsealed"),
    ],
)
def test_so_is_an_event(annotation, said):
    with pytest.raises(TypeError, match=rf"^Made\.given: .*{said}"):
        event_with(annotation)


@pytest.mark.parametrize("annotation", [Personal, SecretBytes, tuple[SealedMember, ...]])
def test_a_command_has_no_value_that_is_sealed_or_of_another_kind(annotation):
    with pytest.raises(TypeError, match="is of the type SecretStr"):
        command_with(annotation)


def test_a_class_that_is_not_there_yet_is_told():
    with pytest.raises(TypeError, match=r"^Made\.given: names a class that is not there yet"):
        command_with("tuple[Later, ...]")


@pytest.mark.parametrize(
    "annotation",
    [
        PersonName | None,
        SecretStr,
        Member,
        Member | None,
        Union[Member, None],  # noqa: UP007
        tuple[Member, ...],
        list[Member] | None,
        Annotated[tuple[Member, ...], Field(min_length=1)],
    ],
)
def test_a_field_a_model_and_a_list_of_models_hold_personal_values(annotation):
    assert holding(command_with(annotation)) == ("given",)


@pytest.mark.parametrize("annotation", [str, Plain, tuple[Plain, ...], dict[str, Plain], JsonValue, Any])
def test_whatever_holds_none_may_be_as_deep_as_it_likes(annotation):
    assert holding(command_with(annotation)) == ()


@pytest.mark.parametrize("annotation", [PersonName, tuple[Member, ...], dict[str, tuple[Group, ...]], Personal])
def test_parameters_hold_none(annotation):
    parameters = type("Asked", (Model,), {"__annotations__": {"given": annotation}, "__module__": __name__})
    with pytest.raises(TypeError, match=r"^Asked\.given: no parameter holds a personal value, since all are told them"):
        Kind("k", Text(en="K"), parameters, (), lambda *_: (), lambda work, _: work)


class Listed(Command):
    NOUN: ClassVar[str] = "committee"
    VERB: ClassVar[str] = "list"
    name: PersonName | None = None
    chair: Member | None = None
    members: tuple[Member, ...] = ()


PERSONAL_TEXTS = st.sampled_from(["नमूना एक", "Sample Two", "S"])
MEMBERS = st.builds(
    Member,
    code=st.sampled_from(["M-1", "M-2"]),
    name=PERSONAL_TEXTS,
    phone=st.none() | st.sampled_from(["0000000001", "+910000000002"]),
)
LISTED = st.builds(
    Listed,
    command_id=st.just("c"),
    office=st.just("convenor@JH"),
    name=st.none() | PERSONAL_TEXTS,
    chair=st.none() | MEMBERS,
    members=st.lists(MEMBERS, max_size=3).map(tuple),
)


def by_hand(command):
    found = {"name": command.name}
    for path, member in [("chair", command.chair), *((f"members.{n}", m) for n, m in enumerate(command.members))]:
        if member is not None:
            found |= {f"{path}.name": member.name, f"{path}.phone": member.phone}
    return {path: value for path, value in found.items() if value is not None}


@given(LISTED)
def test_values_are_found_and_changed_by_their_paths(command):
    found = dict(values_in(command))
    assert found == by_hand(command)
    assert with_values(command, found) == command
    other = {path: SecretStr(f"other {path}") for path in found}
    changed = with_values(command, other)
    assert dict(values_in(changed)) == other
    assert with_values(changed, found) == command


@given(LISTED, LISTED)
def test_the_id_of_a_line_depends_on_all_else_and_on_nothing_of_them(one, other):
    def bare(command):
        members = [member.code for member in command.members]
        return command.chair and command.chair.code, members

    same = known_as_read(one).command_id == known_as_read(other).command_id
    assert same == (bare(one) == bare(other))


SECRET = "98765 Sample 43210"
WRONG = [
    ({"name": [SECRET]}, "name: is not allowed"),
    ({"name": {"x": SECRET}}, "name: is not allowed"),
    ({"chair": SECRET}, "chair: is not allowed: give its fields"),
    ({"chair": [SECRET]}, "chair: is not allowed"),
    ({"chair": {"code": "M-1", "name": {"x": SECRET}}}, "chair.name: is not allowed"),
    ({"members": SECRET}, "members: is not allowed: write a list"),
    ({"members": {"x": SECRET}}, "members: is not allowed: write a list"),
    ({"members": [SECRET]}, "members.0: is not allowed: give its fields"),
    ({"members": [[SECRET]]}, "members.0: is not allowed"),
    ({"members": [{"code": "M-1", "name": "S", "phone": SECRET}]}, "members.0.phone: is not allowed: write 6 to 15"),
    ({"members": [{"code": {"x": SECRET}, "name": "S"}]}, "members.0.code: is not allowed"),
    ({"members": [{"code": "M-1", "name": f"a\n{SECRET[::-1]}"}] * 2}, "members.0.name: is not allowed"),
    ({"members": [{"code": "M-1", "name": SECRET, "x": SECRET}]}, "members.0: has an unknown field"),
    ({"members": [{"code": "no code", "name": SECRET}]}, "members.0.code: 'no code' is not allowed"),
    ({"members": [{"code": "M-1", "phone": SECRET}]}, "members.0.name: is missing"),
]


@pytest.mark.parametrize(("wrong", "said"), WRONG)
def test_a_wrong_value_is_told_by_its_path_and_not_shown(wrong, said):
    with pytest.raises(ValidationError) as caught:
        Listed.model_validate({"office": "convenor@JH"} | wrong)
    error = one_line(caught.value, of=Listed)
    assert str(error).startswith(said)
    assert SECRET not in str(error) + repr(error) + str(caught.value) + repr(caught.value)
    assert SECRET[::-1] not in str(error) + str(caught.value)


class Wide(Model):
    note: SecretStr


@pytest.mark.parametrize("unfit", ["\u202e", "\ud800", "\x1b"])
def test_a_text_that_is_not_fit_is_told_and_not_shown(unfit):
    made = command_with(tuple[Wide, ...])
    given_to = made.model_validate({"office": "convenor@JH", "given": [{"note": "fit"}, {"note": f"a{unfit}b"}]})
    with pytest.raises(
        InvalidInput, match=rf"^given\.1\.note: is not allowed: remove U\+{ord(unfit):04X}: a text must"
    ):
        require_fit(given_to)


def test_a_person_is_of_a_unit_and_of_a_kind():
    assert person_of("JH-AC60", "SP-01") == "JH-AC60/SP-01"
    other = person_of("JH-AC60", "M-01", "committee_list")
    assert other == "JH-AC60/committee_list/M-01"
    for person, kind in (("JH-AC60/SP-01", "speaker_identification"), (other, "committee_list")):
        assert (unit_of_person(person), kind_of_person(person)) == ("JH-AC60", kind)
        assert Unsealed(person=person, text=SecretStr("x")).person == person
    for wrong in ("JH", "a/b/c/d", "/a", "a/", "a//b", "a/b c/d"):
        with pytest.raises(ValidationError):
            Sealed(person=wrong, box="AAAA")


class Two(Model):
    """Stands for an event: one person twice, and another once."""

    home: SealedMember
    office: SealedMember
    other: tuple[SealedMember, ...]


def test_values_of_one_person_go_by_their_names_and_where_two_have_one_by_their_place_too():
    def sealed(person, box):
        return Sealed(person=person, box=box)

    event = Two(
        home=SealedMember(name=sealed("U/A", "AAAA"), phone=sealed("U/A", "BBBB")),
        office=SealedMember(name=sealed("U/B", "CCCC"), phone=sealed("U/A", "DDDD")),
        other=(SealedMember(name=sealed("U/C", "EEEE")), *(SealedMember(name=sealed("U/D", "FFFF")),) * 2),
    )
    assert {name: path for name, (path, _) in told_of(event, "U/A").items()} == {
        "name": "home.name",
        "home.phone": "home.phone",
        "office.phone": "office.phone",
    }
    assert [*told_of(event, "U/D")] == ["other.1.name", "other.2.name"]
    assert told_of(event, "U/C")["name"][0] == "other.0.name"
    assert json.loads(event.model_dump_json())["other"][0]["name"] == {"person": "U/C", "box": "EEEE"}


def test_in_our_own_commands_and_events_they_stand_in_plain_places():
    for command in commands().values():
        require_plain_places(command, IN_COMMANDS)
    ours = [event for event in EVENTS.values() if event.is_ours()]
    assert len(ours) > 40
    for event in ours:
        require_plain_places(event, IN_EVENTS)
