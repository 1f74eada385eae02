"""The health of the store."""

import sqlite3
from contextlib import closing

from pytest_bdd import given, then, when

from directives import Message, say_message
from directives.acceptance.words import step


@step("totals and lists are made anew from the events", "योग और सूचियाँ घटनाओं से फिर बनाई जाती हैं", given, when)
def made_anew(bench):
    bench.rebuilt = bench.tracker.rebuild()


@step("all of them were as the events say", "वे पहले भी घटनाओं के अनुसार थीं", then)
def all_as_said(bench):
    assert [table.differing for table in bench.rebuilt] == [0] * 11
    assert sum(table.rows for table in bench.rebuilt) > 100


@step("somebody changes the totals by hand", "कोई योगों को हाथ से बदल देता है")
def by_hand(bench):
    with closing(sqlite3.connect(bench.store)) as connection:
        connection.execute("UPDATE tallies SET count = count + 5")
        connection.commit()


@step("the store is checked", "भंडार की जाँच होती है")
def checked(bench):
    bench.findings = bench.tracker.doctor(lang=bench.world.lang)


@step(
    r'the check finds "(?P<check>\w+)" wrong and says "(?P<words>.+)"',
    r'जाँच में "(?P<check>.+)" ग़लत निकलता है और बताया जाता है "(?P<words>.+)"',
    then,
)
def found_wrong(bench, check, words):
    (wrong,) = [each for each in bench.findings if each.state == "wrong"]
    told = (say_message(Message(wrong.check), bench.world.lang), wrong.what_to_do)
    assert told == (check, words), f"{words}: {told}"


@step("the check finds nothing wrong", "जाँच में कुछ ग़लत नहीं निकलता", then)
def nothing_wrong(bench):
    assert not [each for each in bench.findings if each.state == "wrong"]


@step(r'the check says "(?P<words>.+)"', r'जाँच बताती है "(?P<words>.+)"', then)
def check_says(bench, words):
    found = [each.found for each in bench.findings]
    assert any(words in each for each in found), f"{words}: {found}"
