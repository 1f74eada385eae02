"""An earlier day as the program's own states tell it, folded stream by stream, without a table or a total.

What `tests.store.definition` folds by hand is folded here by the states of the domain; both are to say the same.
"""

from collections import Counter
from datetime import date

from directives import RecordedEvent, day_of, kinds
from directives.domain.directive.state import DIRECTIVE, Assignment, DirectiveState, due_of
from directives.domain.event import standing
from directives.domain.organisation.events import Moved, Registered, Restored, Retired
from directives.domain.task.events import Struck
from directives.domain.task.judgement import judged_as
from directives.domain.task.state import DONE_OR_WAITING
from directives.projections.change import fold

Row = dict[str, int | Counter[str]]


class PlainFold:
    """The log as of the end of a day, as far as it was known at the end of another; None is all of it."""

    def __init__(self, events: list[RecordedEvent], zone: str, at: date | None, known: date | None, today: date):
        self.zone, self.today = zone, today
        at = known if at is None else at
        self.at = None if at is None or at >= today else at
        self.day = self.at or today
        known = None if known is None or known >= today else known
        self.streams: dict[str, list[RecordedEvent]] = {}
        for event in events:
            if known is None or day_of(event.recorded_at, zone) <= known:
                self.streams.setdefault(event.stream, []).append(event)
        self.units = {each.partition("/")[2] for each in self.streams if each.startswith("unit/")}
        self.directives = [state for state in map(self._directive, self.streams) if state and not state.withdrawn]

    def _happened(self, event: RecordedEvent) -> bool:
        return self.at is None or day_of(event.occurred_at, self.zone) <= self.at

    def _directive(self, stream: str) -> DirectiveState | None:
        if not stream.startswith("directive/"):
            return None
        state = DIRECTIVE.initial
        for event in filter(self._happened, self.streams[stream]):
            state = DIRECTIVE.evolve(state, event)
        return state if state.id else None

    def _of_unit(self, code: str) -> list[RecordedEvent]:
        first, *rest = self.streams[f"unit/{code}"]
        return [first, *filter(self._happened, rest)]

    def lineage(self, code: str) -> list[str]:
        """The unit and those above it, from the nearest."""
        places = [e.data.parent for e in self._of_unit(code) if isinstance(e.data, Registered | Moved | Restored)]
        return [code, *([] if places[-1] is None else self.lineage(places[-1]))]

    def retired(self, code: str) -> bool:
        """Whether it had retired, and was not restored."""
        return any(isinstance(event.data, Retired) for event in standing(self._of_unit(code)))

    def there(self, code: str, order: int) -> bool:
        """Whether it was there for the order at a position."""
        registered = self.streams[f"unit/{code}"][0]
        return not self.retired(code) and (self._happened(registered) or registered.position < order)

    def owed(self, unit: str | None) -> dict[tuple[str, str], dict[str, object]]:
        """What each unit at or below ``unit`` owes: the directive, the unit, and how the task stood."""
        found = {}
        for state in self.directives:
            for code in self.units:
                lineage = self.lineage(code)
                level = self.streams[f"unit/{code}"][0].data.level
                if unit is None or unit in lineage:
                    for each in state.assignments:
                        if each.level == level and each.scope in lineage and (state.id, code) not in found:
                            task = self._task(state, each, code)
                            if task is not None:
                                found[state.id, code] = task
        return found

    def _task(self, state: DirectiveState, each: Assignment, code: str) -> dict[str, object] | None:
        if not self.there(code, each.position) or self.retired(each.scope):
            return None
        known = self.streams.get(f"task/{state.id}/{code}", [])
        events = [event for event in known if self._happened(event) or isinstance(event.data, Struck)]
        begun = any(map(self._happened, standing(events)))
        if not begun and each.expected is not None:
            return None
        kind = kinds()[state.kind]
        task = fold(state, kind, events if begun else [], self.zone)
        came = [e for e in self._of_unit(code) if isinstance(e.data, Registered | Restored)][-1]
        due = due_of(state, each, came.position, day_of(came.occurred_at, self.zone), task.due)
        numbers = kind.counts(task.work, state.terms_of(task.revision)) if kind.counts_work else {}
        overdue = self.day > due and task.stage not in DONE_OR_WAITING and task.stage != "verified"
        counted = judged_as(task.tally, each.due)
        return {"stage": task.stage, "due": due, "overdue": overdue, "level": each.level} | {
            "counted": counted, "work": Counter(numbers), "state": task
        }  # fmt: skip

    def status(self, unit: str | None) -> dict[tuple[str, str], tuple[object, ...]]:
        """What is `COUNTED`, and the work, by directive and level."""
        rows: dict[tuple[str, str], Counter[str]] = {}
        work: dict[tuple[str, str], Counter[str]] = {}
        for (directive, _), task in self.owed(unit).items():
            key = (directive, task["level"])
            rows.setdefault(key, Counter()).update([task["counted"], "expected", *["overdue"] * task["overdue"]])
            work.setdefault(key, Counter()).update(task["work"])
        return {key: (*(row[name] for name in COUNTED), +work[key]) for key, row in rows.items()}


COUNTED = ("expected", "acknowledged", "submitted", "returned", "waived", "on_time", "late", "overdue")
"""The states that are counted, and two numbers more."""
