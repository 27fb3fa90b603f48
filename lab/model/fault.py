"""Faults: one dataclass a kind, saying what it breaks. The verbs that carry them out are in `lab.faults`."""

from dataclasses import dataclass
from typing import Literal

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


Fault = LinkDown | SilentLoss | NodeKill | Freeze | TunnelDown | DaemonKill

FAULT_KINDS: dict[str, type[Fault]] = {
    "link-down": LinkDown,
    "silent-loss": SilentLoss,
    "node-kill": NodeKill,
    "freeze": Freeze,
    "tunnel-down": TunnelDown,
    "daemon-kill": DaemonKill,
}
"""Fault kinds by the name a check or a command line uses."""
