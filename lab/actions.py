"""ACTIONS: what an automation does to a lab. An action is a fault's sibling: the same Protocols, the same undo.

Law: as for faults, the undo is registered before anything changes. It restores what the plan says, also twice, and after half an action.
"""

from contextlib import ExitStack

from lab.model.automation import ExtraRoute, PlannedAutomation
from lab.model.plan import Route
from lab.runtime.capabilities import RouterControl


def act(planned: PlannedAutomation, lab: RouterControl, undo: ExitStack) -> None:
    """Carry out an action. `undo` collects the calls that undo it. Raises NodeError if a node does not obey."""
    for change in planned.changes:
        undo.callback(lab.restore_router, change)
        lab.change_router(change)
    for extra in planned.routes:
        undo.callback(lab.remove_route, extra.node, _route(extra))
        lab.add_route(extra.node, _route(extra))
    for session in planned.resets:
        lab.clear_session(session)


def _route(extra: ExtraRoute) -> Route:
    return Route(prefix=extra.prefix, interface=extra.interface, metric=extra.metric)
