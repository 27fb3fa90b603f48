"""Capacity: the bandwidth that the flows need, and the bandwidth that remains when something has failed. Has the rule FL606.

Equal paths carry equal parts of a flow. If the file states no bandwidth for a connection, the connection limits nothing. Exception: AWS
limits the tunnels of VPNs.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from lab.model.audit import Capacity, Code, Severity
from lab.model.aws import TUNNEL_BANDWIDTH
from lab.model.interconnect import Interconnect
from lab.model.prediction import FlowPrediction, SetPrediction
from lab.model.topology import Connection
from lab.model.where import where
from lab.predict.audit.design import Design, Line
from lab.predict.audit.rule import Hit, Rule

Path = tuple[str, ...]


class _Pipe(NamedTuple):
    """A connection, an interconnect, a tunnel or an internet line that limits the traffic on a path.

    `bandwidth`: bits per second in each direction, None if unknown.
    """

    part: Line | Interconnect
    name: str
    bandwidth: int | None


class _Passed(NamedTuple):
    """One direction of a pipe that a path passes. `before`: the node before the pipe. Each direction has the full bandwidth of the pipe."""

    pipe: _Pipe
    before: str


class _Pipes:
    """All pipes of a design. They are found by the nodes of a path."""

    def __init__(self, design: Design) -> None:
        self._design = design

    @cached_property
    def _at(self) -> dict[str, _Pipe]:
        topology = self._design.topology
        found = {each.name: _Pipe(each, each.name, each.bandwidth) for each in topology.connections}
        vpns = {vpn.name: vpn for vpn in topology.vpn_connections}
        return found | {
            tunnel.aws.node: _Pipe(vpns[tunnel.connection], f"the tunnel {tunnel.name}", TUNNEL_BANDWIDTH)
            for tunnel in self._design.plan.tunnels
        }

    @cached_property
    def _lines(self) -> dict[str, tuple[_Pipe, str]]:
        """For each tunnel, by its node at AWS: the internet line that it takes, and its customer gateway. Only lines with a bandwidth."""
        lines: dict[tuple[str, str], _Pipe] = {}
        found: dict[str, tuple[_Pipe, str]] = {}
        for vpn in self._design.topology.vpn_connections:
            key = self._design.nat(vpn.customer_gateway) or vpn.customer_gateway, vpn.provider
            if vpn.bandwidth:
                lines.setdefault(key, _Pipe(vpn, f"the internet line {'--'.join(key)}", vpn.bandwidth))
        for vpn in self._design.topology.vpn_connections:
            key = self._design.nat(vpn.customer_gateway) or vpn.customer_gateway, vpn.provider
            if key in lines:
                found |= {tunnel.aws.node: (lines[key], vpn.customer_gateway) for tunnel in self._design.tunnels(vpn)}
        return found

    @cached_property
    def _between(self) -> dict[frozenset[str], _Pipe]:
        """Each interconnect, by the two core routers that it connects. Each line of a WAN, by its core router and the WAN.

        BGP uses only one interconnect between two sites: the first one is taken here.
        """
        found: dict[frozenset[str], _Pipe] = {}
        for each in self._design.topology.interconnects:
            for name in self._design.plan.target(each.name).links:
                link = self._design.plan.link(name)
                found.setdefault(frozenset({link.a.node, link.b.node}), _Pipe(each, name, each.bandwidth))
        return found

    def passed(self, path: Path) -> Iterator[_Passed]:
        """The pipes that a path passes, each in the direction of the path."""
        for before, node in pairwise(path):
            if node in self._at:
                yield _Passed(self._at[node], before)
            if node in self._lines:
                line, gateway = self._lines[node]
                yield _Passed(line, "the site" if before == gateway else "AWS")
            if pipe := self._between.get(frozenset({before, node})):
                yield _Passed(pipe, before)


def capacities(design: Design) -> tuple[Capacity, ...]:
    """How many bits per second each flow can carry when nothing has failed, and after the failure of each connection or interconnect.

    () if the file states no bandwidth.
    """
    topology = design.topology
    lines = [*(each.bandwidth for each in topology.connections), *(each.bandwidth for each in topology.vpn_connections)]
    if not any((*lines, *(each.bandwidth for each in topology.interconnects))):
        return ()
    pipes = _Pipes(design)
    units = [each.name for each in (*design.lines, *topology.interconnects) if each.name in design.affected]
    after = {unit: _left(pipes, design.single(unit)) for unit in units}
    drawn = _left(pipes, design.healthy)
    return tuple(
        Capacity(flow=flow, as_drawn=bits, after=tuple((unit, after[unit].get(flow)) for unit in units))
        for flow, bits in drawn.items()
        if bits is not None
    )


def _left(pipes: _Pipes, prediction: SetPrediction) -> dict[str, int | None]:
    """For each flow, the capacity of the direction that can carry less:

    0 if the flow is cut off, None if no bandwidth on its path is known.
    """
    found: dict[str, int | None] = {}
    for each in prediction.flows:
        bits = _capacity(pipes, each)
        known = [one for one in (bits, found.get(each.flow)) if one is not None]
        found[each.flow] = min(known, default=None)
    return found


def _capacity(pipes: _Pipes, flow: FlowPrediction) -> int | None:
    """How many bits per second one direction of a flow can carry, so that no pipe gets more traffic than its bandwidth."""
    if not flow.reachable:
        return 0
    uses = Counter(passed for path in flow.paths for passed in pipes.passed(path))
    most = (passed.pipe.bandwidth * len(flow.paths) // count for passed, count in uses.items() if passed.pipe.bandwidth)
    return min(most, default=None)


class _Load(NamedTuple):
    """The traffic of a pipe, in bits per second, after the failure of the component `failed` ("": nothing has failed)."""

    pipe: _Pipe
    bits: float
    failed: str


def _overloaded(design: Design) -> Iterator[Hit]:
    needs = {flow.name: flow.bandwidth for flow in design.topology.flows if flow.bandwidth}
    if not needs:
        return
    loads = _Loads(design, needs)
    worst: dict[str, _Load] = {}
    for failed, flows in {"": design.healthy.flows, **design.affected}.items():
        for load in loads.when(failed, flows):
            if load.pipe.bandwidth and load.bits > max(load.pipe.bandwidth, worst[load.pipe.name].bits if load.pipe.name in worst else 0):
                worst[load.pipe.name] = load
    for load in worst.values():
        when = f"when {load.failed} fails, {load.pipe.name} has" if load.failed else f"as drawn, {load.pipe.name} has"
        yield Hit(
            where=where(load.pipe.part),
            subject=load.pipe.part.name,
            message=f"{when} to carry {_rate(load.bits)}, but its bandwidth is {_rate(load.pipe.bandwidth or 0)}",
            revealed_by=f"{load.failed} fails in the busy hour" if load.failed else "the busy hour",
        )
    yield from _without_a_member(load for load in loads.when("", design.healthy.flows) if load.pipe.name not in worst)


def _without_a_member(loads: Iterable[_Load]) -> Iterator[Hit]:
    """A LAG that carries everything with all its members, but not with one less."""
    for load in loads:
        circuit, bandwidth = load.pipe.part, load.pipe.bandwidth
        if isinstance(circuit, Connection) and circuit.lag and circuit.lag.spare and bandwidth:
            left = bandwidth * (circuit.lag.members - 1) / circuit.lag.members
            if load.bits > left:
                yield Hit(
                    where=where(circuit),
                    subject=circuit.name,
                    message=f"without one member, {circuit.name} has to carry {_rate(load.bits)}, but its bandwidth is then {_rate(left)}",
                    revealed_by=f"a member of {circuit.name} fails in the busy hour",
                )


_Shares = dict[_Passed, list[float]]
"""What one direction of a flow adds to each pipe, once for each of its equal paths, in bits per second."""


class _Loads:
    """The traffic of all pipes. Law: a failure changes only pipes on the paths, before or after, of the flows that it affects."""

    def __init__(self, design: Design, needs: dict[str, int]) -> None:
        self._pipes = _Pipes(design)
        self._needs = needs
        self._places = {key: place for place, key in enumerate(design.drawn)}
        self._drawn = [self._shares(each) for each in design.healthy.flows]
        self._users = _users(enumerate(self._drawn))

    def when(self, failed: str, affected: Iterable[FlowPrediction]) -> Iterator[_Load]:
        """The traffic of each pipe on the paths of these flows, before or after a failure."""
        now = {self._places[each.flow, each.direction]: self._shares(each) for each in affected}
        fresh, gone = _users(now.items()), _users((place, self._drawn[place]) for place in now)
        users = {
            each: sorted({*(place for place in self._users.get(each, ()) if place not in now), *fresh.get(each, ())})
            for each in fresh | gone
        }

        def first_use(passed: _Passed) -> tuple[int, int]:
            place = users[passed][0]
            return place, list(now.get(place, self._drawn[place])).index(passed)

        for passed in sorted((each for each in users if users[each]), key=first_use):
            shares = (share for place in users[passed] for share in now.get(place, self._drawn[place])[passed])
            yield _Load(passed.pipe, sum(shares, 0.0), failed)

    def _shares(self, flow: FlowPrediction) -> _Shares:
        found: _Shares = {}
        for path in flow.paths:
            for passed in self._pipes.passed(path):
                found.setdefault(passed, []).append(self._needs.get(flow.flow, 0) / len(flow.paths))
        return found


def _users(shares: Iterable[tuple[int, _Shares]]) -> dict[_Passed, list[int]]:
    """The flow directions that pass each pipe, by their places."""
    found: dict[_Passed, list[int]] = {}
    for place, each in shares:
        for passed in each:
            found.setdefault(passed, []).append(place)
    return found


def _rate(bits: float) -> str:
    """A bit rate in words: `10 Gbit/s`, `1.25 Gbit/s`, `500 Mbit/s`."""
    return f"{bits / 1e9:.4g} Gbit/s" if bits >= 1e9 else f"{bits / 1e6:.4g} Mbit/s"


RULES = (
    Rule(
        look=_overloaded,
        code=Code(
            code="FL606",
            severity=Severity.WARNING,
            title="Too little capacity",
            symptom="The flows fail over, but packets are lost while they need more than the rest carries.",
            revealed_by="the failure in the busy hour",
            remedy="Give each half of the design the bandwidth for all flows, or say which flows may wait.",
            section_8=(29,),
        ),
    ),
)
