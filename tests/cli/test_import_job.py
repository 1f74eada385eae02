"""Commands from a file, at a terminal."""

import json

from directives import schema_of_events, schema_of_minutes

GOOD = {"command": "task acknowledge", "task": "written-report/JH-PC01", "office": "convenor@JH-PC01"}
BAD = {**GOOD, "task": "written-report/JH-PC02"}


def lines(tmp_path, *written):
    path = tmp_path / "commands.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in written))
    return path


def events(run):
    return len(json.loads(run("history", "written-report/JH-PC01", "--json").stdout))


def test_a_file_is_imported_once(run, tmp_path):
    run("init")
    run("meeting", "record")
    path = lines(tmp_path, GOOD)
    told = "1 command: 1 carried out, 0 changed nothing, 0 were carried out before, 0 refused.\n"
    assert run("import", path).stderr == told
    assert "0 carried out, 0 changed nothing, 1 was carried out before" in run("import", path).stderr
    assert events(run) == 2
    assert json.loads(run("import", path, "--json").stdout)["before"] == 1


def test_a_command_is_carried_out_once_however_its_line_is_spelt(run, tmp_path):
    run("init")
    run("meeting", "record")
    step = {"command": "alliance record", "task": "alliance-support/JH-PC01", "what": "step", "text": "Committees met."}
    step |= {"office": "convenor@JH-PC01", "occurred_at": "2023-11-05T06:30:00Z"}
    spelt = [{"occurred_at": "2023-11-05T12:00:00+05:30"}, {"occurred_at": "2023-11-05 06:30:00Z"}]
    spelt += [{"text": "Committees met. "}, {"task": "task/alliance-support/JH-PC01"}]
    path = lines(tmp_path, step, *(step | other for other in spelt))
    told = "5 commands: {} carried out, 0 changed nothing, {} were carried out before, 0 refused.\n"
    assert run("import", path).stderr == told.format(1, 4)
    assert run("import", path).stderr == told.format(0, 5)
    recorded = [each["name"] for each in json.loads(run("history", "alliance-support/JH-PC01", "--json").stdout)]
    assert recorded.count("StrengtheningStepRecorded") == 1


def test_a_wrong_line_stops_all_or_is_left_out(run, tmp_path, monkeypatch):
    run("init")
    run("meeting", "record")
    path = lines(tmp_path, GOOD, BAD, {**GOOD, "task": 5})
    assert run("import", path, code=4).stderr.startswith("Error: line 2: office convenor@JH-PC01 cannot act for")
    assert events(run) == 1
    from click.testing import CliRunner

    from directives_cli.main import main

    looked = CliRunner().invoke(main, ["import", str(path), "--dry-run"])
    assert looked.exit_code == 4
    assert "1 would be carried out" in looked.stderr
    assert events(run) == 1
    went = CliRunner().invoke(main, ["import", str(path), "--keep-going"])
    assert went.exit_code == 4
    assert "3 commands: 1 carried out, 0 changed nothing, 0 were carried out before, 2 refused." in went.stderr
    assert [line.split()[:2] for line in went.stdout.splitlines()[2:4]] == [["2", "NotEntitled"], ["3", "InvalidInput"]]
    assert events(run) == 2


def test_what_else_is_wrong_is_told_in_one_line(run, tmp_path):
    run("init")
    path = lines(tmp_path, {"command": "task acknowledge", "task": "x/JH"})
    assert "line 1: office: is missing" in run("import", path, code=2).stderr
    assert "line 1: directive: x is unknown" in run("import", path, "--as", "clerk@JH", code=6).stderr
    assert "--command-id: it holds for one command" in run("import", path, "--command-id", "c", code=2).stderr
    assert "does not exist" in run("import", "none.jsonl", code=2).stderr
    assert "there is no store" in run("import", path, "--db", "sqlite:///other.db", code=6).stderr


def test_the_schemas_are_printed(run):
    found = json.loads(run("schema", "commands").stdout)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert found["$defs"]["WaiveTask"]["required"] == ["command", "office", "task", "reason"]
    assert json.loads(run("schema", "minutes").stdout) == schema_of_minutes()
    assert json.loads(run("schema", "events").stdout) == schema_of_events()


def test_a_line_with_what_is_no_task_is_refused_by_itself(run, tmp_path):
    run("init")
    run("meeting", "record")
    path = tmp_path / "acts.jsonl"
    tasks = ("nonsense", "a/b/c", "written-report/JH-PC08")
    lines = [{"command": "task acknowledge", "task": task, "office": "convenor@JH-PC08"} for task in tasks]
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    assert "line 1: task: nonsense is unknown: write DIRECTIVE/UNIT" in run("import", str(path), code=6).stderr
    from click.testing import CliRunner

    from directives_cli.main import main

    told = CliRunner().invoke(main, ["import", str(path), "--keep-going", "--json"])
    assert told.exit_code == 4
    carried = json.loads(told.stdout)
    assert (carried["done"], [each["line"] for each in carried["refused"]]) == (1, [1, 2])
