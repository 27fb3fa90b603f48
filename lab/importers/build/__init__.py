"""BUILD: an account and the user's sites → the text of a topology. One function, `topology_of`. Same account, same bytes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lab.importers.account import Account
from lab.importers.build.choosing import chosen
from lab.importers.build.choosing_vpn import with_bearers
from lab.importers.build.chosen import Chosen
from lab.importers.build.entries import Entries, rate
from lab.importers.build.experiments import checks_of
from lab.importers.build.flows import chosen_flows
from lab.importers.build.head import head
from lab.importers.build.names import Named, names_of
from lab.importers.build.placing import mistakes, placed
from lab.importers.build.remark import Remark, in_part
from lab.importers.build.yaml_text import Entry, entry_lines
from lab.importers.private import is_secret
from lab.model.imported import CheckText
from lab.model.sites import Sites
from lab.model.topology import FlowIntent
from lab.model.where import Where

__all__ = ["Imported", "Named", "chosen", "mistakes", "named", "topology_of", "with_bearers"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A topology as YAML text.

    - `flows`: how many flows it has.
    - `remarks`: what AWS has and the text has not. `names`: the name of each AWS id.
    - `checks`: those made of experiments of FIS.
    - `unknown`: the places in the text of values that AWS's files do not say. The text has usual values there.
    """

    text: str
    flows: int
    remarks: tuple[Remark, ...]
    names: tuple[tuple[str, str], ...]
    checks: tuple[CheckText, ...] = ()
    unknown: tuple[Where, ...] = ()


def topology_of(account: Account, sites: Sites, made_by: str = "import-aws") -> Imported:
    """The topology of an account. The sites must have no `mistakes`. `made_by`: the command, for the first line."""
    kept = chosen(account, sites.leave_out)
    here = placed(sites, kept)
    names = names_of(named(kept), dict(sites.names), _taken(sites))
    flows = chosen_flows(kept, here, names) if sites.flows is None else sites.flows
    entries = Entries(kept, sites, here, names)
    experiments = checks_of(account.experiments, account.virtual_interfaces, names, sorted(each.name for each in flows))
    remarks = (*kept.remarks, *(_unnamed(each.id) for each in named(kept) if is_secret(each.written)), *experiments.remarks)
    lines = [*head(sites, remarks, made_by), *_body(entries, kept, flows)]
    return Imported(
        text="\n".join(lines) + "\n",
        flows=len(flows),
        remarks=remarks,
        names=tuple(names.items()),
        checks=experiments.checks,
        unknown=tuple(_unknown(kept, names)),
    )


def _unknown(kept: Chosen, names: Mapping[str, str]) -> Iterator[Where]:
    yield from (("direct_connect", "connections", names[each.id], "device") for each in kept.circuits if not each.is_device_known)
    for gateway in kept.gateways:
        if gateway.kind == "tgw" and not gateway.are_routes_known:
            yield ("regions", gateway.region, "gateways", names[gateway.id], "static_routes")
    for each in kept.virtual_interfaces:
        unknown = (key for key, value in (("mtu", each.mtu), ("prefix_limit", each.prefix_limit)) if value is None)
        yield from (("direct_connect", "virtual_interfaces", names[each.id], key) for key in unknown)


def _unnamed(id_: str) -> Remark:
    return in_part(id_, "name tag", "it looks like a secret, or has an address in it. So the name in the topology is made of the id")


def named(kept: Chosen) -> tuple[Named, ...]:
    """Everything that gets a name from AWS, with the names that the lab derives from it."""
    locations = {each.location: each for each in kept.circuits}
    devices = {location: sorted({each.device for each in kept.circuits if each.location == location}) for location in locations}
    return (
        *(Named(id=each.id, kind="vpc", written=each.name, region=each.region, derived=("{}-host",)) for each in kept.vpcs),
        *(Named(id=each.id, kind=each.kind, written=each.name, region=each.region) for each in kept.gateways),
        *(Named(id=each.id, kind="peering", written=each.name) for each in kept.peerings),
        *(Named(id=each, kind="loc", written=each, derived=tuple(f"{{}}-{device}" for device in devices[each])) for each in locations),
        *(Named(id=each.id, kind="dxgw", written=each.name) for each in kept.dx_gateways),
        *(Named(id=each.id, kind="dx", written=each.name, region=each.region) for each in kept.circuits),
        *(Named(id=each.id, kind="vif", written=each.name, region=each.region) for each in kept.virtual_interfaces),
        *(Named(id=each.id, kind="vpn", written=each.name, region=each.region, derived=("{}-1", "{}-2")) for each in kept.vpn_connections),
    )


def _taken(sites: Sites) -> Iterator[str]:
    """The names that the user gives, and those that the lab derives from them."""
    yield from ("internet", "carrier")
    for site in sites.sites:
        yield from (
            site.name,
            f"{site.name}-host",
            f"{site.name}-core",
            *(edge.name for edge in site.edges),
            *(box.name for box in site.nat),
        )
    yield from (each.name for each in (*sites.providers, *sites.shared_risks))
    yield from (each.name for each in sites.interconnects)


def _body(entries: Entries, kept: Chosen, flows: tuple[FlowIntent, ...]) -> Iterator[str]:
    yield from _section("data_centers", entries.data_centers())
    yield from _section("interconnects", entries.interconnects())
    yield from ("", "regions:")
    for region in sorted({each.region for each in kept.gateways}):
        yield f"  {region}:"
        yield from _nested("vpcs", entries.vpcs(region), 4)
        yield from _nested("gateways", entries.gateways(region), 4)
    yield from _section("transit_gateway_peerings", entries.peerings())
    if kept.circuits:
        yield from ("", "direct_connect:")
        yield from _nested("locations", entries.locations(), 2)
        yield from _nested("gateways", entries.dx_gateways(), 2)
        yield from _nested("connections", entries.connections(), 2)
        yield from _nested("virtual_interfaces", entries.virtual_interfaces(), 2)
    yield from _section("vpn_connections", entries.vpn_connections())
    yield from _section("flows", map(_flow, flows))


def _flow(each: FlowIntent) -> Entry:
    bandwidth = {"bandwidth": rate(each.bandwidth)} if each.bandwidth else {}
    return Entry(name=each.name, value={"from": each.source, "to": each.target, **bandwidth})


def _section(title: str, entries: Iterator[Entry]) -> Iterator[str]:
    lines = list(_nested(title, entries, 0))
    yield from ("", *lines) if lines else ()


def _nested(title: str, entries: Iterator[Entry], indent: int) -> Iterator[str]:
    """A section with its entries, sorted by name. Nothing if there are none."""
    found = sorted(entries, key=lambda each: each.name)
    if found:
        yield f"{' ' * indent}{title}:"
    for each in found:
        yield from entry_lines(each, indent + 2)
