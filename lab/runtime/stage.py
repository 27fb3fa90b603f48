"""Stage: the lab of a workshop as a student has configured it. Law: a check undoes what faults did, never what the student did.

A lab is compared with its plan and with the configurations that its routers had at their start. Before a check, what the student has
configured takes their place. It is also what a daemon finds when it starts again, as after `write memory`.
"""

from dataclasses import replace

from lab.model.plan import CUSTOMER_ROLES, Node, Plan
from lab.runtime.frr import vty
from lab.runtime.home import Home
from lab.runtime.lab import RunningLab

_DAEMONS = ("zebra", "bfdd", "bgpd")
_TITLE = "Current configuration:"


def adopt(lab: RunningLab, sound: Plan) -> None:
    """From now on, the present configuration of the customer's routers is what the lab is compared with, and what it is repaired to.

    Static routes that a student added or removed count, too, unless the plan of the sound network has them.

    Raises NodeError if a daemon does not answer.
    """
    home = Home(lab.plan.lab)
    for node in lab.plan.nodes:
        if node.role in CUSTOMER_ROLES and node.router:
            for daemon in _DAEMONS:
                text = vty.say(lab.pid(node.name), daemon, ["show running-config"])
                home.keep_daemon(node.name, daemon, loadable(text))
                if daemon == "bgpd":
                    home.keep_configuration(node.name, text)
    _follow_with_bfd(lab, home)
    lab.plan = replace(lab.plan, nodes=tuple(_as_routed(lab, node, sound) for node in lab.plan.nodes))


def loadable(text: str) -> str:
    """A daemon's present configuration as a file that it can start with."""
    return "".join(f"{line}\n" for line in text.splitlines() if line.strip() and line.strip() != _TITLE)


def _as_routed(lab: RunningLab, node: Node, sound: Plan) -> Node:
    """The node with the static routes that it has now, and with those of the sound network."""
    if node.role not in CUSTOMER_ROLES:
        return node
    of_tunnels = {
        (prefix, end.device) for tunnel in lab.plan.tunnels for end in tunnel.ends if end.node == node.name for prefix in end.routes
    }
    present = {route for route in lab.view(node.name).static_routes() if (route.prefix, route.interface) not in of_tunnels}
    return replace(node, routes=tuple(sorted(present | set(sound.node(node.name).routes), key=str)))


def _follow_with_bfd(lab: RunningLab, home: Home) -> None:
    """AWS's BFD waits for the customer's (see Bfd): give AWS's end of each virtual interface BFD where the customer has it now."""
    by_ends = {(session.node, session.neighbor_node): session for session in lab.plan.sessions}
    for vif in lab.plan.vifs:
        for of_aws in lab.plan.target(vif.name).sessions:
            own = by_ends.get((of_aws.neighbor_node, of_aws.node))
            if own is None:
                continue
            theirs = vty.say(lab.pid(own.node), "bgpd", ["show running-config"])
            has, wanted = _has_bfd(home.kept_configuration(of_aws.node) or "", str(of_aws.neighbor)), _has_bfd(theirs, str(own.neighbor))
            if has != wanted:
                line = f"{'' if wanted else 'no '}neighbor {of_aws.neighbor} bfd"
                vty.configure(lab.pid(of_aws.node), "bgpd", [f"router bgp {of_aws.asn}", line])
                home.keep_configuration(of_aws.node, vty.say(lab.pid(of_aws.node), "bgpd", ["show running-config"]))


def _has_bfd(configuration: str, neighbor: str) -> bool:
    return any(line.split()[:3] == ["neighbor", neighbor, "bfd"] for line in configuration.splitlines())
