"""Faults of cables: what happens to the packets of links, and whether the routers at their ends are told."""

from dataclasses import dataclass, replace
from typing import Literal

from lab.model.fault.crossed import crossed_cables
from lab.model.fault.effect import Effect, Part, kernels
from lab.model.fault.ways import Way, receivers, senders
from lab.model.impairment import Bandwidth, Latency, RandomLoss, SizeLimit
from lab.model.mark import Mark, at_interface
from lab.model.plan import Endpoint, Plan

Side = Literal["customer", "aws"]

_FASTEST_SECONDS = 0.1
"""A link that flaps is down at least so long each time, and up: putting a fault in and out takes milliseconds of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkDown:
    """Links lose carrier; the routers at both ends see it at once.

    Noticed by the kernels of both ends, within a millisecond.
    """

    links: tuple[str, ...]

    def effect(self, plan: Plan) -> Effect:
        """One end of each cable is taken down, and the other loses its carrier."""
        return _cut(self.links, plan)


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierLoss:
    """One side of Direct Connect circuits loses its light; on the other side of the carrier's equipment the light stays on.

    Noticed by the router on that side at once; the one on the other side finds out by BFD, or when BGP's hold time is over.

    `links` are the cables between the carrier's equipment and the side that goes dark.
    """

    links: tuple[str, ...]

    def effect(self, plan: Plan) -> Effect:
        """The carrier's port goes down, so that the cable's other end, which a router has, loses its carrier."""
        return Effect(
            holds=_held("carrier", self.links),
            marks=frozenset(at_interface(carriers_port(plan, link), "down") for link in self.links),
            breaks=crossed_cables(plan, self.links),
            needs=_kernels_of(self.links, plan),
        )


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

    def effect(self, plan: Plan) -> Effect:
        """Each time as link-down."""
        return replace(_cut(self.links, plan), is_momentary=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentLoss:
    """Links carry nothing while both carriers stay up; only hellos that stop coming tell.

    Noticed by BFD and DPD where they run, else when BGP's hold time is over.
    """

    links: tuple[str, ...]
    way: Way = "both"

    def effect(self, plan: Plan) -> Effect:
        """What arrives is dropped. Filters outlive everything but their node, so nobody has to remember anything."""
        return Effect(
            holds=_held("packets", self.links),
            marks=_where_it_arrives(self, plan, "drops packets (silent)"),
            breaks=crossed_cables(plan, self.links, self.way),
        )


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

    def effect(self, plan: Plan) -> Effect:
        """A part of what arrives is dropped."""
        return Effect(
            holds=_held("loss", self.links),
            marks=_where_it_arrives(self, plan, "drops packets (lossy)"),
            breaks=crossed_cables(plan, self.links, self.way),
            is_by_chance=True,
        )


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

    def effect(self, plan: Plan) -> Effect:
        """What arrives and is too long is dropped."""
        return Effect(
            holds=_held("packet sizes", self.links),
            marks=_where_it_arrives(self, plan, "drops packets (oversize)"),
            breaks=crossed_cables(plan, self.links, self.way),
        )


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

    def effect(self, plan: Plan) -> Effect:
        """What leaves waits in a queue."""
        return _queued(self, plan, "holds packets up (tbf)")


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

    def effect(self, plan: Plan) -> Effect:
        """What leaves waits in a queue."""
        return _queued(self, plan, "holds packets up (netem)")


ImpairingFault = PartialLoss | MtuDrop | RateLimit | Delay
"""What some kernels cannot do."""

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


def carriers_port(plan: Plan, name: str) -> Endpoint:
    """The end of a circuit's cable that the carrier's equipment has."""
    link = plan.link(name)
    return link.a if plan.node(link.a.node).bridges else link.b


def _cut(links: tuple[str, ...], plan: Plan) -> Effect:
    return Effect(
        holds=_held("carrier", links),
        marks=frozenset(at_interface(plan.link(link).a, "down") for link in links),
        breaks=crossed_cables(plan, links),
        needs=_kernels_of(links, plan),
    )


def _queued(fault: RateLimit | Delay, plan: Plan, found: str) -> Effect:
    return Effect(
        holds=_held("queues", fault.links),
        marks=frozenset(at_interface(end, found) for link in fault.links for end in senders(plan.link(link), fault.way)),
        breaks=crossed_cables(plan, fault.links, fault.way),
        is_by_chance=True,
    )


def _held(what: str, links: tuple[str, ...]) -> frozenset[str]:
    return frozenset(f"{what} of {link}" for link in links)


def _where_it_arrives(fault: SilentLoss | PartialLoss | MtuDrop, plan: Plan, found: str) -> frozenset[Mark]:
    return frozenset(at_interface(end, found) for link in fault.links for end in receivers(plan.link(link), fault.way))


def _kernels_of(links: tuple[str, ...], plan: Plan) -> frozenset[Part]:
    """Both ends of each cable are told."""
    return kernels(end.node for link in map(plan.link, links) for end in (link.a, link.b))
