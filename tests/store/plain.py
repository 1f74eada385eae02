"""What is owed and done, recounted unit by unit in plain dictionaries: what the store is compared with.

Nothing here is kept up to date: every answer is counted anew, from the rules in docs/rules.md.
"""

from collections import Counter
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

LEVELS = ("state", "district", "block", "booth")
ZONE = ZoneInfo("Asia/Kolkata")
DONE = ("on_time", "late", "waived")
CLOSED = ("verified", "waived")
NOTHING_TO_DO = (*CLOSED, "submitted")


class No(Exception):
    """A rule says no; its argument is the name of the error."""


def day(moment):
    return moment.astimezone(ZONE).date()


class Plain:
    """An organisation, its directives and their tasks.

    ``now`` is moved by the test. ``events`` has the names of the events of each stream, ``completions`` the numbers of
    each completed level.
    """

    def __init__(self, now):
        self.now, self.moment, self.completions = now, 0, []
        self.units, self.orders, self.tasks, self.events = {}, {}, {}, {}

    def tell(self, stream, *names):
        self.events.setdefault(stream, []).extend(names)
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
            if parent and self.units[parent]["retired"]:
                raise No("UnitRetired")
            if parent == code or LEVELS.index(self.units[parent]["level"]) >= LEVELS.index(level):
                raise No("InvalidOrganisation")
            if unit["level"] != level:
                raise No("AlreadyRecorded")
            told = self.rename(code, "Name") if unit["name"] != "Name" else 0
            return told + (self.move(code, parent) if unit["parent"] != parent else 0)
        if parent and self.units[parent]["retired"]:
            raise No("UnitRetired")
        if parent and LEVELS.index(self.units[parent]["level"]) >= LEVELS.index(level):
            raise No("InvalidOrganisation")
        self.moment += 1
        unit = {"parent": parent, "level": level, "retired": None, "place": self.moment, "joined": self.today}
        self.units[code] = unit | {"name": "Name"}
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

    def settle_all(self):
        told = 0
        for name, order in self.orders.items():
            if order["withdrawn"] or not order["levels"]:
                continue
            for level, scope in [*order["levels"]]:
                retired, each = self.units[scope]["retired"], order["levels"][level, scope]
                above = [] if retired else self.lineage(scope)[:-1]
                folds = any(level == other and place in above for other, place in order["levels"])
                if folds or (retired and each["expected"] is None):
                    order["folded"] = [*order.get("folded", []), (level, scope)]
            for key in order.pop("folded", []):
                del order["levels"][key]
                retired = self.units[key[1]]["retired"]
                if retired:
                    order["gone"].add(key)
                told += self.tell(f"directive/{name}", "LevelWithdrawn" if retired else "AssignmentFolded")
            for key in [*order["levels"]]:
                told += self.settle(name, key)
            if not order["levels"]:
                continue
            if not order["completed"] and all(each["expected"] is not None for each in order["levels"].values()):
                order["completed"] = True
                told += self.tell(f"directive/{name}", "Completed")
        return told

    # Directives.

    def issue(self, name, grace):
        empty = {"levels": {}, "gone": set(), "withdrawn": False, "completed": False}
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
        del order["levels"][level, scope]
        order["gone"].add((level, scope))
        told = self.tell(f"directive/{name}", "LevelWithdrawn")
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

    def amend(self, name, grace, back):
        order = self.orders[name]
        self.require_open(order)
        back = order["back"] if back is None else back
        if order["grace"] == timedelta(days=grace) and order["back"] == back:
            return 0
        order["grace"], order["back"] = timedelta(days=grace), back
        return self.tell(f"directive/{name}", "Amended")

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
        each, unit = self.orders[name]["levels"][key], self.units[code]
        days = [each["due"], self.tasks.get((name, code), {}).get("due")]
        if unit["place"] > each["place"]:
            days.append(unit["joined"] + self.orders[name]["grace"])
        return max(day for day in days if day)

    def state(self, name, code):
        fresh = {"state": "assigned", "due": None, "assignee": code, "steps": 0, "before": None, "days": None}
        return dict(self.tasks.get((name, code), fresh | {"worked": None, "answered": None}))

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

    def act(self, verb, name, code, value=None, at=None, on_behalf=False):
        """What is done about one task: by its own office, or by one of the top unit."""
        if verb in ("acknowledge", "work", "submit"):
            self.live(self.assignee(name, code))
        order, key = self.orders[name], self.owed(name, code)
        if order["withdrawn"]:
            raise No("DirectiveWithdrawn")
        task = self.state(name, code)
        closed = task["state"] in CLOSED
        if at and order["back"] is not None and not on_behalf and day(at) < self.today - timedelta(days=order["back"]):
            raise No("DatedTooFarBack")
        if at and at < self.owed_from(name, code, key):
            raise No("OutOfOrder")
        task["at"] = at or self.now
        event = getattr(self, f"_{verb}")(task, order, self.due(name, code, key), value)
        if event is None:
            return 0
        self.tasks[name, code] = task
        told = self.tell(f"task/{name}/{code}", event)
        return told + (self.settle(name, key) if closed != (task["state"] in CLOSED) else 0)

    def _acknowledge(self, task, *_):
        if task["state"] != "assigned":
            return None
        task["state"] = "acknowledged"
        return "Acknowledged"

    def _work(self, task, order, *_):
        self.require_open(order)
        task["steps"], task["worked"] = task["steps"] + 1, self.now
        if task["state"] == "assigned":
            task["state"] = "acknowledged"
        return "StrengtheningStepRecorded"

    def _submit(self, task, _, due, __):
        if task["state"] in CLOSED:
            raise No("TaskClosed")
        if task["state"] == "submitted":
            raise No("AlreadySubmitted")
        if any(before and task["at"] < before for before in (task["worked"], task["answered"])):
            raise No("OutOfOrder")
        task["state"], task["days"] = "submitted", (day(task["at"]), self.today, due)
        return "Submitted"

    def require_submitted(self, task):
        if task["state"] in CLOSED:
            raise No("TaskClosed")
        if task["state"] != "submitted":
            raise No("NotSubmitted")

    def _give_back(self, task, _, due, until):
        self.require_submitted(task)
        if until and until < max(due, self.today):
            raise No("InvalidInput")
        task["state"], task["answered"], task["due"] = "returned", self.now, until or task["due"]
        return "Returned"

    def _verify(self, task, _, due, __):
        self.require_submitted(task)
        made, written, owed_until = task["days"]
        task["state"], task["answered"], task["days"] = "verified", self.now, (made, written, max(owed_until, due))
        return "Verified"

    def _waive(self, task, *_):
        if task["state"] == "waived":
            return None
        if task["state"] in CLOSED:
            raise No("TaskClosed")
        task["before"], task["state"], task["answered"] = task["state"], "waived", self.now
        return "Waived"

    def _extend(self, task, _, due, new):
        if task["state"] in CLOSED:
            raise No("TaskClosed")
        if new == due:
            return None
        if new < max(due, self.today):
            raise No("InvalidInput")
        task["due"] = new
        return "Extended"

    def _reassign(self, task, _, __, unit):
        self.live(unit)
        if task["state"] in CLOSED:
            raise No("TaskClosed")
        if unit == task["assignee"]:
            return None
        task["assignee"] = unit
        return "Reassigned"

    def _reopen(self, task, *_):
        if task["state"] not in CLOSED:
            return None
        task["answered"] = self.now
        task["state"] = task["before"] if task["state"] == "waived" else "returned"
        return "Reopened"

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
