"""Ask routers and tunnels for their state. One thread asks a router after an event in it, another asks all routers every few seconds.

An event only says when to ask. Every answer comes from a router itself. There are two threads, because a frozen router blocks a thread for
2 s: so long we wait for its answer.
"""

import threading
import time
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue

from lab.errors import NodeError
from lab.feed.states import States
from lab.model.evidence import TimelineEvent
from lab.model.plan import Plan
from lab.runtime.capabilities import Metered

ROUND_SECONDS = 5.0
"""All routers are asked once in this time, also without an event: prefixes may change without one."""

_GATHER_SECONDS = 0.05
"""Events of one router come in bunches. After the first one we wait this long, and ask the router once for all of them."""


class Asking:
    """Keeps the answers in `states` up to date, from `begin` to `end`. Any thread may call `notice`."""

    def __init__(self, lab: Metered, nodes: Sequence[str], states: States, now: Callable[[], float] = time.time) -> None:
        """`nodes`: the routers to ask. `now` gives the present time in wall-clock seconds."""
        self._lab = lab
        self._nodes = tuple(nodes)
        self._states = states
        self._now = now
        self._events: SimpleQueue[str | None] = SimpleQueue()
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=run, name="feed", daemon=True) for run in (self._follow, self._go_round)]

    def begin(self) -> None:
        """Ask every router once. Then start both threads."""
        self.ask_all()
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Stop both threads, and wait until they have ended."""
        self._ended.set()
        self._events.put(None)
        for thread in self._threads:
            thread.join()

    def notice(self, event: TimelineEvent) -> None:
        """Tell of an event. If its node is one of our routers, the first thread asks the router at once."""
        self._events.put(event.node)

    def ask_all(self) -> None:
        """Ask every router once, and every tunnel that ends at one of them."""
        begun = self._now()
        for node in self._nodes:
            if self._ended.is_set():
                return
            self.ask(node)
        self._states.asked_all(begun)

    def ask(self, node: str) -> None:
        """Ask one router, and every tunnel that ends at it."""
        for daemon, question in (("bgpd", self._ask_bgp), ("bfdd", self._ask_bfd)):
            if daemon in self._lab.plan.node(node).daemons:
                question(node)
        for tunnel in tunnels_at(self._lab.plan, node):
            asked = self._now()
            try:
                up: bool | None = self._lab.ipsec_up(tunnel)
            except NodeError:
                up = None
            self._states.told_ipsec(tunnel, asked, up=up)

    def _ask_bgp(self, node: str) -> None:
        asked = self._now()
        try:
            answer = self._lab.neighbors(node)
        except NodeError:
            self._states.told_neighbors(node, asked, None)
        else:
            self._states.told_neighbors(node, asked, answer)

    def _ask_bfd(self, node: str) -> None:
        asked = self._now()
        try:
            answer = self._lab.peers(node)
        except NodeError:
            self._states.told_peers(node, asked, None)
        else:
            self._states.told_peers(node, asked, answer)

    def _go_round(self) -> None:
        while not self._ended.wait(ROUND_SECONDS):
            self.ask_all()

    def _follow(self) -> None:
        while (first := self._events.get()) is not None:
            self._ended.wait(_GATHER_SECONDS)
            for node in dict.fromkeys([first, *self._waiting()]):
                if node in self._nodes and not self._ended.is_set():
                    self.ask(node)

    def _waiting(self) -> list[str]:
        """The nodes of all events in the queue. None in the queue means the end: it is put back, so that `_follow` sees it."""
        found: list[str] = []
        while True:
            try:
                node = self._events.get_nowait()
            except Empty:
                return found
            if node is None:
                self._events.put(None)
                return found
            found.append(node)


def tunnels_at(plan: Plan, node: str) -> tuple[str, ...]:
    """The tunnels with an end at a node."""
    return tuple(tunnel.name for tunnel in plan.tunnels if node in {tunnel.customer.node, tunnel.aws.node})
