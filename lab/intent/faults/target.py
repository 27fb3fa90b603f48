"""Find the target of a fault by its name. If the fault cannot break the target, give a message."""

from collections.abc import Callable
from dataclasses import dataclass

from lab.intent.document.wording import with_article
from lab.intent.faults.parameters import Parameters
from lab.model.fault import Fault
from lab.model.lag import MEMBER
from lab.model.plan import Node, Plan, Target
from lab.spelling import way_out


class UnfitError(Exception):
    """A fault cannot break this target, or cannot take this parameter.

    The text is the message for the user. `where`: the key in the file.
    """

    def __init__(self, message: str, where: str = "target") -> None:
        super().__init__(message)
        self.where = where


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How to resolve one kind of fault.

    - `targets`: its possible targets, as text
    - `takes`, `needs`: its optional and its required parameters
    - `resolve`: gives the fault on a target of a plan, or raises UnfitError
    """

    targets: str
    resolve: Callable[[Plan, str, Parameters], Fault]
    takes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """One sort of targets that a kind of fault can break: its name in messages, and a test for whether a target belongs to it."""

    words: str
    fits: Callable[[Target], bool]


LINKS = Sort(words="links", fits=lambda target: bool(target.links))
CIRCUITS = Sort(words="Direct Connect connections", fits=lambda target: bool(target.links and target.nodes and target.sessions))
LIGHTS = Sort(words="Direct Connect connections and members of LAGs", fits=lambda target: CIRCUITS.fits(target) or target.what == MEMBER)
NODES = Sort(words="nodes", fits=lambda target: bool(target.nodes))
TUNNELS = Sort(words="tunnels", fits=lambda target: bool(target.tunnels))
SESSIONS = Sort(words="BGP sessions between AWS and a customer", fits=lambda target: bool(target.sessions))
OUTLETS = Sort(words="announcements over virtual interfaces and VPN connections", fits=lambda target: bool(target.outlets))
ANNOUNCEMENTS = Sort(words="announcements over VPN connections with BGP", fits=lambda target: bool(target.announcements))
STATIC_ROUTES = Sort(words="routes of VPN connections", fits=lambda target: bool(target.static_routes))
LEGS = Sort(words="associations of Direct Connect gateways", fits=lambda target: bool(target.legs))


def target_of(plan: Plan, kind: str, name: str, sort: Sort) -> Target:
    """The target with that name. Raises UnfitError if there is none, or if the fault cannot break it."""
    fit = [target for target in plan.targets if sort.fits(target)]
    names = [target.name for target in fit]
    target = next((target for target in plan.targets if target.name == name), None)
    if target is None:
        raise UnfitError(f"{kind} has no target named {name[:60]!r} {way_out(name, names)}")
    if target not in fit:
        raise UnfitError(_wrong_sort(target, f"{kind} breaks {sort.words}", names))
    return target


def one_node(plan: Plan, kind: str, name: str) -> Node:
    """The node with that name, or the only node of the target with that name. Raises UnfitError if there is none."""
    by_name = {node.name: node for node in plan.nodes}
    target = next((target for target in plan.targets if target.name == name), None)
    if name in by_name:
        return by_name[name]
    if target is None:
        raise UnfitError(f"there is no node named {name[:60]!r} {way_out(name, by_name)}")
    if len(target.nodes) != 1:
        raise UnfitError(_wrong_sort(target, f"{kind} breaks one node", target.nodes or tuple(by_name)))
    return by_name[target.nodes[0]]


def daemon_of(node: Node, written: str) -> str:
    """The daemon of a node with that name. `charon` is enough for `charon:TUNNEL` if the node has only one. Raises UnfitError."""
    alike = [daemon for daemon in node.daemons if written in {daemon, daemon.partition(":")[0]}]
    if len(alike) == 1:
        return alike[0]
    if alike:
        raise UnfitError(f"{node.name} runs {len(alike)} daemons named {written!r} (write {' or '.join(alike)})")
    raise UnfitError(f"{node.name} runs no daemon named {written[:60]!r} {way_out(written, node.daemons)}")


def _wrong_sort(target: Target, law: str, names: list[str] | tuple[str, ...]) -> str:
    return f"{target.name!r} is {with_article(target.what)}, but {law} {way_out(target.name, names)}"
