"""Decision diagrams: functions that have one value for each set of failed components. They take little memory, because equal parts of
functions are stored only once.

Law: equal functions have equal numbers. They are reduced, ordered decision diagrams with any values at their ends (Bryant 1986; Bahar and
others 1993, "Algebraic decision diagrams"). This module does not know what a component or a value means.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import partial, reduce
from typing import NamedTuple

_END = 1 << 30
"""The level of end nodes. It is below every component."""


UNKNOWN = "unknown"
"""The value of a state that is not computed."""


class TooLargeError(Exception):
    """The functions would need more diagram nodes or more steps than allowed."""


class Steps:
    """How many steps of computation are still allowed. One step combines two or more diagram nodes. The limit bounds the computing time."""

    def __init__(self, left: int) -> None:
        self.left = left

    def take(self) -> None:
        """Count one step. Raises TooLargeError if none is left."""
        if self.left <= 0:
            raise TooLargeError
        self.left -= 1


class Node(NamedTuple):
    """One node of a decision diagram. `level` is the component that it asks about.

    `up`: the number of the function that applies if the component is up. `failed`: the number of the one that applies if it has failed. An
    end node asks about no component: its `up` is the number of its value.
    """

    level: int
    up: int
    failed: int


class Diagrams:
    """Functions of the same components. Each component is a level. Level 0 is decided first.

    A function is given as the number of its first node. `most_nodes`: the most nodes that all functions together may have. `steps`: the
    steps that are allowed. None: no limit.
    """

    def __init__(self, most_nodes: int | None = None, steps: Steps | None = None) -> None:
        self._most_nodes = most_nodes
        self._steps = steps
        self._nodes: list[Node] = []
        self._numbers: dict[Node, int] = {}
        self._values: list[Hashable] = []
        self._ends: dict[Hashable, int] = {}
        self._merges: dict[tuple[int, int, int], int] = {}
        self._opposites: dict[int, int] = {}
        self.no, self.yes, self.unknown = self.end(False), self.end(True), self.end(UNKNOWN)

    def end(self, value: Hashable) -> int:
        """The function that always has this value, as the number of its end node."""
        if value not in self._ends:
            self._values.append(value)
            self._ends[value] = self._number(Node(_END, len(self._values) - 1, 0))
        return self._ends[value]

    def has_failed(self, level: int) -> int:
        """The function that is true if this component has failed."""
        return self.node(level, self.no, self.yes)

    def node(self, level: int, up: int, failed: int) -> int:
        """The function that equals `up` if a component is up, and `failed` if it has failed.

        These two may depend only on components of higher levels.
        """
        return up if up == failed else self._number(Node(level, up, failed))

    def of_single_failures(self, nothing: int, alone: Sequence[int]) -> int:
        """The function with these values:

        `nothing` if nothing has failed, `alone[level]` if only this component has failed, else `unknown`.
        """
        function = nothing
        if_no_more = {end: end for end in (nothing, *alone)}
        for level in reversed(range(len(alone))):
            function = self.node(level, function, if_no_more[alone[level]])
            if_no_more = {end: self.node(level, rest, self.unknown) for end, rest in if_no_more.items()}
        return function

    def combined(self, function: Callable[..., Hashable], *functions: int) -> int:
        """The function whose value is `function`, applied to the values of the other functions. Raises TooLargeError."""
        return _Combination(self, function, self._steps).of(functions)

    def either(self, *functions: int) -> int:
        """The function that is true if at least one of these functions is true."""
        return reduce(partial(self._merged, self.yes, self.no), functions, self.no)

    def both(self, one: int, other: int) -> int:
        """The function that is true if both of these functions are true."""
        return self._merged(self.no, self.yes, one, other)

    def opposite(self, function: int) -> int:
        """The function that is true if this function is false."""
        if function not in self._opposites:
            self._opposites[function] = self.combined(_not, function)
        return self._opposites[function]

    def at(self, function: int) -> Node:
        """The first node of a function."""
        return self._nodes[function]

    def is_end(self, function: int) -> bool:
        """Whether the function has the same value for every input."""
        return self._nodes[function].level == _END

    def value(self, end: int) -> Hashable:
        """The value of an end node."""
        return self._values[self._nodes[end].up]

    def values(self, function: int) -> Iterator[Hashable]:
        """Every value that the function can have. Each value once."""
        return (self.value(each) for each in self.below(function) if self.is_end(each))

    def below(self, function: int) -> tuple[int, ...]:
        """The numbers of all nodes of the function, in the order of their levels. End nodes are last."""
        found = {function: None}
        waiting = [function]
        while waiting:
            node = self._nodes[waiting.pop()]
            if node.level != _END:
                fresh = [each for each in (node.up, node.failed) if each not in found]
                found |= dict.fromkeys(fresh)
                waiting += fresh
        return tuple(sorted(found, key=lambda each: self._nodes[each].level))

    def without(self, function: int, levels: frozenset[int]) -> int:
        """A function, computed as if these components never failed."""
        made: dict[int, int] = {}
        for each in reversed(self.below(function)):
            node = self._nodes[each]
            if node.level == _END:
                made[each] = each
            elif node.level in levels:
                made[each] = made[node.up]
            else:
                made[each] = self.node(node.level, made[node.up], made[node.failed])
        return made[function]

    def _merged(self, decides: int, neutral: int, one: int, other: int) -> int:
        """Combine two functions that are true or false ("and", "or").

        The result has the value `decides` where one of them has the value `decides`. Where one has the value `neutral`, the result is the
        other.
        """
        if decides in (one, other):
            return decides
        if other in (one, neutral):
            return one
        if one == neutral:
            return other
        key = (decides, one, other) if one < other else (decides, other, one)
        if key not in self._merges:
            if self._steps:
                self._steps.take()
            first, second = self._nodes[one], self._nodes[other]
            level = min(first.level, second.level)
            ups = (first.up if first.level == level else one, second.up if second.level == level else other)
            fails = (first.failed if first.level == level else one, second.failed if second.level == level else other)
            self._merges[key] = self.node(level, self._merged(decides, neutral, *ups), self._merged(decides, neutral, *fails))
        return self._merges[key]

    def _number(self, node: Node) -> int:
        if node not in self._numbers:
            if self._most_nodes is not None and len(self._nodes) >= self._most_nodes:
                raise TooLargeError
            self._numbers[node] = len(self._nodes)
            self._nodes.append(node)
        return self._numbers[node]


class _Combination:
    """Combines several functions into one. Nodes that were combined before are not combined again."""

    def __init__(self, diagrams: Diagrams, function: Callable[..., Hashable], steps: Steps | None) -> None:
        self._diagrams = diagrams
        self._function = function
        self._steps = steps
        self._done: dict[Sequence[int], int] = {}

    def of(self, functions: tuple[int, ...]) -> int:
        if functions in self._done:
            return self._done[functions]
        if self._steps:
            self._steps.take()
        nodes = [self._diagrams.at(each) for each in functions]
        level = min((node.level for node in nodes), default=_END)
        if level == _END:
            made = self._diagrams.end(self._function(*[self._diagrams.value(each) for each in functions]))
        else:
            up = self.of(tuple([node.up if node.level == level else each for each, node in zip(functions, nodes, strict=True)]))
            failed = self.of(tuple([node.failed if node.level == level else each for each, node in zip(functions, nodes, strict=True)]))
            made = self._diagrams.node(level, up, failed)
        self._done[functions] = made
        return made


def _not(holds: bool) -> bool:
    return not holds
