"""The horizon of records: a process that watches a lab for hours keeps the last records only. Numbers stay right."""

from pathlib import Path

from lab.probes.records import Records, Trace
from lab.probes.wire import RECEIVED, SENT, TRACE_EVERY, TRACED

NODES = ("h1", "r1", "h2")
NS = 1_000_000_000
RATE = 200
HORIZON = 600.0
STEP = RATE // 2
START = 10**18


def _at(number: int) -> int:
    return START + number * NS // RATE


def _resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


def _pass(records: Records, first: int, last: int, *, lost: bool = False) -> None:
    """Packets first … last - 1 of both streams pass r1, unless those of stream 0 are lost."""
    numbers = range(first, last)
    records.add_sent(b"".join(SENT.pack(each, _at(each)) for each in numbers))
    for stream in (1,) if lost else (0, 1):
        records.add_traced(b"".join(TRACED.pack(1, stream, each & 0xFFFF, _at(each) + 1) for each in numbers if each % TRACE_EVERY == 0))
        records.add_received(b"".join(RECEIVED.pack(stream, each, _at(each) + 2) for each in numbers))


def test_memory_is_flat_over_a_million_records() -> None:
    records = Records(("h1", "h2"), NODES, HORIZON)
    sizes = []
    for first in range(0, 1_000_000, STEP):
        _pass(records, first, first + STEP)
        if first % 50_000 == 0:
            sizes.append(_resident_mb())
    filled = sizes[len(sizes) // 3 :]
    assert max(filled) - min(filled) < 8.0  # without a horizon it is about 40
    assert HORIZON * RATE <= len(records.sent()) <= 1.11 * HORIZON * RATE


def test_numbers_paths_and_losses_stay_right_beyond_the_horizon() -> None:
    records = Records(("h1", "h2"), NODES, 10.0)
    for first in range(0, 100_000, STEP):
        _pass(records, first, first + STEP)
    first, sent, received = records.since(0, 0)
    assert first == records.end - len(sent)
    assert sent[0] == _at(first)
    assert received[0] == _at(first) + 2
    assert records.silence(0) == (100_000, 100_000)
    assert records.lost_between(_at(99_000), _at(99_900)) == 0
    assert records.lost_between(_at(1_000), _at(99_900)) is None
    assert records.traces(1, 99_968) == [Trace(sequence=99_968, path=("h2", "r1"))]
    assert records.traces(1)[0].sequence >= first


def test_a_stream_that_lost_everything_for_longer_than_the_horizon_is_still_counted_right() -> None:
    records = Records(("h1", "h2"), NODES, 10.0)
    _pass(records, 0, 1000)
    for first in range(1000, 20_000, STEP):
        _pass(records, first, first + STEP, lost=True)
    assert records.silence(0) == (1000, 20_000)
    assert records.lost_between(_at(19_000), _at(19_500)) == 500
    _pass(records, 20_000, 20_100)
    assert records.lost_between(_at(20_000), _at(20_050)) == 0
    assert records.last_gap(0) == (1000, 20_000)


def test_without_a_horizon_every_record_is_kept() -> None:
    records = Records(("h1", "h2"), NODES)
    for first in range(0, 200_000, STEP):
        _pass(records, first, first + STEP)
    assert len(records.sent()) == 200_000
    assert records.traces(0)[0].path == ("h1", "r1")
