"""BGP and BFD sessions of one router, asked on FRR's control sockets."""

from collections.abc import Mapping
from ipaddress import IPv4Address

from lab.model.snapshot import NeighborSeen, PeerSeen
from lab.runtime.frr import vty

_ESTABLISHED = "Established"


def neighbors(node: str, pid: int, owners: Mapping[IPv4Address, str]) -> tuple[NeighborSeen, ...]:
    """The BGP sessions of a router. Raises NodeError if bgpd does not answer within 2 s."""
    return parse_neighbors(node, vty.ask(pid, "bgpd", "show bgp ipv4 unicast summary json"), owners)


def parse_neighbors(node: str, told: Mapping[str, object], owners: Mapping[IPv4Address, str]) -> tuple[NeighborSeen, ...]:
    """The sessions in the answer to `show bgp ipv4 unicast summary json`. `pfxSnt` is missing in a session that is not up."""
    peers = told.get("peers")
    return tuple(
        NeighborSeen(
            node=node,
            neighbor_node=owners.get(IPv4Address(address), address),
            neighbor=IPv4Address(address),
            established=peer["state"] == _ESTABLISHED,
            accepted=int(peer.get("pfxRcd", 0)),
            advertised=int(peer.get("pfxSnt", 0)),
        )
        for address, peer in (peers.items() if isinstance(peers, dict) else ())
    )


def peers(node: str, pid: int, owners: Mapping[IPv4Address, str]) -> tuple[PeerSeen, ...]:
    """The BFD sessions of a router. Raises NodeError if bfdd does not answer within 2 s."""
    return parse_peers(node, vty.ask(pid, "bfdd", "show bfd peers json"), owners)


def parse_peers(node: str, told: Mapping[str, object], owners: Mapping[IPv4Address, str]) -> tuple[PeerSeen, ...]:
    """The sessions in the answer to `show bfd peers json`."""
    listed = told.get("list")
    return tuple(
        PeerSeen(
            node=node,
            peer_node=owners.get(IPv4Address(peer["peer"]), str(peer["peer"])),
            peer=IPv4Address(peer["peer"]),
            up=peer.get("status") == "up",
        )
        for peer in (listed if isinstance(listed, list) else ())
    )
