"""Interconnect: private links between data centres."""

from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True, slots=True, kw_only=True)
class Interconnect:
    """A private link between the core routers of two data centres, or a provider's WAN between more of them.

    `bandwidth`: bits per second each way, None if it is not written. Of a WAN: of each site's line to it.
    """

    name: str
    between: tuple[str, ...]
    bandwidth: int | None = None

    @property
    def is_wan(self) -> bool:
        """Whether it joins more than two data centres. Then the provider's WAN is a node."""
        return len(self.between) > 2

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every two data centres that it joins. Those of a WAN see each other directly."""
        return tuple(combinations(self.between, 2))
