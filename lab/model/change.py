"""Changes: what a router is told by hand, beside its plan. Each can be taken back, and then the plan holds again."""

from dataclasses import dataclass

from lab.model.bgp import Announcement, BgpSession, Outlet, ShownMed


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionShut:
    """A BGP session is closed in order (Cease, administrative shutdown) and kept closed, at the speaker it is seen from."""

    session: BgpSession

    @property
    def node(self) -> str:
        """The router that is told."""
        return self.session.node


@dataclass(frozen=True, slots=True, kw_only=True)
class Announced:
    """A customer's router announces prefixes that its plan does not."""

    announcement: Announcement

    @property
    def node(self) -> str:
        """The router that is told."""
        return self.announcement.outlet.node


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A customer's router announces nothing at an outlet, whose sessions stay up."""

    outlet: Outlet

    @property
    def node(self) -> str:
        """The router that is told."""
        return self.outlet.node


@dataclass(frozen=True, slots=True, kw_only=True)
class MedShown:
    """AWS's end of a tunnel shows its customer another MED than planned."""

    planned: ShownMed
    med: int

    @property
    def node(self) -> str:
        """The router that is told."""
        return self.planned.node


RouterChange = SessionShut | Announced | Withheld | MedShown
