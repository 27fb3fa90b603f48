"""The decision of one router about all its routes to one prefix. The same routes give the same decision, which is computed only once.

Law: a decision depends only on the routes that the router has learned, on its own routes to the prefix, and on what it and its neighbors
know about the prefix (`policy.Seen`). So prefixes without own routes that are alike to all of them share their decisions.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from lab.model.ip import Prefix
from lab.model.plan import Route as StaticRoute
from lab.predict.choice import OWN, choose
from lab.predict.speakers import Session, Speakers, kernel_distance
from lab.predict.wires import Hop

EXTERNAL_DISTANCE, INTERNAL_DISTANCE = 20, 200
"""zebra's administrative distances of eBGP and iBGP routes."""


class KernelRoute(NamedTuple):
    """A static route in the kernel of a node, which the lab or a tunnel put there. `hop` is None for a route that discards packets."""

    route: StaticRoute
    hop: Hop | None


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """What a router decides about its routes to one prefix. Equal routes give the same decision.

    - `candidates`: the numbers of all its routes. `shared`: the numbers of those that carry traffic, the best first
    - `told`: for each session to a neighbor, the routes that the router announces on it
    - `hops`: the next hops of the routes in `shared`. `distance`: zebra's distance of these routes
    """

    candidates: tuple[int, ...] = ()
    shared: tuple[int, ...] = ()
    told: tuple[tuple[Session, tuple[int, ...]], ...] = ()
    hops: tuple[Hop, ...] = ()
    distance: int = EXTERNAL_DISTANCE
    _news: dict["Decision", tuple[tuple[Session, tuple[int, ...]], ...]] = field(default_factory=dict, repr=False)

    def news_after(self, before: "Decision") -> tuple[tuple[Session, tuple[int, ...]], ...]:
        """What the router must announce if its last decision was `before`: the entries of `told` that differ."""
        if before not in self._news:
            known = {session.number: heard for session, heard in before.told}
            self._news[before] = tuple((session, heard) for session, heard in self.told if heard != known.get(session.number, ()))
        return self._news[before]


UNDECIDED = Decision()


class Decisions:
    """The decisions of one router about one prefix, and about all prefixes that are alike to it and to its neighbors."""

    def __init__(self, router: str, prefix: Prefix, speakers: Speakers, kernel: tuple[KernelRoute, ...]) -> None:
        """`kernel`: the router's static routes to exactly this prefix, the preferred one first."""
        self.kernel = kernel
        self._router = router
        self._prefix = prefix
        self._speakers = speakers
        self._into = tuple(each.number for each in speakers.into[router])
        self._pick: Callable[[Mapping[int, tuple[int, ...]]], object] = itemgetter(*self._into) if self._into else lambda _: ()
        self._known: dict[object, Decision] = {}
        self._told: dict[tuple[int, int], int | None] = {}

    def of(self, heard: Mapping[int, tuple[int, ...]], kernel: KernelRoute | None) -> Decision:
        """Decide.

        `heard`: the routes learned on each session. `kernel`: the best static route in the router's kernel, None if it has none.
        """
        key = (self._pick(heard), self.kernel.index(kernel)) if kernel else self._pick(heard)
        found = self._known.get(key)
        if found is None:
            self._known[key] = found = self._decided(tuple(chain.from_iterable(heard[number] for number in self._into)), kernel)
        return found

    def _decided(self, heard: tuple[int, ...], kernel: KernelRoute | None) -> Decision:
        # zebra tells bgpd of a static route only while it prefers it. It prefers learned routes to a floating static route.
        floats = kernel is not None and heard and kernel_distance(kernel.route) > INTERNAL_DISTANCE
        own = self._speakers.own(self._router, self._prefix, None if kernel is None or floats else kernel.route)
        candidates = (*own, *heard)
        chosen = choose(
            [self._speakers.routes[number] for number in candidates], self._speakers.routers[self._router].sharing_of(self._prefix.version)
        )
        shared = () if chosen is None else tuple(candidates[place] for place in chosen.shared)
        told = ((each, candidates if each.at_sender.send_all_paths else shared[:1]) for each in self._speakers.out_of[self._router])
        sessions = [self._speakers.sessions[each.session] for number in shared if (each := self._speakers.routes[number]).session != OWN]
        return Decision(
            candidates,
            shared,
            tuple((each, self._announced(each, sent)) for each, sent in told),
            tuple(dict.fromkeys(each.hop for each in sessions)),
            INTERNAL_DISTANCE if sessions and sessions[0].internal else EXTERNAL_DISTANCE,
        )

    def _announced(self, session: Session, sent: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(number for each in sent if (number := self._announced_route(session, each)) is not None)

    def _announced_route(self, session: Session, number: int) -> int | None:
        key = (session.number, number)
        if key not in self._told:
            self._told[key] = self._speakers.announced(session, number, self._prefix)
        return self._told[key]
