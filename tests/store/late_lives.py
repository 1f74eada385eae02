"""Random histories in which many acts are typed in late, made through the public tracker."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from tests.conftest import Clock
from tests.stores import fresh

from directives import DirectivesError, Document, Level, RecordedEvent, Status, TaskView, Text, Tracker, Unit, day_of

ZONE = "Asia/Kolkata"
NAME = Text(en="Name", hi="नाम")
LEVELS = ("state", "district", "block", "booth")
FIRST = {
    "X": None,
    **dict.fromkeys("AB", "X"),
    "A0": "A",
    "A1": "A",
    "B0": "B",
    "A00": "A0",
    "A01": "A0",
    "A10": "A1",
    "B00": "B0",
}
"""The units that the store is set up with, each with the one above it."""
START = datetime(2023, 10, 20, 4, tzinfo=UTC)
WINDOW = {"window_from": "2023-10-20", "window_to": "2023-10-29"}
KINDS: dict[str, dict[str, Any]] = {
    "alliance_support": {"steps": 1, "briefings": 0, "activities": 0, "confirmations": 0},
    "social_groups": {"platforms": ["whatsapp"], "days_percent": 20} | WINDOW,
    "written_report": {"period_from": "2023-10-01", "period_to": "2023-10-15"},
}
ORDERS = {"alliance": "alliance_support", "groups": "social_groups", "report": "written_report"}
"""The directives that every life has, and their kinds."""
HEADQUARTERS: dict[str, Any] = {"office": "headquarters@X", "actor": "H"}
"""Who orders and decides: another actor than those who submit."""
OPEN = ("assigned", "acknowledged", "returned")
HOURS = (0, 0, 0, 1, 2, 5, 9, 20, 30)
"""How many hours go by before a step, by chance."""
BACK = (1, 8, 24, 24, 48, 72, 72, 120, 200)
"""How many hours ago happened what is typed in late, by chance."""
Said = tuple[RecordedEvent, ...] | None


class LateLife:
    """A random history of a small organisation; about a quarter of its acts are dated some days back.

    Attributes:
        tracker: a store in memory, with all that happened.
        evenings: the days that ended, each with what `Tracker.status` said late that evening: of everything (None) and
            of each unit that was not retired.
        given: how many commands were given, and how many of them were `accepted`.
    """

    def __init__(self, seed: int, steps: int = 60) -> None:
        """Make a history of so many ``steps``: the same one for the same ``seed``."""
        self.chance = Random(seed)
        self.clock = Clock(START)
        self.tracker = Tracker(fresh(), clock=self.clock)
        self.evenings: list[tuple[date, dict[str | None, list[Status]]]] = []
        self.given = self.accepted = self.made = 0
        self.ago = timedelta(0)
        self.worked: list[tuple[str, int]] = []
        self._begin()
        acts = [act for act, weight in self._acts().items() for _ in range(weight)]
        for _ in range(steps):
            self.forward(self.chance.choice(HOURS))
            self.ago = timedelta(hours=self.chance.choice(BACK)) if self.chance.randrange(100) < 26 else timedelta(0)
            self.chance.choice(acts)()
        self.ago = timedelta(0)

    @property
    def now(self) -> datetime:
        """The present moment of this life."""
        return self.clock()

    @property
    def today(self) -> date:
        """The present day in the zone of the store."""
        return day_of(self.now, ZONE)

    def forward(self, hours: float) -> None:
        """Let time go by; each day that ends has its evening."""
        until = self.now + timedelta(hours=hours)
        while day_of(until, ZONE) > self.today:
            midnight = datetime.combine(self.today, datetime.min.time(), UTC) + timedelta(hours=18, minutes=30)
            self.clock.now = max(self.now, midnight - timedelta(minutes=5))
            self.evening()
            self.clock.now = midnight + timedelta(minutes=1)
        self.clock.now = max(self.now, until)

    def evening(self) -> None:
        """Keep what is said of this day: of everything, and of each unit."""
        said = {unit: self.tracker.status(unit=unit) for unit in (None, *(unit.code for unit in self.tracker.units()))}
        self.evenings.append((self.today, said))

    def _acts(self) -> dict[Callable[[], Any], int]:
        """What may happen, and how often."""
        organisation = {self.register: 5, self.move: 4, self.retire: 3, self.retire_nested: 2, self.restore: 5}
        orders = {self.issue: 2, self.assign: 4, self.assign_units: 2, self.extend: 3, self.reschedule: 3}
        orders |= {self.reopen_level: 3, self.withdraw_level: 2, self.withdraw: 1, self.reinstate: 3, self.amend: 3}
        own = {self.acknowledge: 6, self.work: 16, self.submit: 14, self.recall: 3, self.strike: 5}
        above = {self.verify: 8, self.give_back: 5, self.waive: 3, self.finish: 7, self.reopen: 4, self.take_back: 5}
        changes = {self.extend_task: 3, self.reassign: 2, self.reschedule_task: 3}
        return organisation | {self.rename: 1} | orders | own | above | changes

    def _begin(self) -> None:
        units = [
            Unit(code=code, parent=above, level=LEVELS[0 if above is None else len(code)], name=NAME)
            for code, above in FIRST.items()
        ]
        levels = [Level(code=level, name=NAME) for level in LEVELS]
        self.tracker.found(units, levels=levels, zone=ZONE, office="headquarters@X")
        for name, kind in ORDERS.items():
            self._issue(name, kind)
        places = [("alliance", "booth", "A"), ("groups", "block", "A"), ("report", "block", "X")]
        if self.chance.randrange(2):
            places += [("alliance", "booth", self.chance.choice(["B", "B0"])), ("report", "district", "X")]
        if self.chance.randrange(2):
            places += [("groups", "block", self.chance.choice(["B", "B0"]))]
        for name, level, scope in places:
            self.say(self.tracker.assign, name, level, scope, self.day(1, 2, 3, 5, 8))

    # How things are said.

    def say(self, act: Callable[..., tuple[RecordedEvent, ...]], *args: Any, **fields: Any) -> Said:
        """Give one command, dated as this step is; nearer to now, where it would be too early; None when refused."""
        self.given += 1
        fields = HEADQUARTERS | fields
        for ago in (self.ago, self.ago / 2, self.ago / 8, timedelta(0)) if self.ago else (timedelta(0),):
            at = self.now - ago if ago else None
            with suppress(DirectivesError):
                events = act(*args, **{"occurred_at": at} | fields)
                self.accepted += 1
                return events
        return None

    def own(self, act: Callable[..., tuple[RecordedEvent, ...]], *args: Any, task: TaskView, **fields: Any) -> Said:
        """Give a command of the unit that does ``task``; sometimes headquarters record it for the unit."""
        unit = task.assignee or task.unit
        who = {"office": f"convenor@{unit}", "actor": None}
        if unit != "X" and self.chance.randrange(5) == 0:
            who = {"office": "headquarters@X", "actor": "W", "on_behalf_of": unit}
        return self.say(act, *args, **who, **fields)

    def day(self, *days: int) -> date:
        """Today, and one of so many days."""
        return self.today + timedelta(days=self.chance.choice(days))

    def units(self, *levels: str) -> list[str]:
        """The units of these levels that are not retired; all of them, where none is named."""
        return [unit.code for unit in self.tracker.units() if not levels or unit.level in levels]

    def retired(self) -> list[str]:
        """The units that were retired, as they were registered."""
        live = {*self.units()}
        return [code for code in (*FIRST, *(f"N{n}" for n in range(1, self.made + 1))) if code not in live]

    def directive(self) -> str:
        """Some directive."""
        return self.chance.choice([view.directive for view in self.tracker.directives()])

    def level(self, *, withdrawn: bool = False, completed: bool | None = None) -> dict[str, str] | None:
        """Some directive, a level of it and its scope; None where there is none such."""
        found = [
            {"directive": view.directive, "level": each.level, "scope": each.scope}
            for view in self.tracker.directives()
            for each in (view.withdrawn_levels if withdrawn else view.assignments)
            if completed is None or completed == (each.expected is not None)
        ]
        return self.chance.choice(found) if found else None

    def task(self, *states: str) -> TaskView | None:
        """Some task that stands so."""
        found = self.tracker.tasks(state=states or None)
        return self.chance.choice(found) if found else None

    # What happens to the organisation.

    def register(self) -> None:
        """One or two units join."""
        for _ in range(self.chance.choice([1, 1, 2])):
            level = self.chance.choice(["booth", "booth", "block"])
            above = self.units(*LEVELS[: LEVELS.index(level)][-2:])
            unit = Unit(code=f"N{self.made + 1}", parent=self.chance.choice(above), level=level, name=NAME)
            if self.say(self.tracker.register, [unit], office="headquarters@X"):
                self.made += 1
            if self.chance.randrange(3) == 0:  # the next one joined before it, or after it
                self.ago = timedelta(hours=self.chance.choice((0, *BACK)))

    def rename(self) -> None:
        """A unit has another name."""
        name = Text(en=self.chance.choice(["Name", "Other", "Third"]))
        self.say(self.tracker.rename, self.chance.choice(self.units()), name)

    def move(self) -> None:
        """A block or a booth comes under another unit."""
        level = self.chance.choice(["block", "booth", "booth"])
        units, above = self.units(level), self.units(*LEVELS[: LEVELS.index(level)][-2:])
        if units:
            self.say(self.tracker.move, self.chance.choice(units), self.chance.choice(above), "Redrawn.")

    def retire(self) -> None:
        """A booth is no more."""
        if len(units := self.units("booth")) > 2:
            self.say(self.tracker.retire, self.chance.choice(units), "Merged.")

    def retire_nested(self) -> None:
        """A block is no more, after all that was below it."""
        if len(blocks := self.units("block")) > 1:
            block = self.chance.choice(blocks)
            for unit in [unit.code for unit in self.tracker.units() if unit.parent == block]:
                self.say(self.tracker.retire, unit, "Merged.")
                if self.chance.randrange(2):
                    self.ago /= 2
            self.say(self.tracker.retire, block, "Merged.")

    def restore(self) -> None:
        """Some units are there again, those above before those below; perhaps retired and restored once more."""
        if not (gone := self.retired()):
            return
        rank = {unit: LEVELS.index(self.tracker.unit(unit).level) for unit in gone}
        for unit in sorted(self.chance.sample(gone, min(len(gone), self.chance.randint(1, 3))), key=rank.__getitem__):
            above = self.units(*LEVELS[: rank[unit]])
            parent = self.chance.choice(above) if self.chance.randrange(4) == 0 else None
            back = self.say(self.tracker.restore, unit, "By mistake.", parent=parent)
            if back and self.chance.randrange(4) == 0:
                self.say(self.tracker.retire, unit, "After all.")
                self.say(self.tracker.restore, unit, "By mistake again.")

    # What is ordered.

    def _issue(self, name: str, kind: str) -> None:
        grace = self.chance.choice([0, 2])
        self.say(self.tracker.issue, name, kind, NAME, KINDS[kind], grace_days=grace)

    def issue(self) -> None:
        """A second directive of some kind, assigned at once."""
        name = self.chance.choice([*ORDERS])
        self._issue(f"{name}-2", ORDERS[name])
        self._assign(f"{name}-2")

    def assign(self) -> None:
        """A directive is assigned to more."""
        self._assign(self.directive())

    def _assign(self, name: str) -> None:
        level = self.chance.choice(["district", "block", "block", "booth", "booth", "booth", "state"])
        scope = self.chance.choice(self.units(*LEVELS[: LEVELS.index(level) + 1]))
        self.say(self.tracker.assign, name, level, scope, self.day(0, 1, 2, 4, 7))

    def assign_units(self) -> None:
        """A directive is assigned to a unit or two, by name."""
        units = self.units(self.chance.choice(LEVELS[1:]))
        chosen = self.chance.sample(units, min(len(units), self.chance.choice([1, 2])))
        if chosen:
            self.say(self.tracker.assign_to_units, self.directive(), chosen, self.day(0, 1, 3, 6))

    def extend(self) -> None:
        """A level has more time, or all levels of a directive."""
        if place := self.level(completed=False):
            fields = place if self.chance.randrange(3) else {"directive": place["directive"]}
            self.say(self.tracker.extend, due=self.day(1, 3, 5, 9), reason="More time.", **fields)

    def reschedule(self) -> None:
        """The day of a level is set right, perhaps to an earlier one."""
        if place := self.level(completed=False):
            fields = place if self.chance.randrange(3) else {"directive": place["directive"]}
            self.say(self.tracker.reschedule, due=self.day(0, 0, 1, 2, 6), reason="Mistyped.", **fields)

    def reopen_level(self) -> None:
        """A completed level is opened, perhaps for one who joined since."""
        if place := self.level(completed=True):
            if self.chance.randrange(2):
                self.register()
            self.say(self.tracker.reopen, reason="Joined.", **place)

    def withdraw_level(self) -> None:
        """A level owes nothing any more."""
        if place := self.level(completed=False):
            self.say(self.tracker.withdraw, reason="No more.", **place)

    def withdraw(self) -> None:
        """A directive is asked for no more."""
        self.say(self.tracker.withdraw, self.directive(), "No more.")

    def reinstate(self) -> None:
        """A directive that was withdrawn is owed again, or a level of one."""
        due = self.day(1, 4, 7) if self.chance.randrange(3) == 0 else None
        gone = [view.directive for view in self.tracker.directives() if view.withdrawn]
        if gone:
            self.say(self.tracker.reinstate, self.chance.choice(gone), "By mistake.", due=due)
        elif place := self.level(withdrawn=True):
            self.say(self.tracker.reinstate, reason="By mistake.", due=due, **place)

    def amend(self) -> None:
        """A directive is asked for in other terms."""
        view = self.chance.choice(self.tracker.directives())
        changed: dict[str, Any] = {
            "alliance_support": {"steps": self.chance.choice([0, 1, 2]), "briefings": self.chance.choice([0, 0, 1])},
            "social_groups": {"window_to": f"2023-10-{self.chance.choice([26, 29, 31])}"},
            "written_report": {"period_to": f"2023-10-{self.chance.choice([10, 15])}"},
        }[view.kind]
        grace = self.chance.choice([None, 0, 2, 3])
        self.say(self.tracker.amend, view.directive, "Corrected.", parameters=changed, grace_days=grace)

    # What units do.

    def acknowledge(self) -> None:
        """A unit knows of its task."""
        if task := self.task("assigned"):
            self.own(self.tracker.acknowledge, task.task, task=task)

    def work(self) -> None:
        """A unit works, once or a few times; perhaps after it submitted."""
        if task := self.task(*(OPEN if self.chance.randrange(4) else ())):
            for _ in range(self.chance.choice([1, 1, 2])):
                self._work(task)

    def _work(self, task: TaskView) -> None:
        match task.kind:
            case "alliance_support":
                what = self.chance.choice(["step", "step", "step", "briefing", "activity", "confirmation"])
                self._work_on(task, what)
            case "social_groups":
                self._work_in_groups(task)
            case _:
                self._hand_in(task)

    def _work_on(self, task: TaskView, what: str) -> None:
        partner = None if what == "step" else self.chance.choice(["partner-a", "partner-b"])
        self._worked(task, "alliance record", what=what, partner=partner, text="Done.")

    def _work_in_groups(self, task: TaskView) -> None:
        group = f"whatsapp-{self.chance.choice([1, 1, 1, 2])}"
        deed = self.chance.choice(["create", "count", "count", "post", "post", "post", "post", "retire", "rename"])
        if deed == "count":
            self._worked(task, "group count", group=group, active=self.chance.randint(1, 9))
        elif deed == "post":
            self._worked(task, "activity post", group=self.chance.choice([group, None]), text="Posted.")
        elif deed == "retire" and self.chance.randrange(2):
            self._worked(task, "group retire", group=group, reason="Unused.")
        elif deed == "rename":
            self._worked(task, "group rename", group=group, name=f"Group {self.chance.randrange(4, 9)}")
        else:
            self._worked(task, "group create", platform="whatsapp", name=f"Group {self.chance.randrange(4)}")

    def _hand_in(self, task: TaskView) -> Said:
        digest = f"sha256:{self.given:064}"
        document = Document(digest=digest, media_type="text/plain", size=10, name="report.txt")
        return self.own(self.tracker.work, "report submit", task.task, task=task, document=document)

    def _worked(self, task: TaskView, deed: str, **fields: Any) -> Said:
        events = self.own(self.tracker.work, deed, task.task, task=task, **fields)
        self.worked += [(task.task, event.position) for event in events or ()]
        return events

    def submit(self) -> None:
        """A unit submits, after the work that is lacking; sometimes that is struck, or the submission recalled."""
        if task := self.task(*OPEN):
            self._done(task)

    def _done(self, task: TaskView) -> Said:
        """A submission, after the work that is lacking."""
        if task.kind == "written_report":
            return self._hand_in(task)
        if submitted := self.own(self.tracker.submit, task.task, task=task):
            return submitted
        if task.kind == "alliance_support":
            for what in self.chance.choice([["step"], ["step", "step"], ["step", "step", "briefing"]]):
                self._work_on(task, what)
        else:
            self._worked(task, "group create", platform="whatsapp", name=f"Group {self.chance.randrange(4)}")
            ago = self.ago
            for days in self.chance.sample(range(1, 10), 3):
                self.ago = ago + timedelta(days=days)
                self._worked(task, "activity post", text="Posted.")
            self.ago = ago
            self._worked(task, "group count", group="whatsapp-1", active=self.chance.randint(1, 9))
        return self.own(self.tracker.submit, task.task, task=task)

    def recall(self) -> None:
        """A submission that waits was none."""
        task = self.task("submitted")
        if task is None and (task := self.task(*OPEN)):
            self._done(task)
        if task:
            self.say(self.tracker.recall, task.task, "A wrong one.", office=f"convenor@{task.assignee or task.unit}")

    def strike(self) -> None:
        """A record of work was wrong: mostly one that was made lately."""
        if self.chance.randrange(2):
            self.work()
        if self.worked:
            task, position = self.chance.choice(self.worked[-8:] if self.chance.randrange(3) else self.worked)
            self.say(self.tracker.strike, task, position, "A wrong one.")

    # What offices above decide.

    def verify(self) -> None:
        """A submission is accepted."""
        if task := self.task("submitted"):
            self.say(self.tracker.verify, task.task)

    def give_back(self) -> None:
        """A submission is returned, perhaps with time to correct it."""
        if task := self.task("submitted"):
            due = self.day(1, 4, 8) if self.chance.randrange(3) == 0 else None
            self.say(self.tracker.return_task, task.task, "Not so.", due=due)

    def waive(self) -> None:
        """A task is asked for no more."""
        if task := self.task(*OPEN, "submitted"):
            self.say(self.tracker.waive, task.task, "Merged.")

    def finish(self) -> None:
        """All open tasks of a level end, or all but one."""
        if not (place := self.level(completed=False)):
            return
        fields = {"directive": place["directive"], "unit": place["scope"], "level": place["level"]}
        if place["scope"] not in self.units():
            return
        tasks = self.tracker.tasks(state=(*OPEN, "submitted"), **fields)
        ago = self.ago
        for task in tasks[1 if len(tasks) > 1 and self.chance.randrange(5) == 0 else 0 :]:
            if self.chance.randrange(4) == 0:
                self.ago = self.chance.choice([ago, timedelta(0), timedelta(hours=self.chance.choice(BACK))])
            if task.state != "submitted" and (self.chance.randrange(4) == 0 or not self._done(task)):
                self.say(self.tracker.waive, task.task, "Merged.")
            else:
                self.say(self.tracker.verify, task.task)

    def reopen(self) -> None:
        """What was closed is owed again."""
        if task := self.task("verified", "waived"):
            self.say(self.tracker.reopen_task, task.task, "Not so after all.")

    def take_back(self) -> None:
        """The last decision about a task does not hold, or the last two; perhaps after it was reopened."""
        if task := self.task("verified", "waived", "returned"):
            if task.state != "returned" and self.chance.randrange(4) == 0:
                self.say(self.tracker.reopen_task, task.task, "Not so after all.")
            for number in range(self.chance.choice([1, 1, 2])):
                self.say(self.tracker.take_back, task.task, f"A mistake, {number}.")

    def extend_task(self) -> None:
        """A unit has more time."""
        if task := self.task(*OPEN, "submitted"):
            self.say(self.tracker.extend_task, task.task, self.day(1, 3, 6, 10), "More time.")

    def reassign(self) -> None:
        """Another unit does a task, or its own again."""
        if task := self.task(*OPEN):
            unit = self.chance.choice([task.unit, *self.units()])
            self.say(self.tracker.reassign, task.task, unit, "Nobody there.")

    def reschedule_task(self) -> None:
        """The own day of a task is set right, mostly of one that has a day of its own."""
        if task := self.task(*OPEN, "submitted"):
            if self.chance.randrange(2):
                self.say(self.tracker.extend_task, task.task, self.day(6, 10), "More time.")
            self.say(self.tracker.reschedule_task, task.task, self.day(0, 1, 2, 4), "Mistyped.")
