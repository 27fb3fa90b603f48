"""Faults: one dataclass a kind, saying what it breaks. The verbs that carry them out are in `lab.faults`."""

from dataclasses import dataclass
from typing import Literal

from lab.model.plan import Announcement, BgpSession, Route

Way = Literal["both", "a-to-b", "b-to-a"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkDown:
    """Links lose carrier; the routers at both ends see it at once."""

    links: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentLoss:
    """Links carry nothing while both carriers stay up; only hellos that stop coming tell."""

    links: tuple[str, ...]
    way: Way = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeKill:
    """Nodes die: nothing comes in or goes out, every process stops, the neighbors' carriers stay up."""

    nodes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Freeze:
    """A node's processes, or one of its daemons, stop without dying; the kernel forwards on with its last routes."""

    node: str
    daemon: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TunnelDown:
    """VPN tunnels go down: their IKE SAs are deleted, and stay so until undone."""

    tunnels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DaemonKill:
    """One daemon of a node is killed (SIGKILL) and stays dead until undone."""

    node: str
    daemon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BgpShutdown:
    """AWS's failover test: BGP of virtual interfaces is shut on AWS's side, while links and BFD stay up."""

    sessions: tuple[BgpSession, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LongerPrefix:
    """A misconfiguration: the site also announces both halves of its prefixes over a VPN connection, and the longest prefix wins."""

    announcements: tuple[Announcement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticRoute:
    """A misconfiguration: static routes to the site are put on AWS's side of a VPN connection; on a transit gateway they beat all BGP."""

    routes: tuple[tuple[str, Route], ...]


Fault = LinkDown | SilentLoss | NodeKill | Freeze | TunnelDown | DaemonKill | BgpShutdown | LongerPrefix | StaticRoute

FAULT_KINDS: dict[str, type[Fault]] = {
    "link-down": LinkDown,
    "silent-loss": SilentLoss,
    "node-kill": NodeKill,
    "freeze": Freeze,
    "tunnel-down": TunnelDown,
    "daemon-kill": DaemonKill,
    "bgp-shutdown": BgpShutdown,
    "longer-prefix": LongerPrefix,
    "static-route": StaticRoute,
}
"""Fault kinds by the name a check or a command line uses."""
