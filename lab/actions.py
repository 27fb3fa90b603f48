"""ACTIONS: what an automation does to a lab. An action is a fault's sibling: the same Protocols, the same undo.

Law: as for faults, the undo is registered before anything changes. It restores what the plan says, also twice, and after half an action.
A script is the exception: only another script can undo it. What that leaves is found by the comparison with the plan.
"""

from collections.abc import Callable
from contextlib import ExitStack

from lab.model.automation import ExtraRoute, PlannedAutomation
from lab.model.plan import Route
from lab.model.script import Script, ScriptEnd
from lab.runtime.capabilities import Actable

Going = tuple[Script, Callable[[], ScriptEnd | None]]
"""A script that was started, and the function that says how it ended (None while it runs)."""


def act(planned: PlannedAutomation, lab: Actable, undo: ExitStack) -> Going | None:
    """Carry out an action. `undo` collects the calls that undo it. Raises NodeError if a node does not obey.

    A script is only started. Its end comes later.
    """
    for change in planned.changes:
        undo.callback(lab.restore_router, change)
        lab.change_router(change)
    for extra in planned.routes:
        undo.callback(lab.remove_route, extra.node, _route(extra))
        lab.add_route(extra.node, _route(extra))
    for session in planned.resets:
        lab.clear_session(session)
    run = planned.automation.order.run
    if run is None:
        return None
    undo.callback(lab.end_scripts, run.node)
    return run.script, lab.run_script(run.node, run.script)


def undoing_script(planned: PlannedAutomation, lab: Actable) -> Going | None:
    """Start the script that undoes an action, after the other undo calls. None: the action has none."""
    run = planned.automation.order.run
    return (run.undo, lab.run_script(run.node, run.undo)) if run and run.undo else None


def _route(extra: ExtraRoute) -> Route:
    return Route(prefix=extra.prefix, interface=extra.interface, metric=extra.metric)
