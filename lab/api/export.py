"""Write the customer's routers of a topology for other products. This needs no lab."""

from collections.abc import Callable

from lab.api.files import read_plan
from lab.api.origin import topology_origin
from lab.errors import InputError, Problem, UnforeseenError
from lab.export import Exported, Product, export
from lab.model.plan import Circuits, Ipsec, Timers


def export_topology(topology: str, timers: Timers, product: Product, say: Callable[[str], None]) -> tuple[Exported, ...]:
    """A file for each of the customer's routers.

    Raises UnforeseenError if a router runs the user's own configuration with lines that have no value here, and InputError if no router has
    a tunnel for strongSwan, or if the network has IPv6.
    """
    deployable = read_plan(topology, timers, Ipsec.USERSPACE, Circuits.TAGS)
    if line := topology_origin(deployable):
        say(line)
    plan = deployable.plan
    if plan.unforeseen:
        lines = "; ".join(map(str, plan.unforeseen))
        raise UnforeseenError(f"{plan.name}: a router runs a configuration of its own, which cannot be written in other words: {lines}")
    if plan.has_ipv6:
        message = f"{plan.name} has IPv6, and only IPv4 is written for other products (export it without IPv6)"
        raise InputError([Problem(place="--to", message=message)])
    files = export(plan, product)
    if not files:
        message = f"no router of {plan.name} has a VPN, and strongSwan does nothing else (use ios-xe or junos)"
        raise InputError([Problem(place="--to", message=message)])
    return files
