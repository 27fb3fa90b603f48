"""Pairs of connections, and what both connections of a pair share, so that a reader sees which of them are diverse."""

from collections.abc import Iterator

from lab.model.audit import Shared
from lab.model.topology import Connection
from lab.predict.audit.bearers import bearers
from lab.predict.audit.design import UNNAMED, Design, Line, edge_of


def pairs(design: Design) -> tuple[Shared, ...]:
    """Each pair of connections of one site, or of two sites that an interconnect joins, in the order of the file."""
    place = {line.name: number for number, line in enumerate(design.lines)}
    found = (
        Shared(connections=(line.name, other.name), shared=tuple(_shared(design, line, other)))
        for line in design.lines
        for other in design.companions(line)
        if place[line.name] < place[other.name]
    )
    return tuple(sorted(found, key=lambda each: tuple(place[name] for name in each.connections)))


def _shared(design: Design, one: Line, other: Line) -> Iterator[tuple[str, str]]:
    """The kind and the name of each component whose failure breaks both connections.

    AWS's gateways do not count: AWS builds them redundant.
    """
    mine, theirs = dict(_parts(design, one)), dict(_parts(design, other))
    yield from (part for part in mine.items() if part in theirs.items())
    yield from (("shared risk", risk) for risk in one.shared_risk if risk in other.shared_risk)


def _parts(design: Design, line: Line) -> Iterator[tuple[str, str]]:
    yield "data centre", design.center(edge_of(line)).name
    yield "router", edge_of(line)
    if not isinstance(line, Connection) and (nat := design.nat(line.customer_gateway)):
        yield "NAT box", nat
    yield "provider", "not written" if line.provider in UNNAMED else line.provider
    if isinstance(line, Connection):
        yield "circuit", line.name
        yield "location", line.location
        yield "device", f"{line.location}-{line.device}"
    elif line.over:
        yield "circuit", bearers(design.topology)[line.name]
