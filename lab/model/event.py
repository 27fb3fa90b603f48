"""Events: the lines of a journal, in order. Every report is made from them.

Instants are seconds on the check's clock: 0 is the start of the check. Packets sent before 0 only show that the lab works.
"""

from dataclasses import dataclass

from lab.model.broken import NOTHING, Broken
from lab.model.check import AlarmPromise, Expectation, Origin, ScheduledFault
from lab.model.direction import Direction
from lab.model.evidence import HostLoad, TimelineEvent
from lab.model.ip import Address
from lab.model.noticed import EventNotice
from lab.model.outcome import Breach, Status
from lab.model.prediction import Foreseen
from lab.model.run import HostFacts, LabFacts
from lab.model.sketch import Sketch
from lab.model.status import Comparison

FORMAT = 2
"""The number of the journal's format. A journal with another number is refused, because its events mean something else."""

IN_FLIGHT_SECONDS = 0.01
"""A packet sent at most this long before a fault may still be on its way when the fault begins. So the fault may lose it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStarted:
    """The first line of a journal: the tool, the host, the images, and the topologies in the order of the report.

    `only`: the name of the check that the user chose, None for all checks. Journals of format 1 have no `format`.
    """

    version: str
    host: HostFacts
    images: tuple[tuple[str, str], ...]
    topologies: tuple[str, ...]
    only: str | None = None
    format: int = FORMAT


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The network of one topology, for pictures in reports. Written once, before the topology's first check."""

    sketch: Sketch


@dataclass(frozen=True, slots=True, kw_only=True)
class LabUsed:
    """A lab that this run deployed, or that ran before. Written when the run no longer needs it."""

    lab: LabFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class RunEnded:
    """The last line of a journal."""

    wall_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckStarted:
    """A check begins at `wall` (ISO 8601, UTC). Its clock starts later, when the lab is steady.

    `routers` are the nodes that run daemons. `is_monitored`: Prometheus watches the lab. The other fields are those of the `Check`.
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
    origin: Origin = "file"
    foreseen: Foreseen | None = None
    alarms: tuple[AlarmPromise, ...] = ()
    is_silent: bool = False
    is_monitored: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultStarted:
    """A fault was injected. `before` and `after` are the instants just before and just after the call that did it.

    - `due`: when it was scheduled. None if it had to wait until another fault was undone.
    - `event`: the number of the convergence event. Faults that begin or end at one instant are one event.
    - `name`: the step's name in its check.
    - `by_chance`: the hops on which the fault loses packets at random or by a full queue.
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
    """A fault was undone. `before` and `after` are the instants just before and just after the call that did it.

    - `due`: when it was scheduled. None if it had to wait until another fault was undone.
    - `event`: the number of the convergence event.
    - `seen`: whether the fault showed in the lab just before it was undone. For a momentary fault: whether a monitor saw it.
    """

    step: int
    before: float
    after: float
    event: int
    due: float | None = None
    seen: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """Something that a monitor saw in a node."""

    event: TimelineEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class LossRun:
    """A run of packets lost one after another: the number of the first, how many, and when the first and the last were sent.

    `arrived_before` and `arrived_after` are when the packets just before and just after the run arrived. None if there is no such packet.
    """

    first_seq: int
    count: int
    first_sent: float
    last_sent: float
    arrived_before: float | None = None
    arrived_after: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PathRun:
    """A run of sampled packets that took one path: numbers and sending times of the first and the last, and whether they arrived."""

    path: tuple[str, ...]
    first_seq: int
    last_seq: int
    first_sent: float
    last_sent: float
    count: int
    delivered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TooLong:
    """A router dropped packets that were longer than its next link's MTU (ICMP type 3 code 4; RFC 792, RFC 1191).

    `node` is the router's name, or its address if no node has that address. `mtu` is in octets.
    """

    node: str
    mtu: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRecorded:
    """What was measured for one direction of one flow in a check.

    - `destination`: the address that its packets are sent to.
    - `sent` packets left at `rate_pps` from `started` to `ended`. Packet `zero_seq` is the first one sent after instant 0.
    - `longest_pause_seconds`: the longest time between two sent packets. A loss in a pause cannot be seen.
    - `felt[n]`: the number of the first packet that convergence event n could affect. () in a run without a fault.
    - `delays`: median one-way delays, before the first event and in each event. None if no packet arrived.
    - `too_long`: routers that dropped packets as too long, each once.
    """

    flow: str
    direction: Direction
    destination: Address | None = None
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
    """The comparison of the lab with its plan after the faults were undone: how many things were compared, and what still differs."""

    comparison: Comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckEnded:
    """The end of a check, and its duration. `error`: why the check has no verdict, None if it can have one."""

    wall_seconds: float
    error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The verdict for the events since the last CheckStarted. `breaches` are the broken promises.

    `notes` are sentences that help to understand the figures. `notices`: who noticed each event.
    """

    status: Status
    reason: str
    breaches: tuple[Breach, ...] = ()
    notes: tuple[str, ...] = ()
    notices: tuple[EventNotice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Discarded:
    """A trial that gets no verdict, because its measurement failed for this reason. The trial does not count. The check runs again."""

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
