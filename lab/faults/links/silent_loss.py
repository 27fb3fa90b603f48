"""Silent loss: a grey path. Carriers stay up, nothing arrives."""

from contextlib import ExitStack
from typing import assert_never

from lab.model.fault import SilentLoss
from lab.model.plan import Endpoint, Link
from lab.runtime.capabilities import LossControl


def silent_loss(fault: SilentLoss, lab: LossControl, undo: ExitStack) -> None:
    """Drop all that arrives at the receiving end of each lossy way."""
    for name in fault.links:
        for end in _receiving_ends(fault, lab.plan.link(name)):
            undo.callback(lab.accept_arrivals, end)
            lab.drop_arrivals(end)


def _receiving_ends(fault: SilentLoss, link: Link) -> tuple[Endpoint, ...]:
    match fault.way:
        case "both":
            return (link.a, link.b)
        case "a-to-b":
            return (link.b,)
        case "b-to-a":
            return (link.a,)
        case _:
            assert_never(fault.way)
