"""The customer's policy at an edge: which of AWS's routes it accepts and prefers, and how it announces the data centre's prefixes."""

from collections.abc import Iterable, Iterator, Mapping

from lab.compiler.blueprint import Blueprint
from lab.compiler.data_center.common import DX_PREFERENCE, FROM_DX, FROM_VPN, VPN_PREFERENCE
from lab.model.router import (
    DropCommunities,
    HasCommunity,
    InPrefixes,
    PrefixList,
    Prepend,
    RouteMapEntry,
    Set,
    SetCommunities,
    SetPreference,
)
from lab.model.told import Line
from lab.model.topology import DataCenter, VirtualInterface, VpnConnection


def out_by(line: Line) -> str:
    """The name of an edge's outbound route-map for a virtual interface or VPN connection."""
    return f"AWS-OUT-{line.name}"


def in_by(line: Line) -> str:
    """The name of an edge's inbound route-map. Only a virtual interface or VPN connection with choices has its own."""
    if line.customer.prefer is None and not line.customer.accept:
        return "AWS-IN-VPN" if isinstance(line, VpnConnection) else "AWS-IN-DX"
    return f"AWS-IN-{line.name}"


def usual_maps() -> Iterator[RouteMapEntry]:
    """The inbound route-maps of all virtual interfaces and VPN connections for which the customer chose nothing."""
    yield from _heard("AWS-IN-VPN", (SetPreference(value=VPN_PREFERENCE), SetCommunities(values=(FROM_VPN,))))
    yield from _heard("AWS-IN-DX", (SetPreference(value=DX_PREFERENCE), SetCommunities(values=(FROM_DX,))))


def chosen_maps(lines: Iterable[Line], tags: Mapping[str, str]) -> Iterator[RouteMapEntry]:
    """The inbound route-maps of those for which the customer chose something. `tags`: by line, one more community that its routes get."""
    for line in lines:
        chosen, is_vpn = line.customer, isinstance(line, VpnConnection)
        if chosen.prefer is None and not chosen.accept:
            continue
        usual = VPN_PREFERENCE if is_vpn else DX_PREFERENCE
        preference = SetPreference(value=usual if chosen.prefer is None else chosen.prefer)
        accepted = (InPrefixes(list=_accepted(line)),) if chosen.accept else ()
        tagged = SetCommunities(values=(FROM_VPN if is_vpn else FROM_DX, *((tags[line.name],) if line.name in tags else ())))
        yield from _heard(in_by(line), (preference, tagged), accepted)


def refused_maps(lines: Iterable[Line]) -> Iterator[RouteMapEntry]:
    """Entries of all inbound route-maps: the customer takes no route from AWS to what it announces itself."""
    for name in dict.fromkeys(map(in_by, lines)):
        yield RouteMapEntry(name=name, seq=15, permit=False, match=(InPrefixes(list="BEYOND-OWN"),))


def accepted_lists(lines: Iterable[Line]) -> Iterator[PrefixList]:
    """A prefix list for each virtual interface or VPN connection with `accept`."""
    for line in lines:
        if line.customer.accept:
            yield PrefixList(name=_accepted(line), prefixes=line.customer.accept, longer=True)


def announced_maps(site: DataCenter, edge: str, line: Line) -> Iterator[RouteMapEntry]:
    """The outbound route-map. It announces the prefixes of this data centre, and those of another one learned over the interconnect."""
    is_written = bool(site.announce or line.customer.announce)
    own, other = (f"OWN-{line.name}", f"OTHER-{line.name}") if is_written else ("OWN", "OTHER")
    over_interconnect, dressed = (InPrefixes(list=other), HasCommunity(list="FROM-DCI")), _dressed(site.asn_of(edge), line)
    yield RouteMapEntry(name=out_by(line), seq=10, match=(InPrefixes(list=own),), set=dressed)
    yield RouteMapEntry(name=out_by(line), seq=20, match=over_interconnect, set=dressed)


def announced_lists(blueprint: Blueprint, site: DataCenter, lines: Iterable[Line]) -> Iterator[PrefixList]:
    """The prefix lists of the lines for which the file says what the customer announces."""
    for line in lines:
        if site.announce or line.customer.announce:
            told = blueprint.told(site, line)
            lists = ((f"OWN-{line.name}", told.own), (f"OTHER-{line.name}", told.passed_on))
            yield from (PrefixList(name=name, prefixes=prefixes) for name, prefixes in lists if prefixes)


def _dressed(asn: int, line: Line) -> tuple[Set, ...]:
    """What the customer changes of a route that it announces."""
    return (_tagged(line), Prepend(asns=(asn,) * line.as_path_prepend)) if line.as_path_prepend else (_tagged(line),)


def _tagged(line: Line) -> SetCommunities | DropCommunities:
    """What happens to the site's own tags. AWS reads communities only on virtual interfaces (D26 2.3)."""
    if isinstance(line, VirtualInterface) and line.local_preference:
        return SetCommunities(values=(line.local_preference.value,))
    return DropCommunities(list="INTERNAL-TAGS")


def _heard(name: str, dressed: tuple[Set, ...], accepted: tuple[InPrefixes, ...] = ()) -> Iterator[RouteMapEntry]:
    yield RouteMapEntry(name=name, seq=10, permit=False, match=(InPrefixes(list="OWN"),))
    yield RouteMapEntry(name=name, seq=20, match=accepted, set=dressed)


def _accepted(line: Line) -> str:
    return f"ACCEPT-{line.name}"
