"""Names instead of codes, at a terminal: what is printed for a thing is taken for it, and codes are recorded."""

import json

import pytest

TITLE = "संगठन सशक्तिकरण का लिखित प्रतिवेदन"


@pytest.fixture
def store(run):
    run("init")
    run("meeting", "record")
    return run


def events(store):
    return json.loads(store("history", "written-report/JH-PC11", "--json").stdout)


@pytest.mark.parametrize(
    "task",
    [
        "written-report/खूंटी (लोकसभा)", "written-report/khunti lok sabha", "Written-Report/jh-pc11",
        f"{TITLE}/खूंटी, लोकसभा", "task/written-report/Khunti (Lok Sabha)",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "office", ["संयोजक@खूंटी, लोकसभा", "Convenor@khunti lok sabha", "the convenor of Khunti (Lok Sabha)"]
)
def test_a_task_and_an_office_are_named_and_codes_are_recorded(store, task, office):
    store("task", "acknowledge", task, "--as", office)
    last = events(store)[-1]
    assert (last["name"], last["stream"], last["office"]) == (
        "Acknowledged",
        "task/written-report/JH-PC11",
        "convenor@JH-PC11",
    )


def test_an_office_in_hindi_as_a_sentence_has_it(store):
    store("task", "acknowledge", "written-report/JH-PC11", "--as", "खूंटी (लोकसभा) के संयोजक")
    assert events(store)[-1]["office"] == "convenor@JH-PC11"


def test_lists_take_the_names_that_they_print(store):
    def tasks(*args):
        return [each["task"] for each in json.loads(store("task", "list", "--json", *args).stdout)]

    seat = ["--unit", "खूंटी (लोकसभा)", "--level", "लोकसभा", "--directive", TITLE]
    assert tasks(*seat) == ["written-report/JH-PC11"]
    assert tasks(*seat, "--state", "सौंपा गया") == ["written-report/JH-PC11"]
    assert tasks(*seat, "--state", "SUBMITTED") == []
    assert store("task", "list", *seat, "--state", "प्रस्तुत").stderr == "No task matches.\n"


def test_orders_take_names_too(store):
    store("directive", "assign", "alliance-support", "--level", "Vidhan Sabha", "--scope", "Khunti (Lok Sabha)",
          "--due", "2099-01-01", "--as", "मुख्यालय@झारखंड")  # fmt: skip
    view = json.loads(store("directive", "show", "alliance-support", "--json").stdout)
    assert ["vidhan_sabha", "JH-PC11"] in [[each["level"], each["scope"]] for each in view["assignments"]]
    store("directive", "assign", "written-report", "--unit", "तोरपा", "--unit", "jh-ac61", "--due", "2099-01-01",
          "--as", "headquarters@Jharkhand")  # fmt: skip
    store("org", "move", "Torpa", "--parent", "Ranchi (Lok Sabha)", "--reason", "Nearer.")
    assert json.loads(store("org", "show", "तोरपा", "--json").stdout)["parent"] == "JH-PC08"
    assert json.loads(store("history", "torpa", "--json").stdout)[-1]["name"] == "Moved"


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["status", "--unit", "खूंटी"], 2, "खूंटी means 2 units: write Khunti (Lok Sabha, Jharkhand) [JH-PC11], "),
        (["status", "--unit", "Kunti"], 6, "Kunti is unknown: did you mean Khunti (Lok Sabha, Jharkhand) [JH-PC11], "),
        (["status", "--unit", "Xyzzyx"], 6, "unit: Xyzzyx is unknown: search by name with directives org find"),
        (["status", "--level", "tehsil"], 6, "level: tehsil is unknown: use one of state, lok_sabha"),
        (["task", "show", "written-report/Kunti"], 6, "did you mean Khunti (Lok Sabha, Jharkhand) [JH-PC11]"),
        (["task", "acknowledge", "written-report/JH-PC11", "--as", "convenor@Kunti"], 6, "office convenor@Kunti: "),
        (["task", "acknowledge", "written-report/JH-PC11", "--as", "convenor@Khunti"], 2, "Khunti means 2 units"),
        (["task", "list", "--state", "gone"], 2, "'gone' is not one of 'assigned'"),
        (["history", "Kunti"], 6, "did you mean Khunti (Lok Sabha, Jharkhand) [JH-PC11]"),
    ],
)  # fmt: skip
def test_what_is_not_clear_is_told_and_nothing_is_chosen(store, args, code, said):
    before = store("history", "JH", "--below", "--json").stdout
    assert said in store(*args, code=code).stderr
    assert store("history", "JH", "--below", "--json").stdout == before


@pytest.mark.parametrize("platform", ["WhatsApp", "व्हाट्सऐप", "व्हाट्सएप", "whatsapp", "WHATSAPP"])
def test_a_platform_is_taken_by_its_names(store, platform):
    seat = ["social-groups/JH-PC11", "--as", "social-media in-charge@JH-PC11"]
    made = json.loads(store("group", "create", *seat, "--platform", platform, "--name", "Group", "--json").stdout)
    assert [each["data"]["platform"] for each in made if each["name"] == "GroupCreated"] == ["whatsapp"]


@pytest.mark.parametrize("platform", ["X", "ट्विटर", "twitter", "Twitter", "X (Twitter)", "एक्स"])
def test_x_is_twitter(store, platform):
    seat = ["social-groups/JH-PC11", "--as", "convenor@JH-PC11"]
    made = json.loads(store("group", "create", *seat, "--platform", platform, "--name", "Group", "--json").stdout)
    assert [each["data"]["group"] for each in made if each["name"] == "GroupCreated"] == ["x-1"]


def test_names_are_found_by_search(store):
    found = json.loads(store("org", "find", "khunti", "--json").stdout)
    assert [(each["code"], each["how"]) for each in found] == [("JH-PC11", "name"), ("JH-AC60", "name")]
    table = store("org", "find", "खूंटी", "--lang", "hi", "--level", "लोकसभा").stdout
    assert "JH-PC11" in table
    assert "खूंटी (लोकसभा)" in table
    assert "JH-AC60" not in table
    assert store("org", "find", "xyzzyx").stderr == "No unit has this name.\n"
    assert "level: tehsil is unknown" in store("org", "find", "x", "--level", "tehsil", code=6).stderr


def test_history_below_takes_a_unit_that_is_told_apart_from_a_directive(store):
    below = store("history", "unit/khunti lok sabha", "--below", "--limit", "1", "--json").stdout
    assert json.loads(below)[0]["stream"] == "unit/JH-PC11"


def test_names_of_2_000_characters_with_joiners_or_of_signs_alone_are_printed_and_taken(run, tmp_path):
    rows = [
        f"A,S,zila,{'R' * 2000},",
        f"B,S,zila,{'R' * 2000},",
        "C,S,zila,Kshetra,क्\u200dषेत्र",
        "D,S,zila,😀,",
        "E,D,booth,😀,",
    ]
    (tmp_path / "levels.csv").write_text("code,name_en\nstate,State\nzila,Zila\nbooth,Booth\n", "utf-8")
    units = "\n".join(["code,parent,level,name_en,name_hi", "S,,state,State,", *rows])
    (tmp_path / "org.csv").write_text(units, "utf-8")
    run("init", "--levels", "levels.csv", "--org", "org.csv")
    assert json.loads(run("org", "show", "क्\u200dषेत्र", "--json").stdout)["code"] == "C"
    assert json.loads(run("org", "show", "😀 (Booth)", "--json").stdout)["code"] == "E"
    assert json.loads(run("org", "show", "R" * 2000 + " (B)", "--json").stdout)["code"] == "B"
    assert run("org", "find", "RRR").stdout.count("RRRR") > 1
