"""Write a draft of a sites file: filled in with all that AWS knows, and a question for all that it does not."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network

from lab.importers.account import Account, CustomerGateway
from lab.importers.build.choosing import chosen
from lab.importers.build.chosen import Chosen, Circuit
from lab.importers.build.names import Named, names_of, valid
from lab.importers.build.yaml_text import Value, flow
from lab.importers.known_routes import Known, known_routes, policies
from lab.importers.private import harmless

_HEAD = """\
# What AWS cannot know about your network. This is a draft: {} filled in what the account shows.
# Answer every QUESTION, correct what is wrong, and run the same command again. Then it writes the topology."""

_NAME = """\

name: my-network   # QUESTION: what is the network called? (lower-case letters, digits and hyphens)
summary: Imported from AWS.   # QUESTION: what is it, in one sentence?"""

_SITES = """\

# QUESTION: which customer gateways (cgw-…) and circuits (dxcon-…, dxlag-…) are at one site?
# Here every ASN is one site. Move lines, rename sites and routers, or split a site, until it is as in reality.
# QUESTION: which of them end on one router? Here each has its own, but for customer gateways with one outside address.
# If that address is a NAT box in front of several routers: give each its router, and write for instance nat: {nat1: [gw1, gw2]}.
# QUESTION: are the routers of a site firewalls that keep state? Then add stateful: true to the site.
data_centers:"""

_PROVIDERS = """\

# QUESTION: whose lines carry the VPNs (name customer gateways) and the circuits? What is not named here gets a usual name."""

_MORE = """\

# QUESTION: which of them go through one duct, or enter by one building entry? One event there breaks all of them.
# shared_risk:
#   conduit-7: [{end}]

# QUESTION: do private links join your sites?
# interconnects:
#   dci: {{between: [{sites}]}}

# Flows are chosen for you: from each site to each VPC that it reaches. To choose them yourself:
# flows:
#   {site}-app: {{from: {site}, to: app}}

# Your own names for things of AWS, and things that you do not want in the topology, by their ids:
# names:
#   {vpc}: app
# leave_out: [{vpc}]"""

_VIFS = """\

# QUESTION: what does your own router do on these virtual interfaces? AWS does not know whether it runs BFD.
virtual_interfaces:"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Router:
    """One router of the draft: its name, and what ends on it."""

    name: str
    ends: tuple[CustomerGateway | Circuit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Site:
    """One site of the draft: all that has one ASN."""

    name: str
    asn: int
    routers: tuple[_Router, ...]

    @property
    def ends(self) -> frozenset[str]:
        return frozenset(end.id for router in self.routers for end in router.ends)


def sites_draft(account: Account, made_by: str = "import-aws") -> str:
    """A sites file for this account, as text. It is complete only if AWS knows the prefixes of every site."""
    kept = chosen(account)
    sites = _draft_sites(kept)
    lines = [_HEAD.format(made_by), _NAME, _SITES]
    known = {site.name: known_routes(account, kept, site.ends, alone=len(sites) == 1) for site in sites}
    for site in sites:
        lines += _site_lines(site, account, kept, known[site.name])
    lines += [_PROVIDERS, *_provider_lines(kept)]
    if kept.virtual_interfaces:
        lines += [_VIFS, *_vif_lines(account, kept, {end: known[site.name] for site in sites for end in site.ends})]
    end = next((end.id for end in kept.ends), "cgw-0a1b2c3d")
    vpc = next((vpc.id for vpc in kept.vpcs), "vpc-0a1b2c3d")
    named = ", ".join(site.name for site in sites[:2]) if len(sites) > 1 else "dc1, dc2"
    lines.append(_MORE.format(end=flow(end), vpc=flow(vpc), sites=named, site=sites[0].name if sites else "dc1"))
    return "\n".join(lines) + "\n"


def _draft_sites(kept: Chosen) -> tuple[_Site, ...]:
    """One site for each ASN. A customer gateway that has only static routes uses no ASN, so each such router is a site."""
    by_asn: defaultdict[tuple[int, str], list[CustomerGateway | Circuit]] = defaultdict(list)
    dynamic = {vpn.customer_gateway for vpn in kept.vpn_connections if not vpn.is_static}
    asns = {vif.connection: vif.asn for vif in reversed(kept.virtual_interfaces)}
    for gateway in kept.customer_gateways:
        by_asn[gateway.asn, "" if gateway.id in dynamic else gateway.device or gateway.id].append(gateway)
    for circuit in kept.circuits:
        by_asn[asns[circuit.id], ""].append(circuit)
    names = _router_names(kept)
    return tuple(
        _Site(name=f"dc{number}", asn=asn, routers=tuple(_routers(ends, names)))
        for number, ((asn, _), ends) in enumerate(sorted(by_asn.items(), key=lambda each: (each[0][0], each[1][0].id)), start=1)
    )


def _router_names(kept: Chosen) -> dict[str, str]:
    named = [
        Named(id=each.id, kind="router" if isinstance(each, CustomerGateway) else "dx-router", written=_label(each)) for each in kept.ends
    ]
    return names_of(named, {}, (name for each in kept.circuits if (name := valid(each.name, "dx"))))


def _label(each: CustomerGateway | Circuit) -> str:
    return each.name if isinstance(each, CustomerGateway) else ""


def _routers(ends: Sequence[CustomerGateway | Circuit], names: dict[str, str]) -> Iterator[_Router]:
    """Customer gateways with one outside address are one router."""
    boxes: defaultdict[str, list[CustomerGateway | Circuit]] = defaultdict(list)
    for end in ends:
        boxes[end.device or end.id if isinstance(end, CustomerGateway) else end.id].append(end)
    for box in boxes.values():
        yield _Router(name=names[box[0].id], ends=tuple(box))


def _site_lines(site: _Site, account: Account, kept: Chosen, known: Known) -> Iterator[str]:
    yield f"  {site.name}:   # ASN {site.asn}"
    yield f"    prefixes: {flow([str(prefix) for prefix in known.prefixes])}   # {_prefix_words(known)}"
    yield "    edges:"
    for router in site.routers:
        words = "; ".join(_end_words(end, account, kept) for end in router.ends)
        yield f"      {router.name}: {flow([end.id for end in router.ends])}   # {harmless(words)}"


def _prefix_words(known: Known) -> str:
    if known.prefixes:
        return f"QUESTION: is this right? AWS has it from {harmless(known.source)}"
    words = "QUESTION: which networks are here? For instance [10.1.0.0/16]"
    hints = f". AWS has learned, from all sites together: {_listed(known.hints)}" if known.hints else ""
    return f"{words}{hints}"


def _listed(prefixes: Sequence[IPv4Network]) -> str:
    most = 8
    more = f" and {len(prefixes) - most} more" if len(prefixes) > most else ""
    return ", ".join(map(str, prefixes[:most])) + more


def _end_words(end: CustomerGateway | Circuit, account: Account, kept: Chosen) -> str:
    if isinstance(end, CustomerGateway):
        vpns = ", ".join(vpn.id for vpn in kept.vpn_connections if vpn.customer_gateway == end.id)
        return f"customer gateway of {vpns}"
    vifs = ", ".join(vif.id for vif in kept.virtual_interfaces if vif.connection == end.id)
    place = next((f"{each.id} ({each.name})" for each in account.locations if each.id == end.location and each.name), end.location)
    return f"circuit to {place}, carries {vifs}"


def _provider_lines(kept: Chosen) -> Iterator[str]:
    carried: defaultdict[str, list[str]] = defaultdict(list)
    for circuit in kept.circuits:
        carried[valid(circuit.provider, "carrier")].append(circuit.id)
    unnamed = carried.pop("", [])
    yield "providers:" if carried else "# providers:"
    for name, ids in sorted(carried.items()):
        yield f"  {name}: {flow(ids)}   # as AWS has it"
    if unnamed:
        yield f"#   carrier-a: {flow(unnamed)}"
    if kept.customer_gateways:
        yield f"#   isp-a: {flow([each.id for each in kept.customer_gateways])}"


def _vif_lines(account: Account, kept: Chosen, known: Mapping[str, Known]) -> Iterator[str]:
    """The settings of virtual interfaces. `known`: for each circuit, what AWS knows of its site's prefixes."""
    found = policies(account)
    for vif in kept.virtual_interfaces:
        policy = found.get(vif.id)
        value: dict[str, Value] = {"bfd": False}
        if policy and policy.local_preference:
            value["local_preference"] = policy.local_preference
        if policy and policy.as_path_prepend:
            value["as_path_prepend"] = policy.as_path_prepend
        if policy and policy.own != set(known[vif.connection].prefixes):
            value["announce"] = [str(prefix) for prefix in policy.announce]
        seen = " The rest is as AWS received it." if len(value) > 1 else ""
        yield f"  {flow(vif.id)}: {flow(value)}   # QUESTION: BFD?{seen}"
