"""The published log: written once, its checkpoint last, and read by a log client that nobody here wrote."""

import random

import pytest
from tests.audit.judges import by_library
from tests.audit.test_log import altered

from directives import ForkRefused, InvalidInput, NotCheckpointed
from directives.audit import published
from directives.audit.notes import read_checkpoint


@pytest.fixture
def grown(log, meeting, tmp_path):
    """A log that grows by many events at a time, published each time."""
    folder, rng = tmp_path / "published", random.Random(3)

    def grow():
        units = rng.sample(sorted(f"JH-AC{number:02}" for number in range(1, 82)), rng.randint(1, 81))
        for unit in units:
            log.tracker.rename(unit, {"en": f"{unit} {rng.random()}", "hi": "नाम"})
        log.checkpoint()
        return folder

    return grow


def files_in(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def policy(log, tmp_path):
    path = tmp_path / "p"
    path.write_text(log.policy)
    return path


@pytest.mark.slow
def test_a_log_client_of_others_reads_every_size(log, grown, policy, aics, tmp_path):
    before = {}
    for _ in range(8):
        folder = grown()
        log.tracker.publish(folder)
        checkpoint = read_checkpoint((folder / "checkpoint").read_bytes())
        reader = aics("tiles").FileSystemTileReader(folder)
        report = aics("verified").audit_tiles(reader, checkpoint.size, checkpoint.root)
        assert report.size == checkpoint.size
        now = files_in(folder)
        assert {path: now[path] for path in before if path != "checkpoint"} == {
            path: content for path, content in before.items() if path != "checkpoint"
        }, "nothing that was published changes"
        before = now
        assert by_library(folder, policy) == 0
    assert any(path.startswith("tile/1/") for path in before)


def test_what_is_published_is_commitments_only(log, grown):
    folder = grown()
    log.tracker.publish(folder)
    content = b"".join(files_in(folder).values())
    for told in (b"headquarters", b"JH-AC01", b"Registered", b"organisation"):
        assert told not in content


def test_published_again_nothing_is_new(log, grown, policy):
    folder = grown()
    assert log.tracker.publish(folder) > 2
    assert log.tracker.publish(folder) == 0
    log.tracker.rename("JH-PC01", {"en": "A", "hi": "अ"})
    log.checkpoint()
    assert log.tracker.publish(folder) <= 4
    assert by_library(folder, policy) == 0


class Killed(BaseException):
    """The process ended here."""


def test_interrupted_after_any_file_it_goes_on(log, grown, policy, monkeypatch):
    folder = grown()
    log.tracker.publish(folder)
    size, real = read_checkpoint((folder / "checkpoint").read_bytes()).size, published._write
    while read_checkpoint((folder / "checkpoint").read_bytes()).size < size + 300:
        grown()
        count = 0
        while True:
            written = 0

            def dies(path, make, *, known, limit=count, real=real):
                nonlocal written
                if written > limit:
                    raise Killed
                written += 1
                return real(path, make, known=known)

            monkeypatch.setattr(published, "_write", dies)
            try:
                log.tracker.publish(folder)
                break
            except Killed:
                assert by_library(folder, policy) == 0, "the checkpoint before stands, with its tiles"
            finally:
                monkeypatch.setattr(published, "_write", real)
            count += 1
        assert by_library(folder, policy) == 0


def test_another_log_another_history_and_something_else_are_refused(log, grown, meeting, tmp_path, monkeypatch):
    folder = tmp_path / "published"
    with pytest.raises(NotCheckpointed, match="no checkpoint yet"):
        log.tracker.publish(folder)
    grown()
    log.tracker.publish(folder)
    before = files_in(folder)
    something = tmp_path / "something"
    something.mkdir()
    (something / "page.html").write_text("x")
    with pytest.raises(InvalidInput, match="contains other files: use a new or empty folder"):
        log.tracker.publish(something)
    with pytest.raises(InvalidInput, match="cannot be written"):
        log.tracker.publish(_file(tmp_path))
    new = log.key.with_name("new.pem")
    log.tracker.introduce_log_key(new, "directives.example/other", abandons=log.last)
    log.tracker.checkpoint(new)
    with pytest.raises(ForkRefused, match=r"contains the log directives\.example/jh/.*: use another folder"):
        log.tracker.publish(folder)
    assert files_in(folder) == before


def _file(tmp_path):
    (tmp_path / "file").write_text("x")
    return tmp_path / "file" / "below"


def test_a_rewritten_store_is_not_published_over_the_old_one(log, grown, tmp_path):
    folder = grown()
    log.tracker.publish(folder)
    before = files_in(folder)
    altered(
        log.tracker, "UPDATE stored_events SET state = CAST(CAST(state AS TEXT) || ' ' AS BLOB) WHERE position = 50"
    )
    altered(log.tracker, "DELETE FROM audit_checkpoints")
    altered(log.tracker, "DELETE FROM audit_tiles")
    log.last.unlink()
    log.checkpoint()
    with pytest.raises(ForkRefused, match="differ from this store: this is another history"):
        log.tracker.publish(folder)
    (folder / "checkpoint").unlink()
    with pytest.raises(ForkRefused, match="was published with different content: this is another history"):
        log.tracker.publish(folder)
    (folder / "checkpoint").write_bytes(before["checkpoint"])
    assert files_in(folder) == before


@pytest.mark.parametrize("which", ["tile/0/000", "tile/entries/000", "tile/1/000.p/1"])
def test_a_folder_that_was_spoilt_is_found(log, grown, policy, which):
    folder = grown()
    while not (folder / which).exists():
        grown()
        log.tracker.publish(folder)
    content = (folder / which).read_bytes()
    (folder / which).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert by_library(folder, policy) == 3
    (folder / which).unlink()
    assert by_library(folder, policy) == 3
    (folder / which).write_bytes(content)
    assert by_library(folder, policy) == 0
