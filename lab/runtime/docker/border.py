"""Where the docker SDK ends: whatever it raises becomes a HostError that says what we were doing, or a NodeError where a fault is why."""

from collections.abc import Iterator
from contextlib import contextmanager

from docker.errors import APIError, DockerException
from urllib3.exceptions import HTTPError

from lab.errors import HostError, NodeError
from lab.program import COMMAND

_CONFLICT = 409


@contextmanager
def translated(place: str, way_out: str = "docker info tells more") -> Iterator[None]:
    """Raise HostError(`place`: what Docker said (`way_out`)) for all that goes wrong between us and the engine.

    What it refuses because a node is paused is a NodeError. The SDK lets errors of requests (which are OSErrors) and, in the middle of a
    stream, of urllib3 through.
    """
    try:
        yield
    except APIError as error:
        if error.status_code == _CONFLICT and "paused" in str(error.explanation):
            raise NodeError(f"{place}: is frozen or dead by a fault ({COMMAND} lab-heal)") from error
        raise HostError(f"{place}: {_first_line(error)} ({way_out})") from error
    except (DockerException, HTTPError, OSError) as error:
        raise HostError(f"{place}: {_first_line(error)} ({way_out})") from error


def _first_line(error: Exception) -> str:
    """What Docker said, without the HTTP around it."""
    said = getattr(error, "explanation", None) or error
    return (str(said).strip().splitlines() or [type(error).__name__])[0]
