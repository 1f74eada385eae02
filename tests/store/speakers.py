"""A store with the speakers of a unit, for the tests of personal data."""

from datetime import date

import pytest

from directives import Text, Tracker, read_organisation

HQ = {"office": "headquarters@JH"}
OWN = {"office": "convenor@JH-AC60"}
TASK, PERSON = "speakers/JH-AC60", "JH-AC60/SP-01"
NAME, PHONE = "नमूना वक्ता एक", "+910000000001"


def directed(tracker):
    tracker.found(read_organisation())
    tracker.issue("speakers", "speaker_identification", Text(en="S", hi="व"), {"trained": 1, "deployed": 0}, **HQ)
    tracker.assign("speakers", "vidhan_sabha", "JH", date(2099, 1, 1), **HQ)
    return tracker


@pytest.fixture
def path(tmp_path):
    return tmp_path / "d.db"


@pytest.fixture
def store(path, clock):
    with Tracker(f"sqlite:///{path}", create=True, clock=clock) as tracker:
        yield directed(tracker)


def identify(tracker, code="SP-01", **given):
    return tracker.work("speaker identify", TASK, **{"speaker": code, "name": NAME, "phone": PHONE} | OWN | given)


def bytes_in(folder):
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def in_clear(folder):
    content = bytes_in(folder)
    return [text for text in (NAME, PHONE, PHONE[3:]) if text.encode() in content]


def of_doctor(tracker):
    return [(each.state, each.found) for each in tracker.doctor() if each.check == "personal data"]
