"""Several tasks that are looked at first, and then acted on at once."""

from directives.acceptance.words import step

HQ = "headquarters@JH"


@step(
    "state headquarters looks at what waits for an answer",
    "प्रदेश मुख्यालय उत्तर की प्रतीक्षा वाले कार्य देखता है",
)
def looks(bench):
    bench.seen = [each.seen for each in bench.tracker.to_act_on("verify", HQ)]


@step(
    "state headquarters verifies all that it looked at",
    "प्रदेश मुख्यालय वे सब सत्यापित करता है जो उसने देखे",
)
def verifies_all(bench):
    events = bench.tracker.verify_all(bench.seen, office=HQ)
    assert len({event.command_id for event in events}) == 1


@step(
    "state headquarters tries to verify all that it looked at",
    "प्रदेश मुख्यालय वे सब सत्यापित करने की कोशिश करता है जो उसने देखे",
)
def tries_to_verify_all(bench):
    bench.refused(bench.tracker.verify_all, bench.seen, office=HQ)
