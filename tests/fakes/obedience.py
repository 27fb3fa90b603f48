"""Obedience: which calls were made, and the one that is refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from lab.errors import NodeError


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """The call that is refused - calls that act are counted from 0 -, and whether it had done its work by then."""

    call: int
    done: bool = False


class Obedience:
    """Counts calls that act; `refusal` makes one of them raise NodeError."""

    def __init__(self, refusal: Refusal | None) -> None:
        self.calls: list[str] = []
        self._refusal = refusal

    @contextmanager
    def __call__(self, verb: str) -> Iterator[None]:
        """One call that acts, unless it is the one to be refused."""
        number = len(self.calls)
        self.calls.append(verb)
        refused = self._refusal is not None and self._refusal.call == number
        if refused and self._refusal and not self._refusal.done:
            raise NodeError(f"call {number} is refused")
        yield
        if refused:
            raise NodeError(f"call {number} is refused, though its work is done")
