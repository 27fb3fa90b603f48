"""Read a customer's FRR configuration as statements, and give each daemon its part. Only statements of known kinds pass.

The parts have as many lines as the file, so a line number in what FRR says is a line number of the file.
"""

from dataclasses import dataclass, field

from lab.errors import Problem

BGPD, BFDD = "bgpd", "bfdd"

_PASSED_OVER = (
    ("frr", "version"),
    ("hostname",),
    ("log",),
    ("service",),
    ("debug",),
    ("line", "vty"),
    ("ip", "forwarding"),
    ("ipv6", "forwarding"),
    ("no", "log"),
    ("no", "service"),
    ("no", "ip", "forwarding"),
    ("no", "ipv6", "forwarding"),
    ("end",),
)
"""Statements that a saved configuration has, and that change nothing in a lab. They are left out."""
_TOP = {
    ("frr", "defaults"): BGPD,
    ("ip", "prefix-list"): BGPD,
    ("ipv6", "prefix-list"): BGPD,
    ("bgp", "community-list"): BGPD,
    ("bgp", "large-community-list"): BGPD,
    ("bgp", "extcommunity-list"): BGPD,
    ("bgp", "as-path"): BGPD,
    ("bgp", "route-map"): BGPD,
    ("route-map",): BGPD,
    ("router", "bgp"): BGPD,
    ("bfd",): BFDD,
}
"""Statements outside blocks, and the daemon that gets them."""
_ROUTER, _MAP, _BFD = ("router", "bgp"), ("route-map",), ("bfd",)
_INSIDE: dict[tuple[str, ...], frozenset[str]] = {
    _ROUTER: frozenset(
        {"address-family", "aggregate-address", "bgp", "coalesce-time", "distance", "exit", "exit-address-family", "maximum-paths"}
        | {"neighbor", "network", "no", "redistribute", "timers"}
    ),
    _MAP: frozenset(["call", "continue", "description", "exit", "match", "no", "on-match", "set"]),
    _BFD: frozenset(
        {"detect-multiplier", "exit", "log-session-changes", "minimum-ttl", "no", "passive-mode", "peer", "profile"}
        | {"receive-interval", "transmit-interval"}
    ),
}
"""The first words of statements in each kind of block."""
_LEAVES = {"peer", "profile", "address-family"}
"""Statements that open a block inside a block."""
_REASONS = {
    ("interface",): "the lab gives interfaces their addresses (remove the block; ${…} stands for addresses and interfaces)",
    ("ip", "route"): "edges run no static routes of their own (use network, with no bgp network import-check)",
    ("ipv6",): "the lab has only IPv4 (remove it)",
    ("router",): "edges run bgpd, bfdd and zebra, and no other routing protocol (remove the block)",
    ("vrf",): "edges have one routing table (remove the block)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement: its line, its words, and the words of the blocks around it, the outermost first."""

    number: int
    words: tuple[str, ...]
    blocks: tuple[tuple[str, ...], ...] = ()


@dataclass(kw_only=True)
class Sorted:
    """A configuration as statements, and the text of each daemon's part."""

    statements: list[Statement] = field(default_factory=list)
    texts: dict[str, list[str]] = field(default_factory=lambda: {BGPD: [], BFDD: []})


def sort(text: str, file: str, problems: list[Problem]) -> Sorted:
    """Read a configuration. Adds a problem for each statement that the lab gives to no router."""
    reader = _Reader(file, problems)
    for number, line in enumerate(text.split("\n"), start=1):
        daemon = reader.take(number, line)
        for each, lines in reader.found.texts.items():
            lines.append(line.rstrip() if each == daemon else "!")
    return reader.found


class _Reader:
    """Reads line after line. `_blocks` are the blocks around the next line, `_kind` is the kind of the outermost one."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.found = Sorted()
        self._file = file
        self._problems = problems
        self._blocks: list[tuple[str, ...]] = []
        self._kind: tuple[str, ...] = ()
        self._refused = False

    def take(self, number: int, line: str) -> str | None:
        """Read a line. Return the daemon that gets it, None if no daemon gets it."""
        words = tuple(line.split())
        if not words or words[0].startswith(("!", "#")) or (self._refused and line[0].isspace()):
            return None
        self._refused = False
        if self._blocks and words[0] in _INSIDE[self._kind] and _top(words) is None:
            return self._inside(number, words)
        daemon = _top(words)
        if daemon is not None:
            head = next(kind for kind in _TOP if words[: len(kind)] == kind)
            self._add(number, words, ())
            self._blocks, self._kind = ([words], head) if head in _INSIDE else ([], ())
        elif any(words[: len(each)] == each for each in _PASSED_OVER):
            self._blocks = []
        elif words != ("exit",):
            self._refuse(number, words)
        return daemon

    def _inside(self, number: int, words: tuple[str, ...]) -> str:
        daemon = BFDD if self._kind == _BFD else BGPD
        if words[0] in {"exit", "exit-address-family"}:
            self._blocks.pop()
            return daemon
        if words[0] in _LEAVES:
            del self._blocks[1:]
        self._add(number, words, tuple(self._blocks))
        if words[0] in _LEAVES:
            self._blocks.append(words)
        return daemon

    def _add(self, number: int, words: tuple[str, ...], blocks: tuple[tuple[str, ...], ...]) -> None:
        self.found.statements.append(Statement(number=number, words=words, blocks=blocks))

    def _refuse(self, number: int, words: tuple[str, ...]) -> None:
        reason = next((why for kind, why in _REASONS.items() if words[: len(kind)] == kind), None)
        inside = "" if reason or not self._blocks else f" in {' '.join(self._blocks[-1])[:60]!r}"
        known = sorted(_INSIDE[self._kind]) if inside else [" ".join(each) for each in _TOP]
        why = reason or f"the lab gives no router such a statement (remove it, or write its words in full; known: {', '.join(known)})"
        self._problems.append(Problem(place=f"{self._file}:{number}", message=f"{' '.join(words)[:60]!r}{inside}: {why}"))
        self._refused = True
        if reason:
            self._blocks = []


def _top(words: tuple[str, ...]) -> str | None:
    return next((daemon for kind, daemon in _TOP.items() if words[: len(kind)] == kind), None)
