"""What implementations that nobody here wrote say of our proofs and notes: Go's log packages, and pymerkle's roots."""

import contextlib
import os
import random
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from base64 import b64decode, b64encode
from pathlib import Path

import pytest
from tests.audit import oracle
from tests.audit.conftest import AICS
from tests.audit.judges import both
from tests.audit.test_notes import Seed

from directives.audit.keys import KeyFile
from directives.audit.merkle import Tree, leaf_hash
from directives.audit.notes import LOG_KEY, read_checkpoint, signed, text_of

SOURCE = Path(__file__).parent / "independent" / "main.go"
GO = shutil.which("go") or shutil.which("go", path="/usr/lib/go-1.19/bin:/usr/lib/go/bin")
REQUIRED = os.environ.get("DIRECTIVES_REQUIRE_GO") == "1"
SIZES = (1, 2, 3, 7, 8, 100, 255, 256, 257, 1000, 65_535, 65_536, 65_537, 70_000)


def encoded(content):
    return b64encode(content).decode()


def listed(hashes):
    return ",".join(map(encoded, hashes)) or "-"


@pytest.fixture(scope="module")
def go(tmp_path_factory):
    """Asks Go about cases; returns what it says of each."""
    if GO is None or not Path("/usr/share/gocode/src/golang.org/x/mod/sumdb/tlog").is_dir():
        assert not REQUIRED, "Go and its log packages are to be there: golang-go golang-golang-x-mod-dev"
        pytest.skip("Go, or its log packages, are not installed here")
    folder = tmp_path_factory.mktemp("go")
    environment = os.environ | {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOCACHE": str(folder / "cache")}
    subprocess.run([GO, "build", "-o", folder / "check", SOURCE], check=True, env=environment)

    def ask(cases):
        text = "".join(f"{each}\n" for each in cases)
        said = subprocess.run([folder / "check"], input=text, text=True, capture_output=True, check=True)
        return said.stdout.split()

    return ask


def spoilt(rng, smaller, size, first, second, proof):
    """A case like one that holds, but for one thing."""
    other = bytes(rng.randbytes(32))
    at = rng.randrange(len(proof)) if proof else 0
    return rng.choice(
        [
            (smaller, size, other, second, proof),
            (smaller, size, first, other, proof),
            (smaller, size, first, second, [*proof, other]),
            (smaller, size, first, second, [*proof[:at], other, *proof[at + 1 :]]),
            (smaller, size + size, first, second, proof),
            (smaller, size, first, second, proof[1:] if proof else [other]),
        ]
    )


def cases_of(rng, wanted):
    """Proofs over trees of many sizes, each with what is to be said of it."""
    leaves = [leaf_hash(b"%d" % number) for number in range(max(SIZES))]
    tiles = oracle.tiles(leaves)
    tree = Tree(lambda level, number: tiles.get((level, number), b""))
    for number in range(wanted):
        size = rng.choice(SIZES)
        root = tree.root(size)
        if number % 2:
            index = rng.randrange(size)
            word, case = "inclusion", (index, size, leaves[index], root, tree.inclusion(index, size))
        else:
            smaller = rng.randint(1, size)
            word, case = "consistency", (smaller, size, tree.root(smaller), root, tree.consistency(smaller, size))
        right = rng.random() < 0.5
        one, size, first, second, proof = case if right else spoilt(rng, *case)
        yield f"{word} {one} {size} {encoded(first)} {encoded(second)} {listed(proof)}", "ok" if right else "no"


@pytest.mark.slow
def test_go_says_the_same_of_ten_thousand_proofs(go):
    asked, expected = zip(*cases_of(random.Random(1), 9_825), strict=True)
    said = go(asked)
    assert [(case, each) for case, each, right in zip(asked, said, expected, strict=True) if each != right] == []
    assert {*said} == {"ok", "no"}


def test_go_says_the_same_of_notes_and_entries(go):
    rng = random.Random(2)
    log = Seed("directives.example/jh/7adf2211e4bceffa", LOG_KEY, 0)
    asked, expected = [], []
    for number in range(300):
        note = str(signed(text_of(log.key.name, number, rng.randbytes(32)), [log])).encode()
        at = rng.choice([at for at, byte in enumerate(note) if chr(byte).isdigit()])
        altered = note[:at] + (b"1" if note[at : at + 1] != b"1" else b"2") + note[at + 1 :]
        asked += [f"note {log.key} {encoded(note)}", f"note {log.key} {encoded(altered)}"]
        expected += ["ok", "no"]
    for _ in range(100):
        entry = b"directives-event/v1\n" + rng.randbytes(32)
        asked += [f"entry {encoded(entry)} {encoded(leaf_hash(entry))}"]
        expected += ["ok"]
    assert go(asked) == expected


def test_the_roots_are_those_of_pymerkle():
    pymerkle = pytest.importorskip("pymerkle")
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    leaves = []
    for number in range(300):
        tree.append_entry(b"%d" % number)
        leaves.append(leaf_hash(b"%d" % number))
        tiles = oracle.tiles(leaves)
        ours = Tree(lambda level, at, tiles=tiles: tiles.get((level, at), b""))
        assert tree.get_root(number + 1) == ours.root(number + 1)


@pytest.mark.slow
def test_aics_tlog_says_the_same_of_ten_thousand_proofs(aics):
    judge, said = aics("tree"), []
    cases = [*cases_of(random.Random(1), 9_825)]
    for case, _ in cases:
        word, one, size, first, second, proof = case.split()
        hashes = [] if proof == "-" else [b64decode(each) for each in proof.split(",")]
        first, second = b64decode(first), b64decode(second)
        if word == "inclusion":
            held = judge.verify_inclusion(first, int(one), int(size), hashes, second)
        else:
            held = judge.verify_consistency(int(one), int(size), first, second, hashes)
        said.append("ok" if held else "no")
    assert [(case, each) for (case, right), each in zip(cases, said, strict=True) if each != right] == []


def served(folder, log):
    """A witness of others over HTTP on this machine, that believes the log; its process and its address."""
    run = [sys.executable, "-m", "aics_witness"]
    environment = os.environ | {"PYTHONPATH": str(AICS)}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    config = ["--config", str(folder / "w.json")]

    def call(*args):
        return subprocess.run([*run, *args], check=True, env=environment, cwd=folder, capture_output=True, text=True)

    key = call("init", *config, "--name", "witness.example/w1", "--listen", f"127.0.0.1:{port}").stdout.split()[-1]
    call("add-log", *config, "--origin", log.public.partition("+")[0], "--vkey", log.public)
    process = subprocess.Popen(
        [*run, "serve", *config], env=environment, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    for _ in range(100):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return process, f"http://127.0.0.1:{port}/add-checkpoint", key
        time.sleep(0.1)
    process.kill()
    raise AssertionError("the witness does not answer")


def posted(address, request):
    """The status and the body of the answer."""
    try:
        with urllib.request.urlopen(
            urllib.request.Request(address, request.encode(), method="POST"), timeout=10
        ) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


@pytest.mark.slow
def test_a_witness_of_others_takes_our_requests_over_http_and_we_take_what_it_gives(aics, log, meeting, tmp_path):
    assert aics("note")
    process, address, key = served(tmp_path, log)
    policy = tmp_path / "p"
    policy.write_text(f"log {log.public}\nwitness W {key}\nquorum W\n")
    try:
        size, notes = 0, []
        for number in range(1, 31):
            meeting.tracker.rename(f"JH-AC{number:02}", {"en": "A", "hi": "अ"})
            log.checkpoint()
            status, lines = posted(address, log.tracker.prove_from(size))
            assert status == 200
            notes.append(log.tracker.add_cosignatures(lines, policy))
            size = read_checkpoint(notes[-1].encode()).size
        (tmp_path / "r").write_text(log.tracker.receipt(size))
        assert both(tmp_path / "r", policy) == 0
        assert posted(address, log.tracker.prove_from(size - 1))[0] == 409
        signer = KeyFile(log.key).signer(log.public.partition("+")[0], LOG_KEY)
        fork = signed(text_of(signer.key.name, size + 1, bytes(32)), [signer])
        assert posted(address, f"old {size}\n{encoded(bytes(32))}\n\n{fork}")[0] == 422
        same = signed(text_of(signer.key.name, size, bytes(32)), [signer])
        assert posted(address, f"old {size}\n\n{same}")[0] == 422
    finally:
        process.terminate()
        process.wait(10)
