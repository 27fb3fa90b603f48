"""Rules for `availability` and `failures_a_year`: their keys are components of the topology, or kinds of component."""

from collections.abc import Iterator

from lab.intent.document.finding import Finding
from lab.intent.rules.draft import Draft
from lab.intent.rules.names import derived
from lab.model.availability import USUAL
from lab.spelling import way_out

_COMPONENTS = (
    "data centre",
    "interconnect",
    "gateway",
    "peering",
    "VPN connection",
    "DX location",
    "DX connection",
    "edge",
    "provider",
    "carrier",
    "shared risk",
)
"""The kinds of names that are components. Hosts, Direct Connect gateways and virtual interfaces do not fail by themselves."""
_ZONES = ("a", "b")
"""The two availability zones with the endpoints of a VPN connection."""


def of_components(draft: Draft) -> Iterator[Finding]:
    """Rule: each key is a component or a kind of component.

    Links are checked later, because they are known only in the compiled network.
    """
    named = tuple(dict.fromkeys(_names(draft)))
    if draft.known.unsure:
        return
    for key in ("availability", "failures_a_year"):
        for each in draft.topology.stated:
            said = each.availability if key == "availability" else each.failures_a_year
            if said is not None and each.name not in USUAL and each.name not in named and not _is_link(each.name, named):
                message = f"no component and no kind of component is called {each.name[:60]!r} {way_out(each.name, (*named, *USUAL))}"
                yield Finding(where=(key, each.name), message=message)


def _names(draft: Draft) -> Iterator[str]:
    yield from draft.known.names(*_COMPONENTS)
    yield from (name for name in derived(draft) if not name.endswith("-host"))
    for vpn in draft.topology.vpn_connections:
        yield from (f"tunnel {vpn.name}-{number}" for number in (1, 2))
        yield vpn.provider
        gateway = draft.gateway(vpn.gateway)
        if gateway:
            yield from (f"{gateway.region}{zone}" for zone in _ZONES)
    yield from (circuit.provider for circuit in draft.topology.connections)


def _is_link(name: str, named: tuple[str, ...]) -> bool:
    """Whether this may be the name of a link: two nodes with `--` between them."""
    ends = name.split("--")
    return len(ends) == 2 and set(ends) <= set(named)
