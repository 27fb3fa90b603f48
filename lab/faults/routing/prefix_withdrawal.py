"""Prefix withdrawal: a session stays up, but its routes are withdrawn."""

from contextlib import ExitStack

from lab.model.change import Withheld
from lab.model.fault import PrefixWithdrawal
from lab.runtime.capabilities import RouterControl


def prefix_withdrawal(fault: PrefixWithdrawal, lab: RouterControl, undo: ExitStack) -> None:
    """Withdraw every prefix on each virtual interface or VPN connection of the fault. Undoing the fault announces the prefixes again."""
    for outlet in fault.outlets:
        change = Withheld(outlet=outlet)
        undo.callback(lab.restore_router, change)
        lab.change_router(change)
