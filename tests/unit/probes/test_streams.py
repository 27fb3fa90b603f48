"""Streams: what they report while packets are sent, and what they record at the end. The records are written by hand."""

import time
from array import array
from contextlib import closing
from dataclasses import replace

import pytest

from lab.errors import MeasurementError
from lab.model.event import LossRun, PathRun
from lab.model.progress import Outage
from lab.probes.streams import SETTLE_SECONDS, Marks, Streams
from lab.probes.wire import RECEIVED, SENT, TRACE_EVERY, TRACED
from lab.runtime.programs import Programs
from tests.shipped import shipped_plan

RATE = 1000.0
ZERO = 1_000
NS = 1_000_000_000
NODES = [node.name for node in shipped_plan().nodes]
DIRECT = ("dc1-core", "dc1-gw1", "vpn1-1", "vgw", "app-host")
ROUND = ("dc1-core", "dc2-core", "dc2-gw1", "vpn3-1", "vgw", "app-host")


class Wire:
    """Make records. Packet n is sent n milliseconds after the start and received half a millisecond later."""

    def __init__(self, begin_ns: int = ZERO * NS) -> None:
        self.streams = Streams(shipped_plan(), Programs(), RATE)
        self._begin = begin_ns

    def send(self, first: int, last: int) -> None:
        self.streams.records.add_sent(b"".join(SENT.pack(number, self._at(number)) for number in range(first, last)))

    def receive(self, first: int, last: int, streams: range = range(6)) -> None:
        records = (RECEIVED.pack(stream, number, self._at(number) + NS // 2000) for stream in streams for number in range(first, last))
        self.streams.records.add_received(b"".join(records))

    def trace(self, first: int, last: int, path: tuple[str, ...]) -> None:
        """A probe on stream 0 alone."""
        for number in range(-(-first // TRACE_EVERY) * TRACE_EVERY, last, TRACE_EVERY):
            for hop, node in enumerate(path):
                self.streams.records.add_traced(TRACED.pack(NODES.index(node), 0, number & 0xFFFF, self._at(number) + hop))

    def _at(self, number: int) -> int:
        return self._begin + number * NS // 1000


def _marks(broken: float, mended: float) -> Marks:
    return Marks(zero=ZERO + 0.1, felt=(ZERO + broken, ZERO + mended))


def test_every_flow_is_probed_both_ways() -> None:
    streams = Streams(shipped_plan(), Programs(), RATE).streams
    assert [(stream.flow, stream.direction) for stream in streams] == [
        (flow.name, direction) for flow in shipped_plan().flows for direction in ("forward", "reverse")
    ]
    assert all(there.source == back.target and there.target == back.source for there, back in zip(streams[::2], streams[1::2], strict=True))


def _run(nodes: tuple[str, ...], first: int, last: int, *, count: int, delivered: bool) -> PathRun:
    """A run of packets. Packet n was sent at n / RATE - 0.1 seconds."""
    instants = {"first_sent": pytest.approx(first / RATE - 0.1), "last_sent": pytest.approx(last / RATE - 0.1)}
    return PathRun(path=nodes, first_seq=first, last_seq=last, count=count, delivered=delivered, **instants)


def test_a_recording_has_losses_and_paths_on_the_clock_of_the_check() -> None:
    wire = Wire()
    wire.send(0, 400)
    wire.receive(0, 200)
    wire.receive(232, 399)
    wire.trace(0, 200, DIRECT)
    wire.trace(200, 232, DIRECT[:2])
    wire.trace(232, 400, ROUND)
    flow = wire.streams.recorded(_marks(0.195, 0.3))[0]
    assert (flow.flow, flow.direction, flow.rate_pps, flow.sent) == ("dc1-app", "forward", RATE, 400)
    assert (flow.started, flow.ended) == (pytest.approx(-0.1), pytest.approx(0.299))
    assert flow.losses == (
        LossRun(
            first_seq=200,
            count=32,
            first_sent=pytest.approx(0.1),
            last_sent=pytest.approx(0.131),
            arrived_before=pytest.approx(0.0995),
            arrived_after=pytest.approx(0.1325),
        ),
        LossRun(
            first_seq=399, count=1, first_sent=pytest.approx(0.299), last_sent=pytest.approx(0.299), arrived_before=pytest.approx(0.2985)
        ),
    )
    assert flow.delays == (pytest.approx(0.0005), pytest.approx(0.0005), pytest.approx(0.0005))
    assert flow.paths == (
        _run(("dc1-host", *DIRECT), 0, 192, count=7, delivered=True),
        _run(("dc1-host", *DIRECT[:2]), 224, 224, count=1, delivered=False),
        _run(("dc1-host", *ROUND), 256, 384, count=5, delivered=True),
    )


def test_a_recording_is_cut_at_the_marks() -> None:
    wire = Wire()
    wire.send(0, 400)
    flow = wire.streams.recorded(_marks(0.2, 0.3))[0]
    assert flow.zero_seq == pytest.approx(100, abs=1)
    assert flow.felt == (pytest.approx(200, abs=1), pytest.approx(300, abs=1))
    never_mended = wire.streams.recorded(_marks(0.2, float("inf")))[0]
    assert never_mended.felt[1] == never_mended.sent == 400


def test_a_stream_of_which_nothing_arrived_is_one_loss() -> None:
    wire = Wire()
    wire.send(0, 50)
    (loss,) = wire.streams.recorded(_marks(0.2, 0.3))[1].losses
    assert (loss.first_seq, loss.count) == (0, 50)


def test_before_anything_is_sent_there_is_nothing_to_record() -> None:
    flow = Wire().streams.recorded(_marks(0.2, 0.3))[0]
    assert (flow.sent, flow.started, flow.ended, flow.losses, flow.paths) == (0, 0.0, 0.0, (), ())


def test_a_stream_works_when_enough_packets_in_a_row_have_arrived() -> None:
    wire = Wire()
    wire.send(0, 100)
    wire.receive(0, 100, range(5))
    wire.receive(0, 19, range(5, 6))
    wire.receive(20, 39, range(5, 6))
    assert wire.streams.not_yet_through(20) == ("flow dc1-dc2 reverse",)
    wire.receive(39, 40, range(5, 6))
    assert wire.streams.not_yet_through(20) == ()


def test_the_latest_path_is_of_the_last_sampled_packet_that_has_settled_and_arrived() -> None:
    wire = Wire()
    settled = 2000 - round(SETTLE_SECONDS * RATE)
    wire.send(0, 2000)
    wire.receive(0, 2000)
    wire.trace(0, settled - 100, DIRECT)
    wire.trace(settled - 100, 2000, ROUND)
    assert wire.streams.latest_paths()["dc1-app", "forward"] == ("dc1-host", *ROUND)
    unsettled = Wire()
    unsettled.send(0, 2000)
    unsettled.receive(0, 2000)
    unsettled.trace(0, settled, DIRECT)
    unsettled.trace(settled, 2000, ROUND)
    assert unsettled.streams.latest_paths()["dc1-app", "forward"] == ("dc1-host", *DIRECT)


def test_a_stream_of_which_nothing_arrived_lately_has_no_path() -> None:
    wire = Wire()
    wire.send(0, 3000)
    wire.receive(0, 1400)
    wire.trace(0, 3000, DIRECT)
    assert set(wire.streams.latest_paths().values()) == {()}


def test_recent_losses_are_known_once_they_have_settled() -> None:
    wire = Wire(time.time_ns() - 4 * NS)
    assert wire.streams.lost_lately(1.0) is None
    wire.send(0, 4200)
    wire.receive(0, 3000)
    wire.receive(3040, 4200)
    assert wire.streams.lost_lately(3.0) == 40 * 6
    assert wire.streams.lost_lately(60.0) is None


def test_a_program_that_ends_by_itself_spoils_the_measurement() -> None:
    with closing(Programs()) as programs:
        programs.start("nothing", {}, [], lambda _data: None)
        programs._running[0].wait()
        streams = Streams(shipped_plan(), programs, RATE)
        for ask in (streams.check, lambda: streams.lost_lately(1.0), streams.latest_paths, lambda: streams.not_yet_through(1)):
            with pytest.raises(MeasurementError, match="a program that sends or collects probes stopped too early, with exit code 1"):
                ask()


def test_the_returned_arrays_are_copies() -> None:
    wire = Wire()
    wire.send(0, 5)
    wire.streams.records.sent()[0] = 0
    assert wire.streams.records.sent() == array("q", (ZERO * NS + number * NS // 1000 for number in range(5)))


def test_a_packet_that_arrives_too_late_is_lost() -> None:
    wire = Wire()
    wire.send(0, 1000)
    wire.receive(0, 200)
    wire.receive(220, 1000)
    late = round(SETTLE_SECONDS * RATE) + 210
    wire.streams.records.add_received(b"".join(RECEIVED.pack(0, number, ZERO * NS + late * NS // 1000) for number in range(200, 220)))
    flow = wire.streams.recorded(_marks(0.195, 0.9))[0]
    assert [(loss.first_seq, loss.count) for loss in flow.losses] == [(200, 10)]


def test_a_flow_that_gets_nothing_through_is_out_until_a_packet_arrives() -> None:
    wire = Wire()
    wire.send(0, 1000)
    wire.receive(0, 990)
    assert wire.streams.outages() == ()  # under way
    wire.receive(990, 1000)
    wire.send(1000, 1500)
    wire.receive(1000, 1490, range(1, 6))
    first = wire.streams.streams[0]
    out = Outage(flow=first.flow, direction=first.direction, first=1000, seconds=0.5, over=False)
    assert wire.streams.outages() == (out,)
    wire.send(1500, 1900)
    wire.receive(1834, 1900, range(1))
    wire.receive(1490, 1900, range(1, 6))
    assert wire.streams.outages() == (replace(out, seconds=0.834, over=True),)


def test_packets_that_come_out_of_order_are_no_outage() -> None:
    wire = Wire()
    wire.send(0, 1000)
    wire.receive(0, 500)
    wire.receive(540, 1000)
    wire.receive(500, 540)
    assert wire.streams.outages() == ()
