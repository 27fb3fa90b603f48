"""Sweep: make a check from each set of failed components. The check expects of a lab what is predicted."""

from collections.abc import Iterator, Sequence

from lab.model.check import Check, Expectation, Promise, Step
from lab.model.fault import Fault, LinkDown, NodeKill, TunnelDown
from lab.model.plan import Plan
from lab.model.prediction import Component, FlowPrediction, Foreseen, SetPrediction
from lab.predict.slowest import slowest_seconds

_BEGIN_SECONDS = 0.5
_SUSTAINED_SECONDS = 1.5
"""After the faults, a flow must be without loss for this long. It is short, because a sweep tests only the failover."""

_SURE_SECONDS = 1.5
"""The fault lasts this much longer than the longest outage, so that the path afterwards can be measured."""


def sweep_check(plan: Plan, failures: Sequence[Component], foreseen: Foreseen) -> Check:
    """The check of one set. All components of the set fail at one instant.

    The check promises the predicted outages and paths, and that every flow works again after the repair.
    """
    during = foreseen.during
    lasting = _lasting(plan, failures, during)
    steps = tuple(
        Step(kind=kind, target=target, fault=fault, at=_BEGIN_SECONDS, duration=lasting) for kind, target, fault in _faults(plan, failures)
    )
    return Check(
        name=during.name,
        summary=_sentence(failures),
        steps=steps,
        expectations=tuple(_expectation(each) for each in during.flows if each.outage_seconds != (0.0, 0.0)),
        touches_nothing=all(each.outage_seconds == (0.0, 0.0) for each in during.flows),
        origin="sweep",
        foreseen=foreseen,
        sustained_seconds=_SUSTAINED_SECONDS,
    )


def _sentence(failures: Sequence[Component]) -> str:
    """A sentence about the components that fail: `Carrier colt goes down and data centre dc1 dies.`"""
    parts = (f"{each.what} {each.name.removeprefix('tunnel ')} {'dies' if each.nodes else 'goes down'}" for each in failures)
    words = " and ".join(parts)
    return f"{words[:1].upper()}{words[1:]}."


def _expectation(flow: FlowPrediction) -> Expectation:
    after = Promise(outage_at_most=flow.tolerated_back)
    return Expectation(flow=flow.flow, directions=(flow.direction,), during=_promise(flow), after=after)


def _promise(flow: FlowPrediction) -> Promise:
    if flow.tolerated is None:
        return Promise(reachable=False)
    least, most = flow.tolerated
    return Promise(outage_at_most=most, outage_at_least=least or None)


def _lasting(plan: Plan, failures: Sequence[Component], during: SetPrediction) -> float:
    """How many seconds the faults last: long enough that no path changes any more.

    - A flow that seems cut off may come back when the slowest detector has noticed the failure.
    - A BGP session survives a tunnel that is down for less than the hold time. If something else fails in this time, the endpoint does not
      hear of it. When the tunnel is up again, the endpoint still announces a route that the customer gateway has lost. So the fault lasts
      until the session has ended.
    """
    longest = max((each.outage_seconds[1] for each in during.flows if each.outage_seconds), default=0.0)
    may_come_late = any(each.nodes for each in failures) or any(each.outage_seconds is None for each in during.flows)
    has_stale_session = len(failures) > 1 and any(each.tunnels for each in failures)
    slowest = slowest_seconds(plan) if may_come_late or has_stale_session else 0.0
    return round(max(longest, slowest) + _SURE_SECONDS, 1)


def _faults(plan: Plan, failures: Sequence[Component]) -> Iterator[tuple[str, str, Fault]]:
    """One fault for each kind of failure, with all components that fail in this way. A tunnel of a dead node needs no fault of its own."""
    dead = tuple(dict.fromkeys(node for each in failures for node in each.nodes))
    ends = {each.name: {each.customer.node, each.aws.node} for each in plan.tunnels}
    tunnels = tuple(dict.fromkeys(name for each in failures for name in each.tunnels if not ends[name].intersection(dead)))
    links = tuple(dict.fromkeys(link for each in failures for link in each.links))
    if tunnels:
        yield "tunnel-down", " + ".join(tunnels), TunnelDown(tunnels=tunnels)
    if links:
        yield "link-down", " + ".join(each.name for each in failures if each.links), LinkDown(links=links)
    if dead:
        yield "node-kill", " + ".join(each.name for each in failures if each.nodes), NodeKill(nodes=dead)
