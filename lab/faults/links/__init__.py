"""Breaking cables."""

from contextlib import ExitStack
from typing import Protocol, assert_never

from lab.faults.links.link_down import link_down
from lab.faults.links.silent_loss import silent_loss
from lab.model.fault import LinkDown, LinkFault, SilentLoss
from lab.runtime.capabilities import LinkControl, LossControl


class Cables(LinkControl, LossControl, Protocol):
    """What breaking cables takes."""


def break_links(fault: LinkFault, lab: Cables, undo: ExitStack) -> None:
    """The verb of the kind."""
    match fault:
        case LinkDown():
            link_down(fault, lab, undo)
        case SilentLoss():
            silent_loss(fault, lab, undo)
        case _:
            assert_never(fault)
