"""A list of what is overdue by the minutes of a meeting: a small tool of its own, which claims little."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


class DueList:
    name, version, claims = "due-list", "1", ("lists",)

    def reset(self, organisation, levels, zone, founded, now):
        self.units, self.zone, self.orders = organisation, ZoneInfo(zone), {}
        self.set_clock(now)

    def set_clock(self, now):
        self.today = datetime.fromisoformat(now).astimezone(self.zone).date()

    def do(self, command, documents):
        if command["command"] != "meeting record":
            raise ValueError(f"{command['command']} is unknown here")
        self.orders = {each["id"]: each["assign"] for each in command["minutes"]["directives"]}
        return {"outcome": "done"}

    def ask(self, question):
        if question["question"] != "tasks":
            raise ValueError(f"{question['question']} is unknown here")
        tasks = [task for unit in self.units for task in self.tasks(unit, **question)]
        if "after" in question:
            tasks = tasks[[task["task"] for task in tasks].index(question["after"]) + 1 :]
        return {"tasks": tasks[: question.get("limit")]}

    def tasks(self, unit, directive, overdue=False, **_):
        for order in self.orders[directive]:
            late = self.today > date.fromisoformat(order["due"])
            if order["level"] == unit["level"] and (late or not overdue):
                yield {"task": f"{directive}/{unit['code']}", "unit": unit["code"]}

    def close(self):
        pass
