"""Run a program of the host to its end; one that fails, or that we are interrupted in, leaves no process behind."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence

from lab.errors import HostError

TAIL_LINES = 5
_NOTHING: Mapping[str, str] = {}


def run(command: Sequence[str], way_out: str, variables: Mapping[str, str] = _NOTHING, name: str | None = None) -> str:
    """What the command printed, errors included; `variables` come on top of the environment; messages call it `name`.

    Raises HostError with the last lines it printed if it failed or is not there; `way_out` then tells what to do.
    """
    place = name or " ".join(command[:3])
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
        raise HostError(f"{place}: {error.strerror} ({way_out})") from error
    with process:
        try:
            output, _ = process.communicate()
        except BaseException:  # Ctrl-C too: its children must not go on without us
            os.killpg(process.pid, signal.SIGKILL)
            raise
    if process.returncode != 0:
        raise HostError(f"{place}: failed with status {process.returncode} ({way_out})\n{tail(output)}")
    return output


def tail(text: str) -> str:
    """The last lines of a program's output, indented to stand below a message."""
    return "\n".join(f"    {line}" for line in text.strip().splitlines()[-TAIL_LINES:])
