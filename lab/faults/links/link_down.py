"""Link down: both ends lose their carrier, and both routers see it at once."""

from contextlib import ExitStack
from functools import partial

from lab.model.fault import LinkDown
from lab.runtime.capabilities import LinkControl


def link_down(fault: LinkDown, lab: LinkControl, undo: ExitStack) -> None:
    """Set one end of each cable down. The other end loses its carrier within a millisecond."""
    for name in fault.links:
        end = lab.plan.link(name).a
        undo.callback(partial(lab.set_link, end, up=True))
        lab.set_link(end, up=False)
