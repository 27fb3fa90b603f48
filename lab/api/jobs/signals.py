"""Signals cut nothing in two: no message, no start of a process, no removal."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from lab.interrupt import come_again

_FOR_PEOPLE = (signal.SIGINT, signal.SIGHUP)
_ENDINGS = (*_FOR_PEOPLE, signal.SIGTERM)


@contextmanager
def held_back() -> Iterator[None]:
    """Signals that end a command come after the block; a process started in it has them held back until it listens."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDINGS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Ending:
    """A job's end as it is told to it: KeyboardInterrupt in the main thread, once.

    Signals for people are not heard: Ctrl-C at a terminal reaches us, too, and the crew tells us already.
    """

    def __init__(self) -> None:
        self.is_told = False
        self._is_raised = False
        self._is_held = False

    def listen(self) -> None:
        """Hear from now on, also what came since we were started. For the main thread; other threads begin before."""
        for number in _FOR_PEOPLE:
            signal.signal(number, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, self._hear)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDINGS)

    def tell(self) -> None:
        """From any thread: a real signal, for the main thread may be asleep in the kernel."""
        self.is_told = True
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)

    def ignore(self) -> None:
        """The job is leaving by itself: nothing is to be raised any more."""
        self._is_raised = True

    @contextmanager
    def held(self) -> Iterator[None]:
        """Raise nothing before the block is over."""
        self._is_held = True
        try:
            yield
        finally:
            self._is_held = False
        if self.is_told:
            self._raise()

    def _hear(self, _number: int, frame: FrameType | None) -> None:
        self.is_told = True
        if not self._is_held and not come_again(self._hear, frame):
            self._raise()

    def _raise(self) -> None:
        if not self._is_raised:
            self._is_raised = True
            raise KeyboardInterrupt
