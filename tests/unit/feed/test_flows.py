"""Counters of flows only grow, and a probe counts as lost only when it is too late."""

import threading
import time

from lab.errors import MeasurementError
from lab.feed.flows import Flows
from lab.probes.records import Records
from lab.probes.streams import Paths, Stream
from lab.probes.wire import RECEIVED, SENT
from tests.shipped import shipped_plan

NS = 1_000_000_000
PLAN = shipped_plan("redundant-dx")
FLOW = PLAN.flows[0]
STREAM = Stream(flow=FLOW.name, direction="forward", source=FLOW.source, target=FLOW.target)
PATH = ("dc1-host", "app-host")


class Probing:
    """Probes of one stream whose records the test writes."""

    def __init__(self) -> None:
        self.streams = (STREAM,)
        self.records = Records(("dc1-host",), ("dc1-host", "app-host"))
        self.path = PATH
        self.number = 0
        self.has_ended = False
        self.asked, self.may_answer = threading.Event(), threading.Event()
        self.may_answer.set()

    def latest_paths(self) -> Paths:
        self.asked.set()
        assert self.may_answer.wait(10.0)
        if self.has_ended:
            raise MeasurementError("the probes ended")
        return {(STREAM.flow, STREAM.direction): self.path}

    def send(self, count: int, seconds_ago: float, *, delay: float | None) -> None:
        """Probes that were sent so long ago, a millisecond apart. They arrived after `delay`, or never."""
        for _ in range(count):
            sent = time.time_ns() - int(seconds_ago * NS) + self.number * NS // 1000
            self.records.add_sent(SENT.pack(self.number, sent))
            if delay is not None:
                self.records.add_received(RECEIVED.pack(0, self.number, sent + int(delay * NS)))
            self.number += 1


def test_without_probes_there_are_no_readings() -> None:
    assert Flows().look() == ()


def test_lost_probes_are_counted_once_and_the_delay_is_a_median() -> None:
    flows, probing = Flows(), Probing()
    with flows.following(probing):
        probing.send(90, 10.0, delay=0.02)
        probing.send(10, 10.0, delay=None)
        first, again = flows.look(), flows.look()
    assert (first[0].sent, first[0].lost) == (again[0].sent, again[0].lost) == (100, 10)
    assert first[0].delay_seconds is not None
    assert abs(first[0].delay_seconds - 0.02) < 1e-6


def test_a_probe_that_may_still_arrive_is_not_counted() -> None:
    flows, probing = Flows(), Probing()
    with flows.following(probing):
        probing.send(10, 0.1, delay=None)
        assert (flows.look()[0].sent, flows.look()[0].lost) == (0, 0)


def test_counters_go_on_when_other_probes_follow() -> None:
    flows = Flows()
    for _ in range(2):
        probing = Probing()
        with flows.following(probing):
            probing.send(10, 10.0, delay=None)
            told = flows.look()
        assert flows.look() == ()
    assert (told[0].sent, told[0].lost) == (20, 20)


def test_the_first_path_is_kept() -> None:
    flows, probing = Flows(), Probing()
    with flows.following(probing):
        flows.look()
        probing.path = ("dc1-host", "vgw", "app-host")
        told = flows.look()[0]
        assert (told.path_at_first, told.path) == (PATH, probing.path)
        probing.path = ()
        assert (flows.look()[0].path_at_first, flows.look()[0].path) == (PATH, ())


def test_a_probe_that_arrives_too_late_is_lost_no_matter_when_one_looks() -> None:
    flows, probing = Flows(), Probing()
    with flows.following(probing):
        probing.send(10, 10.0, delay=0.4)
        probing.send(10, 9.0, delay=0.6)
        assert (flows.look()[0].sent, flows.look()[0].lost) == (20, 10)


def test_probes_that_ended_by_themselves_have_no_readings() -> None:
    flows, probing = Flows(), Probing()
    with flows.following(probing):
        probing.send(10, 10.0, delay=0.02)
        probing.has_ended = True
        assert flows.look() == ()


def test_a_look_at_the_earlier_probes_changes_nothing_for_the_next_ones() -> None:
    flows, earlier, later = Flows(), Probing(), Probing()
    earlier.send(100, 10.0, delay=0.02)
    later.send(10, 10.0, delay=None)
    earlier.may_answer.clear()
    with flows.following(earlier):
        looking = threading.Thread(target=flows.look)
        looking.start()
        assert earlier.asked.wait(10.0)
        threading.Timer(0.05, earlier.may_answer.set).start()
    with flows.following(later):
        looking.join()
        assert (flows.look()[0].sent, flows.look()[0].lost) == (110, 10)
