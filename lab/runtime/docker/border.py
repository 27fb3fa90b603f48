"""Where the docker SDK ends: whatever it raises becomes a HostError that says what we were doing."""

from collections.abc import Iterator
from contextlib import contextmanager

from docker.errors import DockerException
from urllib3.exceptions import HTTPError

from lab.errors import HostError


@contextmanager
def translated(place: str, way_out: str = "docker info tells more") -> Iterator[None]:
    """Raise HostError(`place`: what Docker said (`way_out`)) for all that goes wrong between us and the engine.

    The SDK lets errors of requests (which are OSErrors) and, in the middle of a stream, of urllib3 through.
    """
    try:
        yield
    except (DockerException, HTTPError, OSError) as error:
        raise HostError(f"{place}: {_first_line(error)} ({way_out})") from error


def _first_line(error: Exception) -> str:
    """What Docker said, without the HTTP around it."""
    said = getattr(error, "explanation", None) or error
    return (str(said).strip().splitlines() or [type(error).__name__])[0]
