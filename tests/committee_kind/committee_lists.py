"""A kind of directive of another distribution: the members of a committee, whose names and addresses are sealed."""

from typing import ClassVar

from pydantic import Field

from directives import (
    Code,
    Count,
    Event,
    InvalidInput,
    Kind,
    Lack,
    Line,
    Listing,
    Message,
    Model,
    OwnAct,
    Personal,
    PersonName,
    Phone,
    Text,
    Unsealed,
    person_of,
    require_own_act,
)

NAME = "committee_list"


class Post(Model):
    """A post that is to be filled."""

    title: Line
    number: Count = 1


class Parameters(Model):
    """What the issuing office sets."""

    members: Count
    posts: tuple[Post, ...] = ()


class Member(Model):
    """A member of the committee, as the list has them."""

    code: Code
    name: PersonName
    phone: Phone | None = None
    address: PersonName | None = None


class SealedMember(Model):
    """The same, as it is recorded."""

    code: Code
    name: Personal
    phone: Personal | None
    address: Personal | None


class CommitteeListed(Event):
    """The unit handed the list of its committee in."""

    NAME: ClassVar[str] = "CommitteeListed"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(
        en="{office} listed {number} members of the committee", hi="{office} ने समिति के {number} सदस्यों की सूची दी"
    )
    number: int
    chair: SealedMember | None
    members: tuple[SealedMember, ...]


class ListCommittee(OwnAct):
    """Hand the list of the members of the committee in."""

    NOUN: ClassVar[str] = "committee"
    VERB: ClassVar[str] = "list-members"
    chair: Member | None = Field(default=None, description="Who is in the chair.")
    members: tuple[Member, ...] = Field(description="The other members.")


def decide(command, state, order, at):
    require_own_act(command, order, at)
    listed = [*([] if command.chair is None else [command.chair]), *command.members]
    codes = [member.code for member in listed]
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice is not None:
        raise InvalidInput("members: {code} is a duplicate: give each member once", code=twice)

    def sealed(member):
        person = person_of(order.lineage[-1], member.code, NAME)

        def unsealed(text):
            return None if text is None else Unsealed(person=person, text=text)

        return SealedMember(
            code=member.code,
            name=Unsealed(person=person, text=member.name),
            phone=unsealed(member.phone),
            address=unsealed(member.address),
        )

    chair = None if command.chair is None else sealed(command.chair)
    members = tuple(map(sealed, command.members))
    return (CommitteeListed(number=len(listed), chair=chair, members=members),)


def evolve(work, event):
    if isinstance(event.data, CommitteeListed):
        return {"codes": sorted({*work.get("codes", []), *(each.code for each in listed_in(event.data))})}
    return work


def listed_in(event):
    return [*([] if event.chair is None else [event.chair]), *event.members]


def counts(work, _):
    return {"members": len(work.get("codes", []))}


def lacking(work, parameters):
    have, wanted = counts(work, parameters)["members"], parameters["members"]
    if have >= wanted:
        return []
    said = Message(f"members: {have} are listed: {wanted} are asked for")
    return [Lack("members", have, wanted, said, ListCommittee.deed())]


def rows(record):
    return [
        {"day": day, "member": member.code}
        for day, event in record.each(CommitteeListed)
        for member in listed_in(event)
    ]


MEMBERS = Listing(
    title=Text(en="Committee", hi="समिति"),
    columns={"day": Text(en="day", hi="दिन"), "member": Text(en="member", hi="सदस्य")},
    events=(CommitteeListed,),
    rows=rows,
)

KIND = Kind(
    name=NAME,
    title=Text(en="list of the committee", hi="समिति की सूची"),
    parameters=Parameters,
    commands=(ListCommittee,),
    decide=decide,
    evolve=evolve,
    lacking=lacking,
    figures=counts,
    counts=counts,
    counted={"members": Text(en="members", hi="सदस्य")},
    lists={"committee": MEMBERS},
)
