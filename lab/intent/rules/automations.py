"""Rules for automations: their alarm exists, their target exists, and they neither fight each other nor trigger themselves."""

import re
from collections.abc import Iterator

from lab.intent.document.finding import Finding, Where
from lab.intent.monitor import shipped_rules
from lab.intent.rules.draft import Draft
from lab.intent.rules.references import dangling
from lab.model.automation import ActionKind, Automation
from lab.model.ip import Prefix, lies_in
from lab.model.topology import VpnConnection
from lab.spelling import way_out

_VIF, _VPN = "virtual interface", "VPN connection"
_TARGETS = {ActionKind.PREFER: (_VIF,), ActionKind.ROUTE: (_VPN,)}
"""The kinds of target of each action. All others have both."""

_CLOUDWATCH = re.compile(r".+-(any-tunnel-down|all-tunnels-down|connection-down|bgp-down|bgp-down-connection-up|no-prefixes-accepted)")
"""The names of the alarms that every topology has in CloudWatch."""

_MOVED = frozenset({"FlowPathOther", "FlowAsymmetric"})
"""The rules that ring when traffic takes another path."""

_LESS = frozenset({"DxPrefixesAcceptedLow", "DxPrefixesAdvertisedLow"})
_OWN_RULES = {
    _VIF: frozenset({"DxVirtualInterfaceDown", "DxVirtualInterfaceDownConnectionUp", "SiteBgpSessionDown", "BackupPathDead"}),
    _VPN: frozenset(
        {"VpnAnyTunnelDown", "VpnAllTunnelsDown", "VpnOneTunnelOfTwo", "VpnTunnelWithoutBgp", "SiteBgpSessionDown", "BackupPathDead"}
    ),
}
"""The rules that ring when the sessions of a target are closed."""

_KNOWN_LABELS = {"virtual_interface": _VIF, "vpn_connection": _VPN, "connection": "DX connection", "transit_gateway": "gateway"}


_LABELS = (
    *_KNOWN_LABELS,
    *("flow", "direction", "tunnel", "attachment", "router", "neighbor", "peer", "address", "interface", "severity"),
)
"""The labels that alarms of our rules may have."""


def known_alarm(draft: Draft) -> Iterator[Finding]:
    """Rule: an automation is triggered by a rule of Prometheus. CloudWatch's alarms are computed, so they trigger nothing."""
    monitoring = draft.topology.monitoring
    known = (*shipped_rules(), *(monitoring.alarms if monitoring else ()))
    own = {alarm.name for alarm in draft.topology.alarms}
    for each in draft.topology.automations:
        at: Where = ("automation", each.name, "on")
        if each.rule in known:
            continue
        if each.rule in own or _CLOUDWATCH.fullmatch(each.rule):
            message = (
                f"{each.rule} is an alarm of CloudWatch, which is only computed (write a rule of Prometheus, for instance FlowLossHigh)"
            )
            yield Finding(where=at, message=message)
        else:
            yield Finding(where=at, message=f"there is no rule named {each.rule[:60]!r} {way_out(each.rule, known)}")


def known_labels(draft: Draft) -> Iterator[Finding]:
    """Rule: a label is one that our rules have, and if it names something of the topology, this exists. Rules of the user may have any."""
    flows = [flow.name for flow in draft.topology.flows]
    for each in draft.topology.automations:
        for label, value in each.labels:
            at: Where = ("automation", each.name, "labels", label)
            if label in _KNOWN_LABELS:
                yield from dangling(draft, at, value, (_KNOWN_LABELS[label],))
            elif label == "flow" and value not in flows:
                yield Finding(where=at, message=f"there is no flow named {value[:60]!r} {way_out(value, flows)}")
            elif each.rule in shipped_rules() and label not in _LABELS:
                yield Finding(where=at, message=f"the alarm {each.rule} has no label named {label[:60]!r} {way_out(label, _LABELS)}")


def known_target(draft: Draft) -> Iterator[Finding]:
    """Rule: the target of an action exists, and is of a kind that the action can change."""
    for each in draft.topology.automations:
        at = _target_at(each)
        if each.order.run:
            yield from _stray_node(draft, at, each.order.run.node)
            continue
        yield from dangling(draft, at, each.order.target, _TARGETS.get(each.order.kind, (_VIF, _VPN)))
        vpn = next((vpn for vpn in draft.topology.vpn_connections if vpn.name == each.order.target), None)
        if vpn and vpn.static_routes:
            yield from _static(draft, each, vpn)


def fitting_prefix(draft: Draft) -> Iterator[Finding]:
    """Rule: a prefix that an action announces, withdraws or routes to belongs to the site. At the site, it belongs to a VPC."""
    for each in draft.topology.automations:
        prefix, owned = each.order.prefix, list(_owned(draft, each))
        if prefix is None or not owned or any(lies_in(prefix, one) for one in owned):
            continue
        where = (*_target_at(each)[:-1], "prefix")
        yield Finding(where=where, message=f"{prefix} is not inside {' or '.join(map(str, owned))} (write a prefix that is)")


def watches_another(draft: Draft) -> Iterator[Finding]:
    """Rule: an action does not make its own alarm ring, as far as names show. Such an automation would trigger itself for ever."""
    for each in draft.topology.automations:
        what = next((what for what in (_VIF, _VPN) if draft.known.has(each.order.target, what)), None)
        if what and each.rule in _rung_by(each, what) and not _is_about_another(each, what):
            message = f"{each.name} watches itself: the alarm {each.rule} rings because it {each.order.words} (choose another alarm)"
            yield Finding(where=("automation", each.name, "on"), message=message)


def one_each(draft: Draft) -> Iterator[Finding]:
    """Rule: two automations do not change one thing."""
    first: dict[str, Automation] = {}
    for each in draft.topology.automations:
        other = first.setdefault(each.order.target, each)
        if other is not each:
            message = f"the automation {other.name} already changes {each.order.target} (merge the two, or remove one)"
            yield Finding(where=_target_at(each), message=message)


def undoable_script(draft: Draft) -> Iterator[Finding]:
    """Rule: only a script can undo a script in a check. The repair of the node would also undo the faults there."""
    for each in draft.topology.automations:
        if each.order.run is None or each.order.run.undo:
            continue
        for key in (*(("undo",) if each.back else ()), *(("never",) if each.spares_last_path else ())):
            message = (
                f"{key} needs an undo_script, because nothing else knows what {each.order.run.script.name} did (add one, or remove {key})"
            )
            yield Finding(where=("automation", each.name, key), message=message)


def _stray_node(draft: Draft, at: Where, name: str) -> Iterator[Finding]:
    """A mistake if no site has a node of this name."""
    centers, edges = draft.known.names("data centre"), draft.known.names("edge")
    nodes = (*edges, *(f"{center}-{node}" for center in centers for node in ("core", "host")))
    if name in nodes or draft.known.unsure & {"data centre", "edge"}:
        return
    yield Finding(where=at, message=f"there is no node of a site named {name[:60]!r} {way_out(name, nodes)}")


def _static(draft: Draft, each: Automation, vpn: VpnConnection) -> Iterator[Finding]:
    """A mistake if the action cannot change a static VPN: it has no BGP, and has its static routes already."""
    planned = vpn.static_routes if each.order.side == "aws" else tuple(vpc.cidr for vpc in draft.topology.vpcs)
    if each.order.kind is not ActionKind.ROUTE:
        message = f"{vpn.name} is a static VPN, so it has no BGP (use static-route, or another target)"
        yield Finding(where=_target_at(each), message=message)
    elif each.order.prefix is None or each.order.prefix in planned:
        message = f"{vpn.name} is a static VPN, so it has this route already (write another prefix, or another target)"
        yield Finding(where=_target_at(each), message=message)


def _target_at(each: Automation) -> Where:
    at: Where = ("automation", each.name, "do", each.order.kind.value)
    match each.order.kind:
        case ActionKind.SHUT | ActionKind.OPEN:
            return at
        case ActionKind.RUN:
            return (*at, "node")
        case _:
            return (*at, "target")


def _owned(draft: Draft, each: Automation) -> Iterator[Prefix]:
    """The prefixes that an action may name."""
    topology, target = draft.topology, each.order.target
    vpn = next((vpn for vpn in topology.vpn_connections if vpn.name == target), None)
    if each.order.side == "site" and vpn:
        gateway = draft.gateway(vpn.gateway)
        yield from (vpc.cidr for vpc in topology.vpcs if gateway and vpc.name in gateway.vpcs)
        return
    for center, line in draft.lines_of_sites:
        if line.name == target:
            yield from dict.fromkeys((*center.prefixes, *draft.told(center, line).own))


def _rung_by(each: Automation, what: str) -> frozenset[str]:
    """The rules that ring when an action is in force."""
    match each.order.kind:
        case ActionKind.SHUT:
            return _OWN_RULES[what] | _MOVED
        case ActionKind.OPEN:
            return _OWN_RULES[what]
        case ActionKind.WITHDRAW:
            return _MOVED | (_LESS if what == _VIF else frozenset())
        case _:
            return _MOVED


def _is_about_another(each: Automation, what: str) -> bool:
    """Whether a label says that the alarm is about another virtual interface or VPN connection."""
    label = what.replace(" ", "_").lower()
    return any(name == label and value != each.order.target for name, value in each.labels)
