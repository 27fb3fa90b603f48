"""Put the customer's own configurations into a network: into their routers, at the other ends of their sessions, and into targets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lab.compiler.blueprint import Blueprint
from lab.compiler.own.fit import misfits
from lab.compiler.own.placeholders import Line, filled, lines_of, placeholders
from lab.compiler.own.reading import Read, read_router
from lab.compiler.own.statements import BFDD, BGPD, Sorted, sort
from lab.errors import InputError, Problem
from lab.model.bgp import Outlet
from lab.model.own_router import OwnConfiguration, Unforeseen
from lab.model.plan import Target
from lab.model.router import Bfd, BgpRouter, Neighbor

_Routers = Mapping[str, BgpRouter | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """The routers of a network with own configurations in it. `texts`: for each router with one, the text of each daemon."""

    routers: dict[str, BgpRouter | None]
    own: tuple[OwnConfiguration, ...] = ()
    texts: Mapping[str, Mapping[str, str]]
    unforeseen: tuple[Unforeseen, ...] = ()


def adopt(blueprint: Blueprint, routers: dict[str, BgpRouter | None]) -> Adopted:
    """Read the own configurations of a network. `routers`: those that the lab writes. Raises one InputError that lists every mistake."""
    own = tuple(each for center in blueprint.topology.data_centers for each in center.own)
    found, texts = dict(routers), {}
    problems: list[Problem] = []
    unforeseen: list[Unforeseen] = []
    for each in own:
        ours = routers[each.router]
        if ours is None:
            continue
        lines = lines_of(blueprint, each.router)
        read, parts = _read(blueprint, each, ours, lines, problems)
        found[each.router] = read.router
        unforeseen += read.unforeseen
        texts[each.router] = {daemon: "\n".join([*text, *_logged(daemon, ours.asn)]) for daemon, text in parts.texts.items()}
        for line in lines:
            _follow(found, each.router, line)
    if problems:
        raise InputError(problems)
    return Adopted(routers=found, own=own, texts=texts, unforeseen=tuple(unforeseen))


def _read(
    blueprint: Blueprint, own: OwnConfiguration, ours: BgpRouter, lines: Sequence[Line], problems: list[Problem]
) -> tuple[Read, Sorted]:
    """A configuration as values and as parts. Adds its mistakes. Sessions are looked at only if there is no other mistake."""
    mine: list[Problem] = []
    parts = sort(filled(own, placeholders(blueprint, own.router, lines), mine), own.file, mine)
    read = read_router(parts.statements, lines, ours, own.file)
    problems += mine or misfits(read, parts.statements, lines, ours.asn, own.file)
    return read, parts


def _logged(daemon: str, asn: int) -> tuple[str, ...]:
    """Lines after the customer's, so that the lab sees what the daemon sees. They change nothing else."""
    if daemon == BGPD:
        return ("log syslog informational", f"router bgp {asn}", " bgp log-neighbor-changes", "exit", "")
    return ("log syslog debugging", "debug bfd peer", "") if daemon == BFDD else ()


def _follow(routers: dict[str, BgpRouter | None], edge: str, line: Line) -> None:
    """Let the other end of a session have BFD if the edge has it: FRR 10.3 keeps BGP down while BFD is down at one end."""
    far, near = routers[line.far_node], routers[edge]
    here = next((each for each in near.neighbors if each.address == line.far), None) if near else None
    if far is None or here is None:
        return
    neighbors = (_followed(each, here, line) if each.address == line.near else each for each in far.neighbors)
    routers[line.far_node] = replace(far, neighbors=tuple(neighbors))


def _followed(there: Neighbor, here: Neighbor, line: Line) -> Neighbor:
    if here.bfd is None:
        return replace(there, bfd=None)
    is_aws = line.far_name == "aws"
    return replace(there, bfd=there.bfd or Bfd(local=line.far, interface=line.far_interface, passive=is_aws))


def fitting_targets(blueprint: Blueprint, targets: tuple[Target, ...], routers: _Routers) -> tuple[Target, ...]:
    """The targets, with the names of own route-maps.

    Faults change what an edge announces by its outbound route-map. If an own configuration has no such route-map for a virtual interface or
    VPN connection alone, these faults cannot break it, and automations cannot act there: raises InputError for such an automation.
    """
    files = {own.router: own.file for center in blueprint.topology.data_centers for own in center.own}
    if not files:
        return targets
    found = tuple(_fitting(target, files, routers) for target in targets)
    now, problems = {each.name: each for each in found}, []
    for automation in blueprint.topology.automations:
        before = next(each for each in targets if each.name == automation.order.target)
        if before.outlets and not now[before.name].outlets:
            message = f"the automation {automation.name} changes {before.name}, which has no outbound route-map of its own here (write one)"
            problems.append(Problem(place=files[before.outlets[0].node], message=message))
    if problems:
        raise InputError(problems)
    return found


def _fitting(target: Target, files: Mapping[str, str], routers: _Routers) -> Target:
    def fit(outlet: Outlet) -> Outlet | None:
        router = routers[outlet.node] if outlet.node in files else None
        if router is None:
            return outlet
        maps = {each.map_out for each in router.neighbors if each.address in outlet.neighbors}
        users = {each.address for each in router.neighbors if each.map_out in maps}
        name = maps.pop() if len(maps) == 1 else None
        return replace(outlet, route_map=name) if name and users <= set(outlet.neighbors) else None

    outlets = tuple(map(fit, target.outlets))
    if None in outlets:  # a fault breaks all of a target, or nothing
        return replace(target, outlets=(), announcements=())
    announcements = tuple(replace(each, outlet=told) for each in target.announcements if (told := fit(each.outlet)))
    return replace(target, outlets=tuple(each for each in outlets if each), announcements=announcements)
