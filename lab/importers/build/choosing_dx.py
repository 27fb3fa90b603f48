"""Choose the part of Direct Connect that a topology can say."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

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
    used = {vif.connection: _located(known.get(vif.connection) or _hosted(vif), vif) for vif in reversed(vifs)}
    here = [each for _, each in sorted(used.items())]
    devices = _devices(here)
    numbers = _device_numbers(here, devices)
    for each in account.connections:
        if each.id not in used and each.lag not in used:
            remarks.append(left_out(each.id, "connection", "no imported virtual interface is on it"))
    _tell_unknown_devices(here, devices, remarks)
    _tell_shared_lags(here, remarks)
    return tuple(_circuit(each, numbers[each.id], remarks, is_known=bool(devices[each.id])) for each in here)


def _virtual_interfaces(
    account: Account, kinds: dict[str, str], unwanted: frozenset[str], remarks: list[Remark]
) -> Iterator[VirtualInterface]:
    known = {each.id for each in account.dx_gateways}
    lags = {member: lag.id for lag in account.lags for member in lag.members}
    lags |= {each.id: each.lag for each in account.connections if each.lag in {lag.id for lag in account.lags}}
    for interface in account.virtual_interfaces:
        vif = replace(interface, connection=lags.get(interface.connection, interface.connection))
        if unwanted.intersection((vif.connection, vif.gateway)):
            continue
        why = _why_not(vif, kinds, known)
        if why:
            remarks.append(left_out(vif.id, f"{vif.kind} virtual interface", why))
            continue
        if "ipv6" in vif.families:
            remarks.append(in_part(vif.id, "virtual interface with an IPv6 peer", "an import brings in no IPv6 yet"))
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
        return "it has IPv6 only, and an import brings in no IPv6 yet"
    if not vif.region:
        return "no file says the Region of its location (add the output of `aws directconnect describe-locations`)"
    if vif.gateway not in known and vif.gateway not in kinds and (vif.amazon_asn is None or vif.gateway.startswith("vgw-")):
        return f"its gateway {vif.gateway or '(none)'} is in no file, or was not imported"
    return ""


def _dx_gateways(account: Account, kinds: dict[str, str], vifs: Sequence[VirtualInterface], remarks: list[Remark]) -> Iterator[DxGateway]:
    """The Direct Connect gateways that a virtual interface leads to. AWS tells the ASN of one in another account on the interface."""
    used = {vif.gateway: vif for vif in vifs if vif.gateway not in kinds}
    known = {each.id: each for each in account.dx_gateways}
    for each in account.dx_gateways:
        if each.id not in used:
            remarks.append(left_out(each.id, "Direct Connect gateway", "no imported virtual interface uses it"))
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
            remarks.append(left_out(each.gateway, what, "the gateway is in no file, or was not imported"))
        elif kinds[each.gateway] == "tgw" and not each.allowed_prefixes:
            remarks.append(
                left_out(each.gateway, what, "it has no IPv4 allowed prefixes, so AWS announces nothing of this transit gateway")
            )
        else:
            if each.has_ipv6:
                remarks.append(in_part(each.gateway, f"IPv6 allowed prefixes of the {what}", "an import brings in no IPv6 yet"))
            yield each


def _hosted(vif: VirtualInterface) -> Connection:
    """The connection of a hosted virtual interface. It belongs to another account, so no file has it."""
    return Connection(id=vif.connection, name="", region=vif.region, location=vif.location, device=vif.device, hardware=vif.hardware)


def _located(circuit: Connection | Lag, vif: VirtualInterface) -> Connection | Lag:
    """A circuit, with the device that its virtual interface says if nothing else says it."""
    return circuit if circuit.device or circuit.hardware else replace(circuit, device=vif.device, hardware=vif.hardware)


def _devices(circuits: Sequence[Connection | Lag]) -> dict[str, str]:
    """The device of each circuit, by its id. "" if no file says it.

    The logical device counts: its box may be replaced. If a file says only the box, another circuit may say which logical device it is.
    """
    logical = {(each.location, each.hardware): each.device for each in circuits if each.device and each.hardware}
    return {each.id: each.device or logical.get((each.location, each.hardware)) or each.hardware for each in circuits}


def _device_numbers(circuits: Sequence[Connection | Lag], devices: Mapping[str, str]) -> dict[str, int]:
    """For each circuit, the number of its device at its location. Devices of a location are numbered in the order of their names."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for each in circuits:
        found[each.location].add(devices[each.id])
    ordered = {location: sorted(names - {""}) for location, names in found.items()}
    return {each.id: ordered[each.location].index(name) + 1 if (name := devices[each.id]) else 1 for each in circuits}


def _tell_unknown_devices(circuits: Sequence[Connection | Lag], devices: Mapping[str, str], remarks: list[Remark]) -> None:
    """A remark for each circuit whose device is unknown, if its location has other circuits."""
    for each in circuits:
        if not devices[each.id] and sum(other.location == each.location for other in circuits) > 1:
            why = "no file says on which of AWS's devices it ends. In the topology it is device 1"
            remarks.append(in_part(each.id, f"connection at {each.location}", why))


def _tell_shared_lags(circuits: Sequence[Connection | Lag], remarks: list[Remark]) -> None:
    """A remark for each LAG of a partner that carries several hosted connections: it is one thing that can break all of them."""
    carried: defaultdict[str, list[str]] = defaultdict(list)
    for each in circuits:
        if isinstance(each, Connection) and each.lag:
            carried[each.lag].append(each.id)
    for lag, ids in carried.items():
        if len(ids) > 1:
            why = "in the topology they can fail only one by one (write them under one shared_risk in the sites file)"
            remarks.append(in_part(" ".join(ids), f"connections on one LAG {lag}", why))


def _circuit(each: Connection | Lag, number: int, remarks: list[Remark], *, is_known: bool) -> Circuit:
    bandwidth, bundled = each.bandwidth, None
    if isinstance(each, Lag):
        bandwidth = bandwidth * _size(each) if bandwidth else None
        bundled = _bundled(each, remarks)
    return Circuit(
        id=each.id,
        name=each.name,
        region=each.region,
        location=each.location,
        device=number,
        is_device_known=is_known,
        bandwidth=bandwidth,
        provider=each.provider,
        lag=bundled,
    )


def _bundled(lag: Lag, remarks: list[Remark]) -> Bundled | None:
    """The members of a LAG as a topology has them. None, with a remark: it is one circuit, and no member can fail alone."""
    count = _size(lag)
    if 1 <= count <= MOST_MEMBERS and lag.minimum_links <= count:
        return Bundled(members=count, minimum_links=lag.minimum_links)
    what = f"LAG with {count} members and minimum links {lag.minimum_links}"
    why = (
        "no file says how many connections are in it"
        if count == 0
        else f"a LAG has up to {MOST_MEMBERS} members, and needs no more than it has"
    )
    remarks.append(in_part(lag.id, what, f"{why}. It is one circuit, and no member can fail alone"))
    return None


def _size(lag: Lag) -> int:
    """How many members a LAG has. Another account may own some of them."""
    return max(len(lag.members), lag.size)
