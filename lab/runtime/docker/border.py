"""Translate the docker SDK's exceptions: into a HostError, or into a NodeError if a fault is the reason."""

from collections.abc import Iterator
from contextlib import contextmanager

from docker.errors import APIError, DockerException
from urllib3.exceptions import HTTPError

from lab.errors import HostError, NodeError
from lab.program import COMMAND

_CONFLICT = 409


@contextmanager
def translated(place: str, way_out: str = "docker info tells more") -> Iterator[None]:
    """Raise HostError(`place`: Docker's message (`way_out`)) for every error of the engine in this block.

    If Docker refuses because a node is paused, raise NodeError. The SDK lets some errors of requests (OSErrors) and of urllib3 out. They
    are translated, too.
    """
    try:
        yield
    except APIError as error:
        if error.status_code == _CONFLICT and "paused" in str(error.explanation):
            raise NodeError(f"{place}: a fault has frozen or killed this node ({COMMAND} lab-heal undoes the fault)") from error
        raise HostError(f"{place}: {_first_line(error)} ({way_out})") from error
    except (DockerException, HTTPError, OSError) as error:
        raise HostError(f"{place}: {_first_line(error)} ({way_out})") from error


def _first_line(error: Exception) -> str:
    """Docker's message without the HTTP status."""
    said = getattr(error, "explanation", None) or error
    return (str(said).strip().splitlines() or [type(error).__name__])[0]
