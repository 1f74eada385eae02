"""What is written by shorter ways is what pydantic writes."""

from datetime import UTC, datetime
from hashlib import sha256

from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from directives import RecordedEvent, ReturnTask
from directives.domain.task.events import Returned
from directives.domain.task.state import TASK, TaskState
from directives.handlers.unit_of_work import digest
from directives.store.mapper import row_of


@given(st.text(min_size=1, max_size=20).filter(str.isprintable), st.text(min_size=1, max_size=20), st.text())
def test_the_digest_of_a_command_leaves_its_id_and_source_out(name, source, reason):
    fields = {"task": "d/A", "office": "clerk@A", "actor": f'a","source":"{source}'}
    try:
        command = ReturnTask(**fields, command_id=name, source=source, reason=reason or "No.")
    except ValidationError:
        assume(False)
        return
    asked = command.model_dump_json(exclude={"command_id", "source"})
    assert digest(command) == sha256(f"ReturnTask{asked}".encode()).hexdigest()


@given(st.lists(st.text(max_size=20), min_size=4, max_size=4))
def test_events_are_written_as_pydantic_writes_them(texts):
    actor, office, source, command_id = texts
    now = datetime(2023, 10, 19, 6, 30, tzinfo=UTC)
    fields = {"position": 1, "stream": "task/d/A", "version": 1, "name": "Returned", "occurred_at": now}
    fields |= {"recorded_at": now, "actor": actor, "office": office, "source": source, "command_id": command_id}
    event = RecordedEvent(**fields, data=Returned(submission=1, reason="No.", due=None))
    columns = {"position", "stream", "version", "name"}
    assert row_of(event)[4] == event.model_dump_json(exclude=columns).encode()


def test_a_value_of_valid_fields_is_as_any_other():
    made = TASK.initial.changed(stage="submitted", submission=1)
    assert made == TaskState(stage="submitted", submission=1)
    assert made.model_copy(update={"submission": 2}).submission == 2
    assert made.model_dump_json(exclude_defaults=True) == '{"stage":"submitted","submission":1}'
    assert made.changed() == made
