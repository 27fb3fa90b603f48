"""Site-to-Site VPN: endpoints, MED, packet sizes and the egress tunnel."""

import re
from contextlib import ExitStack

from lab.model.aws import TUNNEL_MTU
from lab.model.plan import Route
from lab.probes.glance import look_at_flows
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
    "A connection's two tunnels end in two availability zones, at two addresses on the internet.",
    source="1.1 V23, V26",
    lab=VPN,
    done="Nothing.",
    seen="Two nodes in two zones of the gateway's Region, with two outside addresses. Without one zone every site still has a tunnel.",
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
    "In a tunnel's inside /30 AWS has the first usable address and the customer the second.",
    source="1.2 BF",
    of=("Inside /30, AWS first address",),
    lab=VPN,
    done="Nothing.",
    seen="The devices of both ends have these addresses. Each tunnel has its own /30 of 169.254.0.0/16.",
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
    "A virtual private gateway shows its ASN, and MED 100 on a connection's first tunnel and 200 on its second. It hides its inside.",
    source="1.6 CAP, EL",
    of=("MED to CGW",),
    lab=VPN,
    done="Nothing.",
    seen="The VPC's path is 64512, ORIGIN IGP, with these MEDs. The customer prefers neither tunnel and uses the one with 100.",
)
def meds(lab: RunningLab) -> None:
    for edge, connection in (("dc1-gw1", "vpn1"), ("dc1-gw2", "vpn2"), ("dc2-gw1", "vpn3"), ("dc2-gw2", "vpn4")):
        for number, med in ((1, 100), (2, 200)):
            (path,) = heard(lab, edge, APP, f"{connection}-{number}")
            assert (path.as_path, path.med, path.origin, path.communities) == ("64512", med, "IGP", ("64496:20",))
        assert via(lab, edge, APP) == (f"{connection}-1",)


@shown(
    "Before it replaces an endpoint, AWS lowers the other tunnel's MED, so that the customer moves first.",
    source="1.6, 1.8 V23",
    of=("MED to CGW",),
    lab=VPN,
    done="The first tunnel's endpoint is replaced.",
    seen="The customer moves to the second tunnel because of its MED of 50. When the endpoint goes, packets are still answered. "
    "The new endpoint waits for the customer to start. Then everything is as before.",
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
    "A tunnel with AES-GCM-16 and NAT traversal carries IP packets up to 1438 octets. Longer ones with Don't Fragment are lost.",
    source="1.4 V23",
    lab=VPN,
    done="Pings of 1438 and then 1439 octets go from the site to the VPC and from the VPC to the site.",
    seen="Those of 1438 octets are answered, and no node has fragmented a packet. Those of 1439 octets are not answered.",
)
def largest_packet(lab: RunningLab) -> None:
    for source, target in (("dc1-host", "app-host"), ("app-host", "dc1-host")):
        assert answers(lab, source, target, octets=TUNNEL_MTU)
        assert not answers(lab, source, target, octets=TUNNEL_MTU + 1)
    for node in ("dc1-gw1", "isp-a", "internet", "vpn1-1"):
        names, counted = (line.split() for line in run(lab, node, "grep", "^Ip:", "/proc/net/snmp").splitlines())
        assert dict(zip(names, counted, strict=True))["FragCreates"] == "0"


@shown(
    "AWS may move its egress to another tunnel at any time. So traffic may leave by one tunnel and return by another.",
    source="1.6 V23, RP",
    of=("VGW single egress",),
    lab=VPN,
    done="The gateway's distance to its egress endpoint is increased.",
    seen="The gateway moves to the other tunnel and the customer stays. Packets use one tunnel each way, and none is lost.",
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
