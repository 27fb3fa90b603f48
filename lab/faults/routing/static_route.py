"""Static route: somebody added one for the VPN and forgot it."""

from contextlib import ExitStack

from lab.model.fault import StaticRoute
from lab.runtime.capabilities import RouterControl


def static_route(fault: StaticRoute, lab: RouterControl, undo: ExitStack) -> None:
    """Add the routes. Undoing removes them."""
    for node, route in fault.routes:
        undo.callback(lab.remove_route, node, route)
        lab.add_route(node, route)
