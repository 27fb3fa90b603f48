"""Longer prefix: the backup path announces longer prefixes than the primary path, so it carries the traffic."""

from contextlib import ExitStack

from lab.model.change import Announced
from lab.model.fault import LongerPrefix
from lab.runtime.capabilities import RouterControl


def longer_prefix(fault: LongerPrefix, lab: RouterControl, undo: ExitStack) -> None:
    """Announce the longer prefixes. Undoing the fault withdraws them."""
    for announcement in fault.announcements:
        change = Announced(announcement=announcement)
        undo.callback(lab.restore_router, change)
        lab.change_router(change)
