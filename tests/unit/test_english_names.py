"""Names and titles without Hindi: the English ones are shown, and no event has a `hi` for them."""

from datetime import date

from directives import Tracker, read_organisation, write_organisation
from directives.domain.values import Text

ENGLISH = "code,parent,level,name_en\nX,,state,Ex\nX-1,X,lok_sabha,One\n"
WITH_HINDI = "code,parent,level,name_en,name_hi\nX,,state,Ex,एक्स\nX-1,X,lok_sabha,One,\n"


def written(path, text):
    path.write_text(text, "utf-8")
    return path


def test_a_column_or_a_cell_may_be_left_out_and_stays_out_of_the_events(empty, tmp_path):
    empty.found(read_organisation(written(tmp_path / "org.csv", ENGLISH)))
    assert [unit.name for unit in empty.units()] == [Text(en="Ex"), Text(en="One")]
    names = [event.data.model_dump(mode="json")["name"] for event in empty.events() if event.name == "Registered"]
    assert names == [{"en": "Ex"}, {"en": "One"}]
    assert empty.unit("X-1").name.of("hi") == "One"
    assert "One" in empty.history("X-1", "hi")[0].sentence


def test_a_list_without_hindi_leaves_the_hindi_of_names_that_stay(empty, tmp_path):
    empty.found(read_organisation(written(tmp_path / "org.csv", WITH_HINDI)))
    assert empty.register(read_organisation(written(tmp_path / "a.csv", ENGLISH))) == ()
    other = ENGLISH.replace("Ex", "Exe").replace("One", "Uno")
    facts = [event.data for event in empty.register(read_organisation(written(tmp_path / "b.csv", other)))]
    assert [(fact.name, fact.former_name.hi) for fact in facts] == [(Text(en="Exe"), "एक्स"), (Text(en="Uno"), None)]


def test_renaming_to_the_same_english_name_keeps_the_hindi(empty, tmp_path):
    empty.found(read_organisation(written(tmp_path / "org.csv", WITH_HINDI)))
    assert empty.rename("X", Text(en="Ex")) == ()
    (event,) = empty.rename("X-1", Text(en="One", hi="एक"))
    assert event.data.former_name == Text(en="One")


def test_a_directive_without_a_hindi_title_shows_the_english_one(empty, tmp_path):
    empty.found(read_organisation(written(tmp_path / "org.csv", ENGLISH)))
    period = {"languages": ["hi"], "period_from": "2023-10-01", "period_to": "2023-10-31"}
    empty.issue("d", "written_report", Text(en="Report"), period, office="headquarters@X")
    empty.assign("d", "lok_sabha", "X", date(2099, 11, 15), office="headquarters@X")
    assert empty.directive("d").title.of("hi") == "Report"
    assert [task.unit_name.of("hi") for task in empty.tasks()] == ["One"]


def test_what_is_read_is_written_alike(tmp_path):
    units = read_organisation(written(tmp_path / "org.csv", ENGLISH))
    with (tmp_path / "again.csv").open("w", encoding="utf-8") as file:
        write_organisation(units, file)
    assert read_organisation(tmp_path / "again.csv") == units


def test_a_store_is_opened_again_with_them(tmp_path):
    path = written(tmp_path / "org.csv", ENGLISH)
    with Tracker(f"sqlite:///{tmp_path / 'a.db'}", create=True) as tracker:
        tracker.found(read_organisation(path))
        tracker.rebuild()
    with Tracker(f"sqlite:///{tmp_path / 'a.db'}") as tracker:
        assert tracker.unit("X").name == Text(en="Ex")
        assert tracker.found(read_organisation(path)) == ()
