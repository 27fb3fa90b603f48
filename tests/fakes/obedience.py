"""Obedience: record calls, and refuse one of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from lab.errors import NodeError


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """The number of the call that is refused (calls that act, from 0), and whether it does its work first."""

    call: int
    done: bool = False


class Obedience:
    """Record calls that act. `refusal` makes one of them raise NodeError."""

    def __init__(self, refusal: Refusal | None) -> None:
        self.calls: list[str] = []
        self._refusal = refusal

    @contextmanager
    def __call__(self, verb: str) -> Iterator[None]:
        """Record one call that acts. NodeError if it is the one to refuse."""
        number = len(self.calls)
        self.calls.append(verb)
        refused = self._refusal is not None and self._refusal.call == number
        if refused and self._refusal and not self._refusal.done:
            raise NodeError(f"call {number} is refused")
        yield
        if refused:
            raise NodeError(f"call {number} is refused, though its work is done")
