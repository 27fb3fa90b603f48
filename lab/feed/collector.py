"""Make a Snapshot of a running lab.

`Collector.look` reads counters in /proc, and the last answers of the routers. It asks no router: the threads of `Asking` do that.
"""

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count

from lab.feed.asking import Asking
from lab.feed.flows import Flows
from lab.feed.spots import AttachmentSpot, ConnectionSpot, TunnelSpot, VifSpot, spots_of
from lab.feed.states import States
from lab.model.evidence import TimelineEvent
from lab.model.plan import Endpoint
from lab.model.snapshot import (
    AttachmentReading,
    ConnectionReading,
    GatewayReading,
    InterfaceSeen,
    Snapshot,
    Traffic,
    TunnelReading,
    VifReading,
)
from lab.runtime.capabilities import Metered

Interfaces = Mapping[tuple[str, str], InterfaceSeen]


class Collector:
    """Makes snapshots of a lab. `flows` counts the lab's probes."""

    def __init__(self, lab: Metered, now: Callable[[], float] = time.time) -> None:
        self.flows = Flows()
        self._lab = lab
        self._now = now
        self._spots = spots_of(lab.plan)
        self._metered = self._spots.metered()
        self._site = frozenset(self._spots.site)
        self._states = States()
        self._asking = Asking(lab, self._spots.asked(), self._states, now)
        self._numbers = count(1)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Ask the routers once. Then keep their answers up to date while the block runs."""
        self._asking.begin()
        try:
            yield
        finally:
            self._asking.end()

    def notice(self, event: TimelineEvent) -> None:
        """Tell of an event in a node. The node's daemons are asked again at once. Any thread may call this."""
        self._asking.notice(event)

    def look(self) -> Snapshot:
        """Everything that can be read now, as a Snapshot. Not for use from several threads."""
        now, asked = self._now(), self._states.all_asked
        seen = {(each.node, each.interface): each for node in self._metered for each in self._lab.interfaces(node)}
        customer, states = self._spots.customer, self._states
        return Snapshot(
            lab=self._lab.plan.lab,
            seq=next(self._numbers),
            at=now,
            asked_seconds_ago=None if asked is None else max(now - asked, 0.0),
            connections=tuple(_connection(spot, seen) for spot in self._spots.connections),
            vifs=tuple(_vif(spot, seen, states) for spot in self._spots.vifs),
            tunnels=tuple(_tunnel(spot, seen, states) for spot in self._spots.tunnels),
            gateways=tuple(_gateway(name, self._lab.drops(name)) for name in self._spots.gateways),
            attachments=tuple(_attachment(spot, seen) for spot in self._spots.attachments),
            sessions=tuple(each for node in customer for each in states.neighbors(node) or ()),
            peers=tuple(each for node in customer for each in states.peers(node) or ()),
            interfaces=tuple(each for (node, name), each in seen.items() if Endpoint(node=node, interface=name) in self._site),
            flows=self.flows.look(),
        )


def _connection(spot: ConnectionSpot, seen: Interfaces) -> ConnectionReading:
    ports = _found(spot.ports, seen)
    up = all(port.up for port in ports) if ports else None
    return ConnectionReading(connection=spot.name, location=spot.location, up=up, traffic=_sum(port.traffic for port in ports))


def _vif(spot: VifSpot, seen: Interfaces, states: States) -> VifReading:
    told, port = states.neighbor(spot.session.node, spot.session.neighbor), seen.get((spot.port.node, spot.port.interface))
    return VifReading(
        vif=spot.name,
        connection=spot.connection,
        kind=spot.kind,
        bgp_up=told.established if told else None,
        accepted=told.accepted if told else None,
        advertised=told.advertised if told else None,
        traffic=port.traffic if port else None,
    )


def _tunnel(spot: TunnelSpot, seen: Interfaces, states: States) -> TunnelReading:
    told = states.neighbor(spot.session.node, spot.session.neighbor) if spot.session else None
    ipsec, device = states.ipsec(spot.tunnel.name), seen.get((spot.device.node, spot.device.interface))
    bgp = told is not None and told.established
    return TunnelReading(
        tunnel=spot.tunnel.name,
        connection=spot.tunnel.connection,
        address=spot.tunnel.aws.outside,
        has_bgp=spot.session is not None,
        up=bgp if spot.session else bool(ipsec),  # AWS shows a tunnel whose endpoint does not answer as down
        ipsec_up=ipsec,
        accepted=told.accepted if told else None,
        advertised=told.advertised if told else None,
        traffic=device.traffic if device else None,
    )


def _attachment(spot: AttachmentSpot, seen: Interfaces) -> AttachmentReading:
    traffic = _sum(port.traffic for port in _found(spot.ports, seen))
    return AttachmentReading(gateway=spot.gateway, attachment=spot.name, traffic=traffic)


def _gateway(name: str, drops: tuple[int, int] | None) -> GatewayReading:
    no_route, ttl_expired = drops or (None, None)
    return GatewayReading(gateway=name, no_route=no_route, ttl_expired=ttl_expired)


def _found(ports: Collection[Endpoint], seen: Interfaces) -> tuple[InterfaceSeen, ...]:
    return tuple(found for port in ports if (found := seen.get((port.node, port.interface))))


def _sum(parts: Iterable[Traffic]) -> Traffic | None:
    """The sum of all parts. None if there is no part."""
    total = None
    for part in parts:
        total = part if total is None else total + part
    return total
