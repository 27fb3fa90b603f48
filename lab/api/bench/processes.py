"""Run a command as a whole process, and measure what it costs."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import NamedTuple

from lab.program import MODULES

_PROGRAM = """
import sys
from lab.door.main import main
try:
    sys.exit(main())
finally:
    print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM:")), file=sys.stderr)
"""
"""Runs the command. Its last line on standard error is the largest memory of the process, in kB."""
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
    command = [sys.executable, "-c", _PROGRAM, *words]
    with subprocess.Popen(command, cwd=MODULES, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        told = process.stderr.read() if process.stderr else ""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in _ACCEPTED:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=told)
    return Cost(time.monotonic() - begun, used.ru_utime + used.ru_stime, int(told.split()[-1]) / 1024)
