"""The features, to be run against any tool: as acceptance checks of this library, or of one that embeds it.

A tool comes in as a `Subject`: a few methods in Python, or a program that reads and writes JSON, a line each.
"""

from directives.acceptance.files import features, features_version
from directives.acceptance.in_process import TrackerSubject
from directives.acceptance.questions import schema_of_questions
from directives.acceptance.serve import serve
from directives.acceptance.subject import CLAIMS, PROTOCOL, Subject, SubjectFault, SubjectGone

__all__ = [
    "CLAIMS",
    "PROTOCOL",
    "Subject",
    "SubjectFault",
    "SubjectGone",
    "TrackerSubject",
    "features",
    "features_version",
    "schema_of_questions",
    "serve",
]
