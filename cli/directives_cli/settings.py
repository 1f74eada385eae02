"""The settings of a user: a TOML file of texts, in the folder that the XDG Base Directory Specification names.

A setting is the value of a common option that is neither given nor in the environment.
"""

import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, cast, get_args

import directives  # its names are imported when they are used: the help needs few
from directives import Lang

VARIABLES = {
    "as": "DIRECTIVES_AS",
    "db": "DIRECTIVES_DB",
    "lang": "DIRECTIVES_LANG",
    "actor": "DIRECTIVES_ACTOR",
}
"""The settings, each with the environment variable that comes before it."""
DEFAULT_DB = "directives.db"
DEFAULTS = {"db": DEFAULT_DB, "lang": "en"}
"""The values of settings that are not given anywhere."""


JOINERS = "\u200c\u200d"
"""What nobody sees, and Hindi words need."""


def settings_file() -> Path:
    """The file of the user who runs the program; it may not exist."""
    if os.name == "nt":
        import click  # which what a shell asks does without

        return Path(click.get_app_dir("directives"), "config.toml")
    return Path(xdg_folder("XDG_CONFIG_HOME", "~/.config"), "directives", "config.toml")


def xdg_folder(variable: str, usual: str) -> str:
    """The folder that a variable of the specification names, else the usual one; it says to ignore a relative one."""
    folder = os.environ.get(variable, "")
    return folder if os.path.isabs(folder) else os.path.expanduser(usual)


def text_of(file: Path) -> str:
    """The text of a file of settings; none where there is no file.

    Raises:
        InvalidInput: it cannot be read.
    """
    try:
        return file.read_bytes().decode("utf-8-sig")
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as error:
        if isinstance(error, PermissionError) and not os.path.exists(file):
            return ""  # the folder of somebody else, as for a program that runs as another user
        raise directives.InvalidInput(
            "config: {file} cannot be read: {said}", file=file, said=directives.reason_of(error)
        ) from error
    except UnicodeDecodeError as error:
        raise directives.InvalidInput("config: {file} is not UTF-8 text: save it as UTF-8", file=file) from error


def written_in(file: Path) -> dict[str, Any]:
    """What a file of settings has, whatever it is.

    Raises:
        InvalidInput: it cannot be read, or is not TOML.
    """
    text = text_of(file)
    if not text:
        return {}
    import tomllib  # most have no such file

    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:
        raise directives.InvalidInput(
            "config: {file} is not valid TOML: correct it or remove it ({said})", file=file, said=error
        ) from error


def checked(file: Path, written: Mapping[str, Any]) -> dict[str, str]:
    """The settings that a file has.

    Raises:
        InvalidInput: an unknown setting, or a value that is not allowed.
    """
    for name, value in written.items():
        if name not in VARIABLES:
            known = ", ".join(VARIABLES)
            raise directives.InvalidInput(
                "config: {file}: unknown setting {name}: use one of {known}", file=file, name=repr(name), known=known
            )
        if not isinstance(value, str):
            raise directives.InvalidInput(
                "config: {file}: {name} is not a text: put it in quotation marks", file=file, name=name
            )
        try:
            require_allowed(name, value)
        except directives.InvalidInput as error:
            raise directives.InvalidInput("config: {file}: {why}", file=file, why=error.message) from error
    return cast(dict[str, str], dict(written))


def require_allowed(name: str, value: str) -> None:
    """A setting may have this value.

    Raises:
        InvalidInput: it may not.
    """
    role, at, unit = value.partition("@")
    if name == "as" and not (role.strip() and at and unit.strip()):
        raise directives.InvalidInput(
            "as: {value} is not allowed: write ROLE@UNIT, as convenor@JH-PC08", value=repr(value)
        )
    if name == "lang" and value not in get_args(Lang):
        raise directives.InvalidInput("lang: {value} is not allowed: use en or hi", value=repr(value))
    if name == "db":
        directives.store_path(value)
    if not value.strip() or not all(each.isprintable() or each in JOINERS for each in value):
        raise directives.InvalidInput(
            "{name}: {value} is not allowed: write a text of one line", name=name, value=repr(value)
        )


def quoted(value: str) -> str:
    """A text as a basic string of TOML: the one that JSON has, but for the character DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def with_setting(text: str, name: str, value: str | None) -> str:
    """The text of a file with another value of a setting, or without it; what else the file says stays."""
    import tomllib

    settings = tomllib.loads(text)
    settings.pop(name, None)
    settings |= {} if value is None else {name: value}
    line = "" if value is None else f"{name} = {quoted(value)}\n"
    there = re.compile(rf"^[ \t]*{name}[ \t]*=.*\n?", re.MULTILINE)
    ended = text if text.endswith("\n") or not text else f"{text}\n"
    new = there.sub(lambda _: line, text) if there.search(text) else f"{ended}{line}"
    try:
        if tomllib.loads(new) == settings:
            return new
    except ValueError:
        pass  # the value had several lines, or its name was in quotation marks
    return "".join(f"{name} = {quoted(each)}\n" for name, each in settings.items())


def save(file: Path, name: str, value: str | None) -> None:
    """Write a setting into the file, or take it out; the file is replaced as a whole.

    Raises:
        InvalidInput: the file cannot be written.
    """
    target = Path(os.path.realpath(file))
    text = with_setting(text_of(file).replace("\r\n", "\n"), name, value)
    making = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        making.write_text(text, "utf-8", newline="\n")
        making.replace(target)
    except OSError as error:
        raise directives.InvalidInput(
            "config: {file} cannot be written: {said}", file=file, said=directives.reason_of(error)
        ) from error
    finally:
        with suppress(OSError):
            making.unlink()
