"""Rate limit: a policer on the way, or a backup that is smaller than what it has to carry."""

from contextlib import ExitStack

from lab.model.fault import RateLimit, senders
from lab.runtime.capabilities import ImpairmentControl


def rate_limit(fault: RateLimit, lab: ImpairmentControl, undo: ExitStack) -> None:
    """Hold down the rate at which packets leave; taking it away loses what waits just then, up to 50 ms of traffic."""
    for name in fault.links:
        for end in senders(lab.plan.link(name), fault.way):
            undo.callback(lab.clear, end, fault.impairment)
            lab.impair(end, fault.impairment)
