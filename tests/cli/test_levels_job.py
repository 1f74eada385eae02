"""An organisation of other levels, from an empty folder, at a terminal."""

import json

import pytest

ZILA = """code,name_en,name_hi
state,State,प्रदेश
zila,Zila,ज़िला
mandal,Mandal,मंडल
ward,Ward,
shakti-kendra,Shakti Kendra,शक्ति केंद्र
booth,Booth,बूथ
"""
ZILA_TOML = """
[[levels]]
code = "state"
name.en = "State"
name.hi = "प्रदेश"

[[levels]]
code = "booth"
name.en = "Booth"
"""
UNITS = """code,parent,level,name_en
S,,State,Sample State
Z1,S,zila,First Zila
M1,Z1,मंडल,Sample Mandal
W1,M1,ward,Sample Ward
K1,W1,Shakti Kendra,Sample Kendra
B1,K1,booth,Sample Booth 1
B2,M1,booth,Sample Booth 2
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "levels.csv").write_text(ZILA, "utf-8")
    (tmp_path / "levels.toml").write_text(ZILA_TOML, "utf-8")
    (tmp_path / "org.csv").write_text(UNITS, "utf-8")
    return tmp_path


def test_districts_are_bundled(run, folder):
    (folder / "d.csv").write_text("code,parent,level,name_en\nJH,,state,J\nD1,JH,district,Sample\nB1,D1,block,B\n")
    assert run("init", "--levels", "district", "--org", "d.csv").stderr == "3 units registered.\n"
    run("directive", "issue", "r", "--kind", "written_report", "--title-en", "Report", "--as", "hq@JH",
        "--set", "languages=[\"en\"]", "--set", "period_from=2023-10-01", "--set", "period_to=2023-10-31")  # fmt: skip
    run("directive", "assign", "r", "--level", "district", "--due", "2099-01-01", "--as", "hq@JH")
    (row,) = json.loads(run("status", "--json").stdout)
    assert (row["level"], row["expected"]) == ("district", 1)
    assert "जिला" in run("status", "--lang", "hi").stdout


@pytest.mark.parametrize("levels", ["levels.csv", "./levels.csv"])
def test_levels_come_from_a_file_and_a_unit_may_skip_some(run, folder, levels):
    assert run("init", "--levels", levels, "--org", "org.csv").stderr == "7 units registered.\n"
    shown = run("org", "show", "B2", "--json").stdout
    assert json.loads(shown)["path"] == ["S", "Z1", "M1", "B2"]
    assert "booth" in shown
    assert run("init", "--levels", levels, "--org", "org.csv").stderr.endswith("nothing changed.\n")
    (folder / "more.csv").write_text("code,parent,level,name_en\nB3,M1,बूथ,Sample Booth 3\n", "utf-8")
    assert run("org", "import", "more.csv").stderr.startswith("Changes made: 1 registered")


def test_levels_may_be_toml(run, folder):
    (folder / "o.csv").write_text("code,parent,level,name_en\nS,,state,S\nB,S,booth,B\n")
    assert run("init", "--levels", "levels.toml", "--org", "o.csv").stderr == "2 units registered.\n"


def test_a_nation_stands_above_levels_that_do_not_name_it(run, folder):
    (folder / "o.csv").write_text("code,parent,level,name_en\nIN,,nation,India\nS,IN,state,S\nD,S,district,D\n")
    assert run("init", "--levels", "district", "--org", "o.csv").stderr == "3 units registered.\n"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("none", None, "file: none does not exist: name an existing file, or use one of lok-sabha, district"),
        ("l.csv", "code,name_en\n", "l.csv: levels: there is none: give at least one"),
        ("l.csv", "code,name_en\na,A\na,B\n", "l.csv: levels: a is a duplicate"),
        ("l.csv", "code\na\n", "l.csv: column name_en is missing: the first line must be code,name_en,name_hi"),
        ("l.csv", "code,name_en\nA B,A\n", "l.csv line 2: code: 'A B' is not allowed"),
        ("l.csv", "code,name_en,rank\na,A,1\n", "l.csv line 2: rank: "),
        ("l.toml", "levels = 5", "l.toml: levels: 5"),
        ("l.toml", "[", "l.toml: is not TOML"),
        ("l.toml", "[[levels]]\ncode = 'a'\n", "l.toml: levels.0.name"),
    ],
)
def test_wrong_levels_are_told_and_leave_no_store(run, folder, name, text, said):
    if text is not None:
        (folder / name).write_text(text, "utf-8")
    assert said in run("init", "--levels", name, "--org", "org.csv", code=2).stderr
    assert not (folder / "directives.db").exists()


def test_the_bundled_organisation_has_levels_of_its_own(run, folder):
    assert "give --org FILE too" in run("init", "--levels", "district", code=2).stderr
    assert not (folder / "directives.db").exists()
    assert run("init", "--levels", "lok-sabha").stderr == "96 units registered.\n"
