"""FL5: failures that are noticed too late."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from lab.model.audit import Code, Severity
from lab.model.prediction import Component, FlowPrediction
from lab.model.topology import Connection, VpnConnection
from lab.model.tunnel import CUSTOMER_DEAD_AFTER
from lab.model.underlay import underlay
from lab.model.where import where
from lab.predict.audit.design import Design, Line, flows_of
from lab.predict.audit.restart import hold_seconds
from lab.predict.audit.rule import Hit, Rule


class _Slow(NamedTuple):
    """A failure after which the outage of a flow is longer than the budget of the audit."""

    failed: Component
    flow: FlowPrediction
    seconds: float


def _over_budget(design: Design) -> Iterator[Hit]:
    """For each connection, one finding: the failure with the longest outage."""
    slow: dict[str, list[_Slow]] = {}
    for component in design.predictor.components:
        for each in design.affected[component.name]:
            if each.outage_seconds and each.outage_seconds[1] > design.budget_seconds:
                for line in _hit_lines(design, component, each):
                    slow.setdefault(line.name, []).append(_Slow(component, each, each.outage_seconds[1]))
    for line in design.lines:
        if line.name in slow:
            yield _over(design, line, slow[line.name])


def _over(design: Design, line: Line, slow: list[_Slow]) -> Hit:
    hits = Counter(each.failed.name for each in slow)
    worst = max(slow, key=lambda each: (round(each.seconds), hits[each.failed.name], -_size(each.failed)))
    flows = flows_of(each.flow for each in slow if each.failed is worst.failed)
    return Hit(
        where=where(line),
        subject=line.name,
        message=(
            f"{flows} may be out for {worst.seconds:.1f} s when {_called(worst.failed)} fails "
            f"(budget {design.budget_seconds:g} s, noticed by {worst.flow.noticed_by or 'nobody'})"
        ),
        revealed_by=f"{_called(worst.failed)} fails without a sign",
    )


def _size(failed: Component) -> int:
    """How many links, nodes and tunnels fail. Of two failures with the same effect, the finding names the one with fewer."""
    return len(failed.nodes) + len(failed.links) + len(failed.tunnels)


def _called(failed: Component) -> str:
    return failed.name if failed.name.startswith("tunnel ") else f"the {failed.what} {failed.name}"


def _hit_lines(design: Design, failed: Component, flow: FlowPrediction) -> list[Line]:
    """The connections that carried the flow and are broken by the failure.

    If the failure breaks none of them: all that carried the flow.
    """
    carrying = design.over(design.drawn[flow.flow, flow.direction])
    return [line for line in carrying if _hits(design, failed, line)] or carrying


def _hits(design: Design, failed: Component, line: Line) -> bool:
    """Whether the failure breaks a part of the connection: one of its nodes or tunnels, or a link between two of its nodes."""
    nodes = _nodes(design, line)
    ends = (design.link_ends[name] for name in failed.links)
    return bool(nodes.intersection((*failed.nodes, *failed.tunnels))) or any(nodes.issuperset(each) for each in ends)


def _nodes(design: Design, line: Line) -> set[str]:
    """The names of all nodes on a connection, from the customer's router to AWS's gateways. A tunnel has the name of its endpoint."""
    if isinstance(line, Connection):
        vifs = [vif for vif in design.plan.vifs if vif.circuit == line.name]
        gateways = (gateway.name for vif in vifs for gateway in design.gateways_behind(vif.gateway))
        return {line.edge, line.name, *(vif.device for vif in vifs), *gateways}
    tunnels = design.tunnels(line)
    return {line.gateway}.union(*(underlay(design.plan, tunnel) for tunnel in tunnels))


def _no_bfd(design: Design) -> Iterator[Hit]:
    for vif in design.topology.virtual_interfaces:
        if not vif.bfd:
            seconds = hold_seconds(design, vif)
            yield Hit(
                where=where(vif),
                subject=vif.name,
                message=f"{vif.name} has no BFD, so a silent loss of {vif.connection} is noticed by the hold time of {seconds:g} s",
                revealed_by=f"{vif.connection} loses all packets while its light stays on",
            )


def _dpd_only(design: Design) -> Iterator[Hit]:
    for vpn in design.topology.vpn_connections:
        if vpn.static_routes:
            yield Hit(
                where=(*where(vpn), "static_routes"),
                subject=vpn.name,
                message=f"{vpn.name} has no BGP, so a silent loss is noticed by dead peer detection, after {_dpd_words(vpn)}",
                revealed_by=f"{vpn.provider} loses all packets",
            )


def _dpd_words(vpn: VpnConnection) -> str:
    least = min(vpn.options.dpd_timeout, CUSTOMER_DEAD_AFTER) - 10
    return f"{least:g} to {max(vpn.options.dpd_timeout, CUSTOMER_DEAD_AFTER) + 20:g} s"


RULES = (
    Rule(
        look=_over_budget,
        code=Code(
            code="FL501",
            severity=Severity.WARNING,
            title="A failure is noticed later than the budget allows",
            symptom="The flow fails over, but users notice the gap: connections time out.",
            revealed_by="a failure that keeps the link's light on",
            remedy="Use BFD on circuits and tuned BGP timers (hold 3 s) on VPNs, or allow more: --budget.",
            section_8=(5, 17),
        ),
    ),
    Rule(
        look=_no_bfd,
        code=Code(
            code="FL502",
            severity=Severity.WARNING,
            title="A virtual interface has no BFD",
            symptom="Traffic goes into a dead circuit until the BGP hold time ends: 90 s with AWS's default, 3 s at best.",
            revealed_by="the circuit loses all packets while its light stays on",
            remedy="Write bfd: true, and configure BFD on your router. AWS's side is ready (300 ms, three times).",
            section_8=(17,),
        ),
    ),
    Rule(
        look=_dpd_only,
        code=Code(
            code="FL503",
            severity=Severity.WARNING,
            title="Only dead peer detection watches a VPN",
            symptom="Traffic goes into a dead tunnel for half a minute or more. A failure behind the tunnel's end is never noticed.",
            revealed_by="the provider loses all packets",
            remedy="Use BGP on the VPN: remove static_routes. Its hold time can be 3 s.",
            section_8=(5, 7),
        ),
    ),
)
