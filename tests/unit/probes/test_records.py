"""Records: the data of three pipes becomes one record of when each packet was sent, received and seen."""

import pytest

from lab.probes.records import Records, Trace
from lab.probes.wire import RECEIVED, SENT, TRACE_EVERY, TRACED

NODES = ("h1", "r1", "r2", "h2")
MS = 1_000_000


@pytest.fixture
def records() -> Records:
    """Two streams: h1 to h2 and back."""
    return Records(("h1", "h2"), NODES)


def sent(first: int, last: int) -> bytes:
    """Packets first … last - 1, sent one each millisecond. Packet 0 is sent at 1 ms."""
    return b"".join(SENT.pack(sequence, (sequence + 1) * MS) for sequence in range(first, last))


def received(stream: int, *sequences: int) -> bytes:
    return b"".join(RECEIVED.pack(stream, sequence, (sequence + 2) * MS) for sequence in sequences)


def seen(stream: int, sequence: int, *nodes: str) -> bytes:
    """A packet that the nodes see one after the other."""
    return b"".join(
        TRACED.pack(NODES.index(node), stream, sequence & 0xFFFF, (sequence + 1) * MS + hop) for hop, node in enumerate(nodes, start=1)
    )


def test_a_path_is_in_order_of_time_whatever_the_order_of_the_records(records: Records) -> None:
    records.add_sent(sent(0, TRACE_EVERY + 1))
    sightings = [seen(0, 0, "r1", "r2", "h2")[start : start + TRACED.size] for start in range(0, 3 * TRACED.size, TRACED.size)]
    for sighting in reversed(sightings):
        records.add_traced(sighting)
    assert records.traces(0) == [Trace(sequence=0, path=("h1", "r1", "r2", "h2")), Trace(sequence=TRACE_EVERY, path=("h1",))]


def test_a_node_that_sees_a_packet_on_several_interfaces_in_a_row_stands_once_in_its_path(records: Records) -> None:
    records.add_sent(sent(0, 1))
    records.add_traced(seen(0, 0, "r1", "r1", "r2", "r2", "r1", "h2"))
    assert records.traces(0)[0].path == ("h1", "r1", "r2", "r1", "h2")


def test_streams_are_kept_apart(records: Records) -> None:
    records.add_sent(sent(0, 1))
    records.add_traced(seen(0, 0, "r1", "h2") + seen(1, 0, "r2", "h1"))
    assert [records.traces(stream)[0].path for stream in (0, 1)] == [("h1", "r1", "h2"), ("h2", "r2", "h1")]


@pytest.mark.parametrize("sequence", [0, 32, 32_736, 32_768, 65_504, 65_536, 65_568, 98_304, 131_040, 131_072, 200_000])
def test_a_traced_number_is_completed_whether_its_sent_record_came_before_or_comes_later(sequence: int) -> None:
    for ahead in (-1000, -50, -1, 0, 1, 50, 1000):
        records = Records(("h1", "h2"), NODES)
        records.add_sent(sent(max(0, sequence + ahead - 100), max(1, sequence + ahead)))
        records.add_traced(seen(0, sequence, "r1", "h2"))
        records.add_sent(sent(sequence, sequence + 1))
        assert records.traces(0, sequence)[0] == Trace(sequence=sequence, path=("h1", "r1", "h2"))


def test_numbers_stay_right_when_the_16_bits_wrap(records: Records) -> None:
    end = 70_016
    for first in range(0, end, 64):
        records.add_traced(b"".join(seen(0, sequence, "r1", "h2") for sequence in range(first, first + 64, TRACE_EVERY)))
        records.add_sent(sent(first, first + 64))
    traces = records.traces(0)
    assert [trace.sequence for trace in traces] == list(range(0, end, TRACE_EVERY))
    assert {trace.path for trace in traces} == {("h1", "r1", "h2")}


def test_traces_begin_at_the_first_sampled_packet_from_a_number_on(records: Records) -> None:
    records.add_sent(sent(0, 100))
    assert [trace.sequence for trace in records.traces(0)] == [0, 32, 64, 96]
    assert [trace.sequence for trace in records.traces(0, 32)] == [32, 64, 96]
    assert [trace.sequence for trace in records.traces(0, 33)] == [64, 96]
    assert records.traces(0, 97) == []


def test_records_cut_by_the_pipe_are_joined() -> None:
    whole, pieces = Records(("h1", "h2"), NODES), Records(("h1", "h2"), NODES)
    told = {"sent": sent(0, 200), "received": received(1, *range(150)), "traced": seen(1, 64, "r2", "r1", "h1")}
    for kind, data in told.items():
        getattr(whole, f"add_{kind}")(data)
        for first in range(0, len(data), 5):
            getattr(pieces, f"add_{kind}")(data[first : first + 5])
    assert pieces.sent() == whole.sent()
    assert pieces.received(1) == whole.received(1)
    assert pieces.traces(1) == whole.traces(1)
    assert len(whole.sent()) == 200
    assert whole.traces(1)[2].path == ("h2", "r2", "r1", "h1")


def test_packets_may_arrive_twice_late_and_out_of_order(records: Records) -> None:
    records.add_received(received(0, 3, 1))
    records.add_received(RECEIVED.pack(0, 1, 99 * MS))
    assert records.received(0).tolist() == [0, 3 * MS, 0, 5 * MS]


def test_records_of_an_unknown_stream_are_ignored(records: Records) -> None:
    records.add_received(received(7, 0))
    assert [len(records.received(stream)) for stream in (0, 1)] == [0, 0]


def test_losses_of_all_streams_are_counted_in_a_window_without_its_end(records: Records) -> None:
    records.add_sent(sent(0, 100))
    records.add_received(received(0, *(sequence for sequence in range(100) if sequence not in {9, 10, 49})))
    records.add_received(received(1, *range(30)))
    # packet n was sent at n + 1 milliseconds
    assert records.lost_between(11 * MS, 12 * MS) == 1
    assert records.lost_between(10 * MS, 12 * MS) == 2
    assert records.lost_between(10 * MS, 11 * MS) == 1
    assert records.lost_between(12 * MS, 31 * MS) == 0
    assert records.lost_between(12 * MS, 51 * MS) == 1 + 20
    assert records.lost_between(1 * MS, 100 * MS) == 3 + 69


def test_losses_in_a_time_without_records_are_unknown(records: Records) -> None:
    assert records.lost_between(0, 1) is None
    records.add_sent(sent(0, 100))
    assert records.lost_between(0, 50 * MS) is None, "nothing was sent at its beginning yet"
    assert records.lost_between(50 * MS, 101 * MS) is None, "its end is yet to come"
    assert records.lost_between(50 * MS + 1, 50 * MS + 2) is None, "nothing was sent in it"
