"""Evidence: the facts behind a verdict: who noticed a fault, losses and paths of each flow, every trial, the host's load."""

from dataclasses import dataclass
from typing import Literal

from lab.model.check import Phase
from lab.model.direction import Direction
from lab.model.ip import Prefix

Source = Literal["fault", "link", "route", "bgp", "bfd", "ike", "probe", "alarm", "automation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEvent:
    """Something that a node noticed at an instant of the check's clock.

    - `prefix`: the destination of a changed route. None for anything else.
    - `lost`: what no longer equals the plan, named like a `Difference`: an interface without carrier (NODE:INTERFACE), or a tunnel without
      IKE SA. None otherwise.
    - `rings`: the rule of an alarm that begins to ring. None for anything else. Its `node` is the monitoring system. `is_old`: the alarm
      has rung since before the check.
    """

    at: float
    node: str
    source: Source
    what: str
    prefix: Prefix | None = None
    lost: str | None = None
    rings: str | None = None
    is_old: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Convergence:
    """How one direction of a flow converged after a fault began or ended, in the terms of RFC 6412. Times are in seconds.

    - Detection: from the fault (`event_at`) to the first notice (`noticed`) by a router that packets of the flow still reached.
    - Control plane: from that notice to the first changed route in a kernel. Only routes to the flow's destination on its old or new path
      count.
    - FIB: from that change to the last such change.
    - Data plane: from the last change to the first packet that arrived.

    A part is None if nothing of its kind was seen. The other parts add up to the whole time until that packet.

    `frr_control_plane_seconds` and `frr_fib_seconds`: the part that FRR always waits, on any host.
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
    """The longest loss of one direction of a flow in one phase, measured in three ways. In seconds.

    - `loss_seconds`: lost packets ÷ rate.
    - `gap_seconds`: the time from the last packet that arrived before the loss to the first packet that arrived after it.
    - `event_seconds`: from the event that began the loss to the event that ended it. None if no such event is known. `is_explained`: there
      is no such event because packets are lost at random.

    The measurement can be trusted if no two of these differ by more than `tolerance_seconds`.
    """

    loss_seconds: float
    gap_seconds: float
    event_seconds: float | None
    tolerance_seconds: float
    is_explained: bool = True

    @property
    def agree(self) -> bool:
        """Whether the three measurements agree."""
        if not self.is_explained:
            return False
        told = [each for each in (self.loss_seconds, self.gap_seconds, self.event_seconds) if each is not None]
        return max(told) - min(told) <= self.tolerance_seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The trials of a `Spread` in which the flow began on the same paths.

    - `path_before`: the path before any fault. `path_begun`: the path when the event began. () if no packet got through.
    - `outages`: in seconds, one for each trial, in the order of the trials. Never empty.
    - `paths`: the different paths at the end of the event. () if no packet got through.
    """

    path_before: tuple[str, ...]
    path_begun: tuple[str, ...]
    outages: tuple[float, ...]
    paths: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """The outages of one direction of a flow in one event, in all counted trials, with their statistics. In seconds.

    - `median`, `p1`, `p99`: median, 1st and 99th percentile (RFC 8219). `deviation`: standard deviation, 0 for one trial.
    - `paths_before`, `paths`: the different paths before the faults, and at the end of the event. () if no packet got through.
    - `event`: the event's name. None for a whole phase with several events, and for a run without a fault.
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

    - `busy`: the used part of the processors' time, 0 to 1.
    - `stalled`: the part of the time in which a program waited for a processor (pressure stall information). None if the kernel has no such
      figure.
    - `latest_probe_seconds`: the largest delay with which a probe was sent.
    """

    busy: float
    stalled: float | None
    latest_probe_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """A run of lost packets: when the first was sent, for how many seconds none got through, and how many were lost."""

    at: float
    seconds: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A path, and when the first packet on it was sent."""

    at: float
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """The losses and paths of one direction of a flow in a whole check, from `begin` to `end` on the check's clock, in order.

    The first path is the one before any fault.
    """

    flow: str
    direction: Direction
    begin: float
    end: float
    losses: tuple[Loss, ...]
    paths: tuple[Seen, ...]
