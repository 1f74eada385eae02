"""Recording the meeting on an organisation of 34,210 units, against one of 96: the same events, in the same time."""

import tempfile
from statistics import median
from time import perf_counter

from directives import Tracker, Unit, generated_state, read_minutes, read_organisation

ROUNDS = 7


def seconds(units: tuple[Unit, ...]) -> tuple[float, int]:
    """How long recording the meeting takes on a store of ``units``, and how many events it writes."""
    with tempfile.TemporaryDirectory() as folder, Tracker(f"sqlite:///{folder}/store.db", create=True) as tracker:
        tracker.found(units)
        minutes = read_minutes()
        before = perf_counter()
        events = tracker.record_meeting(minutes)
        return perf_counter() - before, len(events)


def main() -> None:
    """Measure both, turn by turn, and print the ratio of the medians."""
    few, many = read_organisation(), tuple(generated_state("JH"))
    pairs = [(seconds(few), seconds(many)) for _ in range(ROUNDS)]
    small, large = (median(pair[n][0] for pair in pairs) for n in (0, 1))
    print(f"{len(few)} units: {pairs[0][0][1]} events; {len(many)} units: {pairs[0][1][1]} events")
    print(f"time with {len(many)} units / with {len(few)} units: {large / small:.2f} ({small * 1000:.1f} ms)")


if __name__ == "__main__":
    main()
