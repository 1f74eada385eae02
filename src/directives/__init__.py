"""Event-sourced tracker of directives and tasks. These are the public names; everything else may change."""

from importlib.metadata import version

__version__ = version("directives")

__all__ = ["__version__"]
