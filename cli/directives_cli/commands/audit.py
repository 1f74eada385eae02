"""The group ``audit``."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from directives import say_number
from directives_cli.options import Group, choices
from directives_cli.render import print_json, progress_of, say, tell_findings

KEY_VARIABLE = "DIRECTIVES_AUDIT_KEY"


@click.group(cls=Group)
def audit() -> None:
    """The audit log: proof that the record was not altered, for those who were not there."""


KEY: dict[str, Any] = {
    "metavar": "FILE",
    "envvar": KEY_VARIABLE,
    "type": click.Path(path_type=Path),
    "help": "The key that signs the log. [env DIRECTIVES_AUDIT_KEY]",
}


def signing_key(command: Callable[..., None]) -> Callable[..., None]:
    """Add the option that names the key of the log."""
    return click.option("--key", required=True, **KEY)(command)


@audit.command("key")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--origin", metavar="NAME", help="The name of the log, a URL without its scheme: example.org/jh.")
@click.option(
    "--replaces", metavar="OLD", type=click.Path(path_type=Path), help="The key that signed the log until now."
)
@click.option(
    "--abandon",
    metavar="OLD.last",
    type=click.Path(path_type=Path),
    help="The last checkpoint that a lost key signed: the log goes on under another name.",
)
def make_key(file: Path, origin: str | None, replaces: Path | None, abandon: Path | None) -> None:
    """Make a key in the new file FILE, which signs the audit log from now on; the first one begins the log.

    Prints the policy for auditors and witnesses: the public key by which they know the log.
    """
    with choices().open() as tracker:
        envelope = choices().envelope(tracker.zone)
        key = tracker.introduce_log_key(file, origin, replaces=replaces, abandons=abandon, **envelope)
    policy = f"log {key}\nquorum none\n"
    if choices().as_json:
        print_json({"key": key, "policy": policy})
        return
    click.echo(policy, nl=False)
    say("Give these two lines to every auditor and witness; keep {file} to yourself.", file=file)
    say("Make a copy of the store now: without its secret nothing of the log can be verified.")


@audit.command("checkpoint")
@signing_key
def sign_checkpoint(key: Path) -> None:
    """Sign the log as it stands, keep that, and print it: a note to give away, which binds all that was recorded.

    Where nothing is new, the last one is printed.
    """
    with choices().open() as tracker, progress_of("events") as tell:
        note = tracker.checkpoint(key, tell)
    if choices().as_json:
        print_json({"note": note})
        return
    click.echo(note, nl=False)
    size = say_number(int(note.split("\n")[1]), choices().lang)
    say("{number} events are under this checkpoint.", number=size)


@audit.command("verify")
@click.option(
    "--policy", metavar="FILE", type=click.Path(path_type=Path), help="Whom to believe, as audit key prints it."
)
@click.option(
    "--against",
    metavar="NOTE|DIR",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A checkpoint that was given away, or a folder in which the log was published; several times.",
)
@click.option("--key", **KEY)
@click.option("--log-only", is_flag=True, help="Leave the events undecoded: much quicker.")
def verify(policy: Path | None, against: tuple[Path, ...], key: Path | None, log_only: bool) -> None:
    """Check whether the record is what was recorded, signed and given away; nothing is changed.

    Exits with 3 when something is wrong. Only --against shows what someone with the key has rewritten.
    """
    with choices().open(as_it_is=True) as tracker, progress_of("events") as tell:
        findings = tracker.audit(
            against=against, policy=policy, key=key, log_only=log_only, progress=tell, lang=choices().lang
        )
    tell_findings(findings)
