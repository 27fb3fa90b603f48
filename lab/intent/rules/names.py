"""Rules for names: every name is unique, also among the nodes that the lab adds, because faults and paths use names."""

from collections.abc import Iterator

from lab.intent.document.finding import Finding, dotted
from lab.intent.document.wording import with_article
from lab.intent.rules.draft import Draft
from lab.intent.rules.transit_tables import added_nodes
from lab.intent.topology.known import Named
from lab.model.ip import Family
from lab.model.route_tables import BLACKHOLE

_REPEATED = frozenset({"provider", "carrier", "shared risk"})
_ONE_COMPANY = frozenset({"provider", "carrier"})


def unique(draft: Draft) -> Iterator[Finding]:
    """Rule: no name is used twice. Exceptions:

    - Providers, carriers and shared risks are named wherever they are used.
    - One company may be the internet provider of VPNs and the carrier of circuits.
    """
    first: dict[str, Named] = {}
    for named in draft.known.named:
        earlier = first.setdefault(named.name, named)
        if earlier is named or (earlier.what == named.what and named.what in _REPEATED) or {earlier.what, named.what} == _ONE_COMPANY:
            continue
        yield Finding(where=named.where, message=_twice(named, earlier))


def _twice(named: Named, earlier: Named) -> str:
    if named.what == earlier.what == "edge":
        centers = earlier.where[1], named.where[1]
        if centers[0] == centers[1]:
            return f"edge {named.name!r} is listed twice (remove one entry)"
        return f"edge {named.name!r} is already in {centers[0]}; a router is in one data centre (rename or remove one)"
    return (
        f"{named.name!r} is already the name of {with_article(earlier.what)} ({dotted(earlier.where)}); "
        "each needs its own name (rename one of the two)"
    )


def not_derived(draft: Draft) -> Iterator[Finding]:
    """Rule: no name in the file is the name of a node that the lab adds."""
    taken = derived(draft)
    for named in draft.known.named:
        owner = taken.get(named.name)
        if owner and (named.what, named.name) != ("provider", "internet"):
            yield Finding(where=named.where, message=f"the lab uses the name {named.name!r} for {owner} (choose another name)")


def derived(draft: Draft) -> dict[str, str]:
    """The names of nodes and tunnels that the lab adds, each with a description."""
    found = {"internet": "the internet"}
    for name in draft.known.names("data centre"):
        found |= {f"{name}-host": f"the host of {name}", f"{name}-core": f"the core router of {name}"}
    for name in draft.known.names("VPC"):
        found[f"{name}-host"] = f"the host of {name}"
    for vpc in draft.topology.vpcs:
        if vpc.static_routes or not vpc.propagation or sum(vpc.name in gateway.vpcs for gateway in draft.topology.gateways) > 1:
            found[f"{vpc.name}-router"] = f"the router of {vpc.name}"
    if any(gateway.static_routes for gateway in draft.topology.gateways):
        found[BLACKHOLE] = "static routes that drop packets"
    found |= added_nodes(draft.topology.gateways)
    for name in draft.known.names("VPN connection"):
        found |= {f"{name}-{number}": f"tunnel {number} of {name}" for number in (1, 2)}
    for circuit in draft.topology.connections:
        members = circuit.lag.names(circuit.name) if circuit.lag else ()
        found |= dict.fromkeys(members, f"a member of the LAG {circuit.name}")
    for vif in (each for each in draft.topology.virtual_interfaces if each.ipv6):
        found |= {f"{vif.name}-{family.value}": f"the {family.name_in_text} session of {vif.name}" for family in Family}
    if "carrier" not in draft.known.names("carrier") and any(circuit.provider == "carrier" for circuit in draft.topology.connections):
        found["carrier"] = "the carrier of connections without a provider"
    return found | _devices(draft)


def _devices(draft: Draft) -> dict[str, str]:
    """The names of the AWS device nodes that the lab adds, each with its description.

    A device with several gateways has one node for each.
    """
    devices = {circuit.name: f"{circuit.location}-{circuit.device}" for circuit in draft.topology.connections}
    gateways: dict[str, set[str]] = {device: set() for device in devices.values()}
    for vif in draft.topology.virtual_interfaces:
        if vif.connection in devices:
            gateways[devices[vif.connection]].add(vif.gateway)
    found = dict.fromkeys(gateways, "an AWS device at a location")
    for device, several in gateways.items():
        if len(several) > 1:
            found |= {f"{device}-{gateway}": f"the part of {device} that belongs to {gateway}" for gateway in several}
    return found
