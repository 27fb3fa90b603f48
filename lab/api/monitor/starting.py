"""Start the keeper of a lab's monitor, and wait until it says that the monitor works."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from lab.errors import HostError
from lab.program import MODULES


class Keeper:
    """A process that keeps a monitor. It runs on when our command ends."""

    def __init__(self, lab: str) -> None:
        self._lab = lab
        self._told, telling = os.pipe()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "lab.api.monitor.program", lab, str(telling)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[telling],
            cwd=MODULES,
            start_new_session=True,  # Ctrl-C and the end of our terminal do not reach it
        )
        os.close(telling)

    def wait(self) -> None:
        """Return when the monitor works. Raises HostError with the reason if it does not."""
        with os.fdopen(self._told) as line:
            said = line.readline()
        if not said:
            raise HostError(f"lab {self._lab}: the keeper of its monitor ended by itself (try again)")
        if said.strip():
            raise HostError(said.strip())

    def end(self) -> None:
        """End the keeper. It removes the monitor."""
        self._process.terminate()
        self._process.wait()


@contextmanager
def kept_unless_it_fails(lab: str) -> Iterator[Keeper]:
    """Start a keeper. If the block raises, end it."""
    keeper = Keeper(lab)
    try:
        yield keeper
    except BaseException:
        keeper.end()
        raise
