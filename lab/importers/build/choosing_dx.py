"""Choose the part of Direct Connect that a topology can say."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from lab.importers.account import Account, Association, Connection, DxGateway, Lag, VirtualInterface
from lab.importers.build.chosen import Chosen, Circuit, Gateway
from lab.importers.build.remark import Remark, in_part, left_out
from lab.model.aws import JUMBO, mtus_in_words
from lab.model.lag import MOST_MEMBERS
from lab.model.lag import Lag as Bundled
from lab.model.topology import LINK_MTU, VifKind


def choose_dx(account: Account, gateways: Sequence[Gateway], unwanted: frozenset[str], remarks: list[Remark]) -> Chosen:
    """The virtual interfaces, Direct Connect gateways and associations."""
    kinds = {each.id: each.kind for each in gateways}
    vifs = tuple(_virtual_interfaces(account, kinds, unwanted, remarks))
    dx_gateways = tuple(_dx_gateways(account, kinds, vifs, remarks))
    here = {each.id for each in dx_gateways}
    associations = tuple(_associations(account, kinds, here, unwanted, remarks))
    return Chosen(virtual_interfaces=vifs, dx_gateways=dx_gateways, associations=associations)


def circuits_of(account: Account, vifs: Sequence[VirtualInterface], remarks: list[Remark]) -> tuple[Circuit, ...]:
    """The circuits that carry these virtual interfaces. A LAG is one circuit."""
    every: tuple[Connection | Lag, ...] = (*account.connections, *account.lags)
    known = {each.id: each for each in every}
    used = {vif.connection: known.get(vif.connection) or _hosted(vif) for vif in vifs}
    devices = _device_numbers(used.values())
    for each in account.connections:
        if each.id not in used and each.lag not in used:
            remarks.append(left_out(each.id, "connection", "it carries no virtual interface that comes in"))
    return tuple(_circuit(each, devices, remarks) for _, each in sorted(used.items()))


def _virtual_interfaces(
    account: Account, kinds: dict[str, str], unwanted: frozenset[str], remarks: list[Remark]
) -> Iterator[VirtualInterface]:
    known = {each.id for each in account.dx_gateways}
    for vif in account.virtual_interfaces:
        if unwanted.intersection((vif.connection, vif.gateway)):
            continue
        why = _why_not(vif, kinds, known)
        if why:
            remarks.append(left_out(vif.id, f"{vif.kind} virtual interface", why))
            continue
        if "ipv6" in vif.families:
            remarks.append(in_part(vif.id, "virtual interface with an IPv6 peer", "a topology has no IPv6"))
        kind = VifKind(vif.kind)
        if vif.mtu not in {None, LINK_MTU, *JUMBO[kind]}:
            why = f"a topology has {mtus_in_words(kind)} on a {vif.kind} virtual interface. The lab uses {LINK_MTU}"
            remarks.append(in_part(vif.id, f"virtual interface with an MTU of {vif.mtu}", why))
        yield vif


def _why_not(vif: VirtualInterface, kinds: dict[str, str], known: set[str]) -> str:
    """Why a virtual interface cannot come in. "" if it can."""
    if vif.kind not in {"private", "transit"}:
        return "a topology has private and transit virtual interfaces only"
    if "ipv4" not in vif.families:
        return "it has IPv6 only, and a topology has no IPv6"
    if not vif.region:
        return "no file says the Region of its location (add the output of `aws directconnect describe-locations`)"
    if vif.gateway not in known and vif.gateway not in kinds and (vif.amazon_asn is None or vif.gateway.startswith("vgw-")):
        return f"its gateway {vif.gateway or '(none)'} is in no file, or it cannot come in"
    return ""


def _dx_gateways(account: Account, kinds: dict[str, str], vifs: Sequence[VirtualInterface], remarks: list[Remark]) -> Iterator[DxGateway]:
    """The Direct Connect gateways that a virtual interface leads to. AWS tells the ASN of one in another account on the interface."""
    used = {vif.gateway: vif for vif in vifs if vif.gateway not in kinds}
    known = {each.id: each for each in account.dx_gateways}
    for each in account.dx_gateways:
        if each.id not in used:
            remarks.append(left_out(each.id, "Direct Connect gateway", "no virtual interface that comes in leads to it"))
    for id_, vif in sorted(used.items()):
        if id_ not in known:
            why = "no file has it, so what it is associated with is known only in part. It may belong to another account"
            remarks.append(in_part(id_, "Direct Connect gateway", why))
        yield known.get(id_) or DxGateway(id=id_, name="", asn=vif.amazon_asn or 0)


def _associations(
    account: Account, kinds: dict[str, str], here: set[str], unwanted: frozenset[str], remarks: list[Remark]
) -> Iterator[Association]:
    for each in account.associations:
        if each.dx_gateway not in here or each.gateway in unwanted:
            continue
        what = f"association of {each.gateway} with {each.dx_gateway}"
        if each.gateway not in kinds:
            remarks.append(left_out(each.gateway, what, "the gateway is in no file, or it cannot come in"))
        elif kinds[each.gateway] == "tgw" and not each.allowed_prefixes:
            remarks.append(
                left_out(each.gateway, what, "it has no IPv4 allowed prefixes, so AWS announces nothing of this transit gateway")
            )
        else:
            if each.has_ipv6:
                remarks.append(in_part(each.gateway, f"IPv6 allowed prefixes of the {what}", "a topology has no IPv6"))
            yield each


def _hosted(vif: VirtualInterface) -> Connection:
    """The connection of a hosted virtual interface. It belongs to another account, so no file has it."""
    return Connection(id=vif.connection, name="", region=vif.region, location=vif.location, device=vif.device)


def _device_numbers(circuits: Iterable[Connection | Lag]) -> dict[tuple[str, str], int]:
    """For each location and device, the number of the device there. Devices of a location are numbered in the order of their names."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for each in circuits:
        found[each.location].add(each.device)
    return {
        (location, device): number for location, devices in found.items() for number, device in enumerate(sorted(devices - {""}), start=1)
    } | {(location, ""): 1 for location in found}


def _circuit(each: Connection | Lag, devices: dict[tuple[str, str], int], remarks: list[Remark]) -> Circuit:
    bandwidth, bundled = each.bandwidth, None
    if isinstance(each, Lag):
        bandwidth = bandwidth * len(each.members) if bandwidth else None
        bundled = _bundled(each, remarks)
    if not each.device and sum(location == each.location for location, _ in devices) > 1:
        why = "no file says on which of AWS's devices it ends. In the topology it is device 1"
        remarks.append(in_part(each.id, f"connection at {each.location}", why))
    return Circuit(
        id=each.id,
        name=each.name,
        region=each.region,
        location=each.location,
        device=devices[each.location, each.device],
        bandwidth=bandwidth,
        provider=each.provider,
        lag=bundled,
    )


def _bundled(lag: Lag, remarks: list[Remark]) -> Bundled | None:
    """The members of a LAG as a topology has them. None, with a remark: it is one circuit, and no member can fail alone."""
    count = len(lag.members)
    if 1 <= count <= MOST_MEMBERS and lag.minimum_links <= count:
        return Bundled(members=count, minimum_links=lag.minimum_links)
    what = f"LAG with {count} members and minimum links {lag.minimum_links}"
    why = (
        "no file says which connections are in it"
        if count == 0
        else f"a LAG has up to {MOST_MEMBERS} members, and needs no more than it has"
    )
    remarks.append(in_part(lag.id, what, f"{why}. It is one circuit, and no member can fail alone"))
    return None
