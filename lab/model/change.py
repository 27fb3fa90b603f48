"""Changes: settings of a router that differ from its plan. Each can be taken back. Then the plan holds again."""

from dataclasses import dataclass

from lab.model.bgp import Announcement, BgpSession, Outlet, ShownMed


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionShut:
    """One speaker closes a BGP session (Cease, administrative shutdown) and keeps it closed."""

    session: BgpSession

    @property
    def node(self) -> str:
        """The router whose settings change."""
        return self.session.node


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A customer's router announces prefixes that are not in its plan."""

    announcement: Announcement

    @property
    def node(self) -> str:
        """The router whose settings change."""
        return self.announcement.outlet.node


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A customer's router announces nothing at an outlet. The sessions stay up."""

    outlet: Outlet

    @property
    def node(self) -> str:
        """The router whose settings change."""
        return self.outlet.node


@dataclass(frozen=True, slots=True, kw_only=True)
class MedShown:
    """AWS's end of a tunnel sends another MED than planned."""

    planned: ShownMed
    med: int

    @property
    def node(self) -> str:
        """The router whose settings change."""
        return self.planned.node


RouterChange = SessionShut | Announced | Withheld | MedShown
