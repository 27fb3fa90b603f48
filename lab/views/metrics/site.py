"""The metrics of the customer: the state of the sites' routers, and the probes of every flow."""

from collections.abc import Iterator, Mapping, Sequence

from prometheus_client.metrics_core import Metric

from lab.model.snapshot import FlowReading, Snapshot
from lab.views.metrics.families import Samples, counter, gauge

_ARROW = " > "


def families(snapshot: Snapshot) -> Iterator[Metric]:
    """Every family of the sites and of the flows."""
    yield from _sessions(snapshot)
    yield from _interfaces(snapshot)
    yield from _flows(snapshot)


def _sessions(snapshot: Snapshot) -> Iterator[Metric]:
    sessions = [((each.node, each.neighbor_node, str(each.neighbor)), each) for each in snapshot.sessions]
    labels = "router neighbor address"
    yield gauge(
        "site_bgp_session_state",
        "1 if the session of a site's router is Established.",
        labels,
        [(key, each.established) for key, each in sessions],
    )
    yield gauge(
        "site_bgp_prefixes_accepted",
        "Prefixes that a site's router accepted from the neighbor.",
        labels,
        [(key, each.accepted) for key, each in sessions],
    )
    yield gauge(
        "site_bgp_prefixes_advertised",
        "Prefixes that a site's router announces to the neighbor.",
        labels,
        [(key, each.advertised) for key, each in sessions],
    )
    yield gauge(
        "site_bfd_session_state",
        "1 if the BFD session of a site's router is up.",
        "router peer address",
        [((each.node, each.peer_node, str(each.peer)), each.up) for each in snapshot.peers],
    )


def _interfaces(snapshot: Snapshot) -> Iterator[Metric]:
    told = [((each.node, each.interface), each) for each in snapshot.interfaces]
    labels = "router interface"
    yield gauge("site_interface_up", "1 if the interface has a carrier.", labels, [(key, each.up) for key, each in told])
    for word, about, samples in (
        ("receive_bytes", "Bytes that the interface received.", [(key, each.traffic.in_bytes) for key, each in told]),
        ("receive_packets", "Packets that the interface received.", [(key, each.traffic.in_packets) for key, each in told]),
        ("receive_drops", "Packets that the interface received, but dropped.", [(key, each.traffic.in_dropped) for key, each in told]),
        ("transmit_bytes", "Bytes that the interface sent.", [(key, each.traffic.out_bytes) for key, each in told]),
        ("transmit_packets", "Packets that the interface sent.", [(key, each.traffic.out_packets) for key, each in told]),
        (
            "transmit_drops",
            "Packets that the interface dropped instead of sending.",
            [(key, each.traffic.out_dropped) for key, each in told],
        ),
    ):
        yield counter(f"site_interface_{word}", about, labels, samples)


def _flows(snapshot: Snapshot) -> Iterator[Metric]:
    told = [((each.flow, each.direction), each) for each in snapshot.flows]
    labels = "flow direction"
    yield counter("flow_probes_sent", "Probes that are old enough to have arrived.", labels, [(key, each.sent) for key, each in told])
    yield counter("flow_probes_lost", "Probes that did not arrive within 0.5 s.", labels, [(key, each.lost) for key, each in told])
    yield gauge(
        "flow_delay_seconds",
        "Median one-way delay of the last second.",
        labels,
        [(key, each.delay_seconds) for key, each in told],
    )
    yield gauge(
        "flow_on_first_path",
        "1 if the flow takes the path that it took when its probes began. Missing while nothing arrives.",
        labels,
        [(key, each.path == each.path_at_first) for key, each in told if each.path],
    )
    yield gauge("flow_path_info", "The present path of the flow.", f"{labels} path", _paths(told))
    yield gauge(
        "flow_symmetric",
        "1 if both directions of the flow pass the same nodes. Missing while nothing arrives.",
        "flow",
        _symmetric({(each.flow, each.direction): each.path for each in snapshot.flows}),
    )
    yield gauge(
        "flow_symmetric_at_first",
        "1 if both directions of the flow passed the same nodes when its probes began.",
        "flow",
        _symmetric({(each.flow, each.direction): each.path_at_first for each in snapshot.flows}),
    )


def _paths(told: Sequence[tuple[tuple[str, str], FlowReading]]) -> Samples:
    return [((*key, _ARROW.join(each.path)), 1) for key, each in told if each.path]


def _symmetric(paths: Mapping[tuple[str, str], tuple[str, ...] | None]) -> Samples:
    for flow in dict.fromkeys(flow for flow, _ in paths):
        there, back = paths.get((flow, "forward")), paths.get((flow, "reverse"))
        if there and back:
            yield (flow,), there == back[::-1]
