"""Walks: the ways of a packet from node to node. Law: a walk is known by the answers it got, and is taken only once.

A walk asks each node that it reaches for its next hops, and asks nothing else. So the same answers lead to the same ways, whatever failed
and whenever it was asked. The answers of all walks of a trip form a tree: each answer leads to the next question, the last to the ways.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Address
from typing import NamedTuple

from lab.predict.wires import MOST_HOPS, Hop, Wires


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trip:
    """One direction of a flow: where its packets start, and where they are to arrive. Two trips are never the same."""

    source: str
    target: IPv4Address


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """The hops among which a node shares its packets, and those of them on which nothing arrives. Equal answers are one object."""

    hops: tuple[Hop, ...]
    broken: tuple[Hop, ...] = ()


class Way(NamedTuple):
    """The nodes that a packet passes, and whether it arrives. `hops` are the same way with its links and tunnels."""

    nodes: tuple[str, ...]
    arrives: bool
    hops: tuple[Hop, ...] = ()


class Walked(NamedTuple):
    """Every way that equal paths allow, which of them arrive, and all nodes on them."""

    ways: tuple[Way, ...]
    fates: tuple[bool, ...]
    nodes: frozenset[str]


def nowhere(trip: Trip) -> Walked:
    """The walk of a trip whose source is dead."""
    return Walked((Way((trip.source,), arrives=False),), (False,), frozenset({trip.source}))


class _Begun(NamedTuple):
    """The beginning of a way. `has_ended`: the packet goes no further."""

    way: Way
    has_ended: bool = False


@dataclass(slots=True, eq=False)
class _Question:
    """A node that is asked for its next hops: the ways so far, and where each known answer leads. In the end nothing is asked: `walked`."""

    node: str
    ways: tuple[_Begun, ...]
    walked: Walked | None = None
    known: dict[Answer, "_Question"] = field(default_factory=dict)


class Walks:
    """The walks of a plan that were taken already."""

    def __init__(self, wires: Wires) -> None:
        self._wires = wires
        self._first: dict[Trip, _Question] = {}
        self._answers: dict[tuple[tuple[Hop, ...], tuple[Hop, ...]], Answer] = {}

    def answer(self, hops: tuple[Hop, ...], broken: tuple[Hop, ...] = ()) -> Answer:
        """The answer with these hops."""
        key = (hops, broken)
        if key not in self._answers:
            self._answers[key] = Answer(hops, broken)
        return self._answers[key]

    def walked(self, trip: Trip, answers: Mapping[str, Answer]) -> Walked:
        """Where the answers of the nodes lead."""
        if trip not in self._first:
            self._first[trip] = _Question(trip.source, (_Begun(Way((trip.source,), arrives=False)),))
        question = self._first[trip]
        while question.walked is None:
            answer = answers[question.node]
            if answer not in question.known:
                question.known[answer] = self._leads_to(question, answer, trip.target)
            question = question.known[answer]
        return question.walked

    def _leads_to(self, question: _Question, answer: Answer, target: IPv4Address) -> _Question:
        """The next question: about the end of the first way that has not ended."""
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

    def _onward(self, way: Way, answer: Answer, target: IPv4Address) -> Iterator[_Begun]:
        """A way for each hop of the answer to its last node."""
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
