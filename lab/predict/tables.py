"""Tables: the routes that every router has, before and after a failure.

Law: the next hop of a route is always the neighbor from which the route was learned (`next-hop-self` inside an AS). So a route can be used
as long as its session is up.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from lab.model.ip import Prefix
from lab.predict.decisions import UNDECIDED, Decision, KernelRoute
from lab.predict.speakers import Session
from lab.predict.wires import Damage


@dataclass(slots=True, eq=False)
class Table:
    """The routes of all routers to one prefix.

    - `number`: the place of the prefix in `Network.prefixes`
    - `heard`: for each session, the routes that its receiver has learned on it
    - `decisions`: for each router that has decided, its last decision
    - `asked`: the routers that decided, or lost something, since the table was copied
    """

    prefix: Prefix
    number: int
    heard: defaultdict[int, tuple[int, ...]] = field(default_factory=lambda: defaultdict(tuple))
    decisions: dict[str, Decision] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def copy(self) -> "Table":
        return Table(self.prefix, self.number, self.heard.copy(), self.decisions.copy())

    def decision(self, router: str) -> Decision:
        """The last decision of a router."""
        return self.decisions.get(router, UNDECIDED)

    def lose(self, session: Session) -> bool:
        """Remove the routes that the receiver learned on this session. Return whether there were any."""
        had = bool(self.heard.pop(session.number, ()))
        if had:
            self.asked.add(session.receiver)
        return had


@dataclass(frozen=True, slots=True)
class Tables:
    """The routes to all prefixes after a failure. Only those that may differ from the routes before it have a changed table.

    - `groups`: each changed table, and the numbers of the prefixes that it is for. They are alike to every router in `Table.asked`.
    - `changed`: for each of these numbers, the table
    - `lost`: the lost sessions
    """

    before: Sequence[Table]
    groups: Mapping[Table, list[int]]
    changed: Mapping[int, Table]
    lost: Sequence[Session]

    @classmethod
    def after(cls, before: Sequence[Table], groups: Mapping[Table, list[int]], lost: Sequence[Session]) -> "Tables":
        return cls(before, groups, {number: table for table, numbers in groups.items() for number in numbers}, lost)

    def decision(self, number: int, router: str) -> Decision:
        """The decision of a router about a prefix."""
        table = self.changed.get(number)
        if table is None or router not in table.asked:
            table = self.before[number]
        return table.decisions.get(router, UNDECIDED)

    def turned(self, number: int) -> set[str]:
        """The routers with another decision about a prefix than before."""
        table = self.changed.get(number)
        return {each for each in table.asked if table.decision(each) is not self.before[table.number].decision(each)} if table else set()


class View(Protocol):
    """A failure, and the part of it that the routers have noticed."""

    @property
    def damage(self) -> Damage:
        """What the failure breaks. No message arrives on a broken hop, and dead nodes do nothing."""
        ...

    def has(self, kernel: KernelRoute) -> bool:
        """Whether the node's kernel still has this static route."""
        ...


class InTheEnd:
    """The state in which every router has noticed the whole failure."""

    def __init__(self, damage: Damage) -> None:
        self.damage = damage

    def has(self, kernel: KernelRoute) -> bool:
        """Whether the interface of the route has a carrier, or the tunnel of the route passes packets.

        An end of a tunnel that never asks whether its peer is alive keeps the route until the tunnel is ended.
        """
        hop = kernel.hop
        return hop is None or hop not in (self.damage.broken if hop.dead_after else self.damage.dark)
