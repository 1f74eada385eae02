"""Files to fill in, the organisation as a file, and minutes that are tried first: at a terminal."""

import json
import tomllib

import pytest

from directives import kinds

ZILA = "code,name_en\nstate,State\nzila,Zila\nmandal,Mandal\nbooth,Booth\n"


@pytest.fixture
def other(run, tmp_path):
    """Another party, from an empty folder."""
    (tmp_path / "levels.csv").write_text(ZILA, "utf-8")
    run("org", "template", "--levels", "levels.csv", "--out", "org.csv")
    run("init", "--levels", "levels.csv", "--org", "org.csv")
    return run


@pytest.mark.parametrize("levels", ["lok-sabha", "district"])
def test_another_party_is_set_up_in_six_commands(run, tmp_path, levels):
    assert run("org", "template", "--levels", levels, "--out", "org.csv").stderr.endswith("written to org.csv.\n")
    run("init", "--levels", levels, "--org", "org.csv")
    (tmp_path / "minutes.toml").write_text(run("meeting", "template").stdout, "utf-8")
    tried = run("meeting", "record", "minutes.toml", "--dry-run")
    assert tried.stderr == "Nothing was recorded: leave --dry-run out to record it.\n"
    assert run("meeting", "list").stderr == "No meeting is recorded.\n"
    run("meeting", "record", "minutes.toml")
    rows = json.loads(run("status", "--json").stdout)
    assert {row["kind"] for row in rows} == {*kinds()}
    assert {row["expected"] for row in rows} == {1}


def test_minutes_are_for_the_levels_of_the_store_and_the_kinds_that_are_named(other, tmp_path):
    text = other("meeting", "template", "--kind", "written_report", "--lang", "hi").stdout
    (given,) = tomllib.loads(text)["directives"]
    assert (given["kind"], given["assign"][0]["level"]) == ("written_report", "zila")
    assert "इनमें से कोई: state, zila, mandal, booth" in text
    assert "use one of" in other("meeting", "template", "--kind", "plain", code=2).stderr


def test_minutes_may_name_levels_and_scopes_in_words(run, tmp_path):
    run("init")
    text = run("meeting", "template", "--kind", "written_report").stdout
    named = text.replace('level = "lok_sabha"', 'level = "विधानसभा"').replace(
        '# scope = "CODE"', 'scope = "khunti lok sabha"'
    )
    (tmp_path / "m.toml").write_text(named, "utf-8")
    run("meeting", "record", "m.toml")
    (row,) = json.loads(run("status", "--json").stdout)
    assert (row["level"], row["expected"]) == ("vidhan_sabha", 6)
    other = named.replace('id = "meeting', 'id = "other')
    for scope, code, said in (
        ("Khunti", 2, "means 2 units"),
        ("Kunti", 6, "did you mean Khunti (Lok Sabha, Jharkhand)"),
    ):
        (tmp_path / "n.toml").write_text(other.replace("khunti lok sabha", scope), "utf-8")
        told = run("meeting", "record", "n.toml", code=code).stderr
        assert f"n.toml: directives.0.assign.0.scope: unit: {scope}" in told
        assert said in told


def test_what_is_tried_is_told_and_left_as_it_was(run):
    run("init")
    tried = run("meeting", "record", "--dry-run", "--lang", "hi").stdout.splitlines()
    assert tried[0].startswith("meeting/jharkhand-2023-10-19: झारखंड के मुख्यालय ने")
    entries = json.loads(run("meeting", "record", "--dry-run", "--json").stdout)
    assert len(entries) == len(tried)
    run("meeting", "record")
    assert run("meeting", "record", "--dry-run").stderr == "Nothing would change.\n"


def test_the_organisation_is_a_file_that_sets_another_store_up_alike(run, tmp_path):
    run("init")
    (tmp_path / "more.csv").write_text("code,parent,level,name_en,seats\nB1,JH-AC60,block,Sample Block,4\n", "utf-8")
    run("org", "import", "more.csv")
    assert run("org", "export", "--out", "org.csv").stderr == "97 units written to org.csv.\n"
    run("org", "export", "--levels", "--out", "levels.csv")
    assert run("org", "import", "org.csv").stderr == "The organisation is already like this: nothing changed.\n"
    run("init", "--db", "other.db", "--levels", "levels.csv", "--org", "org.csv")
    assert run("org", "export", "--db", "other.db").stdout == (tmp_path / "org.csv").read_text("utf-8")
    assert run("org", "tree", "--db", "other.db", "--json").stdout == run("org", "tree", "--json").stdout
    assert "already exists" in run("org", "export", "--out", "org.csv", code=2).stderr


def test_a_retired_unit_is_left_out(other):
    other("org", "retire", "X-Z1-M1-B1", "--reason", "Merged.")
    assert "X-Z1-M1-B1" not in other("org", "export").stdout
    assert [each["code"] for each in json.loads(other("org", "export", "--json").stdout)] == ["X", "X-Z1", "X-Z1-M1"]


def test_generated_organisations_take_the_levels_of_the_store(other, tmp_path):
    (tmp_path / "d").mkdir()
    generated = other("org", "generate", "--state", "goa", "--scale", "0.05").stdout.splitlines()
    assert {line.split(",")[2] for line in generated[1:]} == {"state", "zila", "mandal", "booth"}
    given = other("org", "generate", "--india", "--levels", "district", "--scale", "0.001", "--out", "in.csv")
    assert given.stderr.endswith("units written to in.csv.\n")
    other("init", "--db", "in.db", "--levels", "district", "--org", "in.csv")
    assert json.loads(other("org", "show", "IN", "--db", "in.db", "--json").stdout)["level"] == "nation"
