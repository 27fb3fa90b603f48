"""Rate limit: something on the path limits the rate, or the backup path is too small for its traffic."""

from contextlib import ExitStack

from lab.model.fault import RateLimit, senders
from lab.runtime.capabilities import ImpairmentControl


def rate_limit(fault: RateLimit, lab: ImpairmentControl, undo: ExitStack) -> None:
    """Limit the rate of leaving packets. Undoing it loses the packets that are waiting, up to 50 ms of traffic."""
    for name in fault.links:
        for end in senders(lab.plan.link(name), fault.way):
            undo.callback(lab.clear, end, fault.impairment)
            lab.impair(end, fault.impairment)
