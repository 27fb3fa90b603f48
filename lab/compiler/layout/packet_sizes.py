"""Choose the MTU of each interface. Law: a network without jumbo frames has 1500 everywhere.

With a jumbo virtual interface anywhere, sites and AWS carry jumbo frames inside, so that only circuits, tunnels and transit gateways limit
the size of packets. The internet carries 1500.
"""

from lab.compiler.blueprint import Blueprint, VifSite
from lab.model.aws import JUMBO_MTU, TRANSIT_GATEWAY_MTU
from lab.model.plan import Endpoint, Interface, Link, Role
from lab.model.topology import LINK_MTU

_NO_JUMBO = frozenset({Role.NAT, Role.INTERNET, Role.VPN_ENDPOINT})
_Ends = dict[Endpoint, int]


def choose_mtus(blueprint: Blueprint) -> None:
    """Set the MTU of every interface of the blueprint that is not LINK_MTU."""
    if all(site.vif.mtu == LINK_MTU for site in blueprint.vifs):
        return
    ends: _Ends = {}
    for link in blueprint.cabling.links:
        mtu = _of_link(blueprint, link)
        ends |= {link.a: mtu, link.b: mtu}
    ends |= _on_circuits(blueprint)
    for node, interfaces in blueprint.cabling.interfaces.items():
        blueprint.cabling.interfaces[node] = [each.with_mtu(ends[Endpoint(node=node, interface=each.name)]) for each in interfaces]


def _of_link(blueprint: Blueprint, link: Link) -> int:
    """The MTU of a link. A cable of a circuit gets that of its virtual interfaces later."""
    roles = {blueprint.places[link.a.node].role, blueprint.places[link.b.node].role}
    if roles & _NO_JUMBO or Role.CARRIER in roles:
        return LINK_MTU
    return TRANSIT_GATEWAY_MTU if Role.TRANSIT_GATEWAY in roles else JUMBO_MTU


def _on_circuits(blueprint: Blueprint) -> _Ends:
    """The MTU of the interfaces of all circuits. A cable that carries several virtual interfaces has the largest of their MTUs."""
    far = {end: other for link in blueprint.cabling.links for end, other in ((link.a, link.b), (link.b, link.a))}
    ends: _Ends = {}
    for site in blueprint.vifs:
        for node, interface in _both_ends(site):
            cable = Endpoint(node=node, interface=interface.tag.parent if interface.tag else interface.name)
            for end in (cable, far[cable]):
                ends[end] = max(site.vif.mtu, ends.get(end, LINK_MTU))
            if interface.tag:
                ends[Endpoint(node=node, interface=interface.name)] = site.vif.mtu
    return ends


def _both_ends(site: VifSite) -> tuple[tuple[str, Interface], tuple[str, Interface]]:
    return (site.connection.edge, site.customer), (site.device, site.aws)
