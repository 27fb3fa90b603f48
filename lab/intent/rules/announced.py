"""Rules for what customers announce to AWS: how much, over what, and which prefixes."""

from collections.abc import Iterator
from itertools import combinations

from lab.intent.document.finding import Finding
from lab.intent.rules.draft import Draft, where
from lab.intent.rules.prefixes import reserved
from lab.model.aws import PREFIX_ALLOCATIONS, VPN_PREFIX_LIMIT
from lab.model.told import Line
from lab.model.topology import DataCenter, GatewayKind, VirtualInterface, VpnConnection

_MOST = PREFIX_ALLOCATIONS[1]
_WORDS = {GatewayKind.VGW: "a virtual private gateway", GatewayKind.TGW: "a transit gateway"}


def within_quota(draft: Draft) -> Iterator[Finding]:
    """Rule: a customer announces no more prefixes to AWS than its quota. Otherwise AWS closes the session and keeps it closed.

    A site announces its own prefixes, and those of sites behind its interconnects, unless `announce` says otherwise. Reported once for each
    list, with the lowest exceeded quota.
    """
    over: dict[DataCenter | Line, tuple[int, int, str]] = {}
    for center, line in draft.lines_of_sites:
        taker = _taker(draft, line)
        count = len(draft.told(center, line).prefixes)
        if taker and count > taker[0]:
            owner = line if line.customer.announce else center
            over[owner] = min(over.get(owner, (taker[0], count, taker[1])), (taker[0], count, taker[1]))
    for owner, (_, count, taker_words) in over.items():
        written = not isinstance(owner, DataCenter) or bool(owner.announce)
        others = () if written or not isinstance(owner, DataCenter) else draft.joined_with(owner)
        of_others = f" ({', '.join(other.name for other in others)} included)" if others else ""
        message = f"{owner.name} announces {count} prefixes{of_others}; {taker_words}, and closes the session if there are more"
        more = (
            f", or write a higher prefix_limit: AWS allocates up to {_MOST}"
            if "virtual interface" in taker_words and count <= _MOST
            else ""
        )
        yield Finding(where=(*where(owner), "announce" if written else "prefixes"), message=f"{message} (summarize them{more})")


def _taker(draft: Draft, line: Line) -> tuple[int, str] | None:
    """The quota for announcements on a line, with the words for the message. None for a static VPN."""
    if isinstance(line, VirtualInterface):
        return line.prefix_limit, f"AWS accepts {line.prefix_limit} over a virtual interface"
    gateway = None if line.static_routes else draft.gateway(line.gateway)
    if gateway is None:
        return None
    quota = VPN_PREFIX_LIMIT[gateway.kind]
    return quota, f"{_WORDS[gateway.kind]} accepts {quota} over a VPN connection"


def not_reserved(draft: Draft) -> Iterator[Finding]:
    """Rule: nobody announces a reserved range, or more than it except a default route."""
    for at, announced in draft.announce_lists:
        for index, prefix in enumerate(announced):
            reason = reserved(prefix) if prefix.prefixlen else None
            if reason:
                yield Finding(where=(*at, index), message=f"{reason} (announce prefixes without it, or a default route)")


def apart_on_cloudhub(draft: Draft) -> Iterator[Finding]:
    """Rule: two sites with a flow over AWS VPN CloudHub announce no prefixes that overlap (Site-to-Site VPN User Guide, VPN CloudHub)."""
    wanted = {frozenset({flow.source, flow.target}) for flow in draft.topology.flows}
    joined = {frozenset({one.name, other.name}) for one, other in draft.joined}
    for gateway in draft.topology.gateways:
        if gateway.kind is not GatewayKind.VGW:
            continue
        for one, other in combinations(draft.connected(gateway.name), 2):
            if frozenset({one.name, other.name}) in wanted - joined:
                yield from _overlapping(draft, gateway.name, one, other)


def _overlapping(draft: Draft, gateway: str, one: DataCenter, other: DataCenter) -> Iterator[Finding]:
    told = {
        center: tuple(
            dict.fromkeys(
                prefix
                for owner, line in draft.lines_of_sites
                if owner is center and isinstance(line, VpnConnection) and line.gateway == gateway
                for prefix in draft.told(center, line).own
            )
        )
        for center in (one, other)
    }
    clash = next(((mine, theirs) for mine in told[one] for theirs in told[other] if mine.overlaps(theirs)), None)
    if clash:
        message = (
            f"{other.name} announces {clash[1]} to {gateway}, which overlaps {clash[0]} of {one.name}; AWS VPN CloudHub, "
            "over which they have a flow, requires sites that do not overlap (change one, or add an interconnect)"
        )
        yield Finding(where=where(other), message=message)
