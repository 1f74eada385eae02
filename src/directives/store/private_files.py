"""Files of keys: what is one, and whether it is its owner's alone."""

import os
import stat
from typing import NamedTuple

from directives.i18n.message import Message

MODE = 0o600
"""The rights of a file of keys."""
_OPEN_TO_OTHERS = 0o077


class Fault(NamedTuple):
    """What is wrong with a file, and what to do about it."""

    what: Message
    way_out: Message


def fault_of(status: os.stat_result) -> Fault | None:
    """Why no key is read from a file of that ``status``: it is none, or others may read or write it; None if it can."""
    if not stat.S_ISREG(status.st_mode):
        return Fault(Message("is not a file"), Message("put a file of keys there"))
    if status.st_mode & _OPEN_TO_OTHERS:
        return Fault(Message("is readable by others"), Message("run chmod 600"))
    return None


def fault_in_place(status: os.stat_result) -> Fault | None:
    """As `fault_of`, of a file that must stand in its place itself, and be this user's: ``status`` follows no link."""
    if stat.S_ISLNK(status.st_mode):
        return Fault(Message("is a link"), Message("put the file itself there"))
    fault = fault_of(status)
    if fault is not None:
        return fault
    if status.st_uid != os.geteuid():
        return Fault(Message("belongs to another user"), Message("make it your own, or run this as that user"))
    if status.st_nlink > 1:
        return Fault(Message("has another name too, by a hard link"), Message("remove that name"))
    return None
