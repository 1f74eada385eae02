"""A program that embeds the library keeps its own settings: nothing of its process is switched off or replaced."""

import subprocess
import sys

HOST = """
import gc, locale, logging, os, signal, sys, threading, warnings, decimal
from datetime import UTC, datetime
from time import sleep

def settings():
    return {
        "gc": (gc.isenabled(), gc.get_threshold(), gc.get_freeze_count(), len(gc.callbacks)),
        "signals": {each: signal.getsignal(each) for each in signal.valid_signals()},
        "filters": [*warnings.filters],
        "showwarning": warnings.showwarning,
        "locale": locale.setlocale(locale.LC_ALL),
        "logging": (logging.root.level, [*logging.root.handlers], logging.root.disabled, logging.root.manager.disable),
        "environment": dict(os.environ),
        "folder": os.getcwd(),
        "hooks": (sys.excepthook, sys.displayhook, threading.excepthook, sys.unraisablehook),
        "streams": (sys.stdout, sys.stderr, sys.stdin),
        "limits": (sys.getrecursionlimit(), sys.getswitchinterval(), sys.get_int_max_str_digits()),
        "trace": (sys.gettrace(), sys.getprofile()),
        "decimal": repr(decimal.getcontext()),
    }

before, off, going = settings(), [], True

def watch():
    while going:
        if not gc.isenabled() or gc.get_threshold() != before["gc"][1]:
            off.append(1)
        sleep(0)

from directives import AcknowledgeTask, Tracker, read_minutes, read_organisation
watching = threading.Thread(target=watch)
watching.start()
with Tracker("store.db", create=True, clock=lambda: datetime(2023, 11, 10, 6, tzinfo=UTC)) as tracker:
    tracker.found(read_organisation())
    tracker.record_meeting(read_minutes())
    units = [f"JH-PC{number:02}" for number in range(1, 15)]
    tracker.execute_all(
        [tracker.command(AcknowledgeTask, task=f"written-report/{unit}", office=f"convenor@{unit}") for unit in units]
    )
    tracker.status(), tracker.tasks(), tracker.log()
    tracker.rebuild()
    tracker.doctor(lang="hi")
    tracker.audit()
going = False
watching.join()
after = settings()
print([name for name in before if before[name] != after[name]], len(off))
"""


def test_nothing_of_a_host_process_is_changed(tmp_path):
    done = subprocess.run([sys.executable, "-c", HOST], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.stdout == "[] 0\n", done.stderr
