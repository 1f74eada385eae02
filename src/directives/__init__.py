"""Event-sourced tracker of directives and tasks. These are the public names; everything else may change."""

from importlib.metadata import version

from directives.exchange.documents import read_document
from directives.exchange.minutes import read_minutes
from directives.exchange.organisations import read_organisation
from directives.model.errors import DirectivesError
from directives.model.event import Event, RecordedEvent
from directives.model.units import Level, Unit
from directives.model.values import Lang, Text
from directives.tracker import Tracker

__version__ = version("directives")

__all__ = [
    "DirectivesError",
    "Event",
    "Lang",
    "Level",
    "RecordedEvent",
    "Text",
    "Tracker",
    "Unit",
    "__version__",
    "read_document",
    "read_minutes",
    "read_organisation",
]
