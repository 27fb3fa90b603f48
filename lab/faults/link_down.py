"""Link down: carrier is lost at both ends, and both routers know at once."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

from lab.model.fault import LinkDown
from lab.runtime.capabilities import LinkControl


@contextmanager
def link_down(fault: LinkDown, lab: LinkControl) -> Iterator[None]:
    """Set one end of each cable down: the far end loses its carrier within a millisecond."""
    ends = [lab.plan.link(name).a for name in fault.links]
    with ExitStack() as undo:
        for end in ends:
            undo.callback(partial(lab.set_link, end, up=True))
            lab.set_link(end, up=False)
        yield
