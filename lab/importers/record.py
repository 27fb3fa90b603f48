"""One object of a JSON file, and the mistakes in it. Law: a message never shows a value of the file, because the value may be a secret."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from ipaddress import IPv4Network, IPv6Network, ip_network

from lab.errors import Problem

_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "true or false"),
    (str, "text"),
    (int, "a number"),
    (float, "a number"),
    (list, "a list"),
    (dict, "an object"),
)

_DIGITS = 12
"""No number of AWS is longer. Python refuses to read very long ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An object of a JSON file. `file`: the path as the user wrote it. `place`: the place in the file, such as `VpnConnections[3]`.

    `way_out`: what a message advises.

    Each reading function returns a value of the right type. If the value is missing or wrong, it notes a problem in `problems` and returns
    an empty value, so that one reading finds every problem.
    """

    data: dict[str, object]
    file: str
    place: str
    problems: list[Problem]
    way_out: str = "is this what the AWS command printed, unchanged?"

    def text(self, key: str) -> str:
        """The text at a key that must be there."""
        value = self._value(key, str)
        return value if isinstance(value, str) else ""

    def text_or(self, key: str) -> str:
        """The text at a key. "" if there is none."""
        return self.text(key) if self.has(key) else ""

    def number(self, key: str) -> int:
        """The whole number at a key that must be there. AWS writes some numbers as text, such as `"65000"`."""
        value = self.data.get(key)
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= _DIGITS:
            return int(value)
        value = self._value(key, int)
        return value if isinstance(value, int) else 0

    def number_or(self, key: str) -> int | None:
        """The whole number at a key. None if there is none."""
        return self.number(key) if self.has(key) else None

    def flag(self, key: str) -> bool:
        """True or false at a key. False if there is none."""
        return self._value(key, bool) is True if self.has(key) else False

    def prefixes(self, key: str) -> tuple[IPv4Network, ...]:
        """The IPv4 prefix at a key, as a tuple. () if there is none, or if it is IPv6."""
        if not self.has(key):
            return ()
        written = self.text(key)
        network = as_network(written)
        if network is None and written:
            self.wrong(key, "expected a prefix such as 10.0.0.0/16")
        return (network,) if isinstance(network, IPv4Network) else ()

    def record(self, key: str) -> "Record":
        """The object at a key. An empty one if there is none."""
        value = self._value(key, dict) if self.has(key) else {}
        return replace(self, data=value if isinstance(value, dict) else {}, place=self._at(key))

    def records(self, key: str) -> Iterator["Record"]:
        """The objects in the list at a key. None if there is no list."""
        values = self._value(key, list) if self.has(key) else []
        for number, value in enumerate(values if isinstance(values, list) else []):
            at = f"{self._at(key)}[{number}]"
            if isinstance(value, dict):
                yield replace(self, data=value, place=at)
            else:
                self._tell(at, f"expected an object, found {_kind(value)}")

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts in the list at a key. () if there is no list."""
        values = self._value(key, list) if self.has(key) else []
        return tuple(each for each in values if isinstance(each, str)) if isinstance(values, list) else ()

    def numbers(self, key: str) -> tuple[int, ...]:
        """The whole numbers in the list at a key. () if there is no list."""
        values = self._value(key, list) if self.has(key) else []
        return tuple(each for each in values if isinstance(each, int)) if isinstance(values, list) else ()

    def has(self, key: str) -> bool:
        """Whether there is a value at a key. null is none."""
        return self.data.get(key) is not None

    def wrong(self, key: str, message: str) -> None:
        """Note a problem with the value at a key. The message must not show the value."""
        self._tell(self._at(key), message)

    def _value(self, key: str, kind: type) -> object:
        value = self.data.get(key)
        if isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
            return value
        words = next(words for known, words in _KINDS if known is kind)
        self._tell(self._at(key), f"expected {words}, found {_kind(value)}")
        return None

    def _tell(self, at: str, message: str) -> None:
        self.problems.append(Problem(place=self.file, message=f"{at}: {message} ({self.way_out})"))

    def _at(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key


def as_network(written: str) -> IPv4Network | IPv6Network | None:
    """The network that a text names. None if it names none."""
    try:
        return ip_network(written, strict=False)
    except ValueError:
        return None


def _kind(value: object) -> str:
    return "nothing" if value is None else next((words for known, words in _KINDS if isinstance(value, known)), "something else")
