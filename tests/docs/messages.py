"""The sentences that people read, collected from the sources and from the commands; the catalogues hold each of them.

``make messages`` brings the catalogues up to date: new sentences come without a translation.
"""

import ast
import inspect
import string
from copy import deepcopy
from datetime import UTC, datetime
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import get_args

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from directives import DirectivesError, Stage, kinds
from directives.domain import errors
from directives.domain.validation import _LIMITS
from directives.store.evidence import Condition
from directives.store.rebuild import KEPT
from directives.store.soundness import ORDER
from directives_cli.arguments import ARGUMENTS
from directives_cli.commands.board import WORDS
from directives_cli.commands.history import ON_FILES
from directives_cli.commands.org import TOLD
from directives_cli.main import PURPOSES, main
from directives_cli.render import COUNTS

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "src" / "directives" / "i18n" / "locale" / "hi" / "LC_MESSAGES" / "directives.po"
SAID_BY = {
    "Message",
    "NotAllowed",
    "about",
    "HiddenValue",
    "Wrong",
    "Misused",
    "say",
    "words",
    "progress_of",
    "_",
    "gettext",
    "error_class",
    "Unreadable",
    "_wrong",
} | {name for name, each in vars(errors).items() if isinstance(each, type) and issubclass(each, DirectivesError)}
OF_SYSTEM = {
    "Permission denied",
    "Operation not permitted",
    "Not a directory",
    "Is a directory",
    "No such file or directory",
    "File exists",
    "File name too long",
    "File too large",
    "Too many levels of symbolic links",
    "No space left on device",
    "Read-only file system",
    "Input/output error",
    "embedded null byte",
}
"""What the operating system says is wrong with a file, see `directives.reason_of`."""
OF_CLICK = ("core", "exceptions", "types", "parser", "formatting", "decorators")


def texts_of(node):
    """The texts in an expression: those that it may have as its value."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from (*texts_of(body), *texts_of(orelse))
        case ast.List(elts=elements) | ast.Tuple(elts=elements):
            for each in elements:
                yield from texts_of(each)
        case ast.Dict(keys=keys):
            for each in keys:
                yield from texts_of(each)


def name_of(assignment):
    """The name to which is assigned."""
    target = assignment.target if isinstance(assignment, ast.AnnAssign) else assignment.targets[0]
    return getattr(target, "id", "")


def in_source(text):
    """The sentences in a source."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in SAID_BY:
                yield from texts_of(node.args[0] if node.args else None)
            elif name == "print_table":
                yield from texts_of(node.args[0])
                yield from (text for each in node.keywords if each.arg == "nothing" for text in texts_of(each.value))
            elif name == "ngettext" or name == "_fault":
                yield from (text for each in node.args[:2] for text in texts_of(each))
            elif name in ("Found", "one_or"):
                checks = [each.value for each in node.keywords if each.arg == "check"]
                checks += node.args[:1] if name == "Found" else node.args[1:2]
                yield from (text for each in checks for text in texts_of(each))
        elif (isinstance(node, ast.Assign | ast.AnnAssign) and name_of(node) in ("lines", "headings")) or (
            isinstance(node, ast.Assign) and name_of(node) == "said"
        ):
            yield from texts_of(node.value)


def in_help(command):
    """The sentences in the help of a command, and of those below it."""
    for told in (command, *command.params):
        for paragraph in (getattr(told, "help", None) or "").split("\n\n"):
            yield " ".join(inspect.cleandoc(paragraph).split())
    for each in getattr(command, "commands", {}).values():
        yield from in_help(each)


def in_story():
    """What the demonstration tells between its commands."""
    story = (ROOT / "cli" / "directives_cli" / "story.txt").read_text("utf-8")
    return (line[2:] for line in story.splitlines() if line.startswith("# "))


def sentences():
    """Every sentence that is told, in English."""
    found = set()
    for folder in ("src", "cli"):
        for path in (ROOT / folder).rglob("*.py"):
            found |= {*in_source(path.read_text("utf-8"))}
    for name in OF_CLICK:
        found |= {*in_source(inspect.getsource(import_module(f"click.{name}")))}
    main.prepare()
    found |= {*in_story()}
    found |= {*in_help(main)} | {
        *_LIMITS.values(),
        *TOLD.values(),
        *COUNTS.values(),
        *ARGUMENTS.values(),
        *PURPOSES,
        *ON_FILES.values(),
        *WORDS.values(),
        *KEPT.values(),
        *(told for _, told in ORDER),
        *("events", "log"),
        *get_args(Stage),
    }
    found |= OF_SYSTEM | {each.description for kind in kinds().values() for each in kind.asks}
    found |= {"statement", "directive", "line", "command", "trained", "deployed", "step", "briefing", "activity"}
    found |= {
        "confirmation",
        "required",
        "ok",
        "look",
        "wrong",
        "goal",
        "file",
        "server",
        "never stored here",
        "not here",
        "known",
        "erased",
        "unreadable",
        *get_args(Condition),
    }
    return {each for each in found if any(char.isalpha() for char in without_values(each))}


def values_in(sentence):
    """The names in braces."""
    return sorted({name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None})


def without_values(sentence):
    """The sentence without what stands in braces, but with the forms that a number chooses between."""
    parts = string.Formatter().parse(sentence)
    return "".join(f"{text} {forms} " if forms and "|" in forms else text for text, _, forms, _ in parts)


def catalogue():
    """The catalogue as it stands."""
    if not CATALOGUE.exists():
        return Catalog(locale="hi")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="hi")


def plurals():
    """The pairs of sentences, for one and for more, of which click takes one by the number."""
    for name in OF_CLICK:
        for node in ast.walk(ast.parse(inspect.getsource(import_module(f"click.{name}")))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ngettext":
                yield tuple(text for each in node.args[:2] for text in texts_of(each))


def compiled(catalog):
    """The bytes of the compiled catalogue, in which the sentences of a pair stand together."""
    catalog = deepcopy(catalog)
    for pair in plurals():
        told = tuple(catalog.get(each).string for each in pair)
        for each in pair:
            catalog.delete(each)
        catalog.add(pair, told)
    with BytesIO() as file:
        write_mo(file, catalog)
        return file.getvalue()


def write(catalog):
    """Write the catalogue, and compile it."""
    catalog.header_comment = "# What directives says, in Hindi."
    catalog.creation_date = catalog.revision_date = datetime(2026, 11, 25, tzinfo=UTC)
    catalog.last_translator = catalog.language_team = catalog.msgid_bugs_address = "directives"
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, catalog, width=120, ignore_obsolete=True)
    CATALOGUE.with_suffix(".mo").write_bytes(compiled(catalogue()))


def update():
    """Write the catalogue with the sentences that there are, keeping what is translated."""
    stands, now = catalogue(), Catalog(locale="hi", project="directives", charset="utf-8", fuzzy=False)
    for sentence in sorted(sentences()):
        known = stands.get(sentence)
        now.add(sentence, known.string if known is not None else "")
    write(now)


if __name__ == "__main__":
    update()
