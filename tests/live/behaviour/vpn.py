"""Site-to-Site VPN between AWS and a customer gateway: endpoints, MED, and moves of the egress tunnel."""

import re
from contextlib import ExitStack

from lab.engine.arrival import look_at_flows
from lab.model.aws import TUNNEL_MTU
from lab.model.plan import Route
from lab.probes.streams import streaming
from lab.runtime.lab import RunningLab
from tests.live.behaviour.doing import broken
from tests.live.behaviour.labs import VPN
from tests.live.behaviour.preference import SITE, goes
from tests.live.behaviour.row import shown
from tests.live.behaviour.seen import answers, heard, paths, run, via
from tests.waiting import wait_for

APP = "172.31.0.0/16"


@shown(
    "A connection's two tunnels end in two availability zones, each with an address of its own on the internet.",
    source="1.1 V23, V26",
    lab=VPN,
    done="Nothing.",
    seen="Two nodes in two zones of the gateway's Region, two outside addresses; the loss of one zone leaves every site a tunnel.",
)
def two_zones(lab: RunningLab) -> None:
    for connection in dict.fromkeys(tunnel.connection for tunnel in lab.plan.tunnels):
        ends = [tunnel.aws for tunnel in lab.plan.tunnels if tunnel.connection == connection]
        assert [lab.plan.node(end.node).place for end in ends] == ["us-east-1a", "us-east-1b"]
        assert len({end.outside for end in ends}) == 2
    with broken(lab, "node-kill", "us-east-1a"):
        goes(lab, "vgw", SITE, "vpn1-2")
        goes(lab, "vgw", "10.2.0.0/16", "vpn3-2")


@shown(
    "Inside a tunnel's /30 AWS has the first usable address and the customer the second.",
    source="1.2 BF",
    of=("Inside /30, AWS first address",),
    lab=VPN,
    done="Nothing.",
    seen="Both ends' devices have them, in a /30 of 169.254.0.0/16 that no other tunnel has.",
)
def inside_addresses(lab: RunningLab) -> None:
    networks = {tunnel.aws.inside.network for tunnel in lab.plan.tunnels}
    assert len(networks) == len(lab.plan.tunnels)
    for tunnel in lab.plan.tunnels:
        first, second = tunnel.aws.inside.network.hosts()
        assert str(first).startswith("169.254.")
        for end, address in ((tunnel.aws, first), (tunnel.customer, second)):
            assert f"inet {address}/30 " in run(lab, end.node, "ip", "address", "show", "dev", end.device)


@shown(
    "A virtual private gateway shows its ASN, MED 100 on a connection's first tunnel and 200 on its second, and nothing of its inside.",
    source="1.6 CAP, EL",
    of=("MED to CGW",),
    lab=VPN,
    done="Nothing.",
    seen="The VPC's path is 64512, ORIGIN IGP, with these; the customer, which likes both tunnels alike, takes the one with 100.",
)
def meds(lab: RunningLab) -> None:
    for edge, connection in (("dc1-gw1", "vpn1"), ("dc1-gw2", "vpn2"), ("dc2-gw1", "vpn3"), ("dc2-gw2", "vpn4")):
        for number, med in ((1, 100), (2, 200)):
            (path,) = heard(lab, edge, APP, f"{connection}-{number}")
            assert (path.as_path, path.med, path.origin, path.communities) == ("64512", med, "IGP", ("64496:20",))
        assert via(lab, edge, APP) == (f"{connection}-1",)


@shown(
    "For maintenance of an endpoint AWS first lowers the other tunnel's MED, so that the customer has moved when the endpoint goes.",
    source="1.6, 1.8 V23",
    of=("MED to CGW",),
    lab=VPN,
    done="The first tunnel's endpoint is replaced.",
    seen="The customer moves to the second tunnel for its MED of 50; when the endpoint goes, its route stays and packets are answered. "
    "The new one waits for the customer to start, and then all is as before.",
)
def maintenance(lab: RunningLab) -> None:
    with broken(lab, "endpoint-replacement", "vpn1-1"):
        best = next(path for path in paths(lab, "dc1-gw1", APP) if path.best)
        assert (best.heard_from, best.med, best.reason) == ("vpn1-2", 50, "MED")
        goes(lab, "vgw", SITE, "vpn1-2")
        assert via(lab, "dc1-gw1", APP) == ("vpn1-2",)
        assert answers(lab, "dc1-host", "app-host")
    goes(lab, "dc1-gw1", APP, "vpn1-1")
    assert re.search(r"ike-init-out-req +: 0\n", run(lab, "vpn1-1", "swanctl", "--counters"))


@shown(
    "A tunnel with AES-GCM-16 and NAT traversal carries IP packets of 1438 octets; longer ones that may not be fragmented are lost.",
    source="1.4 V23",
    lab=VPN,
    done="Pings of 1438 and then of 1439 octets go from the site to the VPC and back the other way.",
    seen="The first are answered, and on the internet none was in pieces. The second are not.",
)
def largest_packet(lab: RunningLab) -> None:
    for source, target in (("dc1-host", "app-host"), ("app-host", "dc1-host")):
        assert answers(lab, source, target, octets=TUNNEL_MTU)
        assert not answers(lab, source, target, octets=TUNNEL_MTU + 1)
    for node in ("dc1-gw1", "isp-a", "internet", "vpn1-1"):
        names, counted = (line.split() for line in run(lab, node, "grep", "^Ip:", "/proc/net/snmp").splitlines())
        assert dict(zip(names, counted, strict=True))["FragCreates"] == "0"


@shown(
    "AWS may move its egress to another tunnel at any time, so traffic may return by another tunnel than it left by.",
    source="1.6 V23, RP",
    of=("VGW single egress",),
    lab=VPN,
    done="The gateway's distance to its egress endpoint is raised.",
    seen="It moves to the other tunnel, the customer stays; packets go out by one and return by the other, and none is lost.",
)
def egress_moves(lab: RunningLab) -> None:
    link = lab.plan.link("vpn1-1--vgw")
    endpoint = next(each for each in lab.plan.node("vpn1-1").interfaces if each.name == link.a.interface)
    route = Route(prefix=endpoint.host_network, interface=link.b.interface, metric=20)
    with ExitStack() as undo:
        undo.callback(lab.remove_route, "vgw", route)
        lab.add_route("vgw", route)
        goes(lab, "vgw", SITE, "vpn1-2")
        ways = {(flow.flow, flow.direction): flow.path for flow in look_at_flows(lab)}
        assert "vpn1-1" in ways["dc1-app", "forward"]
        assert "vpn1-2" in ways["dc1-app", "reverse"]
        with streaming(lab) as streams:
            assert wait_for(lambda: streams.lost_lately(1.0) == 0, "a second without loss on asymmetric paths")
    goes(lab, "vgw", SITE, "vpn1-1")
