"""Faults of cables: what happens to the packets of links, and whether the routers at their ends are told."""

from dataclasses import dataclass
from typing import Literal

Way = Literal["both", "a-to-b", "b-to-a"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkDown:
    """Links lose carrier; the routers at both ends see it at once."""

    links: tuple[str, ...]

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return frozenset(f"carrier of {link}" for link in self.links)


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentLoss:
    """Links carry nothing while both carriers stay up; only hellos that stop coming tell."""

    links: tuple[str, ...]
    way: Way = "both"

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return frozenset(f"packets of {link}" for link in self.links)


LinkFault = LinkDown | SilentLoss

LINK_KINDS: dict[str, type[LinkFault]] = {"link-down": LinkDown, "silent-loss": SilentLoss}
