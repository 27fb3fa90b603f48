"""LAG: several parallel cables of one Direct Connect connection, and how many of them the connection needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

MOST_MEMBERS = 4
"""How many connections a LAG may have (D26)."""
MEMBER = "LAG member"
"""The kind of a target that is one member of a LAG, for messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """What a connection says of its LAG: its number of connections, and AWS's `minimumLinks` (D26: 0 unless the customer sets it)."""

    members: int
    minimum_links: int = 0

    @property
    def spare(self) -> int:
        """How many members may fail before the LAG is down. A LAG without any member is down, too."""
        return self.members - max(self.minimum_links, 1)

    def names(self, connection: str) -> tuple[str, ...]:
        """The names of the members of a LAG: `dx1-1`, `dx1-2`."""
        return tuple(f"{connection}-{number}" for number in range(1, min(self.members, MOST_MEMBERS) + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A LAG as cables, on one side of the carrier's equipment.

    - `links`: they carry the packets. They have light only while enough members have light.
    - `members`: the cables of the members. They carry light, but no packet.
    - `spare`: how many members may lose their light before `links` lose theirs
    """

    links: tuple[str, ...]
    members: tuple[str, ...]
    spare: int


def members_among(bundles: Iterable[Bundle], links: Iterable[str]) -> tuple[str, ...]:
    """Those of these cables that are members of a LAG."""
    every = frozenset(chain.from_iterable(each.members for each in bundles))
    return tuple(link for link in links if link in every)
