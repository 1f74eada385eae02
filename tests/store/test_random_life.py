"""Ten thousand random commands while the organisation changes and time goes forward, against a plain recount."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from tests.conftest import Clock
from tests.store.plain import CLOSED, LEVELS, NOTHING_TO_DO, No, Plain, left
from tests.stores import fresh

from directives import (
    AcknowledgeTask,
    AmendDirective,
    AssignToLevel,
    AssignToUnits,
    DirectivesError,
    ExtendDirective,
    ExtendTask,
    Level,
    MoveUnit,
    ReassignTask,
    RecallTask,
    RegisterUnits,
    ReinstateDirective,
    RenameUnit,
    ReopenLevel,
    ReopenTask,
    RescheduleDirective,
    RescheduleTask,
    RestoreUnit,
    RetireUnit,
    ReturnTask,
    StrikeEvent,
    SubmitTask,
    TakeBackTask,
    Text,
    Tracker,
    Unit,
    VerifyTask,
    WaiveTask,
    WithdrawDirective,
    commands,
    day_of,
)

pytestmark = pytest.mark.every_store

NAME = Text(en="Name", hi="नाम")
CODES = ["X", "A", "B", *(f"{a}{n}" for a in "AB" for n in range(3)), *(f"N{n}" for n in range(9))]
FIRST = {"A": "X", "B": "X", **{f"{a}{n}": a for a in "AB" for n in range(3)}, "N0": "A0", "N1": "A0", "N2": "B0"}
FIRST_ORDERS = [("d", "block", "A", 3), ("d", "block", "B", 2), ("e", "booth", "A", 2), ("e", "booth", "B0", 3)]
NONE = dict.fromkeys(["steps", "briefings", "activities", "confirmations"], 0)
STEPS = {"d": 0, "e": 1}
ORDERS = st.sampled_from("de")
UNITS = st.sampled_from(CODES)
TASKS = {
    "acknowledge": AcknowledgeTask,
    "work": commands()["alliance record"],
    "submit": SubmitTask,
    "give_back": ReturnTask,
    "verify": VerifyTask,
    "waive": WaiveTask,
    "extend": ExtendTask,
    "reassign": ReassignTask,
    "reopen": ReopenTask,
    "reschedule": RescheduleTask,
    "take_back": TakeBackTask,
    "recall": RecallTask,
    "strike": StrikeEvent,
}
OWN = ("acknowledge", "work", "submit")
WORK = [*OWN, "submit", "submit", "verify", "verify", "verify", "waive", "give_back"]
COUNTED = Counter()
ASKED = 10_000
SEEN = 5
OFTEN = [
    *((f"task {verb}", True) for verb in ("take_back", "recall", "strike", "reschedule")),
    ("restore", True),
    ("reinstate", True),
    ("reschedule", True),
    ("reinstate", "InvalidInput"),
    ("reschedule", "InvalidInput"),
    ("assign", "DirectiveWithdrawn"),
    ("task strike", False),
    ("task reschedule", False),
    ("task submit", "NotFulfilled"),
    *(("task take_back", error) for error in ("NothingToTakeBack", "NotEntitled", "SelfVerification", "OutOfOrder")),
    ("task take_back", "NotEntitled", "below"),
    *(("task recall", error) for error in ("NotSubmitted", "NotEntitled", "OutOfOrder")),
    *(("task strike", error) for error in ("NothingToTakeBack", "NotEntitled", "OutOfOrder", "UnknownEntry")),
    ("task strike", "NothingToTakeBack", "submitted"),
    *(("task reschedule", error) for error in ("InvalidInput", "NotEntitled", "TaskClosed")),
]
"""What is to come of commands often."""


class Life(RuleBasedStateMachine):
    """Each rule gives one command to the tracker and to the plain model, one by one or many at once."""

    def __init__(self):
        super().__init__()
        self.clock = Clock()
        self.tracker = Tracker(fresh(), clock=self.clock)
        levels = [Level(code=code, name=NAME) for code in LEVELS]
        self.tracker.found([Unit(code="X", level="state", name=NAME)], levels=levels)
        self.plain = Plain(self.clock())
        self.plain.register("X", None, "state")
        self.before = len([*self.tracker.events()]) - self.plain.told
        self.queue = []
        self.many = 1
        self.given = self.last = 0

    @property
    def today(self):
        return day_of(self.clock(), "Asia/Kolkata")

    @initialize(
        many=st.sampled_from([1, 1, 5, 20]), grace=st.sampled_from([0, 2]), last=st.sampled_from([0, 30, 30, 30])
    )
    def begin(self, many, grace, last):
        for code, parent in FIRST.items():
            level = "booth" if code[0] == "N" else "block" if parent != "X" else "district"
            self.register(code, parent, level)
        for name in "de":
            asked = NONE | {"steps": STEPS[name]}
            self.tracker.issue(name, "alliance_support", NAME, asked, grace_days=grace, office="headquarters@X")
            self.plain.issue(name, grace, STEPS[name])
        for name, level, scope, days in FIRST_ORDERS:
            self.assign(name, level, scope, days)
        self.many = many
        self.last = last

    def teardown(self):
        for number in range(self.last):
            self.deeds("de"[number % 2], number, 1)
            if number % 7 == 6:
                self.wait(number % 3)
        self.flush()
        self.check()
        assert not [each for each in self.tracker.doctor() if each.state == "wrong"]
        assert all(table.differing == 0 for table in self.tracker.rebuild())
        self.check()
        self.tracker.close()

    def give(self, command, fields, verb, *args):
        """One command to both; what the plain model says is to come of it is compared when it was carried out."""
        why = ()
        try:
            expected = getattr(self.plain, verb)(*args)
        except No as no:
            expected, why = no.args[0], no.args[1:]
        fields = {"office": "headquarters@X"} | fields
        self.queue.append((self.tracker.command(command, **fields), expected))
        COUNTED["commands"] += 1
        self.given += 1
        outcome = expected if isinstance(expected, str) else bool(expected)
        COUNTED[f"task {args[0]}" if verb == "act" else verb, outcome, *why] += 1
        if len(self.queue) >= self.many:
            self.flush()

    def flush(self):
        queue, self.queue = self.queue, []
        if self.many > 1:
            carried = self.tracker.execute_all([command for command, _ in queue], keep_going=True)
            found = {each.line: each.error for each in carried.refused}
            refused = {line: e for line, (_, e) in enumerate(queue, start=1) if isinstance(e, str)}
            assert found == refused
            assert carried.events == sum(e for _, e in queue if not isinstance(e, str))
            return
        for command, expected in queue:
            try:
                found = len(self.tracker.execute(command))
            except DirectivesError as error:
                found = type(error).__name__
            assert found == expected, command

    @rule(days=st.sampled_from([0, 1, 1, 1, 2, 9]))
    def wait(self, days):
        self.flush()
        self.check()
        self.clock.forward(days=days, minutes=1)
        self.plain.now = self.clock()

    @rule(code=UNITS, parent=UNITS, level=st.sampled_from(LEVELS[1:]))
    def register(self, code, parent, level):
        if code == "X" or parent not in self.plain.units:
            return
        unit = Unit(code=code, parent=parent, level=level, name=NAME)
        self.give(RegisterUnits, {"units": (unit,), "reason": "R"}, "register", code, parent, level)

    @rule(code=UNITS, name=st.sampled_from(["Name", "Other"]))
    def rename(self, code, name):
        self.give(RenameUnit, {"code": code, "name": {"en": name, "hi": "नाम"}}, "rename", code, name)

    @rule(number=st.integers(0, 9999))
    def move_below(self, number):
        """Some unit to some other one of a level above."""
        units = {code: LEVELS.index(unit["level"]) for code, unit in self.plain.units.items() if not unit["retired"]}
        ways = [(code, above) for code in units for above in units if units[above] < units[code]]
        if ways:
            self.move(*ways[number % len(ways)])

    @rule(code=UNITS, parent=UNITS)
    def move(self, code, parent):
        self.give(MoveUnit, {"code": code, "parent": parent, "reason": "R"}, "move", code, parent)

    @rule(code=UNITS)
    def retire(self, code):
        self.give(RetireUnit, {"code": code, "reason": "R"}, "retire", code)

    @rule(code=UNITS, parent=st.one_of(st.none(), UNITS), number=st.integers(0, 9))
    def restore(self, code, parent, number):
        """Mostly a unit that was retired, before or for this."""
        leaves = [each for each, unit in self.plain.units.items() if unit["level"] == "booth" and not unit["retired"]]
        if leaves and number > 4:
            self.retire(leaves[number % len(leaves)])
        retired = [each for each, unit in self.plain.units.items() if unit["retired"]]
        code = retired[number % len(retired)] if retired and number else code
        if parent and parent not in self.plain.units:
            return
        fields = {"code": code, "parent": parent if number % 3 == 2 else None, "reason": "R"}
        self.give(RestoreUnit, fields, "restore", code, fields["parent"])

    def in_days(self, days):
        return self.today + timedelta(days=days)

    @rule(name=ORDERS, level=st.sampled_from(LEVELS), scope=st.sampled_from("XAB"), days=st.sampled_from([-1, 1, 2, 4]))
    def assign(self, name, level, scope, days):
        fields = {"directive": name, "level": level, "scope": scope, "due": self.in_days(days)}
        self.give(AssignToLevel, fields, "assign", name, level, scope, self.in_days(days))

    @rule(name=ORDERS, codes=st.lists(UNITS, min_size=1, max_size=3), days=st.sampled_from([1, 3]))
    def assign_units(self, name, codes, days):
        fields = {"directive": name, "units": codes, "due": self.in_days(days)}
        self.give(AssignToUnits, fields, "assign_units", name, codes, self.in_days(days))

    def some_level(self, name, number):
        keys = [*self.plain.orders[name]["levels"]] or [("block", "X")]
        return keys[number % len(keys)]

    @rule(name=ORDERS, number=st.integers(0, 9), whole=st.sampled_from([False] * 9 + [True]))
    def withdraw(self, name, number, whole):
        level, scope = (None, None) if whole and number == 3 else self.some_level(name, number)
        fields = {"directive": name, "level": level, "scope": scope, "reason": "R"}
        self.give(WithdrawDirective, fields, "withdraw", name, level, scope)
        if level is None:  # what is withdrawn is often asked for again
            self.assign(name, *self.some_level(name, number), 3)

    @rule(name=ORDERS, number=st.integers(0, 9), days=st.sampled_from([-1, 0, 1, 2, 4]))
    def extend(self, name, number, days):
        level, scope = self.some_level(name, number)
        fields = {"directive": name, "level": level, "scope": scope, "due": self.in_days(days), "reason": "R"}
        self.give(ExtendDirective, fields, "extend", name, level, scope, self.in_days(days))

    @rule(name=ORDERS, number=st.integers(0, 9), days=st.sampled_from([-1, 0, 1, 2, 4]))
    def reschedule(self, name, number, days):
        level, scope = (None, None) if number == 3 else self.some_level(name, number)
        fields = {"directive": name, "level": level, "scope": scope, "due": self.in_days(days), "reason": "R"}
        self.give(RescheduleDirective, fields, "reschedule", name, level, scope, self.in_days(days))

    @rule(name=ORDERS, number=st.integers(0, 9), days=st.sampled_from([None, None, -1, 1, 4]))
    def reinstate(self, name, number, days):
        """More often what was withdrawn."""
        order = self.plain.orders[name]
        gone = [*order["gone"]] if number else []
        level, scope = gone[number % len(gone)] if gone else self.some_level(name, number)
        if gone and number % 3 == 0:
            self.assign(name, level, scope, 4)
        if order["withdrawn"]:
            self.assign(name, "block", "A", 4)
        if order["withdrawn"] and number % 2:
            level = scope = None
        due = None if days is None else self.in_days(days)
        fields = {"directive": name, "level": level, "scope": scope, "due": due, "reason": "R"}
        self.give(ReinstateDirective, fields, "reinstate", name, level, scope, due)

    @rule(name=ORDERS, number=st.integers(0, 9))
    def reopen(self, name, number):
        level, scope = self.some_level(name, number)
        fields = {"directive": name, "level": level, "scope": scope, "reason": "R"}
        self.give(ReopenLevel, fields, "reopen", name, level, scope)

    @rule(
        name=ORDERS,
        grace=st.integers(0, 4),
        back=st.sampled_from([None, None, 1, 3]),
        steps=st.sampled_from([None, None, 0, 1, 2]),
    )
    def amend(self, name, grace, back, steps):
        fields = {"directive": name, "grace_days": grace, "backdating_days": back, "reason": "R"}
        fields = {field: value for field, value in fields.items() if value is not None}
        fields |= {} if steps is None else {"parameters": {"steps": steps}}
        self.give(AmendDirective, fields, "amend", name, grace, back, steps)

    def on_task(self, verb, name, code, value=None, at=None, on_behalf=False, office=None, actor=None, **more):
        doing = self.plain.assignee(name, code)
        on_behalf = doing if on_behalf and verb in OWN and doing != "X" else None
        office = office or (f"convenor@{doing}" if verb in OWN else "clerk@X")
        if on_behalf:
            office, actor, more = "headquarters@X", "W", more | {"on_behalf_of": doing}
        if verb == "verify":
            actor = actor or "V"
        fields = {"task": f"{name}/{code}", "office": office, "actor": actor, "occurred_at": at} | more
        if verb not in (*OWN, "verify"):
            fields["reason"] = "R"
        if verb == "work":
            fields |= {"what": "step", "text": "T"}
        fields = {field: given for field, given in fields.items() if given is not None}
        self.give(TASKS[verb], fields, "act", verb, name, code, office, value, at, on_behalf, actor)

    def done(self, name, code, at=None):
        """A submission, after the steps that it lacks."""
        lacking = self.plain.orders[name]["steps"][-1][1] - self.plain.state(name, code)["steps"]
        for _ in range(lacking):
            self.on_task("work", name, code, at=at)
        self.on_task("submit", name, code, at=at)

    def owing(self, name, number):
        """Some unit; more often one that owes a task and has not done it."""
        plain = self.plain
        codes = [code for code, _ in plain.owing(name, "X") if plain.state(name, code)["state"] != "verified"]
        if number % 20 == 0 or not codes:
            codes = [*plain.units]
        return codes[number % len(codes)]

    @rule(name=ORDERS, verb=st.sampled_from(WORK), number=st.integers(1, 999))
    def work(self, name, verb, number):
        self.on_task(verb, name, self.owing(name, number))

    @rule(name=ORDERS, verb=st.sampled_from(WORK), number=st.integers(1, 999), on_behalf=st.booleans())
    def more_work(self, name, verb, number, on_behalf):
        self.on_task(verb, name, self.owing(name, number), on_behalf=on_behalf)

    @rule(name=ORDERS, number=st.integers(1, 999), days=st.integers(0, 4), on_behalf=st.booleans())
    def submit_earlier(self, name, number, days, on_behalf):
        """A submission that is dated before it is written down, and verified after it."""
        code, at = self.owing(name, number), self.clock() - timedelta(days=days)
        if on_behalf:
            self.on_task("submit", name, code, at=at, on_behalf=True)
        else:
            self.done(name, code, at=at)
        if number % 3:
            self.on_task("verify", name, code)

    @rule(name=ORDERS, number=st.integers(1, 999), ago=st.integers(0, 3), days=st.integers(-3, 3))
    def late_and_extended(self, name, number, ago, days):
        """Some are verified after the day of their level, which is then extended, perhaps to the day that they need."""
        plain = self.plain
        open_keys = [key for key, each in plain.orders[name]["levels"].items() if each["expected"] is None]
        if not open_keys:
            return
        level, scope = open_keys[number % len(open_keys)]
        self.wait(max(0, (plain.orders[name]["levels"][level, scope]["due"] - self.today).days + 1))
        for code in plain.under(scope, level)[: 1 + number % 2]:
            self.done(name, code, at=self.clock() - timedelta(days=ago))
            self.on_task("verify", name, code)
        self.extend(name, [*plain.orders[name]["levels"]].index((level, scope)), days)

    @rule(name=ORDERS, number=st.integers(1, 999), days=st.sampled_from([-1, 1, 2, 4]))
    def give_time(self, name, number, days):
        self.on_task("give_back", name, self.owing(name, number), self.in_days(days), due=self.in_days(days))

    @rule(name=ORDERS, number=st.integers(0, 9))
    def finish(self, name, number):
        """All but one, or all, of a level."""
        level, scope = self.some_level(name, number)
        if scope in self.plain.units:
            for code in self.plain.under(scope, level)[number % 2 :]:
                self.done(name, code)
                self.on_task("verify", name, code)

    @rule(name=ORDERS, number=st.integers(1, 999), days=st.sampled_from([-1, 1, 2, 4]))
    def extend_task(self, name, number, days):
        self.on_task("extend", name, self.owing(name, number), self.in_days(days), due=self.in_days(days))

    @rule(name=ORDERS, number=st.integers(1, 999), unit=UNITS)
    def reassign(self, name, number, unit):
        self.on_task("reassign", name, self.owing(name, number), unit, unit=unit)

    @rule(name=ORDERS, number=st.integers(1, 999))
    def reopen_task(self, name, number):
        done = [code for code, _ in self.plain.owing(name, "X") if self.plain.state(name, code)["state"] in CLOSED]
        codes = done or [*self.plain.units]
        self.on_task("reopen", name, codes[number % len(codes)])

    @rule(name=ORDERS, seed=st.integers(0, 2**32), times=st.sampled_from([1, 15, 15, 15]))
    def deeds(self, name, seed, times):
        """Some things that are done about tasks, among them many that take back what was done."""
        for _ in range(times):
            chance = Random(1000 * seed + self.given)  # Hypothesis draws the same seed again and again
            taking_back = [self.taken_back, self.recalled, self.struck, self.set_right]
            chance.choice([self.worked, self.worked, self.decided, *taking_back])(name, chance)

    def some_office(self, code, chance):
        """Mostly one that may decide about the task: of the top unit or its district, else of any unit."""
        lineage = self.plain.lineage(code)
        unit = chance.choice(["X"] * 6 + lineage[-2:-1] * 3 + lineage[-1:] + [chance.choice([*self.plain.units])])
        return f"{chance.choice(['clerk', 'clerk', 'headquarters'])}@{unit}"

    def one_of(self, name, chance, *states):
        """Mostly a unit whose task stands so."""
        codes = [code for code, _ in self.plain.owing(name, "X") if self.plain.state(name, code)["state"] in states]
        return chance.choice(codes) if codes and chance.randrange(9) else self.owing(name, chance.randrange(999))

    def ago(self, chance):
        """Now, or some days ago."""
        days = chance.choice([0, 0, 0, 0, 0, 1, 3])
        return self.clock() - timedelta(days=days) if days else None

    def worked(self, name, chance):
        code = self.one_of(name, chance, "assigned", "acknowledged", "returned")
        if chance.randrange(2):
            self.on_task("work", name, code, at=self.ago(chance), on_behalf=chance.randrange(3) == 0)
        else:
            self.done(name, code)

    def decided(self, name, chance):
        """An office above decides, perhaps about a submission of its own."""
        code, verb = self.one_of(name, chance, "submitted"), chance.choice(["verify", "verify", "give_back", "waive"])
        self.on_task(verb, name, code, office=self.some_office(code, chance), actor=chance.choice([None, None, "W"]))

    def taken_back(self, name, chance):
        """The last decision, or the last two: where it is a reopening, perhaps with the verification before it."""
        code = self.one_of(name, chance, "verified", "waived", "returned")
        if chance.randrange(4) == 0:
            self.on_task("reopen", name, code)
        for _ in range(chance.choice([1, 1, 2])):
            submitter = self.plain.state(name, code)["submitted_by"]
            actor = chance.choice([None, None, None, submitter, "W"])
            office, at = self.some_office(code, chance), self.ago(chance)
            self.on_task("take_back", name, code, at=at, office=office, actor=actor)

    def recalled(self, name, chance):
        """A submission that waits: by the unit that does the task, the office that submitted it, or neither."""
        code = self.one_of(name, chance, "submitted")
        doing, some = self.plain.assignee(name, code), self.some_office(code, chance)
        office = chance.choice([f"clerk@{doing}", f"convenor@{doing}", f"convenor@{doing}", "headquarters@X", some])
        self.on_task("recall", name, code, at=self.ago(chance), office=office)
        if chance.randrange(2):
            self.done(name, code)

    def struck(self, name, chance):
        """Mostly a record of work that stands; else anything that was told, of this task or another one."""
        code = self.one_of(name, chance, "acknowledged", "submitted", "returned", "verified", "waived")
        if chance.randrange(3) == 0:
            self.on_task("work", name, code)
        if chance.randrange(4) == 0:  # a submission is judged by what was asked for when it was made
            self.amend(name, 4, None, chance.choice([0, 1, 2]))
        acts = self.plain.tasks.get((name, code), [])
        worked = [act for act in acts if act.name == "StrengtheningStepRecorded"]
        stand = left(acts)
        stand = [act for act in worked if act in stand]
        acts = chance.choice([acts, worked, worked, stand, stand, stand, []])
        entry = chance.choice(acts).number if acts else chance.randint(1, self.plain.told)
        doing, other = self.plain.assignee(name, code), chance.choice([*self.plain.units])
        office = chance.choice([f"convenor@{doing}", self.some_office(code, chance), f"convenor@{other}"])
        for _ in range(chance.choice([1, 1, 1, 2])):
            self.on_task("strike", name, code, entry, at=self.ago(chance), office=office, event=self.before + entry)

    def joined_late(self, name, chance):
        """A new unit that owes an open level by its grace, if there is a place for one."""
        open_keys = [key for key, each in self.plain.orders[name]["levels"].items() if each["expected"] is None]
        level, scope = chance.choice(open_keys or [("state", "X")])
        above = [code for each in LEVELS[: LEVELS.index(level)] for code in self.plain.under(scope, each)]
        if not above:
            return None
        self.amend(name, 4, None, None)
        code = f"L{self.given}"
        self.register(code, above[-1], level)
        return code

    def set_right(self, name, chance):
        """The own day of a task, around the one that it would have without that too."""
        states = chance.choice([("assigned", "acknowledged"), ("submitted", "returned"), CLOSED])
        code, due = self.one_of(name, chance, *states), self.in_days(chance.choice([-1, 0, 1, 2, 4, 9]))
        if chance.randrange(4) == 0:
            code = self.joined_late(name, chance) or code
        with suppress(No):
            of_level = self.plain.due_of_level(name, code, self.plain.owed(name, code))
            due = chance.choice([due, of_level, of_level - timedelta(days=1), of_level + timedelta(days=1)])
        if chance.randrange(2):
            self.on_task("extend", name, code, self.in_days(9), due=self.in_days(9))
        self.on_task("reschedule", name, code, due, office=self.some_office(code, chance), due=due)

    def check(self):
        for name in "de" if self.plain.orders else "":
            for code in self.plain.units:
                found = {row.level: numbers(row) for row in self.tracker.status(directive=name, unit=code)}
                wanted = {level: wanted_numbers(count) for level, count in self.plain.status(name, code).items()}
                assert {level: n for level, n in found.items() if any(n)} == wanted
                self.check_lists(name, code)
            tasks = self.tracker.tasks(directive=name)
            assert {(task.task, task.due) for task in tasks if task.overdue} == self.plain.overdue(name)
            assert len(tasks) == len([*self.plain.owing(name, "X")])
            waiting = {
                code for code, _ in self.plain.owing(name, "X") if self.plain.state(name, code)["state"] == "submitted"
            }
            assert {task.unit for task in self.tracker.waiting(directive=name)} == waiting
            overdue = self.tracker.tasks(directive=name, overdue=True)
            assert {(task.task, task.due) for task in overdue} == self.plain.overdue(name)
        for place, level in (("X", "district"), ("X", "block"), ("A", "block"), ("B0", "booth")):
            unit = self.plain.units.get(place, {"retired": True, "level": level})
            if not unit["retired"] and LEVELS.index(level) >= LEVELS.index(unit["level"]):
                self.check_board(place, level)
        names = {}
        for event in self.tracker.events():
            names.setdefault(event.stream, []).append(event.name)
        self.check_taken_back()
        del names["organisation"]
        own = ("Acknowledged", "StrengtheningStepRecorded", "Submitted")
        for event in self.tracker.events():
            assert bool(event.on_behalf_of) == (event.actor == "W" and event.name in own)
        completed = [event for event in self.tracker.events() if event.name == "LevelCompleted"]
        assert [completion(event) for event in completed] == self.plain.completions
        assert names == self.plain.events
        for stream in [*names][:: max(1, len(names) // 5)]:
            aggregate, _, rest = stream.partition("/")
            if aggregate != "task":
                entries = self.tracker.history(rest)
                assert [entry.name for entry in entries if entry.stream == stream] == names[stream]
                acts = [
                    name
                    for other in names
                    if other.endswith(f"/{rest}") and other.startswith("task/")
                    for name in names[other]
                ]
                of_tasks = [entry.name for entry in entries if entry.stream != stream]
                assert Counter(of_tasks) == Counter(acts if aggregate == "unit" else [])

    def check_taken_back(self):
        """What is marked in the history of a task, and by what."""
        for (name, code), acts in [*self.plain.tasks.items()][:: max(1, len(self.plain.tasks) // 3)]:
            marked = {act.details["takes"]: act.number for act in acts if "takes" in act.details}
            entries = [each for each in self.tracker.history(f"{name}/{code}") if each.stream.startswith("task/")]
            told = [(each.position - self.before, each.taken_back_by) for each in entries]
            wanted = [(act.number, marked.get(act.number)) for act in acts]
            assert told == [(number, by and by + self.before) for number, by in wanted]

    def check_board(self, place, level):
        """Each cell, and each total, by a plain recount: the unit's own task, else what is owed below it."""
        board = self.tracker.board(place, level, order="tree")
        codes = self.plain.under(place, level)
        assert [row.unit for row in board.rows] == sorted(codes, key=self.plain.lineage)
        assert board.number == len(codes)
        totals = {name: Counter() for name in self.plain.orders}
        for row in board.rows:
            for name in self.plain.orders:
                status = self.plain.status(name, row.unit)
                wanted = status.get(level) or sum(status.values(), Counter())
                cell = row.cells.get(name)
                assert (cell is None) == (not wanted["expected"])
                if cell is not None:
                    assert board_numbers(cell) == wanted_board(wanted)
                    totals[name].update(wanted_board(wanted))
                    self.check_cell(cell, name, row.unit, own=level in status)
        columns = {column.directive: board_numbers(column) for column in board.columns}
        assert columns == {name: {**dict.fromkeys(BOARD, 0), **total} for name, total in totals.items() if total}
        troubled = self.tracker.board(place, level).rows
        late = [sum(1 for cell in row.cells.values() if cell.overdue) for row in troubled]
        assert late == sorted(late, reverse=True)
        assert {row.unit for row in troubled} == {*codes}

    def check_cell(self, cell, name, code, *, own):
        if not own:
            assert cell.state == "below"
            below = [(each, key) for each, key in self.plain.owing(name, code) if each != code]
            undone = [pair for pair in below if self.plain.state(name, pair[0])["state"] not in NOTHING_TO_DO]
            due = [self.plain.due(name, *pair) for pair in undone]
            late = [day for day in due if day < self.today]
            assert cell.day == min(late, default=None)
            assert cell.days_left == (min(due) - self.today).days if due else cell.days_left is None
            return
        state = self.plain.state(name, code)["state"]
        due = self.plain.due(name, code, self.plain.owed(name, code))
        states = {"submitted": "waiting", "returned": "returned", "verified": "verified", "waived": "waived"}
        assert cell.state == ("overdue" if cell.overdue else states.get(state, "due"))
        if cell.state in ("due", "overdue"):
            assert (cell.day, cell.days_left) == (due, (due - self.today).days)

    def check_lists(self, name, place):
        """A task is listed once, where it is done, page by page too."""
        listed = [] if self.plain.units[place]["retired"] else sorted(self.plain.listed(name, place))
        found = [task.task for task in self.tracker.tasks(directive=name, unit=place)]
        assert sorted(found) == [f"{name}/{code}" for code in listed]
        half = found[: len(found) // 2]
        rest = self.tracker.tasks(directive=name, unit=place, after=half[-1]) if half else []
        assert [task.task for task in rest] == found[len(half) :] or not half
        waiting = {code for code in listed if self.plain.state(name, code)["state"] == "submitted"}
        assert {task.unit for task in self.tracker.waiting(directive=name, unit=place)} == waiting
        todo = [(task.task, task.due) for task in self.tracker.todo(place, directive=name)]
        assert sorted(todo) == ([] if self.plain.units[place]["retired"] else sorted(self.plain.todo(name, place)))
        assert [due for _, due in todo] == sorted(due for _, due in todo)
        within = self.tracker.todo(place, directive=name, within=1)
        assert [(task.task, task.days_left) for task in within] == [
            (task, (due - self.today).days) for task, due in todo if (due - self.today).days <= 1
        ]
        for state in ("assigned", "submitted", "verified"):
            codes = [code for code in listed if self.plain.state(name, code)["state"] == state]
            assert sorted(task.unit for task in self.tracker.tasks(directive=name, unit=place, state=state)) == codes


NUMBERS = ("expected", "acknowledged", "waiting", "returned", "waived", "on_time", "late", "overdue", "on_time_by_date")


BOARD = ("expected", "done", "waived", "waiting", "returned", "overdue")


def board_numbers(numbers):
    return {name: getattr(numbers, name) for name in BOARD}


def wanted_board(count):
    done = count["on_time"] + count["late"]
    return {**{name: count[name] for name in BOARD}, "done": done, "waiting": count["submitted"]}


def completion(event):
    data = event.data
    numbers = (data.expected, data.on_time, data.late, data.waived)
    return (event.stream.partition("/")[2], data.level, data.scope, *numbers)


def numbers(row):
    assert row.done == row.verified == row.on_time + row.late
    return [*(getattr(row, name) for name in NUMBERS), row.work["steps"]]


def wanted_numbers(count):
    return [*(count["submitted" if name == "waiting" else name] for name in NUMBERS), count["steps"]]


@pytest.mark.slow
@pytest.mark.every_store(on_server=False)
def test_ten_thousand_random_commands_against_a_plain_recount():
    """What comes about seldom by chance gets another ten thousand, twice at most."""
    COUNTED.clear()
    often = {"max_examples": 100, "stateful_step_count": 70, "deadline": None, "print_blob": True}
    for _ in range(3):
        run_state_machine_as_test(Life, settings=settings(**often, suppress_health_check=[*HealthCheck]))
        seldom = {outcome: COUNTED[outcome] for outcome in OFTEN if COUNTED[outcome] < SEEN}
        if not seldom:
            break
    assert COUNTED["commands"] >= ASKED
    assert seldom == {}
