"""Write YAML as the shipped topologies are written: one line for each entry, and AWS's id behind it as a comment."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lab.importers.private import harmless

Value = str | int | bool | Sequence["Value"] | Mapping[str, "Value"]

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*|[0-9]{1,3}(\.[0-9]{1,3}){3}/[0-9]{1,2}|[0-9.]+(s|[kmg]?bit)")
_NOT_TEXT = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
_WIDEST = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a section. `comment`: what stands behind it, "" for nothing."""

    name: str
    value: Mapping[str, Value]
    comment: str = ""


def entry_lines(entry: Entry, indent: int) -> Iterator[str]:
    """An entry as one line. If the line would be too long: one line for each key."""
    space = " " * indent
    comment = f"   # {harmless(entry.comment)}" if entry.comment else ""
    line = f"{space}{entry.name}: {flow(entry.value)}{comment}"
    if len(line) <= _WIDEST:
        yield line
        return
    yield f"{space}{entry.name}:{comment}"
    for key, value in entry.value.items():
        yield from _key_lines(key, value, indent + 2)


def flow(value: Value) -> str:
    """A value on one line: `{asn: 65001, prefixes: [10.1.0.0/16]}`."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return value if _PLAIN.fullmatch(value) and value.lower() not in _NOT_TEXT else quoted(value)
        case Mapping():
            return "{" + ", ".join(f"{key}: {flow(each)}" for key, each in value.items()) + "}"
        case _:
            return "[" + ", ".join(flow(each) for each in value) + "]"


def quoted(text: str) -> str:
    """A text in double quotes. YAML reads JSON's escapes."""
    return json.dumps(text, ensure_ascii=False)


def _key_lines(key: str, value: Value, indent: int) -> Iterator[str]:
    line = f"{' ' * indent}{key}: {flow(value)}"
    if len(line) <= _WIDEST or isinstance(value, str | int):
        yield line
        return
    yield f"{' ' * indent}{key}:"
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from _key_lines(name, each, indent + 2)
    else:
        yield from (f"{' ' * indent}  - {flow(each)}" for each in value)
