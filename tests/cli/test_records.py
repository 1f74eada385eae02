"""Lists of what is on record, at a terminal."""

import csv
import json
from io import StringIO

import pytest

from directives import Kind, Listing, Model, Text, kinds
from directives_cli import from_model, lists

KHUNTI = ["--as", "convenor@JH-PC11"]
TASK = "social-groups/JH-PC11"


@pytest.fixture
def recorded(desk):
    """Two groups in Khunti, of which one was retired, a post, and a group in Dumka."""
    desk.done("group", "create", TASK, "--platform", "x", "--name", "Khunti", *KHUNTI)
    desk.done("group", "create", TASK, "--platform", "whatsapp", "--name", "Khunti workers", *KHUNTI)
    desk.done("group", "count", TASK, "--group", "whatsapp-1", "--active", "1340", *KHUNTI)
    desk.done("activity", "post", TASK, "--text", "Block meeting.", *KHUNTI)
    desk.done("group", "retire", TASK, "--group", "x-1", "--reason", "Unused.", *KHUNTI)
    dumka = ["social-groups/JH-PC02", "--as", "convenor@JH-PC02"]
    desk.done("group", "create", *dumka, "--platform", "x", "--name", "Dumka")
    return desk


def lines(done):
    return [" ".join(line.split()) for line in done.stdout.splitlines() if "─" not in line]


def test_the_office_that_acts_sees_its_groups(recorded):
    assert lines(recorded.run("group", "list", *KHUNTI)) == [
        "Groups (social-groups): Khunti (Lok Sabha), 10 November 2023",
        "",
        "group platform name active workers created retired reason",
        "x-1 X (Twitter) Khunti 10 Nov 10 Nov Unused.",
        "whatsapp-1 WhatsApp Khunti workers 1,340 10 Nov",
    ]


def test_the_same_in_hindi(recorded):
    assert lines(recorded.run("group", "list", *KHUNTI, "--lang", "hi")) == [
        "समूह (social-groups): खूंटी (लोकसभा), 10 नवंबर 2023",
        "",
        "समूह मंच नाम सक्रिय कार्यकर्ता बनाया गया बंद किया गया कारण",
        "x-1 एक्स (ट्विटर) Khunti 10 नव॰ 10 नव॰ Unused.",
        "whatsapp-1 व्हाट्सऐप Khunti workers 1,340 10 नव॰",
    ]
    told = lines(recorded.run("activity", "list", *KHUNTI, "--lang", "hi"))
    assert told[-1] == "10 नव॰ x-1, whatsapp-1 Block meeting. हाँ"


def test_without_an_office_it_is_the_whole_organisation(recorded):
    told = lines(recorded.run("group", "list"))
    assert told[0] == "Groups (social-groups): Jharkhand and below, 10 November 2023"
    assert told[2].endswith("reason unit")
    assert told[3] == "x-1 X (Twitter) Dumka 10 Nov Dumka (Lok Sabha)"
    assert len(told) == 6
    assert lines(recorded.run("group", "list", "--unit", "झारखंड", "--below")) == told


def test_lists_of_several_directives_name_each(desk):
    office, what = ["--as", "headquarters@JH"], ["--kind", "action", "--set", "what=Meeting"]
    for directive in ("one", "two"):
        desk.done("directive", "issue", directive, *what, "--title-en", directive, *office)
        desk.done("directive", "assign", directive, "--level", "lok_sabha", "--due", "2023-11-30", *office)
        desk.done("action", "record", f"{directive}/JH-PC11", "--text", "Held.", *KHUNTI)
    assert lines(desk.run("action", "list", *KHUNTI)) == [
        "Actions: Khunti (Lok Sabha), 10 November 2023",
        "",
        "directive action day what was done",
        "one 1 10 Nov Held.",
        "two 1 10 Nov Held.",
    ]


def test_what_is_superseded_is_marked_only_where_something_is(desk):
    desk.done("report", "submit", "written-report/JH-PC11", "report.pdf", *KHUNTI)
    assert "superseded" not in desk.run("report", "list", *KHUNTI).stdout
    desk.done("task", "return", "written-report/JH-PC11", "--reason", "Unsigned.", "--as", "clerk@JH")
    desk.file("better.pdf", "Better")
    desk.done("report", "submit", "written-report/JH-PC11", "better.pdf", *KHUNTI)
    *_, heading, first, second = lines(desk.run("report", "list", *KHUNTI))
    assert heading == "report submitted language from to superseded file"
    assert (first, second) == (
        "1 10 Nov Hindi 1 Oct 31 Oct yes report.pdf",
        "2 10 Nov Hindi 1 Oct 31 Oct no better.pdf",
    )


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["report", "list", *KHUNTI], "Reports: Khunti (Lok Sabha), 10 November 2023: nothing is on record. --below"),
        (["action", "list"], "Actions: Jharkhand and below, 10 November 2023: nothing is on record."),
        (["speaker", "list", "--lang", "hi"], "वक्ता: झारखंड और उसके नीचे, 10 नवंबर 2023: कुछ दर्ज नहीं है।"),
    ],
)
def test_nothing_on_record_is_one_line(desk, args, said):
    done = desk.run(*args)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1


def test_as_json_and_csv_they_have_codes_and_days(recorded):
    told = json.loads(recorded.run("group", "list", *KHUNTI, "--json").stdout)
    assert [each["values"]["platform"] for each in told] == ["x", "whatsapp"]
    assert (told[0]["task"], told[0]["number"], told[0]["values"]["retired"]) == (TASK, 1, "2023-11-10")
    rows = [*csv.DictReader(StringIO(recorded.run("group", "list", "--csv").stdout))]
    assert [row["unit"] for row in rows] == ["JH-PC02", "JH-PC11", "JH-PC11"]
    assert (rows[2]["values.active"], rows[2]["values.created"], rows[2]["values.retired"]) == (
        "1340",
        "2023-11-10",
        "",
    )
    (post,) = csv.DictReader(StringIO(recorded.run("activity", "list", "--csv").stdout))
    assert (post["values.groups"], post["values.counts"]) == ("x-1; whatsapp-1", "yes")


def test_pages_follow_each_other(recorded):
    first = recorded.run("group", "list", "--limit", "2")
    assert first.stderr == f"For more: --after {TASK}@1\n"
    assert lines(recorded.run("group", "list", "--after", f"{TASK}@1"))[3:] == lines(recorded.run("group", "list"))[5:]
    by_name = recorded.run("group", "list", "--after", "social-groups/Khunti (Lok Sabha)@1")
    assert lines(by_name)[3:] == lines(recorded.run("group", "list"))[5:]


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["--unit", "Nowhere"], 6, "Nowhere"),
        (["--directive", "none"], 6, "none"),
        (["--limit", "0"], 2, "limit"),
        (["--after", f"{TASK}@9999999999"], 2, "after"),
        (["--csv", "--json"], 2, "--csv and --json"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(recorded, args, code, said):
    done = recorded.run("group", "list", *args)
    assert done.exit_code == code
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_each_list_of_a_kind_is_in_the_help(desk):
    for kind in kinds().values():
        for noun in kind.lists:
            assert "list" in desk.run(noun, "--help").stdout
            assert "List what is recorded" in desk.run(noun, "list", "--help").stdout


class Nothing(Model):
    """No parameters."""


def kind_with(noun, column):
    listing = Listing(Text(en="T"), {column: Text(en=column)}, (), lambda _: ())
    return Kind(f"of_{column}", Text(en="k"), Nothing, (), lambda *_: (), lambda work, _: work, lists={noun: listing})


def test_two_kinds_share_a_noun(monkeypatch):
    several = {each.name: each for each in (kind_with("thing", "one"), kind_with("thing", "two"))}
    monkeypatch.setattr(lists, "kinds", lambda: several)
    monkeypatch.setattr(from_model, "kinds", lambda: several)
    assert "thing" in from_model.nouns()
    group = from_model.noun("thing", None, "{kind}")
    assert group.help == min(several)
    assert [*group.commands] == ["list"]
    assert from_model.noun("nothing", None, "{kind}") is None
