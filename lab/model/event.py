"""Events: what a run writes into its journal, in order. Every report is a projection of these and can be made again from them.

Instants are seconds on the check's clock: 0 is its start, packets sent before that only showed that the lab was steady.
"""

from dataclasses import dataclass
from ipaddress import IPv4Address

from lab.model.broken import NOTHING, Broken
from lab.model.check import Direction, Expectation, ScheduledFault
from lab.model.evidence import HostLoad, TimelineEvent
from lab.model.outcome import Breach, HostFacts, LabFacts, Status
from lab.model.sketch import Sketch
from lab.model.status import Comparison

FORMAT = 2
"""The number of this journal's format. Journals of another one are refused: what their events mean has changed."""

IN_FLIGHT_SECONDS = 0.01
"""A packet sent so long before a fault may still be on its way when it strikes, so it is one that felt it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStarted:
    """First line of a journal: which tool, on which host, and the names of the topologies it runs, in the order of its report.

    `only` is the one check of them that was asked for, None: all. `format` is the journal's; the first one did not say it.
    """

    version: str
    host: HostFacts
    images: tuple[tuple[str, str], ...]
    topologies: tuple[str, ...]
    only: str | None = None
    format: int = FORMAT


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The network of one topology. Written once, before its first check, so that a report can draw it."""

    sketch: Sketch


@dataclass(frozen=True, slots=True, kw_only=True)
class LabUsed:
    """A lab this run deployed or found, told when the run is done with it."""

    lab: LabFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class RunEnded:
    """Last line of a journal."""

    wall_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckStarted:
    """A check, written in `file`, begins at `wall` (ISO 8601, UTC); its clock starts when the lab is steady.

    `routers` are the nodes that run daemons. `steps`, `expectations` and `touches_nothing` are the check as it was understood.
    """

    topology: str
    check: str
    summary: str
    timers: str
    wall: str
    file: str = ""
    routers: tuple[str, ...] = ()
    steps: tuple[ScheduledFault, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    touches_nothing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultStarted:
    """A fault was put in: the netlink call bracketed. `due` is when the schedule had it, None for one that waited for others to come out.

    `event` is the number of the convergence event: faults put in and taken out at one instant are one event. `name` is the step's in its
    check. `by_chance`: from which node to which it has packets be lost, and get through, by chance or by queues.
    """

    step: int
    kind: str
    target: str
    before: float
    after: float
    event: int
    name: str = ""
    due: float | None = None
    by_chance: tuple[tuple[str, str], ...] = ()
    breaks: Broken = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultEnded:
    """A fault was taken out: the call bracketed. `due` is when the schedule had it, None for one that waited for another to be taken out.

    `event` is the number of the convergence event. `seen`: whether the lab showed its marks just before or, of what is over in a moment,
    whether monitors told of it.
    """

    step: int
    before: float
    after: float
    event: int
    due: float | None = None
    seen: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """A monitor saw something happen in a node."""

    event: TimelineEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class LossRun:
    """Packets lost in a row: sequence number of the first, how many, when the first and the last were sent.

    And when the packets just before and just after arrived, None where there was none: a second reading of the same loss.
    """

    first_seq: int
    count: int
    first_sent: float
    last_sent: float
    arrived_before: float | None = None
    arrived_after: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PathRun:
    """Sampled packets that took the same path in a row: sequence numbers and instants of the first and the last; whether they arrived."""

    path: tuple[str, ...]
    first_seq: int
    last_seq: int
    first_sent: float
    last_sent: float
    count: int
    delivered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TooLong:
    """A router lost packets that are longer than its next link and may not be fragmented (ICMP type 3 code 4; RFC 792, RFC 1191).

    `node` is the router, or its address where no node has it. `mtu` is what that link carries, in octets.
    """

    node: str
    mtu: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRecorded:
    """All there is to say of one direction of one flow in a check; `destination` is where its packets are sent.

    `longest_pause_seconds` is the longest time between two packets sent: what happened in a pause of ours was not seen.

    `sent` packets left at `rate_pps` from `started` to `ended`. Packet `zero_seq` is the first on the clock. Packet `felt[n]` is the
    first that felt convergence event n; () in a run without a fault. `delays` are the median one-way delays before the first event and in
    each event, None where no packet arrived. `too_long`: each router that lost packets for their length, once.
    """

    flow: str
    direction: Direction
    destination: IPv4Address | None = None
    rate_pps: float
    started: float
    ended: float
    sent: int
    longest_pause_seconds: float
    zero_seq: int
    felt: tuple[int, ...] = ()
    losses: tuple[LossRun, ...]
    paths: tuple[PathRun, ...]
    delays: tuple[float | None, ...] = ()
    too_long: tuple[TooLong, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadSeen:
    """How busy the host was while the check ran."""

    load: HostLoad


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The lab held against its plan after the faults were undone: what was compared, and what still differs."""

    comparison: Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckEnded:
    """A check is over, so many seconds after it began; `error` says why nothing can be concluded, if so."""

    wall_seconds: float
    error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What was concluded from the events since the last CheckStarted; `breaches` are the promises that were broken, one by one.

    `notes` are what helps to understand the figures, a sentence each.
    """

    status: Status
    reason: str
    breaches: tuple[Breach, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Discarded:
    """Told in place of a judgement: the check does not count and is tried again, since the measurement itself failed, and why."""

    reason: str


Event = (
    RunStarted
    | Drawn
    | LabUsed
    | CheckStarted
    | FaultStarted
    | FaultEnded
    | Noticed
    | FlowRecorded
    | LoadSeen
    | Compared
    | CheckEnded
    | Judged
    | Discarded
    | RunEnded
)
