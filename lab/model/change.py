"""Changes: settings of a router that a fault or an automation makes different from the plan. Each change can be undone."""

from dataclasses import dataclass

from lab.model.bgp import Announcement, BgpSession, Outlet, ShownMed
from lab.model.ip import Prefix
from lab.model.router import RouteMapEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionShut:
    """A router closes a BGP session (Cease, administrative shutdown) and keeps it closed."""

    session: BgpSession

    @property
    def node(self) -> str:
        """The router whose settings change."""
        return self.session.node


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A customer's router announces additional prefixes."""

    announcement: Announcement

    @property
    def node(self) -> str:
        """The router whose settings change."""
        return self.announcement.outlet.node


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A customer's router announces no prefix to AWS on a virtual interface or VPN connection. The BGP sessions remain up.

    `prefixes`: it only withholds these. () withholds all.
    """

    outlet: Outlet
    prefixes: tuple[Prefix, ...] = ()

    @property
    def node(self) -> str:
        """The router whose settings change."""
        return self.outlet.node


@dataclass(frozen=True, slots=True, kw_only=True)
class MedShown:
    """AWS's endpoint of a tunnel sends another MED than planned."""

    planned: ShownMed
    med: int

    @property
    def node(self) -> str:
        """The router whose settings change."""
        return self.planned.node


@dataclass(frozen=True, slots=True, kw_only=True)
class Redressed:
    """A customer's router announces its prefixes with another AS path or other communities.

    `entries` come before the planned entries of the outlet's route-map, so that these have no effect.
    """

    outlet: Outlet
    entries: tuple[RouteMapEntry, ...]

    @property
    def node(self) -> str:
        """The router whose settings change."""
        return self.outlet.node


RouterChange = SessionShut | Announced | Withheld | MedShown | Redressed
