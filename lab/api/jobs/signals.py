"""Protect some moments from signals: sending a message, starting a process, and removing a lab."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from lab.interrupt import ENDINGS, come_again

_FOR_PEOPLE = (signal.SIGINT, signal.SIGHUP)


@contextmanager
def held_back() -> Iterator[None]:
    """Delay signals that would end the command until the block is over.

    A process that is started in the block delays them until it calls `listen`.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Ending:
    """Raises one KeyboardInterrupt in the main thread when the crew tells the job to end.

    After Ctrl-C, this process gets a signal, too. It ignores that signal, because the crew then tells it to end.
    """

    def __init__(self) -> None:
        self.is_told = False
        self._is_raised = False
        self._is_held = False

    def listen(self) -> None:
        """Begin to react to signals. Signals that came since the start of the process count, too.

        Call this in the main thread, after other threads have started.
        """
        for number in _FOR_PEOPLE:
            signal.signal(number, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, self._hear)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDINGS)

    def tell(self) -> None:
        """Tell the job to end, from any thread. It sends a real signal, because the main thread may sleep in the kernel."""
        self.is_told = True
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)

    def ignore(self) -> None:
        """Do not raise anything any more, because the job is ending by itself."""
        self._is_raised = True

    @contextmanager
    def held(self) -> Iterator[None]:
        """Raise nothing while the block runs. If the job was told to end, raise the KeyboardInterrupt after the block."""
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
