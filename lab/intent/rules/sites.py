"""Rules for sites: every edge is used, and every interconnect joins two data centres."""

from collections.abc import Iterator

from lab.intent.document.finding import Finding
from lab.intent.rules.draft import Draft, where
from lab.spelling import way_out


def edges_connected(draft: Draft) -> Iterator[Finding]:
    """Rule: every edge has a VPN connection or a Direct Connect connection."""
    vpns, circuits = draft.topology.vpn_connections, draft.topology.connections
    used = {vpn.customer_gateway for vpn in vpns} | {circuit.edge for circuit in circuits}
    kinds = ("VPN connection", "DX connection")
    all_read = len(vpns) + len(circuits) == len(draft.known.names(*kinds)) and not draft.known.unsure.intersection(kinds)
    if not all_read or not used.issubset(draft.known.names("edge")):
        return  # an edge may only seem unused, because its name is misspelt in a connection
    for center in draft.topology.data_centers:
        for index, edge in enumerate(center.edges):
            if edge not in used:
                message = f"edge {edge} has no connection (add a connection, or remove the edge)"
                yield Finding(where=(*where(center), "edges", index), message=message)


def own_asns_of_edges(draft: Draft) -> Iterator[Finding]:
    """Rule: only an edge of the same data centre has an ASN of its own."""
    for center in draft.topology.data_centers:
        for router, _ in center.own_asns:
            if router not in center.edges:
                core = f": the core router has the site's ASN, {center.asn}" if router == f"{center.name}-core" else ""
                message = f"{router!r} is no edge of {center.name}{core} {way_out(router, center.edges)}"
                yield Finding(where=(*where(center), "routers", router), message=message)


def interconnects_join_two(draft: Draft) -> Iterator[Finding]:
    """Rule: an interconnect joins different data centres."""
    for interconnect in draft.topology.interconnects:
        between = interconnect.between
        twice = next((name for name in between if between.count(name) > 1), None)
        if twice and interconnect.is_wan:
            yield Finding(where=(*where(interconnect), "between"), message=f"{twice!r} is listed twice (remove one entry)")
        elif twice:
            message = f"both ends are {twice!r}; expected two different data centres (for instance [dc1, dc2])"
            yield Finding(where=(*where(interconnect), "between"), message=message)
