"""Breaking routing."""

from contextlib import ExitStack
from typing import assert_never

from lab.faults.routing.bgp_shutdown import bgp_shutdown
from lab.faults.routing.longer_prefix import longer_prefix
from lab.faults.routing.static_route import static_route
from lab.model.fault import BgpShutdown, LongerPrefix, RoutingFault, StaticRoute
from lab.runtime.capabilities import RouterControl


def break_routing(fault: RoutingFault, lab: RouterControl, undo: ExitStack) -> None:
    """The verb of the kind."""
    match fault:
        case BgpShutdown():
            bgp_shutdown(fault, lab, undo)
        case LongerPrefix():
            longer_prefix(fault, lab, undo)
        case StaticRoute():
            static_route(fault, lab, undo)
        case _:
            assert_never(fault)
