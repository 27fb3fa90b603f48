"""Static route: AWS has an unwanted static route to the site over a VPN connection."""

from contextlib import ExitStack

from lab.model.fault import StaticRoute
from lab.runtime.capabilities import RouterControl


def static_route(fault: StaticRoute, lab: RouterControl, undo: ExitStack) -> None:
    """Add the routes to the kernels of AWS's routers. Undoing the fault removes them."""
    for node, route in fault.routes:
        undo.callback(lab.remove_route, node, route)
        lab.add_route(node, route)
