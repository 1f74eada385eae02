"""The steps of the features, by what they are about."""

from importlib import import_module

from directives.acceptance.words import PATTERNS

MODULES = tuple(
    f"{__name__}.{name}"
    for name in (
        *("actions", "alliance", "assignment", "earlier", "evidence", "groups", "lists", "meeting"),
        *("organisation", "persons", "reports", "speakers", "taking_back", "tasks", "times"),
    )
)
"""The modules of steps; each is a plugin of pytest."""


def patterns() -> list[str]:
    """The pattern of every step that any subject is asked for, in both languages."""
    for module in MODULES:
        import_module(module)
    return PATTERNS
