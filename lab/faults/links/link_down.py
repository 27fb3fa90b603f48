"""Link down: carrier is lost at both ends, and both routers know at once."""

from contextlib import ExitStack
from functools import partial

from lab.model.fault import LinkDown
from lab.runtime.capabilities import LinkControl


def link_down(fault: LinkDown, lab: LinkControl, undo: ExitStack) -> None:
    """Set one end of each cable down: the far end loses its carrier within a millisecond."""
    for name in fault.links:
        end = lab.plan.link(name).a
        undo.callback(partial(lab.set_link, end, up=True))
        lab.set_link(end, up=False)
