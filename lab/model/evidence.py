"""Evidence for an outcome: who noticed when, three readings of an outage, every trial, and how busy the host was."""

from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Literal

from lab.model.check import Phase
from lab.model.direction import Direction

Source = Literal["fault", "link", "route", "bgp", "bfd", "ike", "probe"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEvent:
    """Something that happened at an instant of the check's clock, and the node that noticed it.

    `prefix` is the destination of a changed route. `lost` is a place that differs from the plan from then on, named as in a `Difference`:
    an interface without carrier (NODE:INTERFACE), or a tunnel whose IKE SA was deleted.
    """

    at: float
    node: str
    source: Source
    what: str
    prefix: IPv4Network | None = None
    lost: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Convergence:
    """The convergence of one direction of a flow after one change (a fault put in, or taken out), in the terms of RFC 6412. In seconds.

    - Detection: from the change (`event_at`) to its first notice (`noticed`) by a router that the flow's packets still reached.
    - Control plane: then to the first change of a route to the flow's destination in a kernel on its old or new path (first route
      convergence instant).
    - FIB: then to the last such change.
    - Data plane: then to the first packet that got through.

    None: nothing of this kind was seen. The sum of the others is the time from the change to that packet.

    `frr_control_plane_seconds` and `frr_fib_seconds`: the part of the two that FRR always waits, on any host.
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
    """The longest loss of one direction of a flow in one phase, read three ways. In seconds.

    - `loss_seconds`: lost packets ÷ rate.
    - `gap_seconds`: the time between the arrivals before and after.
    - `event_seconds`: from the event that began the loss to the event that ended it. None if there was no such event. `is_explained`:
      that is correct, because under random loss no event marks the edges.

    They agree if no two differ by more than `tolerance_seconds`.
    """

    loss_seconds: float
    gap_seconds: float
    event_seconds: float | None
    tolerance_seconds: float
    is_explained: bool = True

    @property
    def agree(self) -> bool:
        """Whether the three readings agree."""
        if not self.is_explained:
            return False
        told = [each for each in (self.loss_seconds, self.gap_seconds, self.event_seconds) if each is not None]
        return max(told) - min(told) <= self.tolerance_seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The trials of a spread in which the flow began on the same paths.

    - `path_before`: the path before any fault. `path_begun`: the path when the event began. () if no packet got through.
    - `outages`: one for each trial, in seconds, in the order run. Never empty.
    - `paths`: the different paths at the end of the event. () if no packet got through.
    """

    path_before: tuple[str, ...]
    path_begun: tuple[str, ...]
    outages: tuple[float, ...]
    paths: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Outages of one direction of a flow in one event over all counted trials, in the order run, and their statistics. In seconds.

    - Statistics as in RFC 8219: median, 1st and 99th percentile. `deviation` is the standard deviation, 0 for a single trial.
    - `paths_before` and `paths`: the paths before the faults and at the end of the event, each once, in the order first seen. () if no
      packet got through.
    - `event`: the event's name. None: the whole of a phase with several events, or a run without a fault.
    - `starts`: the same trials, grouped by the paths on which the flow began.
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
    """How busy the host was while a check ran.

    - `busy`: the used part of the processors' time.
    - `stalled`: the part of the time in which a program waited for a processor (pressure stall information). None if the kernel lacks it.
    - `latest_probe_seconds`: the largest delay of a leaving probe.
    """

    busy: float
    stalled: float | None
    latest_probe_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Packets of one direction of a flow lost in a row: when the first left, for how long none got through, and their number."""

    at: float
    seconds: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A path, and when the first packet seen on it left."""

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
