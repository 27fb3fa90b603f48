"""Read the scripts that the automations of a topology run. They are files beside the topology."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lab.intent.document.finding import Finding, Where
from lab.intent.document.shape import Shaped, places_below

_SECTION = ("automation",)
_KEYS = ("script", "undo_script")
_MOST_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnScripts:
    """The texts of all scripts, by name as written. `findings`: the mistakes."""

    texts: Mapping[str, str]
    findings: tuple[Finding, ...]


def read_scripts(shaped: Shaped, topology: Path) -> OwnScripts:
    """The scripts that a topology names. Their paths begin at the folder of its file."""
    texts: dict[str, str] = {}
    findings: list[Finding] = []
    for where, name in _named(shaped):
        try:
            texts[name] = _text(topology, name)
        except ValueError as problem:
            findings.append(Finding(where=where, message=str(problem)))
    return OwnScripts(texts=texts, findings=tuple(findings))


def _named(shaped: Shaped) -> Iterator[tuple[Where, str]]:
    for automation in places_below(shaped.at(_SECTION), _SECTION):
        for key in _KEYS:
            where = (*automation, "do", "run", key)
            name = shaped.at(where)
            if isinstance(name, str) and shaped.fits(where):
                yield where, name


def _text(topology: Path, name: str) -> str:
    """The text of a script. Raises ValueError with the message for the user."""
    path = topology.resolve().parent / name
    if not path.is_file():
        raise ValueError(f"there is no file {name!r} beside {topology.name} (write its path from there)")
    try:
        octets = path.read_bytes()
        text = octets.decode()
    except OSError as error:
        raise ValueError(f"the file {name!r} cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise ValueError(f"{name!r} is not text (write a script, for instance one that begins with #!/bin/sh)") from None
    if len(octets) > _MOST_BYTES:
        raise ValueError(f"{name!r} has {len(octets)} bytes, expected at most {_MOST_BYTES} (write a shorter script)")
    if not text.strip():
        raise ValueError(f"{name!r} is empty (write a script, for instance one that begins with #!/bin/sh)")
    if "\r\n" in text:
        raise ValueError(f"{name!r} has Windows line endings, expected \\n (for instance: sed -i 's/\\r$//' {name})")
    return text
