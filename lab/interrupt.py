"""Turn the first signal that ends a command into a KeyboardInterrupt. Later signals are ignored, so that the clean-up always finishes.

The exception is never raised inside an event loop: the loop would stop half way. pyroute2 has one loop for each netlink socket, and the
clean-up needs the same sockets.
"""

import signal
from collections.abc import Callable
from pathlib import Path
from types import FrameType

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""The signals that end a command: Ctrl-C, `kill`, and a closed terminal."""

_LOOPS = ("asyncio", "pyroute2")
_AGAIN_SECONDS = 0.005


def come_again(hear: Callable[[int, FrameType | None], None], frame: FrameType | None) -> bool:
    """If the signal came inside an event loop, call the handler `hear` again 5 ms later and return True. Else return False."""
    if not _inside_loop(frame):
        return False
    signal.signal(signal.SIGALRM, hear)
    signal.setitimer(signal.ITIMER_REAL, _AGAIN_SECONDS)
    return True


def interrupt(_number: int, frame: FrameType | None) -> None:
    """A signal handler. Raise KeyboardInterrupt now, or as soon as no event loop runs. Ignore all further signals."""
    if not come_again(interrupt, frame):
        for number in ENDINGS:
            signal.signal(number, signal.SIG_IGN)  # programs started from now on ignore the signals, too
        raise KeyboardInterrupt


def _inside_loop(frame: FrameType | None) -> bool:
    while frame:
        if Path(frame.f_code.co_filename).parent.name in _LOOPS or "/pyroute2/" in frame.f_code.co_filename:
            return True
        frame = frame.f_back
    return False
