"""A plan and a report for the views: active-active-vpn written by hand, and a run with a verdict of each kind."""

from collections import defaultdict
from io import StringIO
from ipaddress import IPv4Address, IPv4Interface
from statistics import median, stdev

import pytest
from rich.console import Console

from lab.model.check import Phase
from lab.model.direction import Direction
from lab.model.evidence import Spread, Start, TimelineEvent
from lab.model.outcome import FlowOutcome, Report, Status, StepOutcome, Verdict
from lab.model.plan import Circuits, Endpoint, Interface, Ipsec, Link, Node, Plan, Role, Timers
from lab.model.run import HostFacts, LabFacts
from lab.model.sketch import Sketch, sketch_of
from lab.model.tunnel import Tunnel, TunnelEnd
from lab.views.console import console_on

PLACES = {
    **{f"dc{site}-host": (Role.HOST, f"dc{site}") for site in (1, 2)},
    **{f"dc{site}-core": (Role.CORE, f"dc{site}") for site in (1, 2)},
    **{f"dc{site}-gw{gw}": (Role.CUSTOMER_GATEWAY, f"dc{site}") for site in (1, 2) for gw in (1, 2)},
    **{isp: (Role.INTERNET, isp) for isp in ("isp-a", "isp-b", "internet")},
    **{f"vpn{vpn}-{end}": (Role.VPN_ENDPOINT, f"us-east-1{'ab'[end - 1]}") for vpn in (1, 2, 3, 4) for end in (1, 2)},
    "vgw": (Role.GATEWAY, "us-east-1"),
    "app-host": (Role.VPC_HOST, "app"),
}
GATEWAYS = {"vpn1": "dc1-gw1", "vpn2": "dc1-gw2", "vpn3": "dc2-gw1", "vpn4": "dc2-gw2"}
ISPS = {"dc1": "isp-a", "dc2": "isp-b"}
OUTWARD = ("dc1-host", "dc1-core", "dc1-gw1", "isp-a", "internet", "vpn1-1", "vgw", "app-host")
ROUND = ("dc1-host", "dc1-core", "dc2-core", "dc2-gw1", "isp-b", "internet", "vpn3-1", "vgw", "app-host")


@pytest.fixture
def plan() -> Plan:
    """Two data centres, two appliances each, eight tunnels: 21 nodes, 30 links."""
    links, interfaces = _cabling(_cables())
    nodes = (Node(name=name, role=role, place=place, interfaces=tuple(interfaces[name])) for name, (role, place) in PLACES.items())
    return Plan(
        name="active-active-vpn",
        summary="Two data centres, two VPN appliances each, all active on one virtual private gateway; an interconnect between the sites.",
        timers=Timers.TUNED,
        ipsec=Ipsec.USERSPACE,
        circuits=Circuits.CABLES,
        nodes=tuple(nodes),
        links=links,
        tunnels=tuple(_tunnel(links, interfaces, vpn, number) for vpn in GATEWAYS for number in (1, 2)),
        sessions=(),
        flows=(),
        targets=(),
    )


@pytest.fixture
def sketch(plan: Plan) -> Sketch:
    """The sketch of the plan."""
    return sketch_of(plan)


@pytest.fixture
def console() -> Console:
    """A console that is not a terminal, 100 columns wide. Its output is in `console.file`."""
    return console_on(StringIO())


@pytest.fixture
def passed() -> Verdict:
    """A failover to the other data centre that kept its promises."""
    return Verdict(
        topology="active-active-vpn",
        check="dc1-vpn-cut",
        summary="Both of dc1's appliances lose their tunnels; its traffic goes round by dc2 and comes back.",
        status=Status.PASS,
        reason="",
        repeats=1,
        steps=(StepOutcome(kind="tunnel-down", target="vpn1", applied=(5.0000004, 5.0012345), undone=(25.0, 25.002)),),
        flows=(
            outcome("during", "forward", lost=416, path=ROUND),
            outcome("after", "forward", path=OUTWARD),
            outcome("during", "reverse", path=OUTWARD[::-1]),
            outcome("after", "reverse", path=OUTWARD[::-1]),
        ),
        timeline=(TimelineEvent(at=5.0012345678, node="dc1-gw1", source="ike", what="IKE SA vpn1-1 deleted"),),
        wall_seconds=42.34,
        journal="runs/example/journal.jsonl",
    )


@pytest.fixture
def failed() -> Verdict:
    """A flow that was out too long and never came back. Its reason has characters that markup and XML would misread."""
    return Verdict(
        topology="active-active-vpn",
        check="one-tunnel",
        summary="The egress tunnel's IKE SA is deleted.",
        status=Status.FAIL,
        reason="dc1-app →: outage 20.0 s during the fault, at most 1.5 s was promised\ndc1-app →: [bold]not back[/] & <cut>\x1b",
        repeats=1,
        steps=(),
        flows=(outcome("during", "forward", lost=10000, path=()), outcome("after", "forward", lost=5000, path=())),
        timeline=(),
        wall_seconds=31.0,
        journal="runs/example/journal.jsonl",
    )


@pytest.fixture
def unknown() -> Verdict:
    """A check that could not be judged, on another topology."""
    return Verdict(
        topology="other",
        check="dx-cut",
        summary="The circuit goes dark.",
        status=Status.ERROR,
        reason="dc2-app: not steady before the first fault: 3 of 500 packets lost",
        repeats=1,
        steps=(),
        flows=(),
        timeline=(),
        wall_seconds=2.0,
        journal="runs/example/journal.jsonl",
    )


@pytest.fixture
def report(passed: Verdict, failed: Verdict, unknown: Verdict) -> Report:
    """A run with these three verdicts. The second lab was found running and left running."""
    return Report(
        version="0.1.0",
        host=HostFacts(kernel="6.1.0", cpus=8, capabilities=(("docker", True), ("xfrm-interface", False))),
        images=(("node", "abc123"), ("frr", "10.3")),
        labs=(
            LabFacts(
                topology="active-active-vpn",
                timers="tuned",
                ipsec="userspace",
                circuits="a cable each",
                nodes=21,
                links=30,
                up_seconds=5.21,
                down_seconds=0.9,
            ),
            LabFacts(
                topology="other",
                timers="tuned",
                ipsec="userspace",
                circuits="a cable each",
                nodes=12,
                links=15,
                up_seconds=None,
                down_seconds=None,
            ),
        ),
        verdicts=(passed, failed, unknown),
        wall_seconds=143.2,
    )


def spread(*outages: float, phase: Phase = "during", direction: Direction = "forward", event: str | None = None) -> Spread:
    """The outage of a flow from dc1 to app in each trial."""
    return Spread(
        flow="dc1-app",
        direction=direction,
        phase=phase,
        event=event,
        outages=outages,
        median=median(outages),
        p1=min(outages),
        p99=max(outages),
        deviation=stdev(outages) if len(outages) > 1 else 0.0,
        paths_before=(OUTWARD,),
        paths=(ROUND,),
        starts=(Start(path_before=OUTWARD, path_begun=OUTWARD, outages=outages, paths=(ROUND,)),),
    )


def outcome(phase: Phase, direction: Direction, *, lost: int = 0, path: tuple[str, ...]) -> FlowOutcome:
    """The outcome of a flow from dc1 to app at 500 packets a second. All losses are in a row."""
    return FlowOutcome(
        flow="dc1-app",
        direction=direction,
        phase=phase,
        rate_pps=500.0,
        sent=10000,
        lost=lost,
        outage_seconds=lost / 500,
        longest_loss_seconds=lost / 500,
        resolution_seconds=0.002,
        reachable=bool(path),
        path_before=OUTWARD if direction == "forward" else OUTWARD[::-1],
        path=path,
    )


def _cables() -> list[tuple[str, str, str]]:
    """Every link: its name and its two ends."""
    pairs = []
    for site, isp in ISPS.items():
        pairs.append((f"{site}-host", f"{site}-core"))
        for gateway in (f"{site}-gw1", f"{site}-gw2"):
            pairs += [(f"{site}-core", gateway), (gateway, isp)]
        pairs.append((isp, "internet"))
    for vpn in GATEWAYS:
        for end in (1, 2):
            pairs += [("internet", f"{vpn}-{end}"), (f"{vpn}-{end}", "vgw")]
    pairs.append(("app-host", "vgw"))
    return [(f"{a}--{b}", a, b) for a, b in pairs] + [("dci", "dc1-core", "dc2-core")]


def _cabling(cables: list[tuple[str, str, str]]) -> tuple[tuple[Link, ...], dict[str, list[Interface]]]:
    links: list[Link] = []
    interfaces: dict[str, list[Interface]] = defaultdict(list)
    for number, (name, *ends) in enumerate(cables):
        here = []
        for side, node in enumerate(ends):
            address = IPv4Interface((IPv4Address("100.64.0.0") + 2 * number + side, 31))
            interface = Interface(name=f"eth{len(interfaces[node])}", address=address, mac=f"02:fb:00:00:{number:02x}:0{side}")
            interfaces[node].append(interface)
            here.append(Endpoint(node=node, interface=interface.name))
        links.append(Link(name=name, a=here[0], b=here[1]))
    return tuple(links), interfaces


def _tunnel(links: tuple[Link, ...], interfaces: dict[str, list[Interface]], vpn: str, number: int) -> Tunnel:
    gateway, endpoint = GATEWAYS[vpn], f"{vpn}-{number}"
    uplink = next(link for link in links if link.a.node == gateway and link.b.node in ISPS.values())
    outside = next(interface.address.ip for interface in interfaces[gateway] if interface.name == uplink.a.interface)
    inside = IPv4Address("169.254.10.0") + 4 * list(PLACES).index(endpoint)
    return Tunnel(
        name=endpoint,
        connection=vpn,
        customer=TunnelEnd(node=gateway, device=f"ipsec{number - 1}", outside=outside, inside=IPv4Interface((inside + 2, 30))),
        aws=TunnelEnd(node=endpoint, device="ipsec0", outside=interfaces[endpoint][0].address.ip, inside=IPv4Interface((inside + 1, 30))),
        mtu=1438,
    )
