"""Persons at a terminal: listed, shown, forgotten; and nothing that goes wrong tells who they are."""

import json

import click
import pytest
from click.testing import CliRunner

from directives_cli.main import main

NAME, PHONE = "नमूना वक्ता एक", "0000000001"
OWN = ["--as", "convenor@JH-AC60"]
IDENTIFY = ["speaker", "identify", "speakers/JH-AC60", "--speaker", "SP-01", "--name", NAME, "--phone", PHONE]


@pytest.fixture
def store(run):
    run("init")
    title, asked = ["--title-en", "S", "--title-hi", "व"], ["--set", "trained=1", "--set", "deployed=0"]
    issue = ["directive", "issue", "speakers", "--kind", "speaker_identification", *title, *asked]
    run(*issue, "--as", "headquarters@JH")
    assign = ["directive", "assign", "speakers", "--level", "vidhan_sabha", "--due", "2099-01-01"]
    run(*assign, "--as", "headquarters@JH")
    return run


def test_a_person_is_listed_shown_and_forgotten(store):
    assert "No persons." in store("person", "list").stderr
    told = store(*IDENTIFY, *OWN)
    assert NAME not in told.stdout + told.stderr
    assert [line.split() for line in store("person", "list", "--lang", "hi").stdout.splitlines()[2:]] == [
        ["JH-AC60/SP-01", "ज्ञात", PHONE, *NAME.split(), "खूंटी", "(विधानसभा)"]
    ]
    assert json.loads(store("person", "show", "JH-AC60/SP-01", "--json").stdout)["name"] == NAME
    assert f"name       {NAME}" in store("person", "show", "JH-AC60/SP-01").stdout
    forget = ["person", "forget", "JH-AC60/SP-01", "--reason", "They asked for it.", *OWN]
    assert "erased the personal data of JH-AC60/SP-01: They asked for it." in store(*forget).stderr
    assert "is already erased: nothing changed." in store(*forget).stderr
    assert "मिटाया" in store("person", "list", "--lang", "hi").stdout
    assert "PERSON: JH-AC60/SP-02 is unknown" in store("person", "show", "JH-AC60/SP-02", code=6).stderr
    assert "PERSON: 'x' is not allowed: write UNIT/CODE" in store(*forget[:2], "x", *forget[3:], code=2).stderr


def leaves(command, path=()):
    if isinstance(command, click.Group):
        for name, each in command.commands.items():
            yield from leaves(each, (*path, name))
    else:
        yield path


def failing(folder):
    """Every command failing once, and the one that takes personal data in each way that it can."""
    main.prepare()
    for path in leaves(main):
        yield [*path, "--bogus", PHONE]
        yield [*path, f"--bogus={PHONE}"]
    yield IDENTIFY
    yield [*IDENTIFY, "--as", "nobody"]
    yield [*IDENTIFY, "--as", "convenor@JH-AC59"]
    yield [*IDENTIFY, *OWN, "--at", "2099-01-01"]
    yield [*IDENTIFY, *OWN, "--at", "soon"]
    yield [*IDENTIFY, *OWN, PHONE, NAME]
    yield [*IDENTIFY[:2], "speakers/NONE", *IDENTIFY[3:], *OWN]
    yield [*IDENTIFY[:4], "no code", *IDENTIFY[5:], *OWN]
    yield [*IDENTIFY[:-1], f"{PHONE} {NAME}", *OWN]
    yield [*IDENTIFY[:-3], f"{NAME}\n{PHONE}", *OWN]
    yield ["--db", f"sqlite:///{folder}/none.db", *IDENTIFY, *OWN]
    line = {"command": "speaker identify", "task": "speakers/JH-AC60", "speaker": "SP-01", "office": "convenor@JH-AC60"}
    lines = [
        {**line, "phone": int(PHONE) + 10**10, "name": NAME},
        {**line, "phone": [PHONE], "name": {"hi": NAME}},
        {**line, "name": NAME, "speaker": ""},
        {**line, "name": NAME, "mobile": PHONE},
        {**line, "command": "speaker find", "name": NAME, "phone": PHONE},
        [PHONE, NAME],
        f"{NAME} {PHONE}",
    ]
    for number, each in enumerate(lines):
        file = folder.parent / f"{folder.name}-{number}.jsonl"
        file.write_text(json.dumps(each, ensure_ascii=False))
        yield ["import", str(file)]
    file = folder.parent / f"{folder.name}-broken.jsonl"
    file.write_text(f'{{"phone": "{PHONE}", "phone": "{PHONE}"}}\n{{"name": "{NAME}"')
    yield ["import", str(file)]


def test_nothing_that_goes_wrong_tells_who_somebody_is(store, tmp_path):
    content = []
    for args in failing(tmp_path):
        for more in ([], ["--lang", "hi"], ["--debug"]):
            done = CliRunner().invoke(main, [*args, *more])
            assert done.exit_code > 1, (args, done.output)
            content.append(done.stdout + done.stderr)
    content += [path.read_bytes().decode("latin-1") for path in tmp_path.rglob("*") if path.is_file()]
    for hidden in (NAME, PHONE, NAME.encode().decode("latin-1"), repr(NAME)[1:-1]):
        assert [text for text in content if hidden in text] == []
