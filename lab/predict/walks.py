"""Walks: follow a packet from node to node, and find every path that it can take. Law: the same walk is taken only once.

A walk depends only on the next hops of the nodes that it reaches. So the same next hops lead to the same paths, whatever has failed.

The walks for one direction of a flow are stored as a tree: the next hops of one node lead to the next node, and at last to the paths.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from lab.model.ip import Address
from lab.predict.wires import MOST_HOPS, Hop, Wires


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trip:
    """One direction of a flow: the node at which its packets start, and the address to which they go.

    Two flow directions are never equal.
    """

    source: str
    target: Address


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """The next hops of a node for a host. The node shares its packets over all of them. On the hops in `broken` no packet arrives.

    Equal answers are one object.
    """

    hops: tuple[Hop, ...]
    broken: tuple[Hop, ...] = ()


class Way(NamedTuple):
    """One path of a packet: the nodes that it passes, and whether it arrives. `hops`: the links and tunnels between these nodes."""

    nodes: tuple[str, ...]
    arrives: bool
    hops: tuple[Hop, ...] = ()


class Walked(NamedTuple):
    """All paths that a packet can take: several if equal paths share traffic.

    `fates`: whether packets arrive on them. `nodes`: all nodes on them.
    """

    ways: tuple[Way, ...]
    fates: tuple[bool, ...]
    nodes: frozenset[str]


def nowhere(trip: Trip) -> Walked:
    """The result for a dead source: no packet leaves the source."""
    return Walked((Way((trip.source,), arrives=False),), (False,), frozenset({trip.source}))


class _Begun(NamedTuple):
    """The first part of a path. `has_ended`: the packet goes no further."""

    way: Way
    has_ended: bool = False


@dataclass(slots=True, eq=False)
class _Question:
    """A node for which the next hops are needed.

    `ways`: the paths so far. `known`: for each known answer, what follows. `walked`: the result, if no more next hops are needed.
    """

    node: str
    ways: tuple[_Begun, ...]
    walked: Walked | None = None
    known: dict[Answer, "_Question"] = field(default_factory=dict)


class Walks:
    """All walks in one plan so far, with their results."""

    def __init__(self, wires: Wires) -> None:
        self._wires = wires
        self._first: dict[Trip, _Question] = {}
        self._answers: dict[tuple[tuple[Hop, ...], tuple[Hop, ...]], Answer] = {}

    def answer(self, hops: tuple[Hop, ...], broken: tuple[Hop, ...] = ()) -> Answer:
        """The answer with these next hops. The same next hops give the same object."""
        key = (hops, broken)
        if key not in self._answers:
            self._answers[key] = Answer(hops, broken)
        return self._answers[key]

    def walked(self, trip: Trip, answers: Mapping[str, Answer]) -> Walked:
        """All paths that packets in this direction of a flow can take. `answers`: for each node, its next hops for the destination."""
        if trip not in self._first:
            self._first[trip] = _Question(trip.source, (_Begun(Way((trip.source,), arrives=False)),))
        question = self._first[trip]
        while question.walked is None:
            answer = answers[question.node]
            if answer not in question.known:
                question.known[answer] = self._leads_to(question, answer, trip.target)
            question = question.known[answer]
        return question.walked

    def _leads_to(self, question: _Question, answer: Answer, target: Address) -> _Question:
        """The next question: the next hops of the last node on the first path that has not ended."""
        ways: list[_Begun] = []
        for begun in question.ways:
            asked = not begun.has_ended and begun.way.nodes[-1] == question.node
            ways += self._onward(begun.way, answer, target) if asked else (begun,)
        unasked = next((way.nodes[-1] for way, has_ended in ways if not has_ended), None)
        if unasked is not None:
            return _Question(unasked, tuple(ways))
        taken = tuple(way for way, _ in ways)
        walked = Walked(taken, tuple(way.arrives for way in taken), frozenset(node for way in taken for node in way.nodes))
        return _Question("", (), walked)

    def _onward(self, way: Way, answer: Answer, target: Address) -> Iterator[_Begun]:
        """The path, continued by each next hop of its last node."""
        if not answer.hops or len(way.hops) > MOST_HOPS:
            yield _Begun(way, has_ended=True)
            return
        for hop in answer.hops:
            hops = (*way.hops, hop)
            if hop in answer.broken:
                yield _Begun(Way(way.nodes, arrives=False, hops=hops), has_ended=True)
            else:
                further = Way((*way.nodes, *hop.through, hop.far), arrives=self._wires.hops.get((hop.node, target)) is hop, hops=hops)
                yield _Begun(further, has_ended=further.arrives or hop.far in way.nodes)
