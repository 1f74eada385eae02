"""The group ``audit``."""

import sys
from pathlib import Path
from typing import Any

import click

import directives  # its names are imported when they are used: the help needs few
from directives import InvalidInput, reason_of, say_number
from directives_cli.options import Group, Misused, choices
from directives_cli.render import new_file, print_json, progress_of, say, tell_findings

KEY_VARIABLE = "DIRECTIVES_AUDIT_KEY"


@click.group(cls=Group)
def audit() -> None:
    """The audit log: proof that the record was not altered, for those who were not there."""


FILE = click.Path(path_type=Path)
KEY: dict[str, Any] = {
    "metavar": "FILE",
    "envvar": KEY_VARIABLE,
    "type": FILE,
    "help": "The key that signs the log. [env DIRECTIVES_AUDIT_KEY]",
}


@audit.command("key")
@click.argument("file", metavar="FILE", type=FILE)
@click.option("--origin", metavar="NAME", help="The name of the log, a URL without its scheme: example.org/jh.")
@click.option("--replaces", metavar="OLD", type=FILE, help="The key that signed the log until now.")
@click.option(
    "--abandon",
    metavar="OLD.last",
    type=FILE,
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
@click.option("--key", **KEY)
@click.option(
    "--add", metavar="FILE", type=FILE, help="Put what witnesses gave under the last one, instead of signing."
)
@click.option("--policy", metavar="FILE", type=FILE, help="With --add: who the witnesses are.")
def sign_checkpoint(key: Path | None, add: Path | None, policy: Path | None) -> None:
    """Sign the log as it stands, keep that, and print it: a note to give away, which binds all that was recorded.

    Where nothing is new, the last one is printed.
    """
    with choices().open() as tracker, progress_of("events") as tell:
        if add is not None:
            if policy is None:
                raise Misused("--add: needs --policy, which tells who the witnesses are")
            note = tracker.add_cosignatures(_text_of(add), policy)
        elif key is None:
            raise Misused("--key: is missing: name the key that signs the log, or set DIRECTIVES_AUDIT_KEY")
        else:
            note = tracker.checkpoint(key, tell)
    if choices().as_json:
        print_json({"note": note})
        return
    click.echo(note, nl=False)
    size = say_number(int(note.split("\n")[1]), choices().lang)
    say("{number} events are under this checkpoint.", number=size)


def _text_of(file: Path) -> str:
    """What is in a file that was given; - is standard input."""
    try:
        return (sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()).decode()
    except (OSError, ValueError) as error:
        raise InvalidInput("file: {file} cannot be read: {said}", file=file, said=reason_of(error)) from error


@audit.command("witness")
@click.argument("request", metavar="REQUEST", type=FILE)
@click.option(
    "--key", metavar="FILE", type=FILE, required=True, help="The key of this witness; made where it is missing."
)
@click.option("--name", metavar="NAME", required=True, help="The name of this witness, a URL without its scheme.")
@click.option(
    "--log",
    "logs",
    metavar="VKEY",
    required=True,
    multiple=True,
    help="A public key of the log, as audit key prints it.",
)
def witness(request: Path, key: Path, name: str, logs: tuple[str, ...]) -> None:
    """Cosign a checkpoint, as a witness, if it goes on from the one that was cosigned last; print the signature lines.

    REQUEST is what audit prove --from printed. What was cosigned last is kept beside the key. No store is needed.
    """
    cosigned = directives.cosign(_text_of(request).encode(), key, name, logs)
    if choices().as_json:
        print_json({"key": cosigned.key, "lines": cosigned.lines})
        return
    click.echo(cosigned.lines, nl=False)
    if cosigned.made:
        say("Give this line to whoever asks for cosignatures: witness {name} {key}", name=name, key=cosigned.key)


@audit.command("verify")
@click.argument("file", metavar="[FILE]", required=False, type=FILE)
@click.option("--policy", metavar="FILE", type=FILE, help="Whom to believe, as audit key prints it.")
@click.option(
    "--against",
    metavar="NOTE|DIR",
    multiple=True,
    type=FILE,
    help="A checkpoint that was given away, or a folder in which the log was published; several times.",
)
@click.option(
    "--evidence", metavar="FILE", multiple=True, type=FILE, help="With a receipt, a file that its event names."
)
@click.option("--key", **KEY)
@click.option("--log-only", is_flag=True, help="Leave the events undecoded: much quicker.")
def verify(
    file: Path | None,
    policy: Path | None,
    against: tuple[Path, ...],
    evidence: tuple[Path, ...],
    key: Path | None,
    log_only: bool,
) -> None:
    """Check whether the record is what was recorded, signed and given away; nothing is changed.

    Of the store, or, without any store, of FILE: a receipt, a request, a checkpoint, a bundle, a published folder.
    Exits with 3 when something is wrong. Only --against shows what someone with the key has rewritten.
    """
    if file is not None:
        _verify_file(file, policy, against, evidence)
        return
    if evidence:
        raise Misused("--evidence: is for a receipt: name its file")
    with choices().open(as_it_is=True) as tracker, progress_of("events") as tell:
        findings = tracker.audit(
            against=against, policy=policy, key=key, log_only=log_only, progress=tell, lang=choices().lang
        )
    tell_findings(findings)


def _verify_file(file: Path, policy: Path | None, against: tuple[Path, ...], evidence: tuple[Path, ...]) -> None:
    if policy is None:
        raise Misused("--policy: is missing: {file} cannot tell whom to believe", file=file)
    findings = directives.verify_file(file, policy, against=against, evidence=evidence, lang=choices().lang)
    tell_findings(findings)
    not_shown = next((each for each in findings if each.state == "look"), None)
    if not_shown is not None:
        raise InvalidInput("{found}", found=not_shown.found)


@audit.command("prove")
@click.argument("reference", metavar="[EVENT|TASK]", required=False)
@click.option(
    "--from", "size", metavar="SIZE", type=int, help="Print what shows that the log continues one of this size."
)
@click.option("-o", "--output", metavar="PATH", type=FILE, help="Write there: a folder, or of one event a file.")
def prove(reference: str | None, size: int | None, output: Path | None) -> None:
    """Write receipts: of an event, by its position, or of a task (DIRECTIVE/UNIT); a file each, to give away.

    Anyone verifies one without a store, years later: directives audit verify FILE --policy P. With --from, print
    instead what a witness is asked to cosign.
    """
    if (reference is None) == (size is None):
        raise Misused("name an event or a task, or give --from SIZE")
    with choices().open() as tracker:
        if size is not None:
            _print_or_write(tracker.prove_from(size), output)
            return
        assert reference is not None
        receipts = tracker.receipts(int(reference) if _is_position(reference) else reference)
    paths = [_path_of(each.file_name, output, only=len(receipts) == 1) for each in receipts]
    for path, receipt in zip(paths, receipts, strict=True):
        _write_receipt(path, receipt.text)
    if choices().as_json:
        print_json([each.model_dump() | {"file": str(path)} for each, path in zip(receipts, paths, strict=True)])
        return
    for path in paths:
        click.echo(path)


def _is_position(reference: str) -> bool:
    return reference.isascii() and reference.isdecimal()


def _path_of(name: str, output: Path | None, *, only: bool) -> Path:
    """Where a receipt is written: in the folder that is named, in this one, or in the file that is named for one."""
    if output is None:
        return Path(name)
    is_file = only and not output.is_dir() and output.suffix == Path(name).suffix
    return output if is_file else output / name


def _write_receipt(path: Path, text: str) -> None:
    """Write a receipt; one of the same event, under an earlier checkpoint, is replaced."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.read_text("utf-8").split("\n")[1:3] != text.split("\n")[1:3]:
            raise InvalidInput("file: {file} is there already: name a new one", file=path)
        path.write_text(text, "utf-8", newline="\n")
    except (OSError, ValueError) as error:
        raise InvalidInput(
            "file: {file} cannot be written: {said}: name another", file=path, said=reason_of(error)
        ) from error


def _print_or_write(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    with new_file(output, "x", "utf-8") as target:
        target.write(text)


@audit.command("export")
@click.argument("file", metavar="FILE.zip", type=FILE)
@click.option("--task", metavar="TASK", help="Only what happened to this task.")
@click.option("--directive", metavar="ID", help="Only what happened to this directive itself.")
@click.option("--unit", metavar="CODE", help="Only what happened to this unit, to all below it, and to their tasks.")
@click.option("--with-evidence", is_flag=True, help="Enclose the files that were handed in.")
def export(file: Path, task: str | None, directive: str | None, unit: str | None, with_evidence: bool) -> None:
    """Write a bundle, the new file FILE.zip: all events under the newest checkpoint, or those of one thing.

    Anyone verifies it without the store: directives audit verify FILE.zip --policy P. Whoever holds it reads every
    event in it.
    """
    with choices().open() as tracker:
        written = tracker.export(
            file, task=task, directive=directive, unit=unit, with_evidence=with_evidence, lang=choices().lang
        )
    if choices().as_json:
        print_json(written)
        return
    say("{number} events are in {file}.", number=written.events, file=file)
    if written.not_enclosed:
        say("{number} files that they name are not enclosed.", number=written.not_enclosed)


@audit.command("publish")
@click.argument("folder", metavar="DIR", type=FILE)
def publish(folder: Path) -> None:
    """Write the log, up to its newest checkpoint, into a folder for any log client (C2SP tlog-tiles).

    It holds commitments only: nothing of what was recorded can be read from it. What is there already stays.
    """
    with choices().open() as tracker:
        written = tracker.publish(folder)
    if choices().as_json:
        print_json({"written": written})
    else:
        say("{number} files are new in {folder}.", number=written, folder=folder)
