"""Read the customer's own FRR configurations. They are files in the topology's folder.

Law: a file is hostile input. It is read as text, and only from the folder of the topology.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lab.intent.document.finding import Finding, Where
from lab.intent.document.shape import Shaped, places_below
from lab.model.own_router import OwnConfiguration

_MOST_BYTES = 64 * 1024
_LONGEST_LINE = 1000
_UNPRINTABLE = re.compile(r"[^\t\x20-\x7e]")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnConfigurations:
    """All own configurations of a topology. `findings`: the mistakes."""

    configurations: tuple[OwnConfiguration, ...]
    findings: tuple[Finding, ...]


def read_own(shaped: Shaped, topology: Path) -> OwnConfigurations:
    """The configurations that a topology names."""
    found: list[OwnConfiguration] = []
    findings: list[Finding] = []
    for where, router, name in _named(shaped):
        try:
            found.append(OwnConfiguration(router=router, file=str(topology.parent / name), text=_text(topology, name)))
        except ValueError as problem:
            findings.append(Finding(where=where, message=str(problem)))
    return OwnConfigurations(configurations=tuple(found), findings=tuple(findings))


def _named(shaped: Shaped) -> Iterator[tuple[Where, str, str]]:
    for center in places_below(shaped.at(("data_centers",)), ("data_centers",)):
        for router in places_below(shaped.at((*center, "routers")), (*center, "routers")):
            name = shaped.at((*router, "frr"))
            if isinstance(name, str) and shaped.fits(router):
                yield (*router, "frr"), str(router[-1]), name


def _text(topology: Path, name: str) -> str:
    """The text of a configuration. Raises ValueError with the message for the user."""
    if not name.isprintable() or len(name) > _LONGEST_LINE:
        raise ValueError(f"expected the name of a file, found {name[:60]!r} (write its path from the topology's folder)")
    folder = topology.resolve().parent
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder):
            raise ValueError(
                f"{name!r} is not in the folder of {topology.name} (copy the file there; a link that leads out does not count)"
            )
        if not path.is_file():
            raise ValueError(f"there is no file {name!r} beside {topology.name} (write its path from there)")
        with path.open("rb") as file:
            octets = file.read(_MOST_BYTES + 1)
    except (OSError, RuntimeError) as error:
        raise ValueError(f"the file {name!r} cannot be read ({getattr(error, 'strerror', None) or error})") from None
    if len(octets) > _MOST_BYTES:
        raise ValueError(f"{name!r} has more than {_MOST_BYTES // 1024} KiB, the limit (is this the configuration of one router?)")
    return _plain(octets, name)


def _plain(octets: bytes, name: str) -> str:
    """The text, if it is one that FRR's daemons can have. Raises ValueError."""
    try:
        text = octets.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise ValueError(f"{name!r} is not text (is this an FRR configuration?)") from None
    if not text.strip():
        raise ValueError(f"{name!r} is empty (write the router's FRR configuration, or remove frr)")
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > _LONGEST_LINE:
            raise ValueError(f"line {number} of {name!r} has more than {_LONGEST_LINE} characters, the limit (split it)")
        is_comment = line.lstrip().startswith(("!", "#"))
        if stray := _UNPRINTABLE.search(line) if not is_comment or "\0" in line else None:
            raise ValueError(f"line {number} of {name!r} has the character U+{ord(stray[0]):04X}, but FRR reads only ASCII (remove it)")
    return text
