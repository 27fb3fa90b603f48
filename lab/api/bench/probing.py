"""Measure the limits of the probes: the highest rate at which probes alone cause no loss, and their resolution."""

import socket
import time
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from lab.api.bench.stage import bench_lab
from lab.api.files import read_plan
from lab.model.event import FlowRecorded
from lab.model.figure import Figure
from lab.model.flow import Flow
from lab.model.plan import Ipsec, Plan, Timers
from lab.model.progress import Say
from lab.probes.streams import Marks, Streams, streaming
from lab.runtime.host.facts import circuits_here
from lab.runtime.lab import RunningLab

TOPOLOGY = "redundant-dx"
_SECONDS = 60.0
_SHORT_SECONDS = 10.0
_MANY_FLOWS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class _WithFlows:
    """A lab that is probed with other flows than those of its plan."""

    lab: RunningLab
    plan: Plan

    def open_socket(self, node: str, family: int, kind: int, protocol: int) -> socket.socket:
        """Open a socket in a node of the lab."""
        return self.lab.open_socket(node, family, kind, protocol)

    def interface_names(self, node: str) -> dict[int, str]:
        """The names of a node's interfaces, by the numbers that the kernel gives them."""
        return self.lab.interface_names(node)


def probing(say: Say) -> tuple[Figure, ...]:
    """All figures about probes. They are measured in one lab, which is deployed for this purpose and then removed."""
    deployable = read_plan(TOPOLOGY, Timers.TUNED, Ipsec.USERSPACE, circuits_here())
    with bench_lab(deployable, say) as stay:
        lab, plan = stay.lab, stay.lab.plan
        one = _WithFlows(lab=lab, plan=replace(plan, flows=plan.flows[:1]))
        many = _WithFlows(lab=lab, plan=replace(plan, flows=tuple(_numbered(plan, number) for number in range(_MANY_FLOWS))))
        return (
            *_control(one, 10_000.0, _SECONDS, say),
            *_control(many, 1000.0, _SECONDS, say),
            *(_resolution(one, rate, say) for rate in (1000.0, 5000.0)),
        )


def _numbered(plan: Plan, number: int) -> Flow:
    return replace(plan.flows[number % len(plan.flows)], name=f"flow-{number}")


def _control(lab: _WithFlows, rate_pps: float, seconds: float, say: Say) -> tuple[Figure, ...]:
    what = f"{len(lab.plan.flows)} flow{'s' if len(lab.plan.flows) > 1 else ''} × {rate_pps:.0f} pps both ways, {seconds:.0f} s"
    say(f"probes: {what}")
    flows, _ = _record(lab, rate_pps, seconds)
    lost = tuple(float(sum(run.count for run in flow.losses if run.first_seq >= flow.zero_seq)) for flow in flows)
    offered = tuple((flow.sent - flow.zero_seq) / (flow.ended or 1.0) for flow in flows)
    return (
        Figure(name=f"lost of {what}", unit="packets", readings=lost),
        Figure(name="offered by each of these streams", unit="pps", readings=offered),
    )


def _resolution(lab: _WithFlows, rate_pps: float, say: Say) -> Figure:
    say(f"probes: resolution at {rate_pps:.0f} pps")
    _, streams = _record(lab, rate_pps, _SHORT_SECONDS)
    sent = streams.records.sent()
    return Figure(
        name=f"resolution at {rate_pps:.0f} pps", unit="ms", readings=(median(later - earlier for earlier, later in pairwise(sent)) / 1e6,)
    )


def _record(lab: _WithFlows, rate_pps: float, seconds: float) -> tuple[tuple[FlowRecorded, ...], Streams]:
    """Send probes for this many seconds, and return the recording. The first second of probes is not in the recording."""
    with streaming(lab, rate_pps) as streams:
        begin = time.time() + 1.0
        while time.time() < begin + seconds:
            streams.check()
            time.sleep(0.05)
        streams.stop_sending()
    return streams.recorded(Marks(zero=begin)), streams
