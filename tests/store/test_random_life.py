"""Ten thousand random commands while the organisation changes and time goes forward, against a plain recount."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from tests.conftest import Clock
from tests.store.plain import CLOSED, LEVELS, NOTHING_TO_DO, No, Plain

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
    RegisterUnits,
    RenameUnit,
    ReopenLevel,
    ReopenTask,
    RetireUnit,
    ReturnTask,
    SubmitTask,
    Text,
    Tracker,
    Unit,
    VerifyTask,
    WaiveTask,
    WithdrawDirective,
    commands,
    day_of,
)

NAME = Text(en="Name", hi="नाम")
CODES = ["X", "A", "B", *(f"{a}{n}" for a in "AB" for n in range(3)), *(f"N{n}" for n in range(9))]
FIRST = {"A": "X", "B": "X", **{f"{a}{n}": a for a in "AB" for n in range(3)}, "N0": "A0", "N1": "A0", "N2": "B0"}
FIRST_ORDERS = [("d", "block", "A", 3), ("d", "block", "B", 2), ("e", "booth", "A", 2), ("e", "booth", "B0", 3)]
NONE = dict.fromkeys(["steps", "briefings", "activities", "confirmations"], 0)
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
}
OWN = ("acknowledge", "work", "submit")
WORK = [*OWN, "submit", "submit", "verify", "verify", "verify", "waive", "give_back"]
COUNTED = Counter()
ASKED = 10_000


class Life(RuleBasedStateMachine):
    """Each rule gives one command to the tracker and to the plain model, one by one or many at once."""

    def __init__(self):
        super().__init__()
        self.clock = Clock()
        self.tracker = Tracker("sqlite:///:memory:", clock=self.clock)
        levels = [Level(code=code, name=NAME) for code in LEVELS]
        self.tracker.found([Unit(code="X", level="state", name=NAME)], levels=levels)
        self.plain = Plain(self.clock())
        self.plain.register("X", None, "state")
        self.queue = []
        self.many = 1

    @property
    def today(self):
        return day_of(self.clock(), "Asia/Kolkata")

    @initialize(many=st.sampled_from([1, 1, 5, 20]), grace=st.sampled_from([0, 2]))
    def begin(self, many, grace):
        for code, parent in FIRST.items():
            level = "booth" if code[0] == "N" else "block" if parent != "X" else "district"
            self.register(code, parent, level)
        for name in "de":
            self.tracker.issue(name, "alliance_support", NAME, NONE, grace_days=grace, office="headquarters@X")
            self.plain.issue(name, grace)
        for name, level, scope, days in FIRST_ORDERS:
            self.assign(name, level, scope, days)
        self.many = many

    def teardown(self):
        self.flush()
        self.check()
        assert all(table.differing == 0 for table in self.tracker.rebuild())
        self.check()
        self.tracker.close()

    def give(self, command, fields, verb, *args):
        """One command to both; what the plain model says is to come of it is compared when it was carried out."""
        try:
            expected = getattr(self.plain, verb)(*args)
        except No as no:
            expected = no.args[0]
        fields = {"office": "headquarters@X"} | fields
        self.queue.append((self.tracker.command(command, **fields), expected))
        COUNTED["commands"] += 1
        COUNTED[verb, expected if isinstance(expected, str) else bool(expected)] += 1
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

    @rule(name=ORDERS, number=st.integers(0, 9), days=st.sampled_from([-1, 0, 1, 2, 4]))
    def extend(self, name, number, days):
        level, scope = self.some_level(name, number)
        fields = {"directive": name, "level": level, "scope": scope, "due": self.in_days(days), "reason": "R"}
        self.give(ExtendDirective, fields, "extend", name, level, scope, self.in_days(days))

    @rule(name=ORDERS, number=st.integers(0, 9))
    def reopen(self, name, number):
        level, scope = self.some_level(name, number)
        fields = {"directive": name, "level": level, "scope": scope, "reason": "R"}
        self.give(ReopenLevel, fields, "reopen", name, level, scope)

    @rule(name=ORDERS, grace=st.integers(0, 4), back=st.sampled_from([None, None, 1, 3]))
    def amend(self, name, grace, back):
        fields = {"directive": name, "grace_days": grace, "backdating_days": back, "reason": "R"}
        fields = {field: value for field, value in fields.items() if value is not None}
        self.give(AmendDirective, fields, "amend", name, grace, back)

    def on_task(self, verb, name, code, value=None, at=None, on_behalf=False, **more):
        doing = self.plain.assignee(name, code)
        on_behalf = on_behalf and verb in OWN and doing != "X"
        office = f"convenor@{doing}" if verb in OWN else "clerk@X"
        fields = {"task": f"{name}/{code}", "office": office} | more
        if on_behalf:
            fields |= {"office": "headquarters@X", "actor": "W", "on_behalf_of": doing}
        if verb not in (*OWN, "verify"):
            fields["reason"] = "R"
        if verb == "verify":
            fields["actor"] = "V"
        if verb == "work":
            fields |= {"what": "step", "text": "T"}
        if at is not None:
            fields["occurred_at"] = at
        self.give(TASKS[verb], fields, "act", verb, name, code, value, at, on_behalf)

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
        code = self.owing(name, number)
        self.on_task("submit", name, code, at=self.clock() - timedelta(days=days), on_behalf=on_behalf)
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
            self.on_task("submit", name, code, at=self.clock() - timedelta(days=ago))
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
                self.on_task("submit", name, code)
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
        del names["organisation"]
        assert {event.on_behalf_of for event in self.tracker.events() if event.actor != "W"} <= {None}
        assert all(event.on_behalf_of for event in self.tracker.events() if event.actor == "W")
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
def test_ten_thousand_random_commands_against_a_plain_recount():
    COUNTED.clear()
    often = {"max_examples": 150, "stateful_step_count": 70, "deadline": None, "print_blob": True}
    run_state_machine_as_test(Life, settings=settings(**often, suppress_health_check=[*HealthCheck]))
    assert COUNTED["commands"] >= ASKED
