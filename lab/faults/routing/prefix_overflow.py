"""Prefix overflow: a filter or a summary route is missing. AWS closes the sessions, and they stay closed (Idle (PfxCt))."""

from contextlib import ExitStack

from lab.model.change import Announced
from lab.model.fault import PrefixOverflow
from lab.runtime.capabilities import RouterControl


def prefix_overflow(fault: PrefixOverflow, lab: RouterControl, undo: ExitStack) -> None:
    """Announce too many prefixes. Undoing the fault withdraws them, and resets AWS's sessions, which would not open otherwise."""
    for announcement in fault.announcements:
        change = Announced(announcement=announcement)
        for session in announcement.outlet.sessions:
            undo.callback(lab.clear_session, session)
        undo.callback(lab.restore_router, change)
        lab.change_router(change)
