"""A kind of directive of another distribution: visits to houses, so many by each unit."""

from typing import ClassVar

from directives import (
    Count,
    Event,
    Kind,
    Lack,
    Listing,
    Message,
    Model,
    TaskCommand,
    Text,
    require_own_act,
)


class Parameters(Model):
    """What the issuing office sets."""

    houses: Count


class HousesVisited(Event):
    """Workers went from house to house."""

    NAME: ClassVar[str] = "HousesVisited"
    VERSION: ClassVar[int] = 1
    SENTENCE: ClassVar[Text] = Text(en="{office} visited {houses} houses", hi="{office} ने {houses} घरों में संपर्क किया")
    houses: int


class VisitHouses(TaskCommand):
    """Record visits to houses."""

    NOUN: ClassVar[str] = "house"
    VERB: ClassVar[str] = "visit"
    houses: Count


def decide(command, state, order, at):
    require_own_act(command, order, at)
    return (HousesVisited(houses=command.houses),)


def lacking(work, parameters):
    visited, wanted = counts(work, parameters)["houses"], parameters["houses"]
    if visited >= wanted:
        return []
    said = Message(f"houses: {visited} were visited: {wanted} are asked for")
    return [Lack("houses", visited, wanted, said, VisitHouses.deed())]


def evolve(work, event):
    if isinstance(event.data, HousesVisited):
        return {"houses": counts(work, {})["houses"] + event.data.houses}
    return work


def counts(work, _):
    return {"houses": work.get("houses", 0)}


def rows(record):
    return [{"day": day, "houses": visit.houses} for day, visit in record.each(HousesVisited)]


VISITS = Listing(
    title=Text(en="House visits", hi="घर-घर संपर्क"),
    columns={"day": Text(en="day", hi="दिन"), "houses": Text(en="houses", hi="घर")},
    events=(HousesVisited,),
    rows=rows,
)

KIND = Kind(
    name="house_visits",
    title=Text(en="house visits", hi="घर-घर संपर्क"),
    parameters=Parameters,
    commands=(VisitHouses,),
    decide=decide,
    evolve=evolve,
    lacking=lacking,
    figures=counts,
    counts=counts,
    lists={"house": VISITS},
)
