"""Walks: the ways of a packet from node to node. Law: a walk is known by the answers it got, and is taken only once.

A walk asks each node that it reaches for its next hops, and asks nothing else. So the same answers lead to the same ways, whatever failed
and whenever it was asked. The answers of all walks of a trip form a tree: each answer leads to the next question, the last to the ways.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Address
from typing import NamedTuple

from lab.predict.wires import MOST_HOPS, Hop, Wires


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trip:
    """One direction of a flow: where its packets start, and where they are to arrive. Two trips are never the same."""

    source: str
    target: IPv4Address


class Answer(NamedTuple):
    """The hops among which a node shares its packets, and those of them on which nothing arrives."""

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


@dataclass(slots=True)
class _Question:
    """A node that is asked for its next hops, and where each known answer leads."""

    node: str
    known: dict[Answer, "_Question | Walked"] = field(default_factory=dict)


class Walks:
    """The walks of a plan that were taken already."""

    def __init__(self, wires: Wires) -> None:
        self._wires = wires
        self._first: dict[Trip, _Question] = {}

    def walked(self, trip: Trip, ask: Callable[[str, IPv4Address], Answer]) -> Walked:
        """Where the answers lead."""
        if trip not in self._first:
            self._first[trip] = _Question(trip.source)
        found: _Question | Walked = self._first[trip]
        answers: dict[str, Answer] = {}
        while isinstance(found, _Question):
            question = found
            answers[question.node] = answer = ask(question.node, trip.target)
            if answer not in question.known:
                question.known[answer] = self._leads_to(trip, answers)
            found = question.known[answer]
        return found

    def _leads_to(self, trip: Trip, answers: Mapping[str, Answer]) -> _Question | Walked:
        """The ways that some answers allow, or the first node on them that has not been asked."""
        ways = tuple(self._onward(Way((trip.source,), arrives=False), trip.target, answers))
        ends = (way.nodes[-1] for way in ways if not way.arrives)
        unasked = next((node for node in ends if node not in answers), None)
        if unasked is not None:
            return _Question(unasked)
        return Walked(ways, tuple(way.arrives for way in ways), frozenset(node for way in ways for node in way.nodes))

    def _onward(self, way: Way, target: IPv4Address, answers: Mapping[str, Answer]) -> Iterator[Way]:
        node = way.nodes[-1]
        choices = answers.get(node, Answer(()))
        if not choices.hops or len(way.hops) > MOST_HOPS:
            yield way
        for hop in choices.hops:
            hops = (*way.hops, hop)
            if hop in choices.broken:
                yield Way(way.nodes, arrives=False, hops=hops)
                continue
            further = Way((*way.nodes, *hop.through, hop.far), arrives=self._wires.hops.get((node, target)) is hop, hops=hops)
            if further.arrives or hop.far in way.nodes:
                yield further
            else:
                yield from self._onward(further, target, answers)
