"""What a word on the command line may become: a shell asks, and this answers before any command is made.

Nothing of it is needed by a command, and it needs neither click nor pydantic: it is asked at each press of a key.
"""

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from directives import Candidate, Candidates, DirectivesError, store_path
from directives.directive_kinds.installed import others_may_bring_kinds
from directives_cli.settings import DEFAULTS, VARIABLES, settings_file, written_in

LINE = "DIRECTIVES_LINE"
"""The environment variable with the line, up to where one types."""
BREAKS = "DIRECTIVES_BREAKS"
"""The characters at which bash takes a word for another."""
A_FILE = "\x01file"
"""The answer where the word is a file: the shell knows better."""
SPECIAL = re.compile(r"""([\s"'`$&|;<>()\[\]{}*?!#~\\])""")
"""What a shell does not take for a letter."""
KEPT = "@$"
"""Characters that break words in bash, and stay with what follows (readline's ``rl_special_prefixes``)."""


class Word(NamedTuple):
    """A word as it is typed: its text, its last part as it stands on the line, and the quotation mark that is open."""

    text: str
    raw: str
    quote: str


def words_of(line: str) -> list[Word]:
    """The words of a line, the last of which is being typed. Of several commands, those of the last."""
    words, text, raw, quote, begun = list[Word](), "", "", "", False
    letters = iter(line)
    for letter in letters:
        raw += letter
        if letter == "\\" and quote != "'":
            following = next(letters, "")
            raw, text, begun = raw + following, text + following, True
        elif quote:
            quote, text = ("", text) if letter == quote else (quote, text + letter)
        elif letter in "\"'":
            quote, begun = letter, True
        elif letter in " \t\n;|&":
            if begun:
                words.append(Word(text, raw[:-1], ""))
            words = words if letter in " \t\n" else []
            text, raw, begun = "", "", False
        else:
            text, begun = text + letter, True
    return [*words, Word(text, raw, quote)]


class Line:
    """A command line that is being typed."""

    def __init__(self, line: str, environment: Mapping[str, str]) -> None:
        _, *self._words = words_of(line)
        self.word = self._words.pop() if self._words else Word("", "", "")
        self._environment = environment
        self._options = dict[str, str]()

    @cached_property
    def _grammar(self) -> Mapping[str, Any]:
        made: dict[str, Any] = json.loads(Path(__file__).with_name("grammar.json").read_text("utf-8"))
        if others_may_bring_kinds():
            from directives_cli.grammar import grammar  # makes all commands, which takes a while

            made |= grammar()
        return made

    def candidates(self) -> Iterator[Candidate]:
        """What the word may become."""
        command, arguments, asked = self._read()
        word = self.word.text
        if asked is not None:
            yield from self._values(asked, word)
        elif word.startswith("--") and "=" in word:
            name, _, begun = word.partition("=")
            values = self._values(self._of_command(command).get(name) or "", begun)
            yield from (each._replace(text=f"{name}={each.text}") for each in values)
        elif word.startswith("-"):
            yield from (Candidate(each) for each in self._of_command(command) if each.startswith(word))
        elif command not in self._grammar["commands"]:
            yield from self._names(command, word)
        else:
            takes = self._grammar["commands"][command]
            values = takes["arguments"]
            place = min(len(arguments), len(values) - 1) if takes["repeats"] else len(arguments)
            yield from self._values(values[place], word) if place < len(values) else ()

    def _names(self, command: str, begun: str) -> Iterator[Candidate]:
        """The next words of the names of commands."""
        before = f"{command} " if command else ""
        names = (each.removeprefix(before) for each in self._grammar["commands"] if each.startswith(before))
        yield from (
            Candidate(each)
            for each in dict.fromkeys(name.partition(" ")[0] for name in names)
            if each.startswith(begun)
        )

    def _of_command(self, command: str) -> Mapping[str, Any]:
        """The options of a command."""
        takes = self._grammar["commands"].get(command, {"options": {}, "refused": ()})
        common = {name: each for name, each in self._grammar["common"].items() if name not in takes["refused"]}
        return takes["options"] | common | {"--help": None}

    def _read(self) -> tuple[str, Sequence[str], Any]:
        """The command that is named, the arguments before the word, and what it is if it is the value of an option."""
        command, arguments, words = "", list[str](), iter(self._words)
        for word in words:
            name, given, value = word.text.partition("=")
            if name.startswith("--"):
                asked = self._of_command(command).get(name)
                if asked is not None and not given:
                    following = next(words, None)
                    if following is None:
                        return command, arguments, asked
                    value = following.text
                self._options[name] = value
            elif command in self._grammar["commands"]:
                arguments.append(word.text)
            elif not word.text.startswith("-"):
                command = f"{command} {word.text}".strip()
        return command, arguments, None

    def _values(self, what: str | Sequence[Sequence[str]], begun: str) -> Iterator[Candidate]:
        """The values of some kind that begin so."""
        if not isinstance(what, str):
            for word, hindi in what:
                texts = (each for each in dict.fromkeys((word, hindi)) if each.startswith(begun.casefold()))
                yield from (Candidate(each) for each in texts if begun or each == word)
        elif what == "file":
            yield Candidate(A_FILE)
        elif what == "kind":
            yield from (Candidate(each) for each in self._grammar["kinds"] if each.startswith(begun))
        elif what:
            with suppress(DirectivesError):
                yield from self._of_store(what, begun)

    def _of_store(self, what: str, begun: str) -> Iterator[Candidate]:
        store = self._store
        if store is None:
            return
        match what:
            case "unit":
                yield from store.units(begun)
            case "level":
                yield from store.levels(begun)
            case "meeting":
                yield from store.meetings(begun)
            case "digest":
                yield from store.digests(begun)
            case "directive":
                yield from store.directives(begun)
            case "office":
                yield from self._offices(store, begun)
            case "reference" if "/" not in begun:
                yield from (*store.directives(begun), *store.meetings(begun), *store.units(begun))
            case "task" | "place" | "reference":
                yield from self._tasks(store, begun)
            case _:
                return

    def _offices(self, store: Candidates, begun: str) -> Iterator[Candidate]:
        role, at, unit = begun.partition("@")
        if at:
            yield from (each._replace(text=f"{role}@{each.text}") for each in store.units(unit))
            return
        for english, hindi in self._grammar["roles"]:
            texts = (each for each in (english, hindi) if each.startswith(role.casefold()))
            yield from (Candidate(f"{each}@") for each in texts if role or each == english)

    def _tasks(self, store: Candidates, begun: str) -> Iterator[Candidate]:
        directive, slash, unit = begun.partition("/")
        if slash:
            yield from (each._replace(text=f"{directive}/{each.text}") for each in store.units(unit, directive))
        else:
            yield from (each._replace(text=f"{each.text}/") for each in store.directives(directive))

    @cached_property
    def _store(self) -> Candidates | None:
        kept = written_in(settings_file())
        db, lang = (self._setting(name, kept) for name in ("db", "lang"))
        path = store_path(db)
        return None if path is None else Candidates(path, lang)

    def _setting(self, name: str, kept: Mapping[str, Any]) -> str:
        """The value of a setting: of its option, else of its variable, else the user's, else the usual one."""
        given = self._options.get(f"--{name}") or self._environment.get(VARIABLES[name])
        return str(given or kept.get(name) or DEFAULTS[name])


def as_bash_takes_it(text: str, word: Word, breaks: str) -> str:
    """A candidate as bash puts it in the place of what it takes for the word: in quotes as it is, else escaped.

    A word begins after a character that breaks words; at one of `KEPT`, which bash leaves in the word.
    """
    if word.quote:
        return text if word.quote == "'" else re.sub(r'(["$`\\])', r"\\\1", text)
    ends = re.finditer(rf"(?<!\\)[{re.escape(breaks)}]", word.raw) if breaks else ()
    begins = max((found.start() if found[0] in KEPT else found.end() for found in ends), default=0)
    return SPECIAL.sub(r"\\\1", text[len(words_of(word.raw[:begins])[-1].text) :])


def complete(shell: str, environment: Mapping[str, str]) -> Iterator[str]:
    """The lines of the answer to a shell."""
    line = Line(environment.get(LINE, ""), environment)
    breaks = "".join(each for each in environment.get(BREAKS, "") if each not in " \t\n\"'\\")
    for text, about in line.candidates():
        if shell == "bash" and text != A_FILE:
            yield as_bash_takes_it(text, line.word, breaks)
        else:
            yield f"{text}\t{about}" if about and shell != "bash" else text


def answer(shell: str) -> None:
    """Answer the shell of that name, which asks."""
    with suppress(OSError, ValueError, DirectivesError):  # a shell that asks is told no error
        told = "".join(f"{each}\n" for each in complete(shell, os.environ))
        sys.stdout.buffer.write(told.encode("utf-8", "replace"))
        sys.stdout.flush()
