"""Run a command as a whole process, and measure what it costs."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import NamedTuple

from lab.program import MODULES

_PROGRAM = "import sys; from lab.door.main import main; sys.exit(main())"
_ACCEPTED = (0, 1)
"""The exit codes of a command that has done its work: an audit with findings returns 1."""


class Cost(NamedTuple):
    """The cost of a process: seconds that a user waits, seconds of a core (user and system), and its largest memory in MB."""

    seconds: float
    core_seconds: float
    megabytes: float


def cost(words: Sequence[str]) -> Cost:
    """Run `./inv` with these words, and measure it."""
    begun = time.monotonic()
    process = subprocess.Popen([sys.executable, "-c", _PROGRAM, *words], cwd=MODULES, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in _ACCEPTED:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    return Cost(time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
