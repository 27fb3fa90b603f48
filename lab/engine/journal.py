"""The journal: one file for each run. Each line is one event as JSON. Lines are only added. Every report is made from the journal.

Labs that run at the same time write their events at once, so that a crash loses none. Each line names its lab. The reader sorts the events
by lab.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import MISSING, asdict, fields, is_dataclass
from enum import Enum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from lab.errors import HostError, InputError, Problem
from lab.model.event import FORMAT, Event, RunStarted

_LAB = "of_lab"
_KINDS = {kind.__name__: kind for kind in get_args(Event)}

_WANTED = "expected the journal.jsonl of a folder in runs/"


class Journal:
    """Writes events into a file, each event at once. Raises InputError if the file cannot be made."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("a", encoding="utf-8")
        except OSError as error:
            message = f"the journal cannot be written ({error.strerror}; run from a folder you may write to)"
            raise InputError([Problem(place=str(path), message=message)]) from error

    def write(self, event: Event, lab: str | None = None) -> None:
        """Write one event of a lab, or of the whole run (`lab` is None). Raises HostError if the disk is full."""
        whose = {} if lab is None else {_LAB: lab}
        line = json.dumps({"type": type(event).__name__} | whose | asdict(event), ensure_ascii=False, default=_plain) + "\n"
        try:
            self._file.write(line)
            self._file.flush()
        except OSError as error:
            what = f"the journal {self.path} cannot be written any more"
            raise HostError(f"{what} ({error.strerror}; free some space and run again)") from error

    def close(self) -> None:
        """Close the file."""
        with suppress(OSError):  # `write` has already raised the error
            self._file.close()


def read_journal(path: Path) -> tuple[Event, ...]:
    """All events of a journal: one lab after another, in the run's order of topologies. An incomplete last line is ignored.

    Raises InputError for a line that is not an event, and for a journal of another format.
    """
    try:
        return tuple(_untangled(tuple(_lines(path))))
    except OSError as error:
        raise InputError([Problem(place=str(path), message=f"this file cannot be read ({error.strerror}; {_WANTED})")]) from error


def _untangled(told: Sequence[tuple[str | None, Event]]) -> Iterator[Event]:
    """The run's events before its first lab, then the events of one lab after another, then the run's last events."""
    first = next((number for number, (lab, _) in enumerate(told) if lab is not None), len(told))
    planned = (name for _, event in told[:first] if isinstance(event, RunStarted) for name in event.topologies)
    yield from (event for _, event in told[:first])
    for wanted in dict.fromkeys([*planned, *(lab for lab, _ in told[first:] if lab is not None)]):
        yield from (event for lab, event in told[first:] if lab == wanted)
    yield from (event for lab, event in told[first:] if lab is None)


def _lines(path: Path) -> Iterator[tuple[str | None, Event]]:
    with path.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.endswith("\n"):
                return  # the run was killed while it wrote this line
            try:
                values = json.loads(line)
                lab = values.pop(_LAB, None)
                if not isinstance(lab, str | None):
                    raise ValueError(f"{_LAB} is not a name")
                kind = _KINDS[values.pop("type")]
                _require_format(path, kind, values)
                yield lab, _build(kind, values)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                message = f"this line is not an event of a journal ({_told(error)})"
                raise InputError([Problem(place=f"{path}:{number}", message=message)]) from error


def _told(error: Exception) -> str:
    """A message that says what is wrong with a line. It has no position inside the line, because that would not help the user."""
    match error:
        case json.JSONDecodeError():
            what = "the line is not JSON"
        case KeyError():
            what = f"{error} is missing or unknown"
        case _:
            what = str(error)
    return f"{what}; {_WANTED}"


def _require_format(path: Path, kind: Any, values: dict[str, Any]) -> None:
    """Raise InputError if this is the first line of a journal of another format."""
    if kind is RunStarted and (found := values.get("format", 1)) != FORMAT:
        version = str(values.get("version", "unknown"))[:20]
        way_out = f"run the checks again, or make the report with failover-lab {version}, which wrote this journal"
        message = f"this journal has format {found}, but this version reads format {FORMAT} ({way_out})"
        raise InputError([Problem(place=str(path), message=message)])


_READ_AS: dict[type, Callable[[str], object]] = {IPv4Address: ip_address, IPv4Network: ip_network}
"""The type that only hints of addresses or prefixes have, and how to read a text that is one."""


def _build(kind: Any, values: object) -> Any:  # any dataclass
    """A dataclass, made from its JSON object. A field that an earlier version did not write gets its default."""
    hints = get_type_hints(kind)
    needed = {field.name for field in fields(kind) if field.default is MISSING}
    if not isinstance(values, dict) or not needed <= set(values) <= {field.name for field in fields(kind)}:
        raise ValueError(f"a field of {kind.__name__} is missing or unknown")
    return kind(**{name: _value(hints[name], value) for name, value in values.items()})


def _value(hint: Any, value: object) -> object:
    """A value from JSON, converted to the type that it had before it was written."""
    if is_dataclass(hint) and isinstance(hint, type):
        return _build(hint, value)
    arguments = get_args(hint)
    if get_origin(hint) is tuple and isinstance(value, list):
        inner = [arguments[0]] * len(value) if arguments[-1] is Ellipsis else list(arguments)
        return tuple(_value(each, item) for each, item in zip(inner, value, strict=True))
    addressed = next((read for kind, read in _READ_AS.items() if kind in arguments), None)
    if addressed and isinstance(value, str):
        return addressed(value)
    if get_origin(hint) is UnionType and isinstance(value, str | dict | list):
        return _value(next(each for each in arguments if each is not NoneType), value)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(value)
    return value


def _plain(value: object) -> object:
    """A text or a number for a value whose type JSON does not have."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, IPv4Address | IPv6Address | IPv4Network | IPv6Network):
        return str(value)
    raise TypeError(f"a journal cannot hold a {type(value).__name__}")
