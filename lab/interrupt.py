"""Interrupt: raise KeyboardInterrupt when a signal asks for an end. Once, and never inside an event loop.

After the first signal, further ones change nothing: the clean-up always finishes.

An exception inside an event loop stops the loop half way. pyroute2 has one loop for each netlink socket. The clean-up would then fail,
because it needs the same socket.
"""

import signal
from collections.abc import Callable
from pathlib import Path
from types import FrameType

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""What ends a command: Ctrl-C, being told to end, and a terminal that is gone."""

_LOOPS = ("asyncio", "pyroute2")
_AGAIN_SECONDS = 0.005


def come_again(hear: Callable[[int, FrameType | None], None], frame: FrameType | None) -> bool:
    """Whether the signal came inside an event loop. If so, the handler is called again in a moment."""
    if not _inside_loop(frame):
        return False
    signal.signal(signal.SIGALRM, hear)
    signal.setitimer(signal.ITIMER_REAL, _AGAIN_SECONDS)
    return True


def interrupt(_number: int, frame: FrameType | None) -> None:
    """A signal handler: raise KeyboardInterrupt now, or as soon as no event loop runs."""
    if not come_again(interrupt, frame):
        for number in ENDINGS:
            signal.signal(number, signal.SIG_IGN)  # for what is started from here on, too
        raise KeyboardInterrupt


def _inside_loop(frame: FrameType | None) -> bool:
    while frame:
        if Path(frame.f_code.co_filename).parent.name in _LOOPS or "/pyroute2/" in frame.f_code.co_filename:
            return True
        frame = frame.f_back
    return False
