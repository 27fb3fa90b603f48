"""Obedience: record calls, and make one of them fail."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from lab.errors import NodeError


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Which call fails (counted from 0, only calls that change the lab), and whether it does its work before it fails."""

    call: int
    done: bool = False


class Obedience:
    """Records calls that change the lab. `refusal` makes one of them raise NodeError."""

    def __init__(self, refusal: Refusal | None) -> None:
        self.calls: list[str] = []
        self._refusal = refusal

    @contextmanager
    def __call__(self, verb: str) -> Iterator[None]:
        """Record one call. Raises NodeError if it is the one that must fail."""
        number = len(self.calls)
        self.calls.append(verb)
        refused = self._refusal is not None and self._refusal.call == number
        if refused and self._refusal and not self._refusal.done:
            raise NodeError(f"call {number} is refused")
        yield
        if refused:
            raise NodeError(f"call {number} is refused, though its work is done")
