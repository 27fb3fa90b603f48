"""Ways to spoil a route-map: an entry is missing, is another one, or is one too many."""

from dataclasses import dataclass, replace

from lab.compiler.flaws.spoiling import entry_of, with_entry, with_router, without_entry
from lab.compiler.frr.words import match_words, set_words
from lab.model.flaw import Typed
from lab.model.plan import Plan
from lab.model.router import BgpRouter, Network, PrefixList, RouteMapEntry, Set


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingEntries:
    """Entries of a route-map are missing."""

    node: str
    route_map: str
    numbers: tuple[int, ...]

    def change(self, plan: Plan) -> Plan:
        """The plan without the entries."""
        for number in self.numbers:
            plan = without_entry(plan, self.node, self.route_map, number)
        return plan

    def solution(self, plan: Plan) -> tuple[Typed, ...]:
        """Write the entries."""
        entries = (entry_of(plan, self.node, self.route_map, number) for number in self.numbers)
        return tuple(Typed(node=self.node, lines=_lines(entry)) for entry in entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherSet:
    """An entry of a route-map sets something else: `sets`, and what it sets besides, unless that is of the same kind."""

    node: str
    route_map: str
    number: int
    sets: tuple[Set, ...]

    def change(self, plan: Plan) -> Plan:
        """The plan with the other entry."""
        entry = entry_of(plan, self.node, self.route_map, self.number)
        kept = tuple(each for each in entry.set if not any(isinstance(each, type(other)) for other in self.sets))
        return with_entry(plan, self.node, replace(entry, set=(*self.sets, *kept)))

    def solution(self, plan: Plan) -> tuple[Typed, ...]:
        """Set what the sound entry sets, and nothing else."""
        entry = entry_of(plan, self.node, self.route_map, self.number)
        kinds = {type(each) for each in entry.set}
        removed = tuple(f"no set {set_words(each)}" for each in self.sets if type(each) not in kinds)
        restored = tuple(f"set {set_words(each)}" for each in entry.set if any(isinstance(each, type(other)) for other in self.sets))
        return (Typed(node=self.node, lines=(_head(entry), *removed, *restored)),)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraEntry:
    """A route-map has an entry too many, with a prefix list of its own. `originated`: the router also originates these prefixes."""

    node: str
    entry: RouteMapEntry
    prefixes: PrefixList
    originated: bool = False

    def change(self, plan: Plan) -> Plan:
        """The plan with the entry."""

        def changed(router: BgpRouter) -> BgpRouter:
            more = tuple(Network(prefix=each) for each in self.prefixes.prefixes) if self.originated else ()
            return replace(router, networks=(*router.networks, *more), prefix_lists=(*router.prefix_lists, self.prefixes))

        return with_entry(with_router(plan, self.node, changed), self.node, self.entry)

    def solution(self, plan: Plan) -> tuple[Typed, ...]:
        """Remove the entry, and what was originated for it."""
        router = plan.node(self.node).router
        withdrawn = tuple(f"no network {each}" for each in self.prefixes.prefixes) if self.originated and router else ()
        lines = (f"router bgp {router.asn}", "address-family ipv4 unicast", *withdrawn) if router and withdrawn else ()
        return (
            Typed(node=self.node, lines=(f"no {_head(self.entry)}",)),
            *((Typed(node=self.node, lines=lines),) if lines else ()),
        )


def _head(entry: RouteMapEntry) -> str:
    return f"route-map {entry.name} {'permit' if entry.permit else 'deny'} {entry.seq}"


def _lines(entry: RouteMapEntry) -> tuple[str, ...]:
    return (
        _head(entry),
        *(f"match {match_words(each)}" for each in entry.match),
        *(f"set {set_words(each)}" for each in entry.set),
    )
