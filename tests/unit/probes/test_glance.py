"""What probing for a moment shows about a flow. The records are written by hand."""

import pytest

from lab.model.status import FlowStatus
from lab.probes.glance import Glance, GlanceAtFlow
from lab.probes.streams import Streams
from lab.probes.wire import RECEIVED, SENT, TRACE_EVERY, TRACED
from lab.runtime.programs import Programs
from tests.shipped import shipped_plan

NODES = [node.name for node in shipped_plan().nodes]
HOST = "dc1-host"
DIRECT = ("dc1-core", "dc1-gw1", "vpn1-1", "vgw", "app-host")
OTHER = ("dc1-core", "dc1-gw2", "vpn2-1", "vgw", "app-host")
ALL = 6
EACH = 1_000_000
"""Nanoseconds between two packets."""


class Wire:
    """Makes records of all streams: packet n is sent n milliseconds after the start, and seen in nodes of the first stream."""

    def __init__(self, sent: int) -> None:
        self.streams = Streams(shipped_plan(), Programs(), 1000.0)
        self.glance = Glance(self.streams)
        self.streams.records.add_sent(b"".join(SENT.pack(number, number * EACH + 1) for number in range(sent)))

    def receive(self, first: int, last: int, streams: range = range(ALL)) -> None:
        records = (RECEIVED.pack(stream, number, number * EACH + 9) for stream in streams for number in range(first, last))
        self.streams.records.add_received(b"".join(records))

    def trace(self, first: int, last: int, path: tuple[str, ...]) -> None:
        for number in range(-(-first // TRACE_EVERY) * TRACE_EVERY, last, TRACE_EVERY):
            for hop, node in enumerate(path):
                self.streams.records.add_traced(TRACED.pack(NODES.index(node), 0, number & 0xFFFF, number * EACH + 2 + hop))

    def seen(self) -> GlanceAtFlow:
        return self.glance.seen()[0]


def _through(path: tuple[str, ...]) -> FlowStatus:
    return FlowStatus(flow="dc1-app", direction="forward", reachable=True, path=(HOST, *path))


def test_a_flow_that_gets_through_is_seen_with_its_path_long_before_a_loss_would_be_known() -> None:
    wire = Wire(200)
    wire.receive(0, 200)
    wire.trace(0, 200, DIRECT)
    assert wire.seen() == GlanceAtFlow(status=_through(DIRECT), changed=False)


def test_a_flow_of_which_nothing_arrives_is_known_after_half_a_second_with_how_far_it_came() -> None:
    early, late = Wire(500), Wire(700)
    late.trace(0, 700, DIRECT[:2])
    assert early.seen().status.reachable is None
    lost = FlowStatus(flow="dc1-app", direction="forward", reachable=False, path=(), lost_after=(HOST, *DIRECT[:2]))
    assert late.seen() == GlanceAtFlow(status=lost, changed=False)


def test_a_flow_that_takes_two_paths_while_we_look_has_changed_to_the_later() -> None:
    wire = Wire(300)
    wire.receive(0, 300)
    wire.trace(0, 150, DIRECT)
    wire.trace(150, 300, OTHER)
    assert wire.seen() == GlanceAtFlow(status=_through(OTHER), changed=True)


def test_packets_that_leave_while_the_programs_end_do_not_count() -> None:
    wire = Wire(300)
    wire.receive(0, 500)
    wire.trace(0, 300, DIRECT)
    wire.glance.end()
    wire.streams.records.add_sent(b"".join(SENT.pack(number, number * EACH + 1) for number in range(300, 500)))
    wire.trace(300, 500, DIRECT[:2])
    assert wire.seen() == GlanceAtFlow(status=_through(DIRECT), changed=False)


@pytest.mark.parametrize(("first", "last"), [(0, 150), (150, 1000)])
def test_a_flow_that_stops_or_begins_to_get_through_has_changed(first: int, last: int) -> None:
    wire = Wire(1000)
    wire.receive(first, last)
    wire.trace(0, 1000, DIRECT)
    assert wire.seen() == GlanceAtFlow(status=_through(DIRECT), changed=True)


def test_a_flow_that_loses_some_of_its_packets_has_not_changed() -> None:
    wire = Wire(1000)
    for number in range(0, 1000, 2 * TRACE_EVERY):
        wire.receive(number, number + TRACE_EVERY)
    wire.trace(0, 1000, DIRECT)
    assert wire.seen() == GlanceAtFlow(status=_through(DIRECT), changed=False)


def test_waiting_ends_once_every_flow_has_shown_its_path() -> None:
    wire = Wire(200)
    assert not wire.glance._is_enough()
    wire.receive(0, 200)
    assert not wire.glance._is_enough(), "no sighting has come in yet"
    for number, stream in enumerate(wire.streams.streams):
        for seq in range(0, 200, TRACE_EVERY):
            wire.streams.records.add_traced(TRACED.pack(NODES.index(stream.target.node), number, seq, seq * EACH + 5))
    assert wire.glance._is_enough()
