"""Run a program of the host and wait for its end. No process stays behind, even when it fails or we are interrupted."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence

from lab.errors import HostError

TAIL_LINES = 5
_NOTHING: Mapping[str, str] = {}


def run(command: Sequence[str], way_out: str, variables: Mapping[str, str] = _NOTHING, name: str | None = None) -> str:
    """Return what the command printed, with its errors. `variables` extend the environment. Messages use `name` for the command.

    HostError if the command fails or is missing. It shows the last lines of the output, and `way_out` says what to do.
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
        except BaseException:  # Ctrl-C too: the command's children must not outlive us
            os.killpg(process.pid, signal.SIGKILL)
            raise
    if process.returncode != 0:
        raise HostError(f"{place}: failed with status {process.returncode} ({way_out})\n{tail(output)}")
    return output


def tail(text: str) -> str:
    """The last lines of a program's output, indented to follow a message."""
    return "\n".join(f"    {line}" for line in text.strip().splitlines()[-TAIL_LINES:])
