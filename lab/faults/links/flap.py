"""Flap: a link that comes and goes. Who has the schedule puts this in and takes it out once a period; here it is one time down."""

from contextlib import ExitStack

from lab.faults.links.link_down import link_down
from lab.model.fault import Flap, LinkDown
from lab.runtime.capabilities import LinkControl


def flap(fault: Flap, lab: LinkControl, undo: ExitStack) -> None:
    """Down, once, as link-down has it."""
    link_down(LinkDown(links=fault.links), lab, undo)
