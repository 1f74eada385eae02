"""What a unit has still to do, the record of a task, and how the units of a level stand."""

from pytest_bdd import then

from directives.acceptance.words import NUMBER, UNIT, step


@step(
    rf'{UNIT} has to do "(?P<directives>.+)", the first within {NUMBER} days',
    rf'{UNIT} को "(?P<directives>.+)" करना है, पहला {NUMBER} दिनों में',
    then,
)
def has_to_do(bench, unit, directives, number):
    bench.todo = bench.tracker.todo(bench.world.unit(unit))
    assert [task.directive for task in bench.todo] == directives.split(", ")
    assert bench.todo[0].days_left == number


@step(
    rf'of its report {NUMBER} of (?P<wanted>\d+) is lacking, and the command to use is "(?P<deed>.+)"',
    rf'उसके प्रतिवेदन में (?P<wanted>\d+) में से {NUMBER} कम है, और चलाने का आदेश "(?P<deed>.+)" है',
    then,
)
def is_lacking(bench, number, wanted, deed):
    first = bench.todo[0]
    assert [(lack.wanted - lack.have, lack.wanted) for lack in first.lacking] == [(number, int(wanted))]
    assert first.deed == deed


@step(
    r'the record of its report tells "(?P<reason>.+)" and the command "(?P<deed>.+)"',
    r'उसके प्रतिवेदन का विवरण "(?P<reason>.+)" और आदेश "(?P<deed>.+)" बताता है',
    then,
)
def record_tells(bench, reason, deed):
    record = bench.tracker.task_record(bench.todo[0].task, bench.world.lang)
    assert reason in record.acts[-1].sentence
    assert (record.acts[-1].name, record.acts[-1].office, record.deed) == ("Returned", "headquarters@JH", deed)


@step(
    rf"on the board {NUMBER} of the (?P<all>\d+) reports are overdue by (?P<days>\d+) days, and that of {UNIT} waits",
    rf"सूची में (?P<all>\d+) में से {NUMBER} प्रतिवेदन (?P<days>\d+) दिन से अतिदेय हैं, और {UNIT} का प्रतीक्षा में है",
    then,
)
def on_the_board(bench, number, all, days, unit):  # noqa: A002 # named as in the sentence
    bench.board = bench.tracker.board(directives=["written-report"])
    (column,) = bench.board.columns
    assert (column.expected, column.overdue, column.waiting) == (int(all), number, 1)
    late = [row.cells["written-report"] for row in bench.board.rows[:number]]
    assert {(cell.state, cell.days_left) for cell in late} == {("overdue", -int(days))}
    cells = {row.unit: row.cells["written-report"] for row in bench.board.rows}
    assert cells[bench.world.unit(unit)].state == "waiting"


@step(rf"the last seat on the board is {UNIT}", rf"सूची की अंतिम सीट {UNIT} है", then)
def last_on_the_board(bench, unit):
    assert bench.board.rows[-1].unit == bench.world.unit(unit)
