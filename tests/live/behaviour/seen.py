"""Read a running lab: BGP paths and sessions from the daemons, routes and paths from the kernels."""

import json
import subprocess
from dataclasses import dataclass
from ipaddress import IPv4Address

from lab.model.bgp import BgpSession
from lab.runtime.frr import vty
from lab.runtime.lab import RunningLab

_COMMAND_SECONDS = 30
_MOST_HOPS = 12
_PING_HEADERS = 28
"""Octets of IPv4 and ICMP."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """One path of a prefix in a router's BGP table. `heard_from` is the neighbor that it was learned from, or the router itself.

    `stale`: its session has ended, and graceful restart keeps it.
    """

    heard_from: str
    as_path: str
    local_preference: int | None
    med: int | None
    origin: str
    communities: tuple[str, ...]
    best: bool
    reason: str
    stale: bool


def paths(lab: RunningLab, node: str, prefix: str) -> tuple[Path, ...]:
    """Every path that a router has for exactly this prefix. Communities include large communities."""
    answer = vty.ask(lab.pid(node), "bgpd", f"show bgp ipv4 unicast {prefix} json")
    listed = answer.get("paths", []) if answer.get("prefix") == prefix else []
    assert isinstance(listed, list)
    return tuple(_path(lab, node, each) for each in listed)


def heard(lab: RunningLab, node: str, prefix: str, source: str) -> tuple[Path, ...]:
    """The paths for a prefix that a router has learned from one neighbor."""
    return tuple(path for path in paths(lab, node, prefix) if path.heard_from == source)


def as_paths(lab: RunningLab, node: str, prefix: str) -> set[tuple[str, str]]:
    """The neighbor and the AS path of every path that a router has for a prefix."""
    return {(path.heard_from, path.as_path) for path in paths(lab, node, prefix)}


def prefixes(lab: RunningLab, node: str) -> set[str]:
    """Every prefix in a router's BGP table."""
    routes = vty.ask(lab.pid(node), "bgpd", "show bgp ipv4 unicast json").get("routes", {})
    return set(routes) if isinstance(routes, dict) else set()


def session(lab: RunningLab, node: str, neighbor: str) -> BgpSession:
    """The planned session of one node with another."""
    return next(each for each in lab.plan.sessions if (each.node, each.neighbor_node) == (node, neighbor))


def facts(lab: RunningLab, node: str, neighbor: str) -> dict[str, object]:
    """What a router reports about a session (`show bgp neighbors json`)."""
    address = str(session(lab, node, neighbor).neighbor)
    told = vty.ask(lab.pid(node), "bgpd", f"show bgp neighbors {address} json")[address]
    assert isinstance(told, dict)
    return told


def state(lab: RunningLab, node: str, neighbor: str) -> str:
    """A session's state in FRR's words: Established, Idle (PfxCt), Idle (Admin) …"""
    address = str(session(lab, node, neighbor).neighbor)
    peers = vty.ask(lab.pid(node), "bgpd", "show bgp ipv4 unicast summary json")["peers"]
    assert isinstance(peers, dict)
    return str(peers[address]["state"])


def bfd(lab: RunningLab, node: str, neighbor: str, command: str = "show bfd peers json") -> dict[str, object] | None:
    """What a router's bfdd reports about its session with another node. None if it has none."""
    address = str(session(lab, node, neighbor).neighbor)
    listed = vty.ask(lab.pid(node), "bfdd", command).get("list", [])
    assert isinstance(listed, list)
    return next((peer for peer in listed if peer["peer"] == address), None)


def via(lab: RunningLab, node: str, prefix: str) -> tuple[str, ...]:
    """The next hops (node names) of BGP's route for exactly this prefix in a node's kernel. () if there is none."""
    hops = next((hops for each, hops in lab.view(node).bgp_routes() if str(each) == prefix), ())
    return tuple(_owners(lab)[hop] for hop in hops)


def run(lab: RunningLab, node: str, *command: str) -> str:
    """Run a command in a node. Return its output, standard error included."""
    words = ["nsenter", "--target", str(lab.pid(node)), "--all", *command]
    return subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=_COMMAND_SECONDS).stdout


def next_hop(lab: RunningLab, node: str, target: str, *flow: str) -> str:
    """The node to which a node's kernel sends a packet. "" if it has no route. `flow`: more words for `ip route get`."""
    answer = run(lab, node, "ip", "-json", "route", "get", target, *flow)
    if not answer.startswith("["):
        return ""
    route = json.loads(answer)[0]
    if route.get("type") == "local":
        return node
    return _owners(lab).get(IPv4Address(route.get("gateway", target)), "" if "gateway" in route else _other_end(lab, node, route["dev"]))


def walk(lab: RunningLab, source: str, target: str) -> tuple[str, ...]:
    """The nodes on the path from one node to another, found by asking each kernel in turn. It ends where there is no route."""
    return way_to(lab, source, str(next(each.address.ip for each in lab.plan.node(target).interfaces if each.address)))


def way_to(lab: RunningLab, source: str, address: str) -> tuple[str, ...]:
    """The nodes on the path from a node to an address, which no node needs to have."""
    way = [source]
    while len(way) < _MOST_HOPS and (hop := next_hop(lab, way[-1], address)) and hop != way[-1]:
        way.append(hop)
    return tuple(way)


def answers(lab: RunningLab, source: str, target: str, octets: int = 84) -> bool:
    """Whether a ping from one host to another is answered. Its IP packet has this size and must not be fragmented."""
    address = str(next(each.address.ip for each in lab.plan.node(target).interfaces if each.address))
    return " 0% packet loss" in run(lab, source, "ping", "-M", "do", "-s", str(octets - _PING_HEADERS), "-c", "1", "-W", "1", address)


def _path(lab: RunningLab, node: str, told: dict[str, dict[str, object]]) -> Path:
    address = str(told["peer"]["peerId"])
    names = {str(each.neighbor): each.neighbor_node for each in lab.plan.sessions if each.node == node}
    best = told.get("bestpath", {})
    communities = (*_listed(told.get("community")), *_listed(told.get("largeCommunity")))
    return Path(
        heard_from=names.get(address, node),
        as_path=str(told["aspath"]["string"]).replace("Local", ""),
        local_preference=told.get("locPrf"),
        med=told.get("metric"),
        origin=str(told["origin"]),
        communities=communities,
        best=bool(best.get("overall")),
        reason=str(best.get("selectionReason", "")),
        stale=bool(told.get("stale")),
    )


def _listed(told: dict[str, object] | None) -> tuple[str, ...]:
    return tuple(str(told["string"]).split()) if told else ()


def _owners(lab: RunningLab) -> dict[IPv4Address, str]:
    owners = {each.address.ip: node.name for node in lab.plan.nodes for each in node.interfaces if each.address}
    return owners | {end.inside.ip: end.node for tunnel in lab.plan.tunnels for end in (tunnel.customer, tunnel.aws)}


def _other_end(lab: RunningLab, node: str, device: str) -> str:
    """The node at the other end of a tunnel device."""
    for tunnel in lab.plan.tunnels:
        for here, there in ((tunnel.customer, tunnel.aws), (tunnel.aws, tunnel.customer)):
            if (here.node, here.device) == (node, device):
                return there.node
    return ""
