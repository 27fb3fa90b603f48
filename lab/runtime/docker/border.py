"""The border of the docker SDK. Its exceptions become a HostError that says what we did, or a NodeError if a fault is the reason."""

from collections.abc import Iterator
from contextlib import contextmanager

from docker.errors import APIError, DockerException
from urllib3.exceptions import HTTPError

from lab.errors import HostError, NodeError
from lab.program import COMMAND

_CONFLICT = 409


@contextmanager
def translated(place: str, way_out: str = "docker info tells more") -> Iterator[None]:
    """Turn every error of the engine into HostError(`place`: what Docker said (`way_out`)).

    A refusal because a node is paused becomes a NodeError. The SDK also lets errors of requests (they are OSErrors) and, within a stream,
    of urllib3 through.
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
    """What Docker said, without the HTTP status."""
    said = getattr(error, "explanation", None) or error
    return (str(said).strip().splitlines() or [type(error).__name__])[0]
