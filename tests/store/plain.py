"""What is owed and done, recounted unit by unit in plain dictionaries: what the store is compared with.

Nothing here is kept up to date: every answer is counted anew, from the rules in docs/rules.md.
"""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

LEVELS = ("state", "district", "block", "booth")
ZONE = ZoneInfo("Asia/Kolkata")
DONE = ("on_time", "late", "waived")
CLOSED = ("verified", "waived")
NOTHING_TO_DO = (*CLOSED, "submitted")
DECISIONS = ("Verified", "Returned", "Waived", "Reopened")


class No(Exception):
    """A rule says no; its arguments are the name of the error, and which of several rules it was."""


def day(moment):
    return moment.astimezone(ZONE).date()


def unit_of(office):
    return office.split("@")[1]


class Act(NamedTuple):
    """One thing that was done about a task: the number of its event among all, when, and the day of writing it down."""

    number: int
    name: str
    at: datetime
    written: date
    details: dict


class Asked(NamedTuple):
    """What somebody asks to have done about a task, and the day by which that is owed."""

    name: str
    code: str
    office: str
    actor: str
    value: Any
    at: datetime
    on_behalf: str | None
    due: date


def left(acts):
    """What nobody took back, nor struck out."""
    gone = [act.details.get("takes") for act in acts]
    return [act for act in acts if act.number not in gone]


def fold(acts, code):
    """How a task stands by all that was done about it, first to last, without what was taken back."""
    task = {"state": "assigned", "due": None, "assignee": code, "steps": 0, "before": None, "days": None}
    task |= dict.fromkeys(["worked", "answered", "submitted_by", "submitted_for"])
    for act in left(acts):
        match act.name:
            case "Acknowledged" | "StrengtheningStepRecorded" if task["state"] == "assigned":
                task["state"] = "acknowledged"
            case "Submitted":
                task |= {"state": "submitted", "days": (day(act.at), act.written, act.details["due"])}
                task |= {"submitted_by": act.details["by"], "submitted_for": act.details["office"]}
            case "Verified":
                made, written, owed_until = task["days"]
                task |= {"state": "verified", "days": (made, written, max(owed_until, act.details["due"]))}
            case "Returned":
                task |= {"state": "returned", "due": act.details["due"] or task["due"]}
            case "Waived":
                task |= {"before": task["state"], "state": "waived"}
            case "Reopened":
                task["state"] = task["before"] if task["state"] == "waived" else "returned"
            case "Extended" | "DayRescheduled":
                task["due"] = act.details["due"]
            case "Reassigned":
                task["assignee"] = act.details["unit"]
        if act.name == "StrengtheningStepRecorded":
            task |= {"steps": task["steps"] + 1, "worked": max(act.at, task["worked"] or act.at)}
        if act.name in DECISIONS:
            task["answered"] = act.at
    return task


class Plain:
    """An organisation, its directives and their tasks.

    ``now`` is moved by the test. ``events`` has the names of the events of each stream, ``told`` how many there are,
    ``tasks`` what was done about each task, ``completions`` the numbers of each completed level.
    """

    def __init__(self, now):
        self.now, self.moment, self.told, self.completions = now, 0, 0, []
        self.units, self.orders, self.tasks, self.events = {}, {}, {}, {}

    def tell(self, stream, *names):
        self.events.setdefault(stream, []).extend(names)
        self.told += len(names)
        return len(names)

    @property
    def today(self):
        return day(self.now)

    # The organisation.

    def lineage(self, code):
        unit = self.units[code]
        if unit["retired"]:
            return unit["retired"]
        return [*(self.lineage(unit["parent"]) if unit["parent"] else []), code]

    def under(self, place, level):
        """The live units of ``level`` at or below ``place``."""
        live = [code for code, unit in self.units.items() if not unit["retired"] and unit["level"] == level]
        return [code for code in live if place in self.lineage(code)]

    def live(self, code):
        if code not in self.units:
            raise No("UnknownUnit")
        if self.units[code]["retired"]:
            raise No("UnitRetired")
        return self.units[code]

    def register(self, code, parent, level):
        if code in self.units:
            unit = self.units[code]
            if parent and parent != code and self.units[parent]["retired"]:
                raise No("UnitRetired")
            if parent == code or LEVELS.index(self.units[parent]["level"]) >= LEVELS.index(level):
                raise No("InvalidOrganisation")
            if unit["level"] != level:
                raise No("AlreadyRecorded")
            if unit["retired"]:
                unit["name"], renamed = "Name", unit["name"] != "Name"
                return self.back(code, parent, *(["Renamed"] if renamed else []))
            told = self.rename(code, "Name") if unit["name"] != "Name" else 0
            return told + (self.move(code, parent) if unit["parent"] != parent else 0)
        if parent and self.units[parent]["retired"]:
            raise No("UnitRetired")
        if parent and LEVELS.index(self.units[parent]["level"]) >= LEVELS.index(level):
            raise No("InvalidOrganisation")
        self.moment += 1
        unit = {"parent": parent, "level": level, "retired": None, "place": self.moment, "joined": self.today}
        self.units[code] = unit | {"name": "Name", "restored": None}
        return self.tell(f"unit/{code}", "Registered")

    def rename(self, code, name):
        if self.live(code)["name"] == name:
            return 0
        self.units[code]["name"] = name
        return self.tell(f"unit/{code}", "Renamed")

    def move(self, code, parent):
        unit, above = self.live(code), self.live(parent)
        if unit["parent"] is None or LEVELS.index(above["level"]) >= LEVELS.index(unit["level"]):
            raise No("InvalidOrganisation")
        if unit["parent"] == parent:
            return 0
        unit["parent"] = parent
        return self.tell(f"unit/{code}", "Moved") + self.settle_all()

    def retire(self, code):
        unit = self.live(code)
        if unit["parent"] is None:
            raise No("InvalidOrganisation")
        if any(len(self.under(code, level)) for level in LEVELS if level != unit["level"]):
            raise No("UnitsBelow")
        unit["retired"] = self.lineage(code)
        return self.tell(f"unit/{code}", "Retired") + self.settle_all()

    def restore(self, code, parent):
        if code not in self.units:
            raise No("UnknownUnit")
        unit = self.units[code]
        if not unit["retired"]:
            return 0
        parent = parent or unit["parent"]
        if parent == code:
            raise No("InvalidOrganisation")
        if LEVELS.index(self.live(parent)["level"]) >= LEVELS.index(unit["level"]):
            raise No("InvalidOrganisation")
        return self.back(code, parent)

    def back(self, code, parent, *told):
        """A retired unit is there again, and what was withdrawn when it retired is owed again."""
        self.moment += 1
        self.units[code] |= {"parent": parent, "retired": None, "restored": (self.moment, self.today)}
        number = self.tell(f"unit/{code}", "Restored", *told)
        for name, order in self.orders.items():
            for key in [key for key, gone in order["gone"].items() if key[1] == code and gone["with"]]:
                number += self.level_back(name, key, None)
        return number + self.settle_all()

    def level_back(self, name, key, due):
        order = self.orders[name]
        each = order["levels"][key] = order["gone"].pop(key)["each"]
        if due:
            each["first"], each["due"] = each["first"] or each["due"], due
        order["completed"] = False
        told = self.tell(f"directive/{name}", "LevelReinstated")
        each["since"] = self.told
        return told

    def withdrawn_level(self, name, key):
        """A level is owed no more, by an order, or since its scope was retired."""
        order, told = self.orders[name], self.tell(f"directive/{name}", "LevelWithdrawn")
        order["gone"][key] = {
            "each": order["levels"].pop(key),
            "with": bool(self.units[key[1]]["retired"]),
            "told": self.told,
        }
        return told

    def settle_all(self):
        return sum(
            self.settle_order(name) for name, order in self.orders.items() if not order["withdrawn"] and order["levels"]
        )

    def settle_order(self, name):
        told, order = 0, self.orders[name]
        for level, scope in [*order["levels"]]:
            retired, each = self.units[scope]["retired"], order["levels"][level, scope]
            above = [] if retired else self.lineage(scope)[:-1]
            folds = any(level == other and place in above for other, place in order["levels"])
            if folds or (retired and each["expected"] is None):
                order["folded"] = [*order.get("folded", []), (level, scope)]
        for key in order.pop("folded", []):
            if self.units[key[1]]["retired"]:
                told += self.withdrawn_level(name, key)
            else:
                del order["levels"][key]
                told += self.tell(f"directive/{name}", "AssignmentFolded")
        for key in [*order["levels"]]:
            told += self.settle(name, key)
        if (
            order["levels"]
            and not order["completed"]
            and all(each["expected"] is not None for each in order["levels"].values())
        ):
            order["completed"] = True
            told += self.tell(f"directive/{name}", "Completed")
        return told

    # Directives.

    def issue(self, name, grace, steps):
        empty = {"levels": {}, "gone": {}, "withdrawn": False, "completed": False, "steps": [(0, steps)]}
        self.orders[name] = empty | {"grace": timedelta(days=grace), "issued": self.now, "back": None}
        return self.tell(f"directive/{name}", "Issued")

    def tally(self, name, level, place):
        """In which states the tasks of the live units are that have begun."""
        codes = [code for code in self.under(place, level) if (name, code) in self.tasks]
        return Counter(self.standing(name, code) for code in codes)

    def settle(self, name, key):
        order, (level, scope) = self.orders[name], key
        each, tally = order["levels"][key], self.tally(name, level, scope)
        ended = sum(tally[state] for state in DONE)
        if each["expected"] is not None:
            if ended == sum(tally.values()):
                return 0
            each["expected"], order["completed"] = None, False
            return self.tell(f"directive/{name}", "LevelReopened")
        count = len(self.under(scope, level))
        if not count or ended < count:
            return 0
        each["expected"] = count
        self.completions.append((name, level, scope, count, *(tally[state] for state in DONE)))
        told = self.tell(f"directive/{name}", "LevelCompleted")
        if all(other["expected"] is not None for other in order["levels"].values()):
            order["completed"] = True
            told += self.tell(f"directive/{name}", "Completed")
        return told

    def is_assigned(self, order, level, scope, due):
        for (other, place), each in order["levels"].items():
            if other != level:
                continue
            if place == scope and due in (each["due"], each["first"]):
                return True
        for other, place in order["levels"]:
            if other != level or self.units[place]["retired"]:
                continue
            if place == scope:
                raise No("AlreadyRecorded")
            if place in self.lineage(scope) or scope in self.lineage(place):
                raise No("OverlappingScope")
        return False

    def require_not_withdrawn(self, order, level, scope):
        if order["withdrawn"] or (level, scope) in order["gone"]:
            raise No("DirectiveWithdrawn")

    def require_day(self, due):
        if due < self.today:
            raise No("InvalidInput")

    def require_open(self, order):
        if order["withdrawn"]:
            raise No("DirectiveWithdrawn")
        if order["completed"]:
            raise No("DirectiveCompleted")

    def assign(self, name, level, scope, due):
        order = self.orders[name]
        each = order["levels"].get((level, scope), {"due": None, "first": None})
        below = LEVELS.index(self.units[scope]["level"]) <= LEVELS.index(level)
        if due not in (each["due"], each["first"]) and (self.live(scope), not below)[1]:
            raise No("InvalidInput")
        self.require_not_withdrawn(order, level, scope)
        if self.is_assigned(order, level, scope, due):
            return 0
        self.require_day(due)
        return self.assigned(name, "AssignedToLevel", level, [scope], due)

    def assign_units(self, name, codes, due):
        order, new = self.orders[name], {}
        codes = [*dict.fromkeys(codes)]
        for code in codes:
            self.live(code)
        for code in codes:
            level = self.units[code]["level"]
            self.require_not_withdrawn(order, level, code)
            if not self.is_assigned(order, level, code, due):
                new.setdefault(level, []).append(code)
        if new:
            self.require_day(due)
        told, own = 0, []
        for level, units in new.items():
            told += self.assigned(name, "AssignedToUnits", level, units, due, settle=False)
        own = [(self.units[code]["level"], code) for code in codes if new]
        return told + sum(self.settle(name, key) for key in own if key in order["levels"])

    def assigned(self, name, event, level, scopes, due, settle=True):
        order = self.orders[name]
        self.moment += 1
        order["completed"] = False
        for scope in scopes:
            order["levels"][level, scope] = {
                "due": due,
                "first": None,
                "place": self.moment,
                "expected": None,
                "ordered": self.now,
            }
        told = self.tell(f"directive/{name}", event)
        for scope in scopes:
            order["levels"][level, scope]["since"] = self.told
        return told + (self.settle(name, (level, scopes[0])) if settle else 0)

    def named(self, order, level, scope):
        if (level, scope) not in order["levels"]:
            raise No("UnknownLevel")
        return order["levels"][level, scope]

    def withdraw(self, name, level, scope):
        order = self.orders[name]
        if order["withdrawn"] or (level, scope) in order["gone"]:
            return 0
        self.require_open(order)
        if level is None:
            order["withdrawn"] = True
            return self.tell(f"directive/{name}", "Withdrawn")
        if self.named(order, level, scope)["expected"] is not None:
            raise No("DirectiveCompleted")
        told = self.withdrawn_level(name, (level, scope))
        if order["levels"] and all(each["expected"] is not None for each in order["levels"].values()):
            order["completed"] = True
            told += self.tell(f"directive/{name}", "Completed")
        return told

    def extend(self, name, level, scope, due):
        order = self.orders[name]
        self.require_open(order)
        each = self.named(order, level, scope)
        if each["expected"] is not None:
            raise No("DirectiveCompleted")
        if due == each["due"]:
            return 0
        if due < max(each["due"], self.today):
            raise No("InvalidInput")
        each["first"], each["due"] = each["first"] or each["due"], due
        return self.tell(f"directive/{name}", "DeadlineExtended")

    def reschedule(self, name, level, scope, due):
        order = self.orders[name]
        self.require_open(order)
        if level is None:
            chosen = [each for each in order["levels"].values() if each["expected"] is None]
        else:
            chosen = [self.named(order, level, scope)]
        if not chosen:
            raise No("UnknownLevel")
        if chosen[0]["expected"] is not None:
            raise No("DirectiveCompleted")
        changed = [each for each in chosen if each["due"] != due]
        if changed:
            self.require_day(due)
        for each in changed:
            each["first"], each["due"] = each["first"] or each["due"], due
        return self.tell(f"directive/{name}", *["LevelRescheduled"] * len(changed))

    def require_due_so(self, chosen, due):
        if due and any(each["expected"] is None and each["due"] != due for each in chosen):
            raise No("AlreadyRecorded")
        return 0

    def reinstate(self, name, level, scope, due):
        order, key = self.orders[name], (level, scope)
        if level and scope not in self.units:
            raise No("UnknownUnit")
        if due:
            self.require_day(due)
        if level is None and not order["withdrawn"]:
            return self.require_due_so(order["levels"].values(), due)
        if level is None:
            order["withdrawn"] = False
            for each in order["levels"].values() if due else ():
                if each["expected"] is None:
                    each["first"], each["due"] = each["first"] or each["due"], due
            return self.tell(f"directive/{name}", "Reinstated") + self.settle_order(name)
        if order["withdrawn"]:
            raise No("DirectiveWithdrawn")
        if key in order["levels"]:
            return self.require_due_so([order["levels"][key]], due)
        if key not in order["gone"]:
            raise No("UnknownLevel")
        self.live(scope)
        for (other, place), each in order["levels"].items():
            since = other == level and each["since"] > order["gone"][key]["told"]
            over = place in self.lineage(scope) or scope in self.lineage(place)
            if since and over and not self.units[place]["retired"]:
                raise No("OverlappingScope")
        return self.level_back(name, key, due) + self.settle_order(name)

    def reopen(self, name, level, scope):
        order = self.orders[name]
        if order["withdrawn"]:
            raise No("DirectiveWithdrawn")
        each = self.named(order, level, scope)
        if each["expected"] is None:
            return 0
        if len(self.under(scope, level)) <= sum(self.tally(name, level, scope).values()):
            raise No("NothingToReopen")
        each["expected"], order["completed"] = None, False
        return self.tell(f"directive/{name}", "LevelReopened")

    def amend(self, name, grace, back, steps):
        order = self.orders[name]
        self.require_open(order)
        back = order["back"] if back is None else back
        steps = order["steps"][-1][1] if steps is None else steps
        if (order["grace"], order["back"], order["steps"][-1][1]) == (timedelta(days=grace), back, steps):
            return 0
        order["grace"], order["back"] = timedelta(days=grace), back
        told = self.tell(f"directive/{name}", "Amended")
        order["steps"].append((self.told, steps))
        return told

    # Tasks.

    def owed(self, name, code):
        """By which level and scope the unit owes its task."""
        unit, order = self.units[code], self.orders[name]
        above = self.lineage(code)
        keys = [] if unit["retired"] else [(level, s) for level, s in order["levels"] if s in above]
        keys = [key for key in keys if key[0] == unit["level"]]
        if not keys or (order["levels"][keys[0]]["expected"] is not None and (name, code) not in self.tasks):
            raise No("UnknownTask")
        return keys[0]

    def due(self, name, code, key):
        own, of_level = self.state(name, code)["due"], self.due_of_level(name, code, key)
        return max(own, of_level) if own else of_level

    def due_of_level(self, name, code, key):
        """When the unit would owe it without a day of its own."""
        each, unit = self.orders[name]["levels"][key], self.units[code]
        place, came_on = unit["restored"] or (unit["place"], unit["joined"])
        grace = [came_on + self.orders[name]["grace"]] if place > each["place"] else []
        return max([each["due"], *grace])

    def state(self, name, code):
        return fold(self.tasks.get((name, code), []), code)

    def standing(self, name, code):
        """The state of a task; of a verified one, whether it is on time by one of three days."""
        task = self.state(name, code)
        if task["state"] != "verified":
            return task["state"]
        made, _, owed_until = task["days"]
        return "on_time" if made <= max(owed_until, self.level_day(name, code)) else "late"

    def by_date(self, name, code):
        """Whether a task is on time, and was written down after the day by which it was owed."""
        _, written, owed_until = self.state(name, code)["days"] or (None, self.today, self.today)
        on_time = self.standing(name, code) == "on_time"
        return on_time and written > max(owed_until, self.level_day(name, code))

    def level_day(self, name, code):
        order, unit = self.orders[name], self.units[code]
        days = [
            each["due"]
            for (level, scope), each in order["levels"].items()
            if level == unit["level"] and scope in self.lineage(code)
        ]
        return days[0] if days else day(datetime.min.replace(tzinfo=ZONE) + timedelta(days=2))

    def owed_from(self, name, code, key):
        order, unit = self.orders[name], self.units[code]
        each = order["levels"][key]
        joined = datetime.combine(unit["joined"], time.min, ZONE) if unit["place"] > each["place"] else order["issued"]
        return max(order["issued"], each["ordered"], joined)

    def assignee(self, name, code):
        return self.state(name, code)["assignee"]

    def act(self, verb, name, code, office, value=None, at=None, on_behalf=None, actor=None):
        """What an office does about one task; ``actor`` acts for it, or the office itself."""
        self.live(unit_of(office))
        if on_behalf:
            self.live(on_behalf)
        order, key = self.orders[name], self.owed(name, code)
        if order["withdrawn"]:
            raise No("DirectiveWithdrawn")
        asked = Asked(name, code, office, actor or office, value, at or self.now, on_behalf, self.due(name, code, key))
        event = getattr(self, f"_{verb}")(asked, self.state(name, code), key)
        if event is None:
            return 0
        closed = self.state(name, code)["state"] in CLOSED
        told = self.tell(f"task/{name}/{code}", event[0])
        act = Act(self.told, event[0], asked.at, self.today, dict(event[1:]))
        self.tasks.setdefault((name, code), []).append(act)
        return told + (self.settle(name, key) if closed != (self.state(name, code)["state"] in CLOSED) else 0)

    # What the unit itself does.

    def require_own(self, asked, key):
        doing = self.assignee(asked.name, asked.code)
        above = self.lineage(doing)[:-1] if asked.on_behalf else [doing]
        if unit_of(asked.office) not in above or asked.on_behalf not in (None, doing):
            raise No("NotEntitled")
        if not asked.on_behalf:
            self.require_recent(asked)
        if asked.at < self.owed_from(asked.name, asked.code, key):
            raise No("OutOfOrder")

    def require_recent(self, asked):
        back = self.orders[asked.name]["back"]
        if back is not None and day(asked.at) < self.today - timedelta(days=back):
            raise No("DatedTooFarBack")

    def _acknowledge(self, asked, task, key):
        self.require_own(asked, key)
        return ("Acknowledged",) if task["state"] == "assigned" else None

    def _work(self, asked, _, key):
        self.require_open(self.orders[asked.name])
        self.require_own(asked, key)
        return ("StrengtheningStepRecorded",)

    def _submit(self, asked, task, key):
        self.require_own(asked, key)
        if task["state"] in CLOSED:
            raise No("TaskClosed")
        if task["state"] == "submitted":
            raise No("AlreadySubmitted")
        if task["steps"] < self.orders[asked.name]["steps"][-1][1]:
            raise No("NotFulfilled")
        if any(before and asked.at < before for before in (task["worked"], task["answered"])):
            raise No("OutOfOrder")
        return "Submitted", ("due", asked.due), ("by", asked.actor), ("office", asked.office)

    def _recall(self, asked, task, _):
        own = unit_of(asked.office) == task["assignee"]
        if not own and asked.office != task["submitted_for"]:
            raise No("NotEntitled")
        if task["state"] != "submitted":
            raise No("NotSubmitted")
        if own:
            self.require_recent(asked)
        last = [act for act in self.left(asked) if act.name == "Submitted"][-1]
        self.require_after(asked, last)
        return "Recalled", ("takes", last.number)

    # What offices above it do.

    def above(self, code):
        return self.lineage(code)[:-1] or [code]

    def require_above(self, asked):
        if unit_of(asked.office) not in self.above(asked.code):
            raise No("NotEntitled")

    def require_another(self, asked, task):
        """Nobody answers what they submitted; an office as such does not either, where no actor was named."""
        unnamed = asked.office in (asked.actor, task["submitted_by"])
        if asked.actor == task["submitted_by"] or (asked.office == task["submitted_for"] and unnamed):
            raise No("SelfVerification")

    def require_after(self, asked, act):
        if asked.at < act.at:
            raise No("OutOfOrder")

    def require_submitted(self, asked, task):
        self.require_above(asked)
        if task["state"] in CLOSED:
            raise No("TaskClosed")
        if task["state"] != "submitted":
            raise No("NotSubmitted")
        self.require_another(asked, task)

    def _give_back(self, asked, task, _):
        self.require_submitted(asked, task)
        if asked.value and asked.value < max(asked.due, self.today):
            raise No("InvalidInput")
        return "Returned", ("due", asked.value), ("office", asked.office)

    def _verify(self, asked, task, _):
        self.require_submitted(asked, task)
        return "Verified", ("due", asked.due), ("office", asked.office)

    def _waive(self, asked, task, _):
        self.require_above(asked)
        if task["state"] == "waived":
            return None
        if task["state"] in CLOSED:
            raise No("TaskClosed")
        self.require_another(asked, task)
        return "Waived", ("office", asked.office)

    def _reopen(self, asked, task, _):
        self.require_above(asked)
        return ("Reopened", ("office", asked.office)) if task["state"] in CLOSED else None

    def require_change(self, asked, task):
        self.require_above(asked)
        if task["state"] in CLOSED:
            raise No("TaskClosed")

    def _extend(self, asked, task, _):
        self.require_change(asked, task)
        if asked.value == asked.due:
            return None
        if asked.value < max(asked.due, self.today):
            raise No("InvalidInput")
        return "Extended", ("due", asked.value)

    def _reschedule(self, asked, task, key):
        self.require_change(asked, task)
        if asked.value == asked.due:
            return None
        if asked.value < max(self.today, self.due_of_level(asked.name, asked.code, key)):
            raise No("InvalidInput")
        return "DayRescheduled", ("due", asked.value)

    def _reassign(self, asked, task, _):
        self.live(asked.value)
        self.require_change(asked, task)
        if unit_of(asked.office) not in self.lineage(asked.value):
            raise No("NotEntitled")
        return None if asked.value == task["assignee"] else ("Reassigned", ("unit", asked.value))

    def left(self, asked):
        """What was done about the task, without what was taken back."""
        return left(self.tasks.get((asked.name, asked.code), []))

    def _take_back(self, asked, task, _):
        self.require_above(asked)
        decided = [act for act in self.left(asked) if act.name in DECISIONS]
        if task["state"] not in ("verified", "waived", "returned"):
            raise No("NothingToTakeBack")
        last, above = decided[-1], self.above(asked.code)
        decider = unit_of(last.details["office"])
        if decider in above and unit_of(asked.office) not in self.lineage(decider):
            raise No("NotEntitled", "below")
        self.require_another(asked, task)
        self.require_after(asked, last)
        acts = self.tasks[asked.name, asked.code]
        if any(act.name == "Struck" for act in acts) and self.lacks(asked, last):
            raise No("NothingToTakeBack", "struck since")
        return "TakenBack", ("takes", last.number)

    def _strike(self, asked, task, _):
        doing, acts = task["assignee"], self.tasks.get((asked.name, asked.code), [])
        if unit_of(asked.office) not in [*self.lineage(doing), *self.lineage(asked.code)]:
            raise No("NotEntitled")
        struck = next((act for act in acts if act.number == asked.value), None)
        if struck is None:
            raise No("UnknownEntry")
        if struck not in left(acts):
            return None
        if struck.name != "StrengtheningStepRecorded":
            raise No("NothingToTakeBack")
        if unit_of(asked.office) == doing:
            self.require_recent(asked)
        self.require_after(asked, struck)
        if self.lacks(asked, struck):
            raise No("NothingToTakeBack", "submitted")
        return "Struck", ("takes", struck.number)

    def lacks(self, asked, without):
        """Whether a submission would hold without an act that has too little before it, by the terms of then."""
        acts = [act for act in self.left(asked) if act.number != without.number]
        task = fold(acts, asked.code)
        if (task["before"] if task["state"] == "waived" else task["state"]) not in ("submitted", "verified"):
            return False
        submitted = max(act.number for act in acts if act.name == "Submitted")
        wanted = [steps for number, steps in self.orders[asked.name]["steps"] if number < submitted][-1]
        return fold([act for act in acts if act.number < submitted], asked.code)["steps"] < wanted

    # Questions.

    def owing(self, name, place):
        """Each unit at or below ``place`` that owes the directive, with the key by which it does."""
        order = self.orders[name]
        for level in () if order["withdrawn"] else LEVELS:
            for code in self.under(place, level):
                try:
                    yield code, self.owed(name, code)
                except No:
                    continue

    def listed(self, name, place):
        """The units whose tasks are listed at ``place``: those that are done there, or below it."""
        for code, _ in self.owing(name, "X"):
            doing = self.assignee(name, code)
            if place in self.lineage(code if self.units[doing]["retired"] else doing):
                yield code

    def todo(self, name, place):
        """The tasks that the unit itself has still to do, and their due days."""
        for code, key in self.owing(name, "X"):
            doing = self.assignee(name, code)
            itself = place == (code if self.units[doing]["retired"] else doing)
            if itself and self.state(name, code)["state"] not in NOTHING_TO_DO:
                yield f"{name}/{code}", self.due(name, code, key)

    def status(self, name, place):
        """The numbers of each level at or below ``place``."""
        found = {}
        for code, key in self.owing(name, place):
            task, count = self.state(name, code), found.setdefault(key[0], Counter())
            undone = task["state"] not in NOTHING_TO_DO
            count.update(expected=1, overdue=undone and self.today > self.due(name, code, key))
            count.update({self.standing(name, code): 1, "steps": task["steps"]})
            count.update(on_time_by_date=self.by_date(name, code))
        return found

    def overdue(self, name):
        """The overdue tasks and their due days."""
        owing = [(code, self.due(name, code, key)) for code, key in self.owing(name, "X")]
        return {
            (f"{name}/{code}", due)
            for code, due in owing
            if self.today > due and self.state(name, code)["state"] not in NOTHING_TO_DO
        }
