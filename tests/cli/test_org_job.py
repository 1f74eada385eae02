"""A changing organisation at a terminal."""

import json

NAMES = ["--name-en", "New", "--name-hi", "नया"]


def test_units_join_change_and_leave(run):
    run("init")
    told = run("org", "register", "B1", "--parent", "JH-AC60", "--level", "block", *NAMES).stderr
    assert told == "The headquarters of Jharkhand registered the block unit New\n"
    assert "nothing changed" in run("org", "register", "B1", "--parent", "JH-AC60", "--level", "block", *NAMES).stderr
    wrong = run("org", "register", "JH-PC08", "--parent", "JH", "--level", "lok_sabha", *NAMES, code=4).stderr
    assert "UNIT: JH-PC08 is registered with other content: change it with org rename and org move" in wrong
    assert "renamed Khunti to New" in run("org", "rename", "JH-PC11", *NAMES).stderr
    moved = run("org", "move", "JH-AC60", "--parent", "JH-PC01", "--reason", "Redrawn.", "--lang", "hi").stderr
    assert moved == "झारखंड के मुख्यालय ने खूंटी को नया (लोकसभा) से हटाकर राजमहल (लोकसभा) में रखा: Redrawn.\n"
    assert "reports to JH-PC01" in run("org", "move", "JH-AC60", "--parent", "JH-PC01", "--reason", "R.").stderr
    shown = run("org", "show", "JH-AC60").stdout
    assert "Jharkhand / Rajmahal" in shown
    assert "block: 1" in shown
    assert "has 1 unit below it" in run("org", "retire", "JH-AC60", "--reason", "Merged.", code=4).stderr
    run("org", "retire", "B1", "--reason", "Merged.")
    assert json.loads(run("org", "show", "B1", "--json").stdout)["retired"]
    history = run("history", "B1").stdout.splitlines()
    assert len(history) == 2
    assert history[1].endswith("The headquarters of Jharkhand retired New (block): Merged.")
    assert "JH-AC60  Khunti" in run("org", "tree").stdout
    assert "UNIT: B9 is unknown" in run("org", "show", "B9", code=6).stderr


def test_a_changed_file_is_shown_first_and_then_recorded(run, tmp_path):
    run("init")
    units = json.loads(run("org", "tree", "--json").stdout)
    lines = ["code,parent,level,name_en,name_hi"]
    for unit in units:
        parent = "JH-PC01" if unit["code"] == "JH-AC60" else unit["parent"] or ""
        if unit["code"] != "JH-AC59":
            lines.append(",".join([unit["code"], parent, unit["level"], unit["name"]["en"], unit["name"]["hi"]]))
    path = tmp_path / "changed.csv"
    path.write_text("\n".join([*lines, "B1,JH-AC58,block,New,नया"]), "utf-8")
    shown = run("org", "import", path, "--retire-missing", "--dry-run")
    assert shown.stdout.splitlines()[1].startswith(
        "unit/JH-AC60: The headquarters of Jharkhand moved Khunti (Vidhan Sabha) from Khunti (Lok Sabha) to"
    )
    assert shown.stderr == "Changes that would be made: 1 registered, 1 moved, 1 retired.\n"
    assert json.loads(run("org", "show", "JH-AC60", "--json").stdout)["parent"] == "JH-PC11"
    assert len(json.loads(run("org", "import", path, "--dry-run", "--json").stdout)) == 2
    assert run("org", "import", path, "--retire-missing").stderr == "Changes made: 1 registered, 1 moved, 1 retired.\n"
    assert "nothing changed" in run("org", "import", path, "--retire-missing").stderr
    assert run("org", "import", path, "--dry-run").stderr == "Nothing would change.\n"


def test_a_column_of_the_list_does_not_pose_as_something_else(run, tmp_path):
    run("init")
    path = tmp_path / "more.csv"
    path.write_text("code,parent,level,name_en,name_hi,state\nB9,JH-AC60,block,New,नया,thriving\n", "utf-8")
    run("org", "import", path)
    run("org", "retire", "B9", "--reason", "Merged.")
    assert [line.split() for line in run("org", "show", "B9").stdout.splitlines() if line.startswith("state")] == [
        ["state", "retired"],
        ["state", "thriving"],
    ]


def test_a_command_given_again_after_the_unit_retired_is_quiet(run):
    run("init")
    run("meeting", "record")
    act = ["task", "acknowledge", "social-groups/JH-AC60", "--as", "convenor@JH-AC60", "--command-id", "k1"]
    run(*act)
    run("org", "retire", "JH-AC60", "--reason", "Merged.")
    assert run(*act).stderr == "The convenor of Khunti (Vidhan Sabha) acknowledged the task\n"


def test_parameters_that_cannot_be_read(run):
    run("init")
    issue = ["directive", "issue", "d", "--kind", "social_groups", "--title-en", "T", "--title-hi", "T"]
    office = ["--as", "clerk@JH"]
    for value in ("1" * 5000, "[" * 100_000):
        assert "window_from" in run(*issue, "--set", f"window_from={value}", *office, code=2).stderr
    assert "File name too long" in run("org", "tree", "--db", f"sqlite:///{'a' * 300}", code=1).stderr


def test_an_organisation_is_made_up_and_used(run, tmp_path):
    path = str(tmp_path / "goa.csv")
    told = run("org", "generate", "--state", "goa", "--scale", "0.01", "--out", path).stderr
    assert told == f"92 units written to {path}.\n"
    assert "already exists" in run("org", "generate", "--state", "GA", "--out", path, code=2).stderr
    assert "92 units registered." in run("init", "--org", path).stderr
    lines = run("org", "generate", "--state", "GA", "--scale", "0.01").stdout.splitlines()
    assert lines[:2] == ["code,parent,level,name_en,name_hi,eci_no,reservation", "GA,,state,Goa,गोवा,,"]
    assert len(json.loads(run("org", "generate", "--state", "GA", "--scale", "0.01", "--json").stdout)) == 92


def test_what_cannot_be_made_up_is_told(run):
    assert "choose what to generate: either --state STATE or --india" in run("org", "generate", code=2).stderr
    assert "state: 'Atlantis' is unknown" in run("org", "generate", "--state", "Atlantis", code=2).stderr
    assert "scale: 0.0 is not allowed" in run("org", "generate", "--india", "--scale", "0", code=2).stderr
