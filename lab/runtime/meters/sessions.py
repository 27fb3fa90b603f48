"""BGP and BFD sessions of one router, asked on FRR's control sockets."""

from collections.abc import Iterable, Iterator, Mapping
from ipaddress import AddressValueError, IPv4Address
from typing import Any

from lab.model.ip import Address
from lab.model.snapshot import NeighborSeen, PeerSeen
from lab.runtime.frr import vty

_ESTABLISHED = "Established"


def neighbors(node: str, pid: int, owners: Mapping[Address, str]) -> tuple[NeighborSeen, ...]:
    """The BGP sessions of a router. Raises NodeError if bgpd does not answer within 2 s."""
    return parse_neighbors(node, vty.ask(pid, "bgpd", "show bgp ipv4 unicast summary json"), owners)


def parse_neighbors(node: str, told: Mapping[str, object], owners: Mapping[Address, str]) -> tuple[NeighborSeen, ...]:
    """The sessions in the answer to `show bgp ipv4 unicast summary json`. `pfxSnt` is missing in a session that is not up."""
    peers = told.get("peers")
    return tuple(
        NeighborSeen(
            node=node,
            neighbor_node=owners.get(address, str(address)),
            neighbor=address,
            established=peer.get("state") == _ESTABLISHED,
            accepted=int(peer.get("pfxRcd", 0)),
            advertised=int(peer.get("pfxSnt", 0)),
        )
        for address, peer in _over_ipv4(peers.items() if isinstance(peers, dict) else ())
    )


def peers(node: str, pid: int, owners: Mapping[Address, str]) -> tuple[PeerSeen, ...]:
    """The BFD sessions of a router. Raises NodeError if bfdd does not answer within 2 s."""
    return parse_peers(node, vty.ask(pid, "bfdd", "show bfd peers json"), owners)


def parse_peers(node: str, told: Mapping[str, object], owners: Mapping[Address, str]) -> tuple[PeerSeen, ...]:
    """The sessions in the answer to `show bfd peers json`."""
    listed = told.get("list")
    named = ((peer.get("peer"), peer) for peer in (listed if isinstance(listed, list) else ()))
    return tuple(
        PeerSeen(node=node, peer_node=owners.get(address, str(address)), peer=address, up=peer.get("status") == "up")
        for address, peer in _over_ipv4(named)
    )


def _over_ipv4(told: Iterable[tuple[object, Any]]) -> Iterator[tuple[Address, dict[str, Any]]]:
    """The sessions over IPv4. A plan has no others, but somebody who configures a router by hand may add one by IPv6 or by interface."""
    for written, session in told:
        try:
            yield IPv4Address(str(written)), session
        except AddressValueError:
            continue
