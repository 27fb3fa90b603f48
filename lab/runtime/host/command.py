"""Run a program on the host and wait for its end. The program never keeps running, also not after an error or Ctrl-C."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence

from lab.errors import HostError

TAIL_LINES = 5
_NOTHING: Mapping[str, str] = {}


def run(command: Sequence[str], way_out: str, variables: Mapping[str, str] = _NOTHING, name: str | None = None) -> str:
    """Run a command. Return its output, with its errors. `variables` are added to the environment. Messages use `name` for the command.

    Raises HostError if the command fails or is missing. The message has the last lines of the output, and `way_out` says what to do.
    """
    called = name or " ".join(command[:3])
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=os.environ | dict(variables),
            text=True,
            errors="replace",
            start_new_session=True,
        )
    except OSError as error:
        raise HostError(f"the command '{called}' cannot be run: {error.strerror} ({way_out})") from error
    with process:
        try:
            output, _ = process.communicate()
        except BaseException:  # also at Ctrl-C: the command's children must not run on
            os.killpg(process.pid, signal.SIGKILL)
            raise
    if process.returncode != 0:
        raise HostError(f"the command '{called}' failed with status {process.returncode} ({way_out})\n{tail(output)}")
    return output


def tail(text: str) -> str:
    """The last lines of a program's output, indented for a message."""
    return "\n".join(f"    {line}" for line in text.strip().splitlines()[-TAIL_LINES:])
