"""Timing: when each router notices a failure, decides and announces its decision. Simulated from the instant of the failure.

Two things take time: a detector (`detection`), and bgpd's queue, which delays each decision by 50 ms (measured: 52 ms for each router). A
message to a neighbor takes a millisecond. The simulation runs with the shortest and with the longest times.

Law: the order of its steps determines a simulation. If two simulations of one failure have the same order, only their times differ.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import inf
from operator import itemgetter
from typing import NamedTuple

from lab.predict.detection import CARRIER, Failure, Loss, Noticed
from lab.predict.speakers import Session
from lab.predict.tables import Table, Tables
from lab.predict.walks import Trip, Walked
from lab.predict.wires import Hop

_DECIDING = (0.05, 0.06)
"""Seconds from the first change that reaches a router to its new table: shortest and longest."""
_DECIMALS = 6
"""Outages are rounded to this many decimals, because sums of floats depend on their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """The outage of one direction of a flow. `seconds` is None if the flow remains cut off. `by`: the detector that ended the outage."""

    seconds: tuple[float, float] | None
    by: str | None


class _Pace(NamedTuple):
    """How fast detectors are in a simulation:

    0 is their shortest time, 1 their longest. One value for the customer's, and one for AWS's.
    """

    customer: int
    aws: int


_PACES = tuple(_Pace(*each) for each in product((0, 1), (0, 1)))


def outages(failure: Failure, *, simulates_all: bool = False) -> dict[Trip, Outage]:
    """The outage of each direction of each flow (`Trip`) after a failure.

    `simulates_all`: simulate every pace, even if an earlier simulation has the same order of steps.
    """
    simulated: list[_Simulation] = []
    losses = []
    for pace in _PACES:
        known = None if simulates_all else next(filter(None, (_retimed(each.steps, failure, pace) for each in simulated)), None)
        if known is None:
            simulated.append(_simulated(failure, pace))
            known = simulated[-1].lost
        losses.append(known)
    return {trip: _outage([lost[trip] for lost in losses]) for trip in failure.walked}


def _simulated(failure: Failure, pace: _Pace) -> "_Simulation":
    """A simulation at one pace. Prefixes of one group share a table in it.

    If a router decides to which they are not alike, the group is divided, and the simulation runs again.
    """
    groups = failure.groups
    while True:
        simulation = _Simulation(failure, pace, groups)
        divided = [each for table, numbers in simulation.tables.groups.items() for each in failure.network.alike(numbers, table.asked)]
        if len(divided) == len(groups):
            return simulation
        groups = sorted(divided)


def _outage(losses: Sequence["_Lost"]) -> Outage:
    if not all(any(lost.walked.fates) for lost in losses):
        return Outage(seconds=None, by=None)
    ends = (min(lost.least for lost in losses), max(CARRIER[1], *(lost.most for lost in losses)))
    return Outage(seconds=(round(ends[0], _DECIMALS), round(ends[1], _DECIMALS)), by=losses[-1].by)


@dataclass(slots=True)
class _Lost:
    """The outage of one direction of a flow, counted up to the time `since` (seconds after the failure).

    - `least`, `most`: the outage on the best and on the worst of the equal paths
    - `walked`: the paths from `since` on
    - `by`: the detector that ended the outage
    """

    walked: Walked
    least: float = 0.0
    most: float = 0.0
    since: float = 0.0
    by: str | None = None

    def turn(self, walked: Walked, cause: str, at: float) -> None:
        """Count the outage until the time `at`.

        From then on the packets take the paths `walked`. `cause`: the detector that led to the change.
        """
        self.until(at)
        self.by = cause if all(walked.fates) and not all(self.walked.fates) else self.by
        self.walked = walked

    def until(self, at: float) -> None:
        """Count the outage until the time `at`, with the present paths."""
        self.least += 0.0 if any(self.walked.fates) else at - self.since
        self.most += 0.0 if all(self.walked.fates) else at - self.since
        self.since = at


class _Turn(NamedTuple):
    """The change of one direction of a flow to the paths `walked`. `cause`: the detector whose notice led to the change."""

    trip: Trip
    walked: Walked
    cause: str


@dataclass(slots=True)
class _Step:
    """One event of a simulation: a node notices a loss. Or, if `loss` is None, the router that has waited longest decides.

    - `queued`: how many routers begin to wait because of this event
    - `is_change`: a node now has other next hops for some hosts
    - `turns`: the flow directions that change their paths
    """

    loss: Loss | None
    queued: int = 0
    is_change: bool = False
    turns: list[_Turn] = field(default_factory=list)


class _Clock:
    """Gives the time of each step, in order.

    Routers decide in the order in which changes reached them, because all wait for the same time.
    """

    def __init__(self, failure: Failure, pace: _Pace) -> None:
        timed = [(loss.notice.seconds[pace[loss.is_aws]], loss) for loss in failure.losses]
        self._losses = deque(sorted(timed, key=itemgetter(0)))
        self._waiting: deque[float] = deque()
        self._deciding = _DECIDING[min(pace)]

    def next(self) -> tuple[float, Loss | None] | None:
        """The time of the next step, and the loss that a node notices then.

        The loss is None if a router decides. None after the last step.
        """
        if self._waiting and self._waiting[0] < (self._losses[0][0] if self._losses else inf):
            return self._waiting.popleft(), None
        return self._losses.popleft() if self._losses else None

    def queue(self, at: float, number: int) -> None:
        """Let `number` more routers wait. Each begins to wait at the time `at`."""
        if number:
            self._waiting.extend([at + self._deciding] * number)


class _OutagesSoFar:
    """The outage of each direction of each flow (`Trip`), from the failure up to the current step of a simulation."""

    def __init__(self, failure: Failure) -> None:
        self.lost = {trip: _Lost(walked) for trip, walked in failure.walked.items()}
        self._changed_at = 0.0

    def add(self, step: _Step, at: float) -> None:
        """Add the effect of a step that happens at the time `at`."""
        if step.is_change:
            self._changed_at = at
        for turn in step.turns:
            self.lost[turn.trip].turn(turn.walked, turn.cause, at)

    def close(self) -> dict[Trip, _Lost]:
        """Stop counting at the last change of a next hop. Return the outages."""
        for lost in self.lost.values():
            lost.until(self._changed_at)
        return self.lost


def _retimed(steps: Sequence[_Step], failure: Failure, pace: _Pace) -> dict[Trip, _Lost] | None:
    """The outages at another pace, from the steps of an earlier simulation. None if at this pace the steps have another order."""
    clock, so_far = _Clock(failure, pace), _OutagesSoFar(failure)
    for step in steps:
        coming = clock.next()
        if coming is None or coming[1] is not step.loss:
            return None
        clock.queue(coming[0], step.queued)
        so_far.add(step, coming[0])
    return so_far.close()


class _News(NamedTuple):
    """What a router will decide about after its wait: the tables that changed. `cause`: the detector that noticed the first change."""

    cause: str
    tables: dict[Table, None]


class _Simulation:
    """A simulation of all routers, from the failure until nothing changes any more."""

    def __init__(self, failure: Failure, pace: _Pace, groups: Iterable[list[int]]) -> None:
        """Run it to its end.

        - `tables`: the tables that it changed. `groups`: which prefixes share a table
        - `lost`: the outage of each direction of each flow
        """
        self.steps: list[_Step] = []
        self._network = failure.network
        self._failure = failure
        self._clock = _Clock(failure, pace)
        self._so_far = _OutagesSoFar(failure)
        healthy = self._network.healthy
        self.tables = Tables.after(healthy, {healthy[group[0]].copy(): group for group in groups}, ())
        self._first = {table.number: table for table in self.tables.groups}
        self._view = Noticed(failure.damage)
        forwarding = failure.forwarding.after(self.tables, failure.damage, self._view)
        self._answers = tuple(forwarding.answers(host) for host in failure.hosts)
        self._news: dict[str, _News] = {}
        self._talk = failure.talk.copy()
        self.lost = self._run()

    def _run(self) -> dict[Trip, _Lost]:
        while coming := self._clock.next():
            at, loss = coming
            waiting = len(self._news) if loss else len(self._news) - 1
            step = _Step(loss)
            self.steps.append(step)
            if loss is None:
                self._decide(next(iter(self._news)))
            elif loss.session:
                self._lose_session(loss.session, loss.notice.by)
            else:
                self._lose_tunnel(loss.hop, loss.notice.by)
            step.queued = len(self._news) - waiting
            self._clock.queue(at, step.queued)
            self._so_far.add(step, at)
        return self._so_far.close()

    def _lose_session(self, session: Session, by: str) -> None:
        for number in self._network.index.carried(session):
            table = self._first.get(number)
            if table and table.lose(session):
                self._stir(session.receiver, table, by)

    def _lose_tunnel(self, hop: Hop, by: str) -> None:
        self._view.tunnels.add(hop)
        lost = {prefix for prefix, routes in self._network.static[hop.node].items() if any(each.hop is hop for each in routes)}
        if hop.node in self._network.speakers.routers:
            for table in self.tables.groups:
                if table.prefix in lost:
                    self._stir(hop.node, table, by)
        self._changed(hop.node, range(len(self._answers)), by)

    def _stir(self, router: str, table: Table, cause: str) -> None:
        """Let a router decide about a changed table. It decides a fixed time after the first of its waiting tables changed."""
        if router in self._news:
            self._news[router].tables[table] = None
        elif router not in self._view.damage.dead:
            self._news[router] = _News(cause, {table: None})

    def _decide(self, router: str) -> None:
        cause, tables = self._news.pop(router)
        changed: list[int] = []
        for table in tables:
            before = table.decision(router)
            for receiver in self._network.decide(router, self._view, table):
                self._stir(receiver, table, cause)
            now = table.decision(router)
            if now is not before and now.shared != before.shared:
                changed += self.tables.groups[table]
        if changed:
            inside = self._failure.inside
            places = {place for number in changed if number in inside for place in inside[number]}
            self._changed(router, places, cause)

    def _changed(self, node: str, places: Iterable[int], cause: str) -> None:
        """Compute again the paths of all flows that pass a node and go to these hosts, because the node may have other next hops for the
        hosts.

        A host is given as its place in `Failure.hosts`. `cause`: the detector that led to the change.
        """
        self.steps[-1].is_change = True
        for place in places:
            if self._answers[place].renew(node):
                for trip in self._failure.trips_to[place]:
                    before = self._talk.raw[trip]
                    walked = self._network.walks.walked(trip, self._answers[place]) if node in before.nodes else before
                    if walked is not before:
                        turned = self._talk.turned(trip, walked)
                        self.steps[-1].turns += [_Turn(each, self._talk.now(each), cause) for each in turned]
