"""The customer's settings of one BGP session with AWS: its timers, and its BFD."""

from lab.compiler.blueprint import VifSite
from lab.model.router import Bfd
from lab.model.told import Line


def proposed(line: Line, usual: tuple[int, int]) -> tuple[int, int]:
    """The keepalive and the hold time that the customer's router proposes, in seconds. `usual`: those of the timer profile."""
    timers = line.customer.timers
    return (int(timers.keepalive), int(timers.hold)) if timers else usual


def customer_bfd(site: VifSite) -> Bfd:
    """BFD at the customer's end of a virtual interface."""
    chosen, usual = site.vif.customer.bfd, Bfd(local=site.customer.ip, interface=site.customer.name)
    return Bfd(
        local=usual.local,
        interface=usual.interface,
        interval=usual.interval if chosen.interval is None else round(chosen.interval * 1000),
        multiplier=usual.multiplier if chosen.multiplier is None else chosen.multiplier,
        checks_control_plane=chosen.checks_control_plane,
    )
