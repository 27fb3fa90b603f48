"""Compute the probability that a function of the failed components has a value, and how much each component adds to that probability.

The functions are those of `diagram`: each has a value for every set of failed components.
"""

from collections.abc import Iterator, Sequence

from lab.predict.diagram import Diagrams


class Chances:
    """Computes probabilities of functions, if components fail independently.

    `failed[level]` is the probability that a component has failed.
    """

    def __init__(self, diagrams: Diagrams, failed: Sequence[float]) -> None:
        self._diagrams = diagrams
        self._failed = failed

    def of(self, function: int, value: int) -> float:
        """The probability that the function has one value. The value is given as the number of its end node."""
        return self._from_each(function, value)[function]

    def of_each(self, function: int) -> dict[int, float]:
        """For each level: how much less probable it is that the function is true if the component of this level never fails (criticality
        importance).
        """
        below = self._from_each(function, self._diagrams.yes)
        reached = dict.fromkeys(below, 0.0)
        reached[function] = 1.0
        adds: dict[int, float] = {}
        for each in self._diagrams.below(function):
            if self._diagrams.is_end(each):
                continue
            node = self._diagrams.at(each)
            chance = self._failed[node.level]
            reached[node.up] += reached[each] * (1 - chance)
            reached[node.failed] += reached[each] * chance
            adds[node.level] = adds.get(node.level, 0.0) + reached[each] * chance * (below[node.failed] - below[node.up])
        return adds

    def smallest_sets(self, function: int, most: int) -> list[frozenset[int]]:
        """The smallest sets of failed components for which the function is true, with at most `most` components each.

        For every part of such a set, the function is false.
        """
        found: list[frozenset[int]] = []
        for size in range(1, most + 1):
            fitting = dict.fromkeys(self._sets(function, size, frozenset()))
            found += [each for each in fitting if not any(smaller <= each for smaller in found)]
        return found

    def all_failed(self, levels: frozenset[int]) -> float:
        """The probability that all these components have failed. The other components may be up or not."""
        product = 1.0
        for level in sorted(levels):
            product *= self._failed[level]
        return product

    def _sets(self, function: int, size: int, failed: frozenset[int]) -> Iterator[frozenset[int]]:
        """The sets of exactly `size` failed components for which the function is true if all other components are up."""
        if self._diagrams.is_end(function):
            if size == 0 and function == self._diagrams.yes:
                yield failed
            return
        node = self._diagrams.at(function)
        yield from self._sets(node.up, size, failed)
        if size:
            yield from self._sets(node.failed, size - 1, failed | {node.level})

    def _from_each(self, function: int, value: int) -> dict[int, float]:
        """For each node of the function's diagram: the probability to reach the end node `value` from that node."""
        found: dict[int, float] = {}
        for each in reversed(self._diagrams.below(function)):
            node = self._diagrams.at(each)
            if self._diagrams.is_end(each):
                found[each] = float(each == value)
            else:
                chance = self._failed[node.level]
                found[each] = (1 - chance) * found[node.up] + chance * found[node.failed]
        return found
