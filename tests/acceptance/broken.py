"""A program that is this library as a subject, broken in one way: ``python broken.py FAULT``."""

import json
import os
import sys
import time

from directives.acceptance import TrackerSubject, serve


class SelfVerified(TrackerSubject):
    """A seat's verification of itself is accepted: somebody else is said to have done it."""

    def do(self, command, documents):
        if command["command"] == "task verify":
            command = {**command, "office": "headquarters@JH"}
        return super().do(command, documents)


class WrongReason(TrackerSubject):
    """Whatever is refused is refused for one reason."""

    def do(self, command, documents):
        answer = super().do(command, documents)
        return answer | {"reason": "closed"} if answer["outcome"] == "refused" else answer


class PeriodLost(TrackerSubject):
    """The period that a report covers is left aside."""

    def do(self, command, documents):
        return super().do({k: v for k, v in command.items() if not k.startswith("period_")}, documents)


class RefusedYetRecorded(TrackerSubject):
    """What is refused is recorded all the same, by an office that may."""

    def do(self, command, documents):
        answer = super().do(command, documents)
        if answer["outcome"] == "refused" and command["command"] == "report submit":
            super().do(command | {"office": "convenor@JH-PC11", "occurred_at": "2023-11-14T06:30:00Z"}, documents)
        return answer


class WrongTotal(TrackerSubject):
    """One task more is expected than there is."""

    def ask(self, question):
        answer = super().ask(question)
        if question["question"] == "status":
            answer["rows"] = [row | {"expected": row["expected"] + 1} for row in answer["rows"]]
        return answer


class LateIsOnTime(TrackerSubject):
    """What is late is counted as on time."""

    def ask(self, question):
        answer = super().ask(question)
        if question["question"] == "status":
            answer["rows"] = [row | {"on_time": row["on_time"] + row["late"], "late": 0} for row in answer["rows"]]
        return answer


class ClockStands(TrackerSubject):
    """The clock is not moved."""

    def reset(self, organisation, levels, zone, founded, now):
        super().reset(organisation, levels, zone, founded, now)
        super().set_clock(now)

    def set_clock(self, now):
        pass


class HistoryCut(TrackerSubject):
    """Of a history, only the last two entries are told."""

    def ask(self, question):
        answer = super().ask(question)
        if question["question"] == "history":
            answer["entries"] = answer["entries"][-2:]
        return answer


class EventMissing(TrackerSubject):
    """A history leaves out that a report was recorded."""

    def ask(self, question):
        answer = super().ask(question)
        if question["question"] == "history":
            answer["entries"] = [each for each in answer["entries"] if each["event"] != "ReportRecorded"]
        return answer


class EndsAtACommand(TrackerSubject):
    """The program ends at a command."""

    def do(self, command, documents):
        if command["command"] == "task verify":
            print("verify: not implemented", file=sys.stderr, flush=True)
            os._exit(1)
        return super().do(command, documents)


class Silent(TrackerSubject):
    """The program says nothing for a minute."""

    def do(self, command, documents):
        if command["command"] == "task return":
            time.sleep(60)
        return super().do(command, documents)


class DebugPrint:
    """A line that is no answer comes between."""

    def __init__(self, stream):
        self.stream = stream

    def write(self, line):
        self.stream.write(b"now answering\n" + line if b'"refused"' in line else line)

    def flush(self):
        self.stream.flush()


class WrongId(DebugPrint):
    """An answer has the id of another request."""

    def write(self, line):
        answer = json.loads(line)
        if answer.get("outcome") == "refused":
            answer["id"] += 1
        self.stream.write(json.dumps(answer).encode() + b"\n")


class AlwaysEnglish(TrackerSubject):
    """A history is told in English alone."""

    def ask(self, question):
        answer = super().ask(question)
        if question["question"] == "history":
            for each in answer["entries"]:
                each["sentence"]["hi"] = each["sentence"]["en"]
        return answer


class DaysIgnored(TrackerSubject):
    """What is asked of an earlier day is answered of now."""

    LEFT_OUT = ("as_of", "known_at")

    def ask(self, question):
        return super().ask({name: value for name, value in question.items() if name not in self.LEFT_OUT})


class KnownIgnored(DaysIgnored):
    """What was known on a day is answered by all that is known now."""

    LEFT_OUT = ("known_at",)


SUBJECTS = {
    "self-verified": SelfVerified,
    "wrong-reason": WrongReason,
    "period-lost": PeriodLost,
    "refused-yet-recorded": RefusedYetRecorded,
    "wrong-total": WrongTotal,
    "late-is-on-time": LateIsOnTime,
    "clock-stands": ClockStands,
    "history-cut": HistoryCut,
    "event-missing": EventMissing,
    "ends-at-a-command": EndsAtACommand,
    "silent": Silent,
    "wrong-id": TrackerSubject,
    "debug-print": TrackerSubject,
    "always-english": AlwaysEnglish,
    "days-ignored": DaysIgnored,
    "known-ignored": KnownIgnored,
}
STREAMS = {"wrong-id": WrongId, "debug-print": DebugPrint}

if __name__ == "__main__":
    fault = sys.argv[1]
    answers = sys.stdout.buffer
    serve(SUBJECTS[fault](), sys.stdin.buffer, STREAMS[fault](answers) if fault in STREAMS else answers)
