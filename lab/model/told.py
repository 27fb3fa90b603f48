"""Told: which prefixes a site announces to AWS on a virtual interface or VPN connection."""

from collections.abc import Iterable
from dataclasses import dataclass

from lab.model.ip import Prefix
from lab.model.topology import DEFAULT_ROUTE, DataCenter, VirtualInterface, VpnConnection

Line = VirtualInterface | VpnConnection
"""Where a site announces prefixes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a site announces on one virtual interface or VPN connection.

    - `own`: the site announces them while its core router works, whether or not it has a host there.
    - `passed_on`: prefixes of other sites, and a default route from one. The site announces them while it learns them over an interconnect.
    """

    own: tuple[Prefix, ...]
    passed_on: tuple[Prefix, ...]

    @property
    def prefixes(self) -> tuple[Prefix, ...]:
        """All of them."""
        return (*self.own, *self.passed_on)


def told(site: DataCenter, line: Line, joined: Iterable[DataCenter]) -> Told:
    """What a site announces on a line. `joined`: the sites that an interconnect joins with it."""
    others = tuple(joined)
    theirs = dict.fromkeys(prefix for other in others for prefix in other.prefixes if prefix not in site.prefixes)
    written = line.customer.announce or site.announce
    if not written:
        return Told(own=site.prefixes, passed_on=tuple(theirs))
    if any(other.name == site.default_route_from for other in others):
        theirs[DEFAULT_ROUTE] = None
    return Told(own=tuple(each for each in written if each not in theirs), passed_on=tuple(each for each in written if each in theirs))
