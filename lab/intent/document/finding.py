"""A mistake at a place of a YAML file. Readers collect all mistakes and raise them together, sorted by line."""

import re
from dataclasses import dataclass, replace

from lab.model.where import Where

__all__ = ["Finding", "Where", "dotted"]

_PLAIN_KEY = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A mistake at `where`.

    `line` is set only if the line of the value at `where` would mislead: for the second of two equal keys.
    """

    where: Where
    message: str
    line: int | None = None

    def within(self, where: Where) -> "Finding":
        """The same mistake, with its place below `where`."""
        return replace(self, where=(*where, *self.where))

    def __str__(self) -> str:
        return f"{dotted(self.where)}: {self.message}" if self.where else self.message


def dotted(where: Where) -> str:
    """The place as text: `data_centers.dc1.edges[0]`."""
    text = ""
    for part in where:
        match part:
            case int():
                text += f"[{part}]"
            case str():
                text += f".{_key(part)}"
    return text.removeprefix(".")


def _key(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) and len(key) <= 60 else repr(key[:60])
