"""Find the sites that reach each other through the route tables of a transit gateway that has several."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from lab.intent.rules.branch import Branch
from lab.intent.rules.draft import Draft
from lab.intent.rules.peered_ways import leads
from lab.model.by_tables import by_tables, learned_vpcs
from lab.model.ip import Prefix
from lab.model.topology import Gateway


def through_tables(draft: Draft, gateway: Gateway, branches: Sequence[Branch]) -> Iterator[frozenset[str]]:
    """The pairs of sites of which each is in the table that routes the packets of the other. `branches`: those of the whole gateway."""
    views = by_tables(replace(draft.topology, gateways=(gateway,))).gateways
    # A table is asked for what it learns, so here it has no other VPC. A VPC to which only a static route leads is found by this route.
    learned = [replace(view, vpcs=learned_vpcs(view), tables=()) for view in views]
    into = {view.name: [each for each in branches if each.vpn in view.tables[0].propagations] for view in views}
    tables = {name: table for view, table in zip(views, learned, strict=True) for name in view.tables[0].associations}
    topology = draft.topology
    ends = {site.name: site.prefixes[0] for site in topology.data_centers} | {vpc.name: vpc.cidr for vpc in topology.vpcs}
    for one, other in combinations(ends, 2):
        if all(_goes(draft, (tables, into, branches), source, (target, ends[target])) for source, target in ((one, other), (other, one))):
            yield frozenset({one, other})


_Known = tuple[Mapping[str, Gateway], Mapping[str, Sequence[Branch]], Sequence[Branch]]
"""The table of each attachment, the branches that each table learns, and all branches."""


def _goes(draft: Draft, known: _Known, source: str, target: tuple[str, Prefix]) -> bool:
    """Whether packets from one site get to the host of another one by the table with which an attachment of the first is associated."""
    tables, into, branches = known
    heard = [each.vpn or "" for each in branches if each.hears(target[1]) and source in {site.name for site in each.sites}]
    return any(leads(draft, into, tables[name], target, frozenset()) for name in (source, *heard) if name in tables)
