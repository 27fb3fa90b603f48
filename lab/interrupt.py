"""Interrupt: KeyboardInterrupt where a signal asks for an end, but never inside somebody's event loop.

Raised in there (pyroute2's netlink has one a socket), it leaves the loop half way, and the same socket then fails whoever clears up.
"""

import signal
from collections.abc import Callable
from pathlib import Path
from types import FrameType

_LOOPS = ("asyncio", "pyroute2")
_AGAIN_SECONDS = 0.005


def come_again(hear: Callable[[int, FrameType | None], None], frame: FrameType | None) -> bool:
    """Whether the signal came inside an event loop; then the handler is called again in a moment."""
    if not _inside_loop(frame):
        return False
    signal.signal(signal.SIGALRM, hear)
    signal.setitimer(signal.ITIMER_REAL, _AGAIN_SECONDS)
    return True


def interrupt(_number: int, frame: FrameType | None) -> None:
    """A signal handler: KeyboardInterrupt, now or as soon as no event loop runs."""
    if not come_again(interrupt, frame):
        raise KeyboardInterrupt


def _inside_loop(frame: FrameType | None) -> bool:
    while frame:
        if Path(frame.f_code.co_filename).parent.name in _LOOPS or "/pyroute2/" in frame.f_code.co_filename:
            return True
        frame = frame.f_back
    return False
