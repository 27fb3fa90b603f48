"""Targets: what the name in a fault stands for, and what to say where it stands for nothing the fault can break."""

from collections.abc import Callable
from dataclasses import dataclass

from lab.intent.document.wording import listed, near, way_out, with_article
from lab.intent.faults.parameters import Parameters
from lab.model.fault import Fault
from lab.model.plan import Node, Plan, Target


class UnfitError(Exception):
    """A target that a fault cannot break, or a parameter it cannot take; the text is the message for the writer, `where` its key."""

    def __init__(self, message: str, where: str = "target") -> None:
        super().__init__(message)
        self.where = where


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How a fault of one kind is read: what it takes as its target, in a person's words, the parameters it `takes` and those it `needs`.

    `resolve` gives the fault on a target of a plan; UnfitError where there is none.
    """

    targets: str
    resolve: Callable[[Plan, str, Parameters], Fault]
    takes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """What a fault breaks: whether a target stands for it, and what it is called in a message."""

    words: str
    fits: Callable[[Target], bool]


LINKS = Sort(words="links", fits=lambda target: bool(target.links))
CIRCUITS = Sort(words="Direct Connect connections", fits=lambda target: bool(target.links and target.nodes and target.sessions))
NODES = Sort(words="nodes", fits=lambda target: bool(target.nodes))
TUNNELS = Sort(words="tunnels", fits=lambda target: bool(target.tunnels))
SESSIONS = Sort(words="BGP between AWS and a customer", fits=lambda target: bool(target.sessions))
OUTLETS = Sort(words="what is announced over virtual interfaces and VPN connections", fits=lambda target: bool(target.outlets))
ANNOUNCEMENTS = Sort(words="what is announced over VPN connections with BGP", fits=lambda target: bool(target.announcements))
STATIC_ROUTES = Sort(words="the routes of VPN connections", fits=lambda target: bool(target.static_routes))
LEGS = Sort(words="associations of Direct Connect gateways", fits=lambda target: bool(target.legs))


def target_of(plan: Plan, kind: str, name: str, sort: Sort) -> Target:
    """The target of that name, if it stands for what the fault breaks. UnfitError if not."""
    fit = [target for target in plan.targets if sort.fits(target)]
    names = [target.name for target in fit]
    target = next((target for target in plan.targets if target.name == name), None)
    if target is None:
        raise UnfitError(f"nothing that {kind} can break is named {name[:60]!r} {way_out(name, names)}")
    if target not in fit:
        raise UnfitError(_wrong_sort(target, f"{kind} breaks {sort.words}", names))
    return target


def one_node(plan: Plan, kind: str, name: str) -> Node:
    """The node of that name, or the only one a target of that name stands for. UnfitError if there is none."""
    by_name = {node.name: node for node in plan.nodes}
    target = next((target for target in plan.targets if target.name == name), None)
    if name in by_name:
        return by_name[name]
    if target is None:
        raise UnfitError(f"no node named {name[:60]!r} {way_out(name, by_name)}")
    if len(target.nodes) != 1:
        raise UnfitError(_wrong_sort(target, f"{kind} breaks one node", target.nodes or tuple(by_name)))
    return by_name[target.nodes[0]]


def daemon_of(node: Node, written: str) -> str:
    """A daemon of the node; the part before the colon is enough where only one daemon has it. UnfitError if there is none."""
    alike = [daemon for daemon in node.daemons if written in {daemon, daemon.partition(":")[0]}]
    if len(alike) == 1:
        return alike[0]
    if alike:
        raise UnfitError(f"{node.name} runs {len(alike)} daemons {written!r}, expected one (write {' or '.join(alike)})")
    raise UnfitError(f"{node.name} runs no daemon {written[:60]!r} {way_out(written, node.daemons)}")


def _wrong_sort(target: Target, law: str, names: list[str] | tuple[str, ...]) -> str:
    meant = near(target.name, names)
    guess = f" (did you mean {meant!r}?)" if meant else ""
    return f"target {target.name!r} is {with_article(target.what)}; {law}: {listed(names)}{guess}"
