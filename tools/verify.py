"""Verify a receipt, bundle, request or checkpoint of a log of events, without the program that wrote it.

Exit code: 0 everything holds; 2 an input is unreadable or does not show what was asked; 3 something does not hold.
"""

import argparse
import base64
import json
import re
import sys
import zipfile
from collections import namedtuple
from datetime import UTC, datetime
from functools import reduce
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

T = TypeVar("T")
LIMIT = 1 << 26  # bytes of a line of events.jsonl, and of a member of a bundle that is read at once
LOG, WITNESS = 1, 4  # types of key
EMPTY = sha256().digest()  # the root of no events
Event = namedtuple("Event", "stream version topic state leaf documents")  # state: empty if it is no JSON object
MOMENT = re.compile(r"[0-9]{4}(-[0-9]{2}){2}T([0-9]{2}:){2}[0-9]{2}\.[0-9]{6}Z")
MEMBER = r"manifest\.json|checkpoint(s/[0-9]+)?|events\.jsonl|evidence/[0-9a-f]{64}|readable(/\w[^/\\\x00-\x1f]*)+"


class WrongError(Exception):
    """Something does not hold, and what follows cannot be checked."""


def need(value: T | None, text: str) -> T:
    """Return ``value``; refuse the input as malformed if it is false or empty."""
    if not value:
        raise ValueError(text)
    return value


def decimal(text: str) -> int:
    """The number written in ASCII digits without leading zeros."""
    return int(need(re.fullmatch(r"0|[1-9][0-9]{0,17}", text), f"not a decimal number: {text[:40]!r}")[0])


def unbase64(text: str, size: int | None = None) -> bytes:
    """The bytes written in canonical base64."""
    data = base64.b64decode(text, validate=True)
    need(base64.b64encode(data).decode() == text and size in (None, len(data)), f"bad base64: {text[:60]!r}")
    return data


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object without a duplicate name."""
    need(len(value := dict(pairs)) == len(pairs), "a JSON object with a duplicate name")
    return value


JSON = json.JSONDecoder(object_pairs_hook=unique, parse_constant=lambda name: need(None, f"{name} is not JSON"))


def node(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node of the Merkle tree (RFC 9162)."""
    return sha256(b"\x01" + left + right).digest()


def climb(index: int, last: int, start: bytes, proof: list[bytes]) -> tuple[bytes, bytes]:
    """Follow a proof up to the roots of the older and of the newer tree; empty if its length is wrong."""
    inner, before, after = (index ^ last).bit_length(), start, start  # levels below the node where both ways meet
    if len(proof) != inner + (index >> inner).bit_count():
        return b"", b""
    for level, step in enumerate(proof):
        if level >= inner or index >> level & 1:
            before, after = node(step, before), node(step, after)
        else:
            after = node(after, step)
    return before, after


class Checkpoint(NamedTuple):
    """A signed note of a log; ``cosigners`` has a time in seconds for each witness that the policy knows."""

    label: str
    origin: str
    size: int
    root: bytes
    cosigners: dict[str, int]

    def cosigned(self) -> str:
        """Who cosigned it and when; only this time is not the word of the log's owner."""
        times = ", ".join(f"{who} on {datetime.fromtimestamp(time, UTC)}" for who, time in self.cosigners.items())
        return f"cosigned by {times} (so it existed then)" if times else "cosigned by no known witness"

    def includes(self, leaf: bytes, index: int, proof: list[bytes]) -> bool:
        return index < self.size and climb(index, self.size - 1, leaf, proof)[1] == self.root

    def continues(self, old: "Checkpoint", proof: list[bytes]) -> bool:
        """Check a consistency proof from a smaller size that is not 0."""
        start, *steps = proof if proof and old.size & (old.size - 1) else [old.root, *proof]  # 2**k leaves: a node
        full = (old.size ^ (old.size - 1)).bit_length() - 1  # the first step stands for 2**full leaves
        return climb((old.size - 1) >> full, (self.size - 1) >> full, start, steps) == (old.root, self.root)


class Policy:
    """Keys by name and id, groups of witnesses, and the quorum that a checkpoint needs."""

    def __init__(self, text: bytes) -> None:
        self.keys: dict[tuple[str, bytes], tuple[int, bytes, str]] = {}  # type, public key, name of the witness
        self.groups: dict[str, tuple[int, list[str]]] = {}
        self.names, self.members, self.quorum = {"none"}, {"none"}, ""
        for number, line in enumerate(lines := text.split(b"\n"), 1):
            try:
                need(re.fullmatch(rb"[\t\x20-\x7e\x80-\xff]*", line), "an octet that is not allowed")
                words = [word.decode(errors="surrogateescape") for word in re.split(rb"[ \t]+", line.strip(b" \t"))]
                if not words[0].startswith("#") and words != [""]:
                    self.read(words)
            except ValueError as error:
                raise ValueError(f"line {number}: {error}") from None
        need(self.quorum, f"line {len(lines)}: the policy ends without a quorum line")

    def read(self, words: list[str]) -> None:
        match words:
            case ["log", vkey] | ["log", vkey, _]:
                self.add_key(LOG, vkey, "")
            case ["witness", name, vkey] | ["witness", name, vkey, _]:
                self.add_key(WITNESS, vkey, name)
            case ["group", name, count, *members] if members:
                needed = {"any": 1, "all": len(members)}.get(count) or decimal(count)
                need(1 <= needed <= len(members), f"a group of {len(members)} cannot need {needed}")
                for member in members:
                    need(member in self.names - self.members, f"{member} is undefined or in a group already")
                    self.members.add(member)
                self.groups[name] = needed, members
            case ["quorum", name]:
                need(not self.quorum and name in self.names, f"a second quorum line, or {name} is undefined")
                self.quorum = name
            case _:
                need(None, "not a log, witness, group or quorum line")
        if words[0] in ("witness", "group"):
            need(words[1] not in self.names, f"the name {words[1]} is taken")
            self.names.add(words[1])

    def add_key(self, kind: int, vkey: str, owner: str) -> None:
        parts = need(re.fullmatch(r"([^\s+]+)\+([0-9a-f]{8})\+(.+)", vkey), "a key is written NAME+ID+BASE64")
        payload = unbase64(parts[3], 33)
        place = parts[1], sha256(parts[1].encode() + b"\n" + payload).digest()[:4]
        need(payload[0] == kind and place[1].hex() == parts[2], f"not an Ed25519 key of type {kind}, or a wrong id")
        need(
            place not in self.keys and (kind, payload[1:]) not in [key[:2] for key in self.keys.values()], "a duplicate"
        )
        self.keys[place] = kind, payload[1:], owner

    def open(self, check: str, label: str, note: bytes) -> Checkpoint:
        """Read a checkpoint and check its signatures; a log of the policy must have signed it."""
        text, gap, block = note.rpartition(b"\n\n")
        lines, signatures, text = text.decode().split("\n"), block.decode().split("\n"), text + b"\n"
        need(gap and signatures.pop() == "" and 0 < len(signatures) <= 100, f"{label}: not 1 to 100 signatures")
        need(not re.search(rb"[\x00-\x09\x0b-\x1f]", note), f"{label}: a control character")
        need(len(lines) >= 3 and all(lines), f"{label}: a checkpoint has 3 lines or more, none empty")
        origin, size, root = lines[0], decimal(lines[1]), unbase64(lines[2], 32)
        need(size or root == EMPTY, f"{label}: not the root of 0 events")
        by_log, cosigners = False, dict[str, int]()
        pattern, malformed = r"\u2014 ([^\s+]+) ([^\s=]{7}\S+)", f"{label}: not a signature line"
        parts = [need(re.fullmatch(pattern, line), malformed) for line in signatures]
        for name, blob in [(part[1], unbase64(part[2])) for part in parts]:
            kind, public, owner = self.keys.get((name, blob[:4]), (0, b"", ""))
            time = int.from_bytes(blob[4:12])
            stamp = b"cosignature/v1\ntime %d\n" % (time if 0 < time < 1 << 63 else -1) if kind == WITNESS else b""
            try:
                if kind:
                    Ed25519PublicKey.from_public_bytes(public).verify(blob[12 if stamp else 4 :], stamp + text)
            except InvalidSignature:
                raise WrongError(f"{check}: {label}: the signature of {name} is wrong") from None
            by_log = by_log or (kind == LOG and name == origin)
            cosigners |= {owner: min(time, 253402300799, cosigners.get(owner, time))} if stamp else {}
        if not by_log:
            raise WrongError(f"{check}: {label}: no log of the policy signed it as {origin}")
        return Checkpoint(label, origin, size, root, cosigners)


def open_event(opening: bytes) -> Event:
    """Read an opening: 16 bytes of salt, stream, version, topic, state."""
    parts = opening[16:].split(b"\n", 3)
    stream, version, topic, text = need(parts if len(parts) == 4 else [], "not the opening of an event")
    leaf = sha256(b"\x00directives-event/v1\n" + sha256(opening).digest()).digest()
    try:
        state = JSON.decode(text.decode())
    except (ValueError, RecursionError):
        state = {}
    values = [state.get("data")] if isinstance(state, dict) else []
    for value in values:  # it grows
        values += value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    digests = [value.get("digest") for value in values if isinstance(value, dict)]
    documents = {each for each in digests if isinstance(each, str) and re.fullmatch("sha256:[0-9a-f]{64}", each)}
    number, state = need(decimal(version.decode()), "version 0"), state if isinstance(state, dict) else {}
    return Event(stream.decode(), number, topic.decode(), state, leaf, documents)


def read_object(text: str, fields: dict[str, type]) -> dict[str, Any]:
    """Read a JSON object that has exactly these fields."""
    value = JSON.decode(text)
    need(type(value) is dict and {name: type(each) for name, each in value.items()} == fields, f"bad: {text[:60]!r}")
    return value


def read_line(line: bytes, whole: bool) -> tuple[int, Event, list[bytes]]:
    """Read a line of events.jsonl: the position, the event and, in a partial bundle, the proof."""
    fields = {"position": int, "stream": str, "version": int, "topic": str, "salt": str, "state": str}
    fields |= {} if whole else {"proof": list}
    value = read_object(need(line if line.endswith(b"\n") else b"", "a line is cut or too long").decode(), fields)
    names = value["stream"], value["version"], value["topic"]
    event = open_event(unbase64(value["salt"], 16) + "\n".join([*map(str, names), value["state"]]).encode())
    need(event[:3] == names and value["position"] > 0, f"not an event: {line[:60]!r}")
    return value["position"], event, [unbase64(step, 32) for step in value.get("proof", [])]


class Verifier:
    """Checks a file by a policy and earlier notes; prints what it finds and keeps the exit code."""

    def __init__(self, policy: str) -> None:
        self.code, self.reading, self.against = 0, policy, list[Checkpoint]()

    def report(self, code: int, text: str) -> None:
        """Print a finding on one line, without control characters; what is wrong weighs more than what is unclear."""
        self.code = max(self.code, code)
        line = re.sub(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", "?", text)
        print(line, file=sys.stderr if code == 2 else sys.stdout)

    def say(self, check: str, holds: bool, text: str, fault: str) -> None:
        """Report that a check holds, or the fault."""
        self.report(0 if holds else 3, f"ok {check}: {text}" if holds else f"WRONG {check}: {fault}")

    def run(self, options: argparse.Namespace) -> None:
        """Read the inputs, verify the file as what it is, and look for the documents in its events."""
        self.policy = Policy(Path(self.reading).read_bytes())
        self.reading = options.file
        digests = {path: "sha256:" + sha256(Path(path).read_bytes()).hexdigest() for path in options.evidence}
        with open(options.file, "rb") as file:
            for self.reading in options.against:
                self.against.append(self.policy.open("against", self.reading, Path(self.reading).read_bytes()))
            self.reading = options.file
            start = file.read(4)
            named = self.bundle(zipfile.ZipFile(file)) if start == b"PK\x03\x04" else self.text(start + file.read())
        need(named is not None or not digests, "--evidence: this does not show which documents an event names")
        for path, digest in digests.items():
            self.say("evidence", digest in (named or ()), f"{path} is {digest}", f"{path} is not named: {digest}")

    def text(self, data: bytes) -> set[str] | None:
        """Verify a receipt, a request or a checkpoint; return the digests of the documents that its event names."""
        top, _, note = data.partition(b"\n\n")
        lines, roots = top.decode().split("\n"), dict[int, bytes]()
        if lines[0] == "c2sp.org/tlog-proof@v1":
            return self.receipt(lines, note)
        request = lines[0].startswith("old ")
        head = self.head(note if request else data)
        if request:
            old, proof = decimal(lines[0][4:]), [unbase64(line, 32) for line in lines[1:]]
            need(0 < old < head.size or (old <= head.size and not proof), f"no proof leads from {old} to {head.size}")
            if not old or not self.against:
                self.report(2, f"old {old}: this shows nothing without --against a note of 1 event or more")
            for known in [note for note in self.against if note.size == old and 0 < old < head.size]:
                roots[old] = known.root if head.continues(known, proof) else roots.get(old, b"")
        return self.compare(head, roots)

    def head(self, note: bytes) -> Checkpoint:
        """Open the newest checkpoint, of which the quorum is asked."""
        head = self.policy.open("checkpoint", "checkpoint", note)
        self.report(0, f"ok checkpoint: the log {head.origin} signed {head.size} events")
        met = {"none", *head.cosigners}
        for name, (needed, members) in self.policy.groups.items():  # a group stands below its members
            met |= {name} if len(met.intersection(members)) >= needed else set()
        fault = f"{self.policy.quorum} is not met: {head.cosigned()}"
        self.say("quorum", self.policy.quorum in met, f"{self.policy.quorum}: {head.cosigned()}", fault)
        return head

    def compare(self, head: Checkpoint, roots: dict[int, bytes]) -> None:
        """Compare the notes of --against with the roots that the file shows, by size."""
        roots = {**roots, head.size: head.root}
        for note in self.against:
            text = f"the first {note.size} events are those of {note.label}"
            fault = "; REWRITTEN: two signed roots of one size" if note.size == head.size else ""
            if note.origin.rpartition("/")[2] != head.origin.rpartition("/")[2]:  # a log may go on under another name
                self.say("against", False, "", f"{note.label} is of another log, {note.origin}")
            elif note.size in roots:
                self.say("against", roots[note.size] == note.root, text, text.replace("are", "are not", 1) + fault)
            else:
                self.report(2, f"{note.label}: this does not show it: ask for audit prove --from {note.size}")

    def receipt(self, lines: list[str], note: bytes) -> set[str] | None:
        """Verify a receipt: the leaf is computed from the opening in its extra line."""
        need([line[:6] for line in lines[1:3]] == ["extra ", "index "], "a receipt has an extra and an index line")
        event, index = open_event(unbase64(lines[1][6:])), decimal(lines[2][6:])
        proof, head, state = [unbase64(line, 32) for line in lines[3:]], self.head(note), event.state
        holds = head.includes(event.leaf, index, proof)
        text = f"in the log {head.origin}, under its checkpoint of {head.size} events, {head.cosigned()}"
        self.say("inclusion", holds, text, f"the log has another event at position {index + 1}")
        who = " as ".join(str(state[name]) for name in ("actor", "office") if name in state) or "who cannot be told"
        when = ", ".join(f"{name} {state.get(name, 'cannot be told')}" for name in ("occurred_at", "recorded_at"))
        if holds:
            what = f"{event.topic}, {event.stream}, {when}, documents: {', '.join(sorted(event.documents)) or 'none'}"
            self.report(0, f"ok event: event {index + 1}: {who}, {what}")
        self.compare(head, {})
        return event.documents if state else None

    def bundle(self, bundle: zipfile.ZipFile) -> set[str]:
        """Verify a bundle; return the digests of the documents that its events name."""
        for each in bundle.infolist():
            name, short = each.orig_filename, each.file_size <= LIMIT or each.filename.startswith(("ev", "readable/"))
            need(name == each.filename and re.fullmatch(MEMBER, name), f"{name}: not a file of a bundle")
            need(short and not each.flag_bits & 1 and each.compress_type in (0, 8), f"{name}: encrypted or too long")
        names = sorted({*bundle.namelist()} - {"manifest.json"})
        starts = [each.header_offset for each in bundle.infolist()]
        need(len(names) + 1 == len(starts) and not min(starts), "a file stands twice, or something before the first")
        fields = {"format": str, "scope": str, "made_at": str, "files": dict}
        manifest = read_object(bundle.read("manifest.json").decode(), fields)
        scope, listed = need(manifest["scope"], "no scope"), manifest["files"]
        need(manifest["format"] == "directives-bundle/v1" and MOMENT.fullmatch(manifest["made_at"]), "another manifest")
        digests = {name: file_digest(bundle.open(name), "sha256").hexdigest() for name in names}
        bad = [name for name in sorted({*listed, *names}) if listed.get(name, 0) != digests.get(name, 1)]
        text = f"{len(names)} files are as the manifest lists them (readable/ is not proved); claimed scope: {scope}"
        self.say("files", not bad, text, f"altered, missing or not listed: {', '.join(bad)}")
        head, earlier = self.head(bundle.read("checkpoint")), list[Checkpoint]()
        for name in [name for name in names if name.startswith("checkpoints/")]:
            earlier.append(note := self.policy.open("checkpoints", name, bundle.read(name)))
            need(scope == "all" and name == f"checkpoints/{note.size}", f"{name}: its size or place is wrong")
        named = self.events(bundle, scope, head, earlier)
        enclosed = {"sha256:" + name[9:]: digests[name] for name in names if name.startswith("evidence/")}
        bad = [name for name, digest in enclosed.items() if name not in named or name[7:] != digest]
        text = f"{len(enclosed)} are enclosed, {len(named.difference(enclosed))} named are not enclosed"
        self.say("documents", not bad, text, f"enclosed is what no event names: {', '.join(bad)}")
        return named

    def events(self, bundle: zipfile.ZipFile, scope: str, head: Checkpoint, earlier: list[Checkpoint]) -> set[str]:
        """Verify the events of a bundle; return the digests of the documents that they name."""
        whole, own, count, position, moment = scope == "all", scope.replace(" ", "/", 1), 0, 0, ""
        faults, versions, named = dict[str, str](), dict[str, int](), set[str]()
        notes, peaks, roots = [head, *earlier], list[bytes](), {0: EMPTY}
        sizes, lines = {note.size for note in [*notes, *self.against]}, bundle.open("events.jsonl")
        for count, line in enumerate(iter(lambda: lines.readline(LIMIT), b""), 1):
            place, event, proof = read_line(line, whole)
            if place <= position or (whole and place != count):
                raise WrongError(f"positions: event {place} stands after event {position}")
            position, before = place, versions.get(event.stream, 0)
            if whole:
                leaf, rest = event.leaf, count
                while rest % 2 == 0:
                    leaf, rest = node(peaks.pop(), leaf), rest // 2
                peaks.append(leaf)  # the roots of the full subtrees
                if count in sizes:
                    roots[count] = reduce(lambda right, left: node(left, right), reversed(peaks))
            elif not head.includes(event.leaf, position - 1, proof):
                faults.setdefault("inclusion", f"the log has another event at position {position}")
            if event.version <= before or (event.version > before + 1 and (whole or event.stream == own)):
                faults.setdefault("versions", f"{event.stream} has version {event.version} after {before}")
            versions[event.stream] = event.version
            named |= event.documents
            if MOMENT.fullmatch(recorded := str(event.state.get("recorded_at"))):
                if recorded < moment:
                    faults.setdefault("recorded_at", f"event {position} goes back from {moment} to {recorded}")
                moment = recorded
        if whole and count != head.size:
            raise WrongError(f"positions: {count} events are here, {head.size} are under the checkpoint")
        need(whole or count, "events.jsonl: no event")
        texts = {"recorded_at": "it never goes backwards", "versions": "no stream has a hole"}
        if whole:
            bad = [note.label for note in notes if roots.get(note.size) != note.root]
            text = f"the {count} events are those of the checkpoint and of {len(earlier)} earlier ones"
            self.say("root", not bad, text, f"the events are not those of: {', '.join(bad)}")
        else:
            texts["inclusion"] = f"{count} events are in the log; completeness is not proved"
            texts["versions"] = f"{own} has no hole below the last version shown; other streams may be shown in part"
        for check, text in texts.items():
            self.say(check, check not in faults, text, faults.get(check, ""))
        self.compare(head, roots if whole else {})
        return named


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--policy", required=True, help="the logs, witnesses and quorum that you trust")
    parser.add_argument("--against", action="append", default=[], metavar="NOTE", help="a checkpoint you kept")
    parser.add_argument("--evidence", action="append", default=[], metavar="FILE", help="a document to look for")
    parser.add_argument("file", help="a receipt, bundle, request or checkpoint")
    options = parser.parse_args()
    verifier = Verifier(options.policy)
    try:
        verifier.run(options)
    except WrongError as error:
        verifier.report(3, f"WRONG {error}")
    except Exception as error:  # zipfile and zlib raise many kinds for bad bytes: none may pass as success
        verifier.report(2, f"{verifier.reading}: {error or type(error).__name__}")
    return verifier.code


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main())
