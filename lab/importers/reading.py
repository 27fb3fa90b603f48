"""Read a file of somebody else. Whatever is wrong with it becomes a problem, so that the other files are read, too."""

from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError
from pathlib import Path

from lab.errors import InputError, Problem

_MAX_BYTES = 64 * 1024 * 1024


def raw_of(path: Path) -> bytes:
    """What is in a file. Raises ValueError if the file is far larger than any that is meant here, and OSError if it cannot be read."""
    raw = path.read_bytes()
    if len(raw) > _MAX_BYTES:
        raise ValueError(f"this file is larger than {_MAX_BYTES // 1024 // 1024} MiB, the limit (is it what the command printed?)")
    return raw


def is_cut(text: str, error: JSONDecodeError) -> bool:
    """Whether JSON ends in the middle."""
    return error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")


@contextmanager
def reading(path: Path, problems: list[Problem], meant: str) -> Iterator[None]:
    """Note what goes wrong in the block as a problem of this file. `meant`: what to give instead, if there is no such file."""
    try:
        yield
    except InputError as error:
        problems += error.problems
    except OSError as error:
        problems.append(Problem(place=str(path), message=f"this file cannot be read: {error.strerror} (give {meant}, or a folder)"))
    except RecursionError:
        problems.append(Problem(place=str(path), message="the JSON is nested too deeply (is it what the command printed, unchanged?)"))
    except ValueError as error:
        problems.append(Problem(place=str(path), message=str(error)))
