"""Faults of cables: what happens to the packets of links, and whether the routers at their ends are told."""

from dataclasses import dataclass
from typing import Literal, assert_never

from lab.model.impairment import Bandwidth, Latency, RandomLoss, SizeLimit
from lab.model.mark import Mark, at_interface
from lab.model.plan import Endpoint, Link, Plan

Way = Literal["both", "a-to-b", "b-to-a"]
Side = Literal["customer", "aws"]

_FASTEST_SECONDS = 0.1
"""A link that flaps is down at least so long each time, and up: putting a fault in and out takes milliseconds of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkDown:
    """Links lose carrier; the routers at both ends see it at once.

    Noticed by the kernels of both ends, within a millisecond.
    """

    links: tuple[str, ...]

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return _carriers(self.links)

    def marks(self, plan: Plan) -> frozenset[Mark]:
        """What it leaves in the lab while it is in force."""
        return _cut(self.links, plan)


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierLoss:
    """One side of Direct Connect circuits loses its light; on the other side of the carrier's equipment the light stays on.

    Noticed by the router on that side at once; the one on the other side finds out by BFD, or when BGP's hold time is over.

    `links` are the cables between the carrier's equipment and the side that goes dark.
    """

    links: tuple[str, ...]

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return _carriers(self.links)

    def marks(self, plan: Plan) -> frozenset[Mark]:
        """What it leaves in the lab while it is in force."""
        return frozenset(at_interface(carriers_port(plan, link), "down") for link in self.links)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flap:
    """Links lose carrier and get it back, so many times: down for the first half of each of as many equal periods.

    Noticed by the kernels of both ends each time; BGP and BFD begin anew each time.
    """

    links: tuple[str, ...]
    count: int

    @property
    def shortest_seconds(self) -> float:
        """It cannot be carried out in less."""
        return 2 * self.count * _FASTEST_SECONDS

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return _carriers(self.links)

    def marks(self, plan: Plan) -> frozenset[Mark]:
        """What it leaves in the lab while it is in force."""
        return _cut(self.links, plan)


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentLoss:
    """Links carry nothing while both carriers stay up; only hellos that stop coming tell.

    Noticed by BFD and DPD where they run, else when BGP's hold time is over.
    """

    links: tuple[str, ...]
    way: Way = "both"

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return frozenset(f"packets of {link}" for link in self.links)

    def marks(self, plan: Plan) -> frozenset[Mark]:
        """What it leaves in the lab while it is in force."""
        return _where_it_arrives(self, plan, "drops packets (silent)")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialLoss:
    """Links lose a part of their packets at random while both carriers stay up; few hellos are lost in a row.

    Noticed by nobody while hellos get through: a detector that forgives three in a row forgives much.
    """

    links: tuple[str, ...]
    loss: float
    way: Way = "both"

    @property
    def impairment(self) -> RandomLoss:
        """What each end of a link does."""
        return RandomLoss(part=self.loss)

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return frozenset(f"loss of {link}" for link in self.links)

    def marks(self, plan: Plan) -> frozenset[Mark]:
        """What it leaves in the lab while it is in force."""
        return _where_it_arrives(self, plan, "drops packets (lossy)")


@dataclass(frozen=True, slots=True, kw_only=True)
class MtuDrop:
    """Links drop IP packets longer than so many octets and tell nobody (a black hole of path MTU discovery).

    Noticed by nobody: hellos are small, so every session stays up while users' large packets vanish.
    """

    links: tuple[str, ...]
    mtu: int
    way: Way = "both"

    @property
    def impairment(self) -> SizeLimit:
        """What each end of a link does."""
        return SizeLimit(octets=self.mtu)

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return frozenset(f"packet sizes of {link}" for link in self.links)

    def marks(self, plan: Plan) -> frozenset[Mark]:
        """What it leaves in the lab while it is in force."""
        return _where_it_arrives(self, plan, "drops packets (oversize)")


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimit:
    """Links carry no more than so many bits a second each way; a full queue drops what comes on top.

    Noticed by BFD and BGP only where it takes their hellos, too.
    """

    links: tuple[str, ...]
    bits_per_second: int
    way: Way = "both"

    @property
    def impairment(self) -> Bandwidth:
        """What each end of a link does."""
        return Bandwidth(bits_per_second=self.bits_per_second)

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return _queues(self.links)

    def marks(self, plan: Plan) -> frozenset[Mark]:
        """What it leaves in the lab while it is in force."""
        return _where_it_leaves(self, plan, "holds packets up (tbf)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """Links deliver each packet late, by the delay and up to its jitter more or less (needs a kernel with netem).

    Noticed by nobody while it grows no faster than a detector's patience.
    """

    links: tuple[str, ...]
    seconds: float
    jitter_seconds: float = 0.0
    way: Way = "both"

    @property
    def impairment(self) -> Latency:
        """What each end of a link does."""
        return Latency(seconds=self.seconds, jitter_seconds=self.jitter_seconds)

    @property
    def holds(self) -> frozenset[str]:
        """What it takes hold of."""
        return _queues(self.links)

    def marks(self, plan: Plan) -> frozenset[Mark]:
        """What it leaves in the lab while it is in force."""
        return _where_it_leaves(self, plan, "holds packets up (netem)")


ImpairingFault = PartialLoss | MtuDrop | RateLimit | Delay
"""What some kernels cannot do."""

ChanceFault = PartialLoss | RateLimit | Delay
"""Under which packets are lost and get through by chance or by queues: no event marks the edges of such a loss."""

LinkFault = LinkDown | CarrierLoss | Flap | SilentLoss | ImpairingFault

LINK_KINDS: dict[str, type[LinkFault]] = {
    "link-down": LinkDown,
    "carrier-loss": CarrierLoss,
    "flap": Flap,
    "silent-loss": SilentLoss,
    "partial-loss": PartialLoss,
    "mtu-drop": MtuDrop,
    "rate-limit": RateLimit,
    "delay": Delay,
}


def receivers(link: Link, way: Way) -> tuple[Endpoint, ...]:
    """The ends at which the packets of one way, or of both, arrive."""
    match way:
        case "both":
            return (link.a, link.b)
        case "a-to-b":
            return (link.b,)
        case "b-to-a":
            return (link.a,)
        case _:
            assert_never(way)


def senders(link: Link, way: Way) -> tuple[Endpoint, ...]:
    """The ends from which the packets of one way, or of both, leave."""
    return tuple(link.a if end == link.b else link.b for end in receivers(link, way))


def hops(fault: ChanceFault, plan: Plan) -> tuple[tuple[str, str], ...]:
    """From which node to which packets are lost, and get through, by chance or by queues."""
    links = [plan.link(link) for link in fault.links]
    return tuple((link.a.node if end == link.b else link.b.node, end.node) for link in links for end in receivers(link, fault.way))


def carriers_port(plan: Plan, name: str) -> Endpoint:
    """The end of a circuit's cable that the carrier's equipment has."""
    link = plan.link(name)
    return link.a if plan.node(link.a.node).bridges else link.b


def _carriers(links: tuple[str, ...]) -> frozenset[str]:
    return frozenset(f"carrier of {link}" for link in links)


def _queues(links: tuple[str, ...]) -> frozenset[str]:
    return frozenset(f"queues of {link}" for link in links)


def _cut(links: tuple[str, ...], plan: Plan) -> frozenset[Mark]:
    """One end of each cable is taken down, and the other loses its carrier."""
    return frozenset(at_interface(plan.link(link).a, "down") for link in links)


def _where_it_arrives(fault: SilentLoss | PartialLoss | MtuDrop, plan: Plan, found: str) -> frozenset[Mark]:
    return frozenset(at_interface(end, found) for link in fault.links for end in receivers(plan.link(link), fault.way))


def _where_it_leaves(fault: RateLimit | Delay, plan: Plan, found: str) -> frozenset[Mark]:
    return frozenset(at_interface(end, found) for link in fault.links for end in senders(plan.link(link), fault.way))
