"""What the library and the stand-alone verifier say of a file: the exit code, which must be one and the same."""

import contextlib
import importlib.util
import io
import sys
from pathlib import Path

from directives import InvalidInput, verify_file

VERIFIER = Path(__file__).parents[2] / "tools" / "verify.py"
_spec = importlib.util.spec_from_file_location("stand_alone_verifier", VERIFIER)
_verifier = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_verifier)


def by_library(path, policy, against=(), evidence=()):
    """The exit code of ``directives audit verify FILE``."""
    try:
        found = {each.state for each in verify_file(path, policy, against=against, evidence=evidence)}
    except InvalidInput:
        return 2
    return 3 if "wrong" in found else 2 if "look" in found else 0


def stand_alone(path, policy, against=(), evidence=()):
    """The exit code of ``python tools/verify.py``, and what it printed."""
    given = [f"--against={each}" for each in against] + [f"--evidence={each}" for each in evidence]
    before, sys.argv = sys.argv, ["verify.py", f"--policy={policy}", *given, str(path)]
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            return _verifier.main(), printed.getvalue()
    finally:
        sys.argv = before


def both(path, policy, against=(), evidence=()):
    """The exit code of both."""
    code, printed = stand_alone(path, policy, against, evidence)
    ours = by_library(path, policy, against, evidence)
    assert ours == code, (ours, code, printed, path)
    return ours
