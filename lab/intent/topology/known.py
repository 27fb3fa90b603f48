"""Collect every name in a topology, also from entries with mistakes.

So a mistake in one entry causes no message `no … named` about others.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lab.intent.document.finding import Where
from lab.intent.document.shape import Shaped, places_below

_SECTIONS: dict[str, tuple[str, ...]] = {
    "data centre": ("data_centers",),
    "interconnect": ("interconnects",),
    "NAT box": ("data_centers", "*", "nat"),
    "VPC": ("regions", "*", "vpcs"),
    "gateway": ("regions", "*", "gateways"),
    "peering": ("transit_gateway_peerings",),
    "VPN connection": ("vpn_connections",),
    "DX location": ("direct_connect", "locations"),
    "DX gateway": ("direct_connect", "gateways"),
    "DX connection": ("direct_connect", "connections"),
    "virtual interface": ("direct_connect", "virtual_interfaces"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name, its kind (for instance `VPC`), and its place in the file."""

    name: str
    what: str
    where: Where


@dataclass(frozen=True, kw_only=True)
class Known:
    """All names, by kind, in the order of the file. `unsure`: kinds of which some names could not be read."""

    named: tuple[Named, ...]
    unsure: frozenset[str]

    def names(self, *whats: str) -> tuple[str, ...]:
        """The names of these kinds, in the order of the file."""
        return tuple(named.name for named in self.named if named.what in whats)

    def has(self, name: str, *whats: str) -> bool:
        """Whether something of one of these kinds has the name."""
        return any((name, what) in self._all for what in whats)

    @cached_property
    def _all(self) -> frozenset[tuple[str, str]]:
        return frozenset((named.name, named.what) for named in self.named)

    def what(self, name: str) -> str | None:
        """The kind of a name. None if the name is unknown."""
        return next((named.what for named in self.named if named.name == name), None)


def known_names(shaped: Shaped) -> Known:
    """All names of a topology, also from entries with mistakes."""
    named = [*_sections(shaped), *_edges(shaped), *_providers(shaped), *_shared_risks(shaped)]
    return Known(named=tuple(named), unsure=frozenset(_unsure(shaped)))


def _sections(shaped: Shaped) -> Iterator[Named]:
    for what, pattern in _SECTIONS.items():
        for section in _matching(shaped, pattern):
            for where in places_below(shaped.at(section), section):
                yield Named(name=str(where[-1]), what=what, where=where)


def _edges(shaped: Shaped) -> Iterator[Named]:
    for center in places_below(shaped.at(("data_centers",)), ("data_centers",)):
        edges = shaped.at((*center, "edges"))
        if isinstance(edges, list):
            yield from (Named(name=str(edge), what="edge", where=(*center, "edges", n)) for n, edge in enumerate(edges))


def _providers(shaped: Shaped) -> Iterator[Named]:
    """The internet providers of VPN connections, and the carriers of Direct Connect connections."""
    for what, section in (("provider", _SECTIONS["VPN connection"]), ("carrier", _SECTIONS["DX connection"])):
        for connection in places_below(shaped.at(section), section):
            provider = shaped.at((*connection, "provider"))
            if isinstance(provider, str):
                yield Named(name=provider, what=what, where=(*connection, "provider"))


def _shared_risks(shaped: Shaped) -> Iterator[Named]:
    for section in (_SECTIONS["DX connection"], _SECTIONS["VPN connection"]):
        for connection in places_below(shaped.at(section), section):
            risks = shaped.at((*connection, "shared_risk"))
            if isinstance(risks, list):
                yield from (
                    Named(name=str(risk), what="shared risk", where=(*connection, "shared_risk", n)) for n, risk in enumerate(risks)
                )


def _unsure(shaped: Shaped) -> Iterator[str]:
    for what, pattern in _SECTIONS.items():
        sections = _matching(shaped, pattern)
        if any(section in shaped.wrong for section in (*sections, *_prefixes(shaped, pattern))) or _lossy(shaped, sections):
            yield what
    centers = places_below(shaped.at(("data_centers",)), ("data_centers",))
    losses = [finding for finding in shaped.document.findings if finding.where[:1] == ("data_centers",)]
    if losses or ("data_centers",) in shaped.wrong or not all(isinstance(shaped.at((*center, "edges")), list) for center in centers):
        yield "edge"


def _lossy(shaped: Shaped, sections: tuple[Where, ...]) -> bool:
    """Whether the reader dropped an entry of these sections: a duplicate key, or a key that is not text."""
    return any(section in {finding.where, finding.where[:-1]} for finding in shaped.document.findings for section in sections)


def _matching(shaped: Shaped, pattern: tuple[str, ...]) -> tuple[Where, ...]:
    """The places that match a pattern. `*` matches every key."""
    places: tuple[Where, ...] = ((),)
    for part in pattern:
        places = tuple(where for place in places for where in (places_below(shaped.at(place), place) if part == "*" else [(*place, part)]))
    return places


def _prefixes(shaped: Shaped, pattern: tuple[str, ...]) -> tuple[Where, ...]:
    return tuple(where for length in range(1, len(pattern)) for where in _matching(shaped, pattern[:length]))
