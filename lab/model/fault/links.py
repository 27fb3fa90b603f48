"""Faults of links: their packets are lost or late, and the routers at their ends may or may not see a lost carrier."""

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
"""The shortest time that a flapping link is down, and up, each time. Injecting and undoing need some milliseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkDown:
    """Links lose their carrier. The routers at both ends see it at once.

    The fault is noticed by the kernels of both ends, within a millisecond.
    """

    links: tuple[str, ...]

    def effect(self, plan: Plan) -> Effect:
        """One end of each cable is set down. The other end loses its carrier."""
        return _cut(self.links, plan)


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierLoss:
    """One side of a Direct Connect circuit loses its light. Beyond the carrier's equipment, the other side keeps its light.

    The fault is noticed by the router on the dark side at once. The router on the other side notices by BFD or BGP's hold time.

    `links` are the cables between the carrier's equipment and the dark side.
    """

    links: tuple[str, ...]

    def effect(self, plan: Plan) -> Effect:
        """The carrier's port is set down. The router at the other end of the cable loses its carrier."""
        return Effect(
            holds=_held("carrier", self.links),
            marks=frozenset(at_interface(carriers_port(plan, link), "down") for link in self.links),
            breaks=crossed_cables(plan, self.links),
            needs=_kernels_of(self.links, plan),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Flap:
    """Links lose their carrier several times, in equal periods. They are down in the first half of each period.

    The fault is noticed by the kernels of both ends each time. BGP and BFD start again each time.
    """

    links: tuple[str, ...]
    count: int

    @property
    def shortest_seconds(self) -> float:
        """The shortest duration that the fault can have, in seconds."""
        return 2 * self.count * _FASTEST_SECONDS

    def effect(self, plan: Plan) -> Effect:
        """The effect of link-down, as often as the link goes down."""
        return replace(_cut(self.links, plan), is_momentary=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentLoss:
    """Links drop every packet while both carriers stay up. Only the missing hellos show it.

    The fault is noticed by BFD and DPD where they run, otherwise by BGP's hold time.
    """

    links: tuple[str, ...]
    way: Way = "both"

    def effect(self, plan: Plan) -> Effect:
        """Arriving packets are dropped by a filter in the kernel."""
        return Effect(
            holds=_held("packets", self.links),
            marks=_where_it_arrives(self, plan, "drops packets (silent)"),
            breaks=crossed_cables(plan, self.links, self.way),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialLoss:
    """Links drop some of their packets at random while both carriers stay up. Few hellos in a row are lost.

    The fault is noticed by nobody while enough hellos arrive. A detector that needs three lost in a row seldom sees them.
    """

    links: tuple[str, ...]
    loss: float
    way: Way = "both"

    @property
    def impairment(self) -> RandomLoss:
        """The impairment at each end of a link."""
        return RandomLoss(part=self.loss)

    def effect(self, plan: Plan) -> Effect:
        """Some arriving packets are dropped at random."""
        return Effect(
            holds=_held("loss", self.links),
            marks=_where_it_arrives(self, plan, "drops packets (lossy)"),
            breaks=crossed_cables(plan, self.links, self.way),
            is_by_chance=True,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MtuDrop:
    """Links silently drop IP packets longer than a given size (a path MTU discovery black hole).

    The fault is noticed by nobody: hellos are small, so every session stays up while users' large packets vanish.
    """

    links: tuple[str, ...]
    mtu: int
    way: Way = "both"

    @property
    def impairment(self) -> SizeLimit:
        """The impairment at each end of a link."""
        return SizeLimit(octets=self.mtu)

    def effect(self, plan: Plan) -> Effect:
        """Arriving packets that are too long are dropped."""
        return Effect(
            holds=_held("packet sizes", self.links),
            marks=_where_it_arrives(self, plan, "drops packets (oversize)"),
            breaks=crossed_cables(plan, self.links, self.way),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimit:
    """Links carry at most a given rate each way. When the queue is full, they drop packets.

    The fault is noticed by BFD and BGP only if their hellos are dropped, too.
    """

    links: tuple[str, ...]
    bits_per_second: int
    way: Way = "both"

    @property
    def impairment(self) -> Bandwidth:
        """The impairment at each end of a link."""
        return Bandwidth(bits_per_second=self.bits_per_second)

    def effect(self, plan: Plan) -> Effect:
        """Leaving packets wait in a queue, and are dropped when it is full."""
        return _queued(self, plan, "holds packets up (tbf)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """Links deliver each packet late, by a delay plus or minus a jitter (needs a kernel with netem).

    The fault is noticed by nobody, unless the delay is longer than a detector waits for a hello.
    """

    links: tuple[str, ...]
    seconds: float
    jitter_seconds: float = 0.0
    way: Way = "both"

    @property
    def impairment(self) -> Latency:
        """The impairment at each end of a link."""
        return Latency(seconds=self.seconds, jitter_seconds=self.jitter_seconds)

    def effect(self, plan: Plan) -> Effect:
        """Leaving packets wait in a queue."""
        return _queued(self, plan, "holds packets up (netem)")


ImpairingFault = PartialLoss | MtuDrop | RateLimit | Delay
"""Kinds of fault that some kernels do not support."""

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
    """The carrier's end of a circuit's cable."""
    link = plan.link(name)
    return link.a if plan.node(link.a.node).bridges else link.b


def _cut(links: tuple[str, ...], plan: Plan) -> Effect:
    return Effect(
        holds=_held("carrier", links),
        marks=frozenset(at_interface(plan.link(link).a, "down") for link in links),
        breaks=crossed_cables(plan, links),
        needs=kernels(plan.link(link).a.node for link in links),  # the node at the other end may boot meanwhile: it finds no carrier
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
    """The kernels of both ends of each cable."""
    return kernels(end.node for link in map(plan.link, links) for end in (link.a, link.b))
