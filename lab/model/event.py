"""Events: what a run writes into its journal, in order. Every report is made from them and can be made again.

Instants are seconds on the check's clock. 0 is its start. Packets sent before only show that the lab is steady.
"""

from dataclasses import dataclass
from ipaddress import IPv4Address

from lab.model.broken import NOTHING, Broken
from lab.model.check import Expectation, ScheduledFault
from lab.model.direction import Direction
from lab.model.evidence import HostLoad, TimelineEvent
from lab.model.outcome import Breach, HostFacts, LabFacts, Status
from lab.model.prediction import Foreseen
from lab.model.sketch import Sketch
from lab.model.status import Comparison

FORMAT = 2
"""The number of the journal's format. Journals with another number are refused, because the meaning of events has changed."""

IN_FLIGHT_SECONDS = 0.01
"""A packet sent so long before a fault may still be on its way when the fault is put in. So it counts as one that felt the fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStarted:
    """First line of a journal: the tool, the host, and the names of the topologies, in the order of the report.

    `only` is the one check that was asked for. None: all. `format` is the number of the journal's format; the first format lacks it.
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
    """A lab that this run deployed or found. Written when the run no longer needs it."""

    lab: LabFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class RunEnded:
    """Last line of a journal."""

    wall_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckStarted:
    """The check of `file` begins at `wall` (ISO 8601, UTC). Its clock starts when the lab is steady.

    `routers` are the nodes that run daemons. `steps`, `expectations`, `touches_nothing` and `foreseen` are those of the check.
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
    foreseen: Foreseen | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultStarted:
    """A fault was put in, between the instants `before` and `after` the call.

    - `due`: when it was scheduled. None for a fault that waited until others were taken out.
    - `event`: the number of the convergence event. Faults put in and taken out at one instant are one event.
    - `name`: the step's name in its check.
    - `by_chance`: the hops on which the fault loses packets by chance or by queues.
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
    """A fault was taken out, between the instants `before` and `after` the call.

    - `due`: when it was scheduled. None for a fault that waited until another was taken out.
    - `event`: the number of the convergence event.
    - `seen`: whether the lab showed the fault's marks just before. For a momentary fault: whether monitors saw it.
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
    """Packets lost in a row: the sequence number of the first, their number, and when the first and the last were sent.

    `arrived_before` and `arrived_after`: when the packets just before and after arrived, None if there were none. They give a second
    reading of the same loss.
    """

    first_seq: int
    count: int
    first_sent: float
    last_sent: float
    arrived_before: float | None = None
    arrived_after: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PathRun:
    """Sampled packets in a row on the same path: sequence numbers and instants of the first and the last, and whether they arrived."""

    path: tuple[str, ...]
    first_seq: int
    last_seq: int
    first_sent: float
    last_sent: float
    count: int
    delivered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TooLong:
    """A router dropped packets that were too long for its next link and could not be fragmented (ICMP type 3 code 4; RFC 792, RFC 1191).

    `node` is the router, or its address if no node has that address. `mtu` is the MTU of the link, in octets.
    """

    node: str
    mtu: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRecorded:
    """The recording of one direction of one flow in a check.

    - `destination`: the address that its packets are sent to.
    - `sent` packets left at `rate_pps` from `started` to `ended`. Packet `zero_seq` is the first on the check's clock.
    - `longest_pause_seconds`: the longest time between two sent packets. A loss during a pause is not seen.
    - `felt[n]`: the first packet that felt convergence event n. () in a run without a fault.
    - `delays`: the median one-way delays before the first event and in each event. None if no packet arrived.
    - `too_long`: each router that dropped packets as too long, once.
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
    """The lab compared with its plan after the faults were undone: what was compared, and what still differs."""

    comparison: Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckEnded:
    """A check ended, so many seconds after its begin. `error` is the reason if it cannot be judged."""

    wall_seconds: float
    error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The judgement from the events since the last CheckStarted. `breaches` are the broken promises.

    `notes` are sentences that help to understand the figures.
    """

    status: Status
    reason: str
    breaches: tuple[Breach, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Discarded:
    """Written instead of a judgement: the measurement failed for this reason, so the check does not count and is tried again."""

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
