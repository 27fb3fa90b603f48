"""Stage: the lab of a workshop as a student has configured it. Law: a check undoes what faults did, never what the student did.

A lab is compared with its plan and with the configurations that its routers had at their start. Before a check, what the student has
configured takes their place. It is also what a daemon finds when it starts again, as after `write memory`.
"""

import os
from collections.abc import Container, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from lab.errors import NodeError
from lab.model.bgp import BgpSession
from lab.model.course import Layer
from lab.model.plan import CUSTOMER_ROLES, File, Node, Plan, Route
from lab.runtime.frr import routers, vty
from lab.runtime.home import Home
from lab.runtime.lab import RunningLab
from lab.runtime.readiness import comes_true

DAEMONS = ("zebra", "bfdd", "bgpd")
_FILLABLE = ("tmp", "root", "run", "var/log")
_UP_SECONDS = 20.0
_TITLE = "Current configuration:"


def layers(lab: RunningLab, sound: Plan) -> tuple[Layer, ...]:
    """What is configured now in each router of the customer. Static routes of the sound network belong to it, too.

    Raises NodeError if a daemon does not answer.
    """
    return tuple(_layer(lab, node, sound) for node in _routers(lab.plan))


def mishaps(lab: RunningLab) -> Iterator[str]:
    """What a student lost or filled, although the network works: deleted files of FRR's daemons, and folders without room."""
    home = Home(lab.plan.lab)
    for node in _routers(lab.plan):
        for daemon in DAEMONS:
            if home.lacks_daemon(node.name, daemon):
                yield f"{node.name}: /lab/frr/{daemon}.conf was deleted; it is written again from what {daemon} has now"
    for node in lab.plan.nodes:
        root = Path(f"/proc/{lab.pid(node.name)}/root")
        for folder in _FILLABLE:
            if not os.statvfs(root / folder).f_bavail:
                yield f"{node.name}: /{folder} is full (remove something there)"


def adopt(lab: RunningLab, sound: Plan) -> None:
    """From now on, the present configuration of the customer's routers is what the lab is compared with, and what it is repaired to.

    - The present static routes belong to it. Those of the sound network belong to it even if a student removed them.
    - Of the sessions of the sound network, those belong to it that are up. One that was just repaired gets 20 s to come up.
    - The routes of the healthy lab are forgotten. The next check remembers those that it finds before its faults.

    Raises NodeError if a daemon does not answer.
    """
    home, found = Home(lab.plan.lab), layers(lab, sound)
    for layer in found:
        _keep(lab, home, layer)
    _follow_with_bfd(lab, home)
    home.forget_routes()
    lab.plan = replace(with_routes(lab.plan, found), sessions=_sessions_up(lab, sound))


def keep_configured(lab: RunningLab, reconfigured: Container[str]) -> None:
    """From now on, the lab is repaired to what a student has configured in the customer's routers, and not to how the chapter began.

    `reconfigured`: the routers that a fault in force has reconfigured. They stay out, and so do those whose daemons do not answer.
    """
    home, found = Home(lab.plan.lab), []
    for node in _routers(lab.plan):
        with suppress(NodeError):
            if node.name not in reconfigured:
                found.append(_layer(lab, node, lab.plan))
                _keep(lab, home, found[-1])
    home.forget_routes()
    lab.plan = with_routes(lab.plan, found)


def with_routes(plan: Plan, found: Sequence[Layer]) -> Plan:
    """The plan with the static routes of these layers."""
    routes = {layer.node: layer.routes for layer in found}
    return replace(plan, nodes=tuple(replace(node, routes=routes.get(node.name, node.routes)) for node in plan.nodes))


def with_layers(plan: Plan, found: Sequence[Layer]) -> Plan:
    """The plan with the routes and files of these layers. Files of other daemons stay."""
    files = {(layer.node, file.path): file for layer in found for file in layer.files}
    routed = with_routes(plan, found)
    return replace(
        routed,
        nodes=tuple(replace(node, files=tuple(files.get((node.name, file.path), file) for file in node.files)) for node in routed.nodes),
    )


def loadable(text: str) -> str:
    """A daemon's present configuration as a file that it can start with."""
    return "".join(f"{line}\n" for line in text.splitlines() if line.strip() and line.strip() != _TITLE)


def _routers(plan: Plan) -> tuple[Node, ...]:
    """The routers that a student may configure."""
    return tuple(node for node in plan.nodes if node.role in CUSTOMER_ROLES and node.router)


def _layer(lab: RunningLab, node: Node, sound: Plan) -> Layer:
    texts = {daemon: vty.say(lab.pid(node.name), daemon, ["show running-config"]) for daemon in DAEMONS}
    files = tuple(File(path=f"frr/{daemon}.conf", text=loadable(text)) for daemon, text in texts.items())
    return Layer(node=node.name, files=files, routes=_routes(lab, node, sound))


def _keep(lab: RunningLab, home: Home, layer: Layer) -> None:
    for daemon, file in zip(DAEMONS, layer.files, strict=True):
        home.keep_daemon(layer.node, daemon, file.text)
    home.keep_configuration(layer.node, routers.configuration(lab.pid(layer.node)))


def _routes(lab: RunningLab, node: Node, sound: Plan) -> tuple[Route, ...]:
    """The static routes that a node has now, and those of the sound network. Routes of tunnels of a static VPN come and go."""
    of_tunnels = {
        (prefix, end.device) for tunnel in lab.plan.tunnels for end in tunnel.ends if end.node == node.name for prefix in end.routes
    }
    present = {route for route in lab.view(node.name).static_routes() if (route.prefix, route.interface) not in of_tunnels}
    return tuple(sorted(present | set(sound.node(node.name).routes), key=str))


def _sessions_up(lab: RunningLab, sound: Plan) -> tuple[BgpSession, ...]:
    """The sessions of the sound network that are up, as soon as all are, or after a while."""

    def up() -> tuple[BgpSession, ...]:
        states = routers.states(sound.sessions, lab.pid)
        return tuple(session for session, now in zip(sound.sessions, states, strict=True) if now.state == "Established")

    comes_true(lambda: len(up()) == len(sound.sessions), _UP_SECONDS)
    return up()


def _follow_with_bfd(lab: RunningLab, home: Home) -> None:
    """AWS's BFD waits for the customer's (see Bfd): give AWS's end of each virtual interface BFD where the customer has it now."""
    by_ends = {(session.node, session.neighbor_node): session for session in lab.plan.sessions}
    for vif in lab.plan.vifs:
        for of_aws in lab.plan.target(vif.name).sessions:
            own = by_ends.get((of_aws.neighbor_node, of_aws.node))
            if own is None:
                continue
            here, there = (routers.configuration(lab.pid(node)) for node in (of_aws.node, own.node))
            has, wanted = _has_bfd(here, str(of_aws.neighbor)), _has_bfd(there, str(own.neighbor))
            if has != wanted:
                line = f"{'' if wanted else 'no '}neighbor {of_aws.neighbor} bfd"
                vty.configure(lab.pid(of_aws.node), "bgpd", [f"router bgp {of_aws.asn}", line])
                home.keep_configuration(of_aws.node, routers.configuration(lab.pid(of_aws.node)))


def _has_bfd(configuration: str, neighbor: str) -> bool:
    return any(line.split()[:3] == ["neighbor", neighbor, "bfd"] for line in configuration.splitlines())
