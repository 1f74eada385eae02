"""The group ``audit``."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import click

import directives  # its names are imported when they are used: the help needs few
from directives import InvalidInput, Message, Tracker, reason_of, say_number
from directives_cli.choices import Misused, choices
from directives_cli.data import print_json
from directives_cli.files import new_file
from directives_cli.options import Group, Named
from directives_cli.render import progress_of, say, tell_findings

KEY_VARIABLE = "DIRECTIVES_AUDIT_KEY"


@click.group(cls=Group)
def audit() -> None:
    "The audit log: proof for outsiders that the record was not altered."


FILE = click.Path(path_type=Path, readable=False)  # what cannot be read is told as every error
KEY: dict[str, Any] = {
    "metavar": "FILE",
    "envvar": KEY_VARIABLE,
    "type": FILE,
    "help": "The key that signs the log. [env DIRECTIVES_AUDIT_KEY]",
}


@audit.command("key")
@click.argument("file", metavar="FILE", type=FILE)
@click.option("--origin", metavar="NAME", help="The log's name, a URL without its scheme: example.org/jh.")
@click.option("--replaces", metavar="OLD", type=FILE, help="The key that is replaced.")
@click.option(
    "--abandon",
    metavar="OLD.last",
    type=FILE,
    help="The last checkpoint of a lost key; the log continues under a new name.",
)
def make_key(file: Path, origin: str | None, replaces: Path | None, abandon: Path | None) -> None:
    """Create a key in the new file FILE to sign the audit log; the first key starts the log.

    Prints a policy for auditors and witnesses, with the log's public key.
    """
    with choices().open() as tracker:
        envelope = choices().envelope(tracker.zone)
        key = tracker.introduce_log_key(file, origin, replaces=replaces, abandons=abandon, **envelope)
        policy = tracker.audit_policy()
    if choices().as_json:
        print_json({"key": key, "policy": policy})
        return
    click.echo(policy, nl=False)
    say("Give these lines to every auditor and witness; keep {file} to yourself.", file=file)
    say("Back up the store now: without its secret the log cannot be verified.")


@audit.command("checkpoint")
@click.option("--key", **KEY)
@click.option(
    "--add", metavar="FILE", type=FILE, help="Add cosignature lines to the last checkpoint instead of signing."
)
@click.option("--policy", metavar="FILE", type=FILE, help="With --add: the policy that lists the witnesses.")
def sign_checkpoint(key: Path | None, add: Path | None, policy: Path | None) -> None:
    """Sign the current state of the log, store the checkpoint and print it.

    With nothing new, prints the last checkpoint.
    """
    with choices().open() as tracker, progress_of("events") as tell:
        if add is not None:
            if policy is None:
                raise Misused("--add requires --policy, which lists the witnesses")
            note = tracker.add_cosignatures(_text_of(add), policy)
        elif key is None:
            raise Misused("--key is required, or set DIRECTIVES_AUDIT_KEY")
        else:
            note = tracker.checkpoint(key, tell)
    if choices().as_json:
        print_json({"note": note})
        return
    click.echo(note, nl=False)
    size = say_number(int(note.split("\n")[1]), choices().lang)
    say("{number} {number:event is|events are} under this checkpoint.", number=size)


def _text_of(file: Path) -> str:
    """What is in a file that was given; - is standard input."""
    try:
        return (sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()).decode()
    except UnicodeDecodeError as error:
        raise InvalidInput("file: {file}: {said}", file=file, said=Message("not UTF-8 text")) from error
    except (OSError, ValueError) as error:
        raise InvalidInput("file: {file} cannot be read: {said}", file=file, said=reason_of(error)) from error


@audit.command("witness")
@click.argument("request", metavar="REQUEST", type=FILE)
@click.option("--key", metavar="FILE", type=FILE, required=True, help="The witness's key; created if missing.")
@click.option("--name", metavar="NAME", required=True, help="The witness's name, a URL without its scheme.")
@click.option(
    "--log",
    "logs",
    metavar="VKEY",
    required=True,
    multiple=True,
    help="A public key of the log, as printed by audit key.",
)
def witness(request: Path, key: Path, name: str, logs: tuple[str, ...]) -> None:
    """Cosign a checkpoint as a witness, if it continues the last one cosigned; print the signature lines.

    REQUEST is the output of audit prove --from. The last checkpoint cosigned is kept beside the key. Needs no
    store.
    """
    cosigned = directives.cosign(_text_of(request).encode(), key, name, logs)
    if choices().as_json:
        print_json({"key": cosigned.key, "lines": cosigned.lines})
        return
    click.echo(cosigned.lines, nl=False)
    say("Give this line to whoever asks for cosignatures: witness {name} {key}", name=name, key=cosigned.key)


@audit.command("verify")
@click.argument("file", metavar="[FILE]", required=False, type=FILE)
@click.option("--policy", metavar="FILE", type=FILE, help="The trusted keys, as printed by audit key.")
@click.option(
    "--against",
    metavar="NOTE|DIR",
    multiple=True,
    type=FILE,
    help="An earlier checkpoint, or a folder with the published log; repeatable.",
)
@click.option(
    "--evidence",
    metavar="FILE",
    multiple=True,
    type=FILE,
    help="With a receipt or bundle: a file that its events should name.",
)
@click.option("--key", **KEY)
@click.option("--log-only", is_flag=True, help="Check the log only, without decoding events: much faster.")
def verify(
    file: Path | None,
    policy: Path | None,
    against: tuple[Path, ...],
    evidence: tuple[Path, ...],
    key: Path | None,
    log_only: bool,
) -> None:
    """Verify that the record is unchanged since it was recorded, signed and given away. Changes nothing.

    Verifies the store, or FILE without any store: a receipt, request, checkpoint, bundle or published folder.
    Exits with 3 if anything is wrong. Only --against reveals changes by someone who has the key.
    """
    if file is not None:
        if log_only:
            raise Misused("--log-only is for a store: leave it out with FILE")
        _verify_file(file, policy, against, evidence)
        return
    if evidence:
        raise Misused("--evidence needs a receipt or bundle as FILE")
    with choices().open(as_it_is=True) as tracker, progress_of("events") as tell:
        findings = tracker.audit(
            against=against, policy=policy, key=key, log_only=log_only, progress=tell, lang=choices().lang
        )
    tell_findings(findings)


def _verify_file(file: Path, policy: Path | None, against: tuple[Path, ...], evidence: tuple[Path, ...]) -> None:
    if policy is None:
        raise Misused("--policy is required to verify {file}", file=file)
    findings = directives.verify_file(file, policy, against=against, evidence=evidence, lang=choices().lang)
    tell_findings(findings)
    not_shown = next((each for each in findings if each.state == "look"), None)
    if not_shown is not None:
        raise InvalidInput("{found}", found=not_shown.found)


@audit.command("prove")
@click.argument("reference", metavar="[EVENT|TASK]", required=False)
@click.option(
    "--from", "size", metavar="SIZE", type=int, help="Print proof that the log continues a checkpoint of SIZE events."
)
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    type=FILE,
    help="Where to write: a folder; for one event also FILE.tlog-proof, or - for standard output.",
)
def prove(reference: str | None, size: int | None, output: Path | None) -> None:
    """Write receipts for an event (by position) or a task (DIRECTIVE/UNIT), one file per event.

    Anyone can verify a receipt without the store: directives audit verify FILE --policy P. With --from, prints
    a request for a witness instead.
    """
    if (reference is None) == (size is None):
        raise Misused("give an event or a task, or --from SIZE")
    with choices().open() as tracker:
        if size is not None:
            _print_request(tracker.prove_from(size), output)
            return
        assert reference is not None
        receipts = tracker.receipts(_position_or(tracker, reference))
    if str(output) == "-":
        _print_receipt([each.text for each in receipts])
        return
    paths = [_path_of(each.file_name, output, only=len(receipts) == 1) for each in receipts]
    for path, receipt in zip(paths, receipts, strict=True):
        _write_receipt(path, receipt.text)
    if choices().as_json:
        print_json([each.model_dump() | {"file": str(path)} for each, path in zip(receipts, paths, strict=True)])
        return
    for path in paths:
        click.echo(path)


def _position_or(tracker: Tracker, reference: str) -> int | str:
    """The position, in the digits of any script, also grouped; or the task."""
    digits = reference.replace(",", "")
    return int(digits) if digits.isdecimal() and len(digits) < 20 else tracker.meant("task", reference)


def _path_of(name: str, output: Path | None, *, only: bool) -> Path:
    """Where a receipt is written: in the named folder or file; by default in the current folder."""
    if output is None:
        return Path(name)
    is_file = only and not output.is_dir() and output.suffix == Path(name).suffix
    return output if is_file else output / name


def _write_receipt(path: Path, text: str) -> None:
    """Write a receipt, whole; one of the same event, under an earlier checkpoint, is replaced."""
    passing = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.read_text("utf-8").split("\n")[1:3] != text.split("\n")[1:3]:
            raise InvalidInput("file: {file} already exists: name a new one", file=path)
        passing.write_text(text, "utf-8", newline="\n")
        passing.replace(path)
    except (OSError, ValueError) as error:
        message = "file: {file} cannot be written: {said}: name another"
        raise InvalidInput(message, file=path, said=reason_of(error)) from error
    finally:
        with suppress(OSError):
            passing.unlink(missing_ok=True)


def _print_receipt(texts: Sequence[str]) -> None:
    if len(texts) != 1:
        raise Misused("-o -: prints one receipt only: name an event by its position, or a folder")
    click.echo(texts[0], nl=False)


def _print_request(text: str, output: Path | None) -> None:
    if output is not None and str(output) != "-":
        with new_file(output, "x", "utf-8") as target:
            target.write(text)
        if choices().as_json:
            print_json({"file": str(output)})
    elif choices().as_json:
        print_json({"request": text})
    else:
        click.echo(text, nl=False)


@audit.command("export")
@click.argument("file", metavar="FILE.zip", type=FILE)
@click.option("--task", metavar="TASK", type=Named("task"), help="Only the history of this task.")
@click.option("--directive", metavar="ID", type=Named("directive"), help="Only the history of this directive itself.")
@click.option(
    "--unit",
    metavar="UNIT",
    type=Named("unit"),
    help="Only the history of this unit, all units below it, and their tasks.",
)
@click.option("--with-evidence", is_flag=True, help="Include the evidence files.")
def export(file: Path, task: str | None, directive: str | None, unit: str | None, with_evidence: bool) -> None:
    """Export all events under the newest checkpoint, or some of them, to the new file FILE.zip.

    Anyone can verify it without the store: directives audit verify FILE.zip --policy P. Whoever has it can read
    every event in it.
    """
    with choices().open() as tracker:
        written = tracker.export(
            file, task=task, directive=directive, unit=unit, with_evidence=with_evidence, lang=choices().lang
        )
    if choices().as_json:
        print_json({"file": str(file)} | written.model_dump(mode="json"))
        return
    say("Wrote {number} {number:event|events} to {file}.", number=written.events, file=file)
    if written.not_enclosed:
        say("Documents not included: {number}.", number=written.not_enclosed)


@audit.command("publish")
@click.argument("folder", metavar="DIR", type=FILE)
def publish(folder: Path) -> None:
    """Publish the log, up to its newest checkpoint, in a folder (C2SP tlog-tiles).

    The folder holds only commitments; no event can be read from it. Existing files never change.
    """
    with choices().open() as tracker:
        written = tracker.publish(folder)
    if choices().as_json:
        print_json({"written": written})
    else:
        say("Wrote {number} {number:file|files} to {folder}.", number=written, folder=folder)
