"""The settings of a user: ``config``, and what holds where neither an option nor a variable is given."""

import json
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st
from tests.cli.test_store_faults import somebody_else
from tests.unit.test_start import imported

from directives import InvalidInput
from directives_cli.choices import Choices
from directives_cli.main import main
from directives_cli.settings import VARIABLES, quoted, require_allowed, settings_file, with_setting

TASK = "written-report/JH-PC11"


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Where the settings of the user are, who has none yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    return tmp_path / "xdg" / "directives" / "config.toml"


@pytest.fixture
def written(file):
    def write(text):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())

    return write


def shown(run, *args):
    return {
        each["setting"]: (each["value"], each["from"])
        for each in json.loads(run("config", "show", "--json", *args).stdout)
    }


def test_a_setting_is_kept_shown_and_removed(run, file, tmp_path):
    assert run("config", "set", "as", "convenor@JH-PC11").stderr == f"Set as to convenor@JH-PC11 in {file}.\n"
    run("config", "set", "db", "t1.db")
    run("config", "set", "actor", "W-17")
    assert tomllib.loads(file.read_text()) == {
        "as": "convenor@JH-PC11",
        "db": str(tmp_path / "t1.db"),
        "actor": "W-17",
    }
    run("init", "--as", "headquarters@JH")
    run("meeting", "record", "--as", "headquarters@JH")
    assert (tmp_path / "t1.db").is_file()
    (event,) = json.loads(run("task", "acknowledge", TASK, "--json").stdout)
    assert (event["office"], event["actor"]) == ("convenor@JH-PC11", "W-17")
    assert "Removed as from" in run("config", "unset", "as").stderr
    assert "nothing changed" in run("config", "unset", "as").stderr
    assert "--as: no office is given" in run("task", "acknowledge", "written-report/JH-PC01", code=2).stderr
    assert [path.name for path in file.parent.iterdir()] == ["config.toml"]


def test_an_option_comes_first_then_a_variable_then_the_file_then_the_default(run, file, monkeypatch):
    defaults = {"as": (None, "default"), "db": ("directives.db", "default"), "lang": ("en", "default")}
    assert shown(run) == defaults | {"actor": (None, "default")}
    assert not file.exists()
    values = {"as": "a@JH", "db": "/a.db", "lang": "en", "actor": "a"}
    for name, value in values.items():
        run("config", "set", name, value)
    assert shown(run) == {name: (value, str(file)) for name, value in values.items()}
    values = {"as": "b@JH", "db": "b.db", "lang": "hi", "actor": "b"}
    for name, value in values.items():
        monkeypatch.setenv(VARIABLES[name], value)
    assert shown(run) == {name: (value, VARIABLES[name]) for name, value in values.items()}
    values = {"as": "c@JH", "db": "c.db", "lang": "en", "actor": "c"}
    options = [f"--{name}={value}" for name, value in values.items()]
    assert shown(run, *options) == {name: (value, f"--{name}") for name, value in values.items()}


def test_the_settings_are_a_table(run, file):
    run("config", "set", "as", "clerk@JH")
    rows = [line.split() for line in run("config", "show").stdout.splitlines()]
    assert rows[0] == ["setting", "value", "from"]
    assert ["as", "clerk@JH", str(file)] in rows
    assert ["db", "directives.db", "default"] in rows
    assert ["actor", "default"] in rows


def test_the_language_of_the_file_is_that_of_help_errors_and_answers(run, file):
    run("init")
    run("config", "set", "lang", "hi")
    assert "दर्ज की" in run("history", "JH-PC11").stdout
    assert "registered" in run("history", "JH-PC11", "--lang", "en").stdout
    assert "भंडार" in run("--help").stdout
    assert CliRunner().invoke(main, ["nothing"]).stderr.startswith("त्रुटि: ")
    assert "Error: " in run("nothing", "--lang", "en", code=2).stderr


@pytest.mark.parametrize(
    ("text", "said", "in_hindi"),
    [
        ("as = ", "is not valid TOML: correct it or remove it (", "मान्य TOML नहीं है"),
        (b"as = '\xff'", "is not UTF-8 text: save it as UTF-8", "UTF-8 में सहेजें"),
        ("colour = 'red'", "unknown setting 'colour': use one of as, db, lang, actor", "अज्ञात सेटिंग"),
        ("[as]\nx = 1", "as is not a text: put it in quotation marks", "उद्धरण चिह्नों"),
        ("lang = 'fr'", "lang: 'fr' is not allowed: use en or hi", "en या hi लिखें"),
        ("as = 'clerk'", "as: 'clerk' is not allowed: write ROLE@UNIT", "ROLE@UNIT लिखें"),
        ("db = 'mysql://x'", "db: 'mysql://x' does not name a store", "किसी भंडार का नाम नहीं"),
        ("actor = ''", "actor: '' is not allowed: write a text of one line", "एक पंक्ति का पाठ लिखें"),
    ],
)
def test_a_file_that_is_wrong_is_one_line_and_help_is_given(run, file, written, text, said, in_hindi):
    written(text)
    before = file.read_bytes()
    for command in (["init"], ["status", "--db", "x.db"], ["config", "show"]):
        told = run(*command, code=2).stderr
        assert told.startswith(f"Error: config: {file}")
        assert said in told
    assert in_hindi in CliRunner().invoke(main, ["init", "--lang", "hi"]).stderr
    assert json.loads(CliRunner().invoke(main, ["init", "--json"]).stderr)["error"] == "InvalidInput"
    run("--help")
    run("init", "--help")
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("colour", "red", "'colour' is not one of 'as', 'db', 'lang', 'actor'"),
        ("as", "clerk", "as: 'clerk' is not allowed: write ROLE@UNIT"),
        ("as", " @JH", "as: ' @JH' is not allowed"),
        ("as", "clerk@", "as: 'clerk@' is not allowed"),
        ("lang", "fr", "lang: 'fr' is not allowed: use en or hi"),
        ("db", "mysql://x", "db: 'mysql://x' does not name a store"),
        ("db", "", "db: '' does not name a store"),
        ("actor", "a\nb", "actor: 'a\\nb' is not allowed"),
        ("actor", "\udcff", "actor: '\\udcff' is not allowed"),
    ],
)
def test_a_setting_that_is_not_allowed_is_not_kept(run, file, name, value, said):
    assert said in run("config", "set", name, value, code=2).stderr
    assert not file.exists()


def test_a_folder_that_cannot_be_written_is_told(run, file):
    file.parent.parent.mkdir()
    file.parent.write_text("no folder")
    told = run("config", "set", "lang", "hi", code=2).stderr
    assert told.startswith(f"Error: config: {file} cannot be written: ")
    file.parent.unlink()
    file.mkdir(parents=True)
    assert "cannot be read: Is a directory" in run("status", code=2).stderr


def test_a_folder_of_somebody_else_is_passed_over_and_a_file_that_may_not_be_read_is_told(monkeypatch):
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        monkeypatch.setenv("XDG_CONFIG_HOME", folder)
        file = settings_file()
        file.parent.mkdir()
        file.write_text("as = 'clerk@JH'")
        file.chmod(0)
        with somebody_else(), pytest.raises(InvalidInput, match="cannot be read: Permission denied"):
            assert Choices().kept
        file.parent.chmod(0)
        with somebody_else():
            assert Choices().kept == {}
        file.parent.chmod(0o755)


def test_an_office_in_hindi_letters_is_kept(run, file):
    run("config", "set", "as", "संयोजक@खूंटी")
    run("config", "set", "actor", "क्\u200dष")
    assert shown(run)["as"] == ("संयोजक@खूंटी", str(file))


def test_comments_and_links_stay(run, file, tmp_path, written):
    written("# my settings\r\nlang = 'en' # for now\nas='clerk@JH'")
    there = tmp_path / "dotfiles.toml"
    file.rename(there)
    file.symlink_to(there)
    run("config", "set", "lang", "en")
    run("config", "set", "db", "/x.db")
    run("config", "unset", "as")
    assert file.is_symlink()
    assert there.read_text() == '# my settings\nlang = "en"\ndb = "/x.db"\n'


def test_an_environment_of_its_own_goes_without_the_settings_of_the_user(run, written, file, tmp_path):
    written("as = 'convenor@JH-PC11'\nlang = 'hi'")
    chosen = Choices(environment={"DIRECTIVES_DB": "own.db"})
    assert (chosen.get("as"), chosen.get("db"), chosen.usual_lang) == (None, "own.db", "")
    with pytest.raises(SystemExit) as ended:
        main.main(["config", "set", "lang", "en"], obj=Choices(environment={}))
    assert ended.value.code == 2
    run("demo", tmp_path / "story", "--lang", "en")


@pytest.mark.parametrize("set_to", [None, "", "relative"])
def test_the_file_is_in_the_folder_that_the_specification_names(monkeypatch, set_to):
    monkeypatch.setenv("HOME", "/home/x")
    monkeypatch.delenv("XDG_CONFIG_HOME") if set_to is None else monkeypatch.setenv("XDG_CONFIG_HOME", set_to)
    assert settings_file() == Path("/home/x/.config/directives/config.toml")


def test_without_a_file_nothing_is_read_as_toml():
    help_ = "from directives_cli.main import main\ntry: main(['--help'])\nexcept SystemExit: pass"
    assert "tomllib" not in imported(help_)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXTS)
@example('\x7f\x00\x1b\u2028\\"\r\n\'\'\'"""')
def test_any_text_is_the_same_after_it_was_written(value):
    assert tomllib.loads(f"x = {quoted(value)}") == {"x": value}


@given(
    st.dictionaries(st.sampled_from([*VARIABLES]), TEXTS),
    st.sampled_from([*VARIABLES]),
    TEXTS | st.none(),
    st.booleans(),
)
def test_one_setting_changes_and_the_others_stay(settings, name, value, in_marks):
    mark = '"' if in_marks else ""
    text = "".join(f"{mark}{each}{mark} = {quoted(settings[each])}\n" for each in settings)
    expected = {each: settings[each] for each in settings if each != name} | ({} if value is None else {name: value})
    assert tomllib.loads(with_setting(text, name, value)) == expected


@given(TEXTS)
def test_a_text_of_several_lines_is_replaced_whole(value):
    text = 'actor = """\nas = "x"\n"""\n'
    assert tomllib.loads(with_setting(text, "actor", value)) == {"actor": value}


@given(st.sampled_from([*VARIABLES]), st.text())
def test_what_is_allowed_can_be_written(name, value):
    try:
        require_allowed(name, value)
    except InvalidInput:
        return
    assert tomllib.loads(with_setting("", name, value).encode().decode()) == {name: value}


def test_a_store_is_founded_by_the_office_of_an_option_alone(run, file):
    run("config", "set", "as", "convenor@khunti lok sabha")
    run("init")
    assert {each["office"] for each in json.loads(run("history", "JH", "--json").stdout)} == {"headquarters@JH"}
    run("meeting", "record", "--as", "headquarters@JH")
    (event,) = json.loads(run("task", "acknowledge", TASK, "--json").stdout)
    assert event["office"] == "convenor@JH-PC11"


def test_an_office_that_is_not_there_is_told_with_the_file_that_names_it(run, file, monkeypatch):
    run("config", "set", "as", "convenor@XX-99")
    run("init")
    assert f"Error: {file}: unit: XX-99 is unknown" in run("meeting", "record", code=6).stderr
    monkeypatch.setenv("DIRECTIVES_AS", "convenor@Khunti")
    assert "Error: DIRECTIVES_AS: unit: Khunti means 2 units" in run("meeting", "record", code=2).stderr


def test_a_file_that_is_no_toml_is_left_as_it_is(run, file, written):
    written("as = ")
    for command in (["set", "as", "clerk@JH"], ["unset", "as"]):
        assert "is not valid TOML" in run("config", *command, code=2).stderr
    assert file.read_text() == "as = "


def test_a_wrong_value_in_the_file_can_be_set_right_and_a_misspelt_role_is_told_at_once(run, file, written):
    written('lang = "fr"\nas = "convenor@JH"\n')
    assert "use en or hi" in run("status", code=2).stderr
    run("config", "set", "lang", "en")
    assert "did you mean clerk?" in run("config", "set", "as", "clrek@JH").stderr
    assert shown(run)["lang"] == ("en", str(file))
