"""Evidence: what makes an outcome believable - who noticed when, three readings of an outage, every trial, how busy the host was."""

from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Literal

from lab.model.check import Direction, Phase

Source = Literal["fault", "link", "route", "bgp", "bfd", "ike", "probe"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEvent:
    """Something that happened at an instant of the check's clock, and where it was noticed; `prefix` is a changed route's destination.

    `lost` is the place that is not as planned from then on, as a `Difference` names it: an interface whose carrier went (NODE:INTERFACE), a
    tunnel whose IKE SA was deleted.
    """

    at: float
    node: str
    source: Source
    what: str
    prefix: IPv4Network | None = None
    lost: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Convergence:
    """How one direction of a flow came over one change - a fault put in, or taken out - in RFC 6412's words; seconds.

    Detection: from the change (`event_at`) to the first notice of it, `noticed`, by a router that the flow's packets still reached.
    Control plane: on to the first change of a route to the flow's destination in a kernel on its old or new path (first route convergence
    instant). FIB: on to the last such change. Data plane: on to the first packet that got through. None where nothing of the kind was seen;
    the sum of those that were is the time from the change to that packet.

    `frr_control_plane_seconds` and `frr_fib_seconds` say how much of the two FRR waits by itself, however fast the host.
    """

    event_at: float
    noticed: TimelineEvent | None
    detection_seconds: float | None
    control_plane_seconds: float | None
    fib_seconds: float | None
    data_plane_seconds: float | None
    frr_control_plane_seconds: float = 0.0
    frr_fib_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """The longest loss of one direction of a flow in one phase, read three ways; seconds.

    By packets lost ÷ rate; by the gap between the arrivals before and after; by events, from what happened when it began to what happened
    when it ended (None where nothing did, `is_explained` tells whether that is all right: under random loss nothing marks the edges).
    They agree when none is further than `tolerance_seconds` from another.
    """

    loss_seconds: float
    gap_seconds: float
    event_seconds: float | None
    tolerance_seconds: float
    is_explained: bool = True

    @property
    def agree(self) -> bool:
        """Whether the three tell the same."""
        if not self.is_explained:
            return False
        told = [each for each in (self.loss_seconds, self.gap_seconds, self.event_seconds) if each is not None]
        return max(told) - min(told) <= self.tolerance_seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Those trials of a spread in which the flow began on the same paths: `path_before` any fault, `path_begun` when the event began.

    `outages` are their seconds, in the order run, at least one. `paths` are every path at the end of the event, each once; () where none
    got through.
    """

    path_before: tuple[str, ...]
    path_begun: tuple[str, ...]
    outages: tuple[float, ...]
    paths: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Outages of one direction of a flow in one event over all trials that count, in the order run, and their statistics; seconds.

    RFC 8219: median, 1st and 99th percentile; `deviation` is the standard deviation, 0 for a single trial. `paths_before` and `paths` are
    every path taken before the faults and at the end of the event, each once, in the order first seen; () where none got through.
    `event` is the event's name, None for the whole of a phase with several events and for a run without a fault. `starts` are the same
    trials by the paths on which the flow began.
    """

    flow: str
    direction: Direction
    phase: Phase
    outages: tuple[float, ...]
    median: float
    p1: float
    p99: float
    deviation: float
    paths_before: tuple[tuple[str, ...], ...] = ()
    paths: tuple[tuple[str, ...], ...] = ()
    event: str | None = None
    starts: tuple[Start, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HostLoad:
    """How busy the host was while a check ran: the part of its processors' time that was used, the part of the time in which something
    waited for a processor (pressure stall information; None where the kernel does not tell), and how late a probe left at worst."""

    busy: float
    stalled: float | None
    latest_probe_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Packets of one direction of a flow lost in a row: when the first left, for how long none got through, and how many they were."""

    at: float
    seconds: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A path, and when the first packet that was seen on it had left."""

    at: float
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One direction of a flow through a check, from `begin` to `end` on its clock: each loss and each path it took, in order.

    The first path is the one before anything happened.
    """

    flow: str
    direction: Direction
    begin: float
    end: float
    losses: tuple[Loss, ...]
    paths: tuple[Seen, ...]
