"""Lost: the sessions and routes that a failure takes from routers. Only what depends on the failed parts is looked at."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from lab.predict.decisions import KernelRoute
from lab.predict.kernel import Static
from lab.predict.speakers import Session, Speakers
from lab.predict.tables import InTheEnd, Table
from lab.predict.wires import Damage, Hop


class Lost(NamedTuple):
    """What a failure takes from routers.

    - `sessions`: the lost sessions
    - `of`: for each prefix to which a router loses a route: the lost sessions on which the route was learned
    - `static`: the routers that lose a static route to a prefix, by the number of the prefix
    - `dead`: for each prefix, the dead routers that had decided about it
    """

    sessions: Sequence[Session]
    of: Mapping[int, Sequence[Session]]
    static: Mapping[int, Sequence[str]]
    dead: Mapping[int, Sequence[str]]


class Index:
    """Which routers and prefixes depend on each hop and node, in the healthy network."""

    def __init__(self, speakers: Speakers, static: Mapping[str, Static], healthy: Sequence[Table]) -> None:
        self._sessions: dict[Hop, list[Session]] = {}
        self._static: dict[Hop, list[tuple[int, str, KernelRoute]]] = {}
        self._carried: dict[int, list[int]] = {}
        self._decided: dict[str, list[int]] = {}
        self._numbers = {each.prefix: each.number for each in healthy}
        for session in speakers.sessions:
            self._sessions.setdefault(session.hop, []).append(session)
        for place, router in enumerate(speakers.routers):
            for each in (each for prefix, some in static[router].items() if prefix in self._numbers for each in some):
                if each.hop:
                    self._static.setdefault(each.hop, []).append((place, router, each))
        for table in healthy:
            for session_number, heard in table.heard.items():
                if heard:
                    self._carried.setdefault(session_number, []).append(table.number)
            for router in table.decisions:
                self._decided.setdefault(router, []).append(table.number)

    def carried(self, session: Session) -> Sequence[int]:
        """The prefixes to which the receiver has learned a route on a session."""
        return self._carried.get(session.number, ())

    def lost(self, damage: Damage) -> Lost:
        """What a failure takes from routers."""
        view = InTheEnd(damage)
        sessions = sorted((each for hop in damage.broken for each in self._sessions.get(hop, ())), key=lambda each: each.number)
        of: dict[int, list[Session]] = {}
        for session in sessions:
            for number in self.carried(session):
                of.setdefault(number, []).append(session)
        static: dict[int, dict[str, None]] = {}
        places = {each for hop in damage.broken | damage.dark for each in self._static.get(hop, ()) if not view.has(each[2])}
        for _, router, kernel in sorted(places, key=lambda each: each[0]):
            static.setdefault(self._numbers[kernel.route.prefix], {})[router] = None
        dead: dict[int, list[str]] = {}
        for router in sorted(damage.dead & self._decided.keys()):
            for number in self._decided[router]:
                dead.setdefault(number, []).append(router)
        return Lost(sessions, of, {number: tuple(routers) for number, routers in static.items()}, dead)
