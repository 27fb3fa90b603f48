"""Flap: a link that goes down again and again. The schedule injects and undoes it once in each period."""

from contextlib import ExitStack

from lab.faults.links.link_down import link_down
from lab.model.fault import Flap, LinkDown
from lab.runtime.capabilities import LinkControl


def flap(fault: Flap, lab: LinkControl, undo: ExitStack) -> None:
    """Set the links down once, as link-down does."""
    link_down(LinkDown(links=fault.links), lab, undo)
