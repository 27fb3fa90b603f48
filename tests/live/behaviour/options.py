"""Customer gateways: tunnel options, firewalls that keep state, NAT, and ASNs of their own"""

import re
from contextlib import ExitStack, nullcontext
from ipaddress import IPv4Network

from lab.model.plan import Route
from lab.model.status import TunnelStatus
from lab.predict import Predictor
from lab.probes.glance import look_at_flows
from lab.runtime.ipsec import ike
from lab.runtime.lab import RunningLab
from tests.live.behaviour.doing import broken
from tests.live.behaviour.ike import OPTIONS
from tests.live.behaviour.labs import CUSTOMERS
from tests.live.behaviour.row import shown
from tests.live.behaviour.seen import answers, as_paths, facts, run, walk
from tests.waiting import wait_for


@shown(
    "With StartupAction `add` a replaced endpoint waits for the customer. With `start` AWS starts the tunnel.",
    source="1.3, 1.8 RP, V26",
    of=OPTIONS,
    lab=CUSTOMERS,
    done="AWS replaces the endpoints of two connections whose customers start nothing again: one with `add`, one with `start`.",
    seen="The tunnel with `start` is up again. The one with `add` has no SA at either end, until somebody starts it by hand.",
)
def replaced_endpoints(lab: RunningLab) -> None:
    with broken(lab, "endpoint-replacement", "waits-1"), broken(lab, "endpoint-replacement", "starts-1"):
        assert not lab.tunnel_state("starts-1").up
    wait_for(lambda: lab.tunnel_state("starts-1").up, "the tunnel that AWS starts", 20.0)
    assert not _states(lab, "waits-1").up
    lab.initiate_tunnel("waits-1")
    wait_for(lambda: lab.tunnel_state("waits-1").up, "the tunnel that is started by hand", 20.0)


@shown(
    "A tunnel with a wrong key never comes up. Nobody notices until AWS replaces the endpoint of the connection's other tunnel.",
    source="8 no. 3, 37 d",
    lab=CUSTOMERS,
    done="AWS replaces the endpoint of the first tunnel. The second one has a wrong key at the customer gateway since the lab began.",
    seen="AWS has refused the second tunnel's key and has no SA for it. The site works, but not while the first endpoint is replaced.",
)
def never_up(lab: RunningLab) -> None:
    assert "AUTHENTICATION_FAILED" in run(lab, "gw1", "cat", "/var/log/charon.waits-2.log")
    assert not _states(lab, "waits-2").up
    assert answers(lab, "dc1-host", "app-host")
    with broken(lab, "endpoint-replacement", "waits-1"):
        assert not answers(lab, "dc1-host", "app-host")
    lab.initiate_tunnel("waits-1")
    wait_for(lambda: answers(lab, "dc1-host", "app-host"), "the site with one tunnel", 20.0)


@shown(
    "With StartupAction `start` AWS starts a tunnel whose customer gateway only answers. IKE runs at the ports of NAT traversal.",
    source="1.3 V23 initiate-vpn-tunnels",
    of=OPTIONS,
    lab=CUSTOMERS,
    done="Nothing.",
    seen="AWS's ends have sent IKE_SA_INIT requests, the customer's have sent none, and both tunnels of the gateway are up.",
)
def aws_starts(lab: RunningLab) -> None:
    for tunnel in ("aws-1", "aws-2"):
        assert lab.tunnel_state(tunnel).up
        assert not re.search(r"ike-init-out-req +: 0\n", run(lab, tunnel, "swanctl", "--counters"))
    assert re.findall(r"ike-init-out-req +: (\d+)\n", run(lab, "gw3", "swanctl", "--counters")) == ["0", "0"]


@shown(
    "The MTU of a tunnel follows from its cipher: 1406 octets with AES-CBC, SHA2-512 and NAT traversal.",
    source="1.4 V23 your-cgw",
    lab=CUSTOMERS,
    done="Pings of 1406 and then 1407 octets go from the VPC to the site.",
    seen="Those of 1406 octets are answered. Those of 1407 octets are not.",
)
def cipher(lab: RunningLab) -> None:
    assert "ESP:AES_CBC-256/HMAC_SHA2_512_256" in run(lab, "aws-1", "swanctl", "--list-sas")
    assert answers(lab, "app-host", "dc3-host", octets=1406)
    assert not answers(lab, "app-host", "dc3-host", octets=1407)


@shown(
    "A customer gateway may use IKEv1, and both ends may have shorter lifetimes.",
    source="1.3 V26",
    of=OPTIONS,
    lab=CUSTOMERS,
    done="Nothing.",
    seen="The SAs are of IKEv1 in main mode. The ESP SA expires after 900 s, and the packets of the site arrive.",
)
def ike_version_1(lab: RunningLab) -> None:
    sas = run(lab, "old-1", "swanctl", "--list-sas")
    assert "IKEv1" in sas, sas
    (age, ends) = (int(each) for each in re.findall(r"installed (\d+)s ago.*expires in (\d+)s", sas)[0])
    assert abs(age + ends - 900) <= 1, sas
    assert answers(lab, "app-host", "dc4-host")


@shown(
    "With DPD action `restart` AWS starts the tunnel of a silent peer again. With `none` it does not ask whether the peer is alive.",
    source="1.3 V26",
    of=OPTIONS,
    lab=CUSTOMERS,
    done="The internet links of both gateways drop every packet, until AWS has missed the one with `restart` (time-out 30 s).",
    seen="Its tunnel is up again when packets pass. AWS's SA with `none` is the same one all the time.",
)
def dead_peers(lab: RunningLab) -> None:
    before = _identifier(lab, "old-1")
    with broken(lab, "silent-loss", "gw2--internet"), broken(lab, "silent-loss", "gw4--internet"):
        wait_for(lambda: not ike.tunnel_state(lab.pid("starts-1"), "starts-1").up, "the peer declared dead", 60.0)
        assert _identifier(lab, "old-1") == before
    wait_for(lambda: lab.tunnel_state("starts-1").up and lab.tunnel_state("starts-2").up, "the tunnels that AWS starts again", 40.0)


@shown(
    "AWS may send packets back over another tunnel than they came by. A customer's firewall that keeps state drops them.",
    source="1.6 V23, RP; 8.23",
    lab=CUSTOMERS,
    done="The gateway gets a route to the site over the second firewall's tunnel, and then loses it again.",
    seen="Packets of the site's flow arrive at the VPC, and no reply arrives. Without that route they do again. Other sites lose none.",
)
def firewalls(lab: RunningLab) -> None:
    link = lab.plan.link("second-1--tgw")
    endpoint = next(each for each in lab.plan.node("second-1").interfaces if each.name == link.a.interface)
    site = next(flow.source.address for flow in lab.plan.flows if flow.name == "dc5-app")
    route = Route(prefix=IPv4Network(site), via=endpoint.ip)
    with ExitStack() as undo:
        undo.callback(lab.remove_route, "tgw", route)
        lab.add_route("tgw", route)
        lab.network("fw2").forget_flows(lab.plan.node("fw2"))
        ways = {(flow.flow, flow.direction): flow.reachable for flow in look_at_flows(lab)}
        assert [way for way, arrives in ways.items() if not arrives] == [("dc5-app", "reverse")]
        assert not answers(lab, "dc5-host", "app-host")
    assert answers(lab, "dc5-host", "app-host")


@shown(
    "Behind NAT a gateway has the address of the NAT box, and IKE and ESP use UDP port 4500. Connections may share that address.",
    source="1.1 V23 cgw-options, your-cgw",
    lab=CUSTOMERS,
    done="The NAT box before two gateways restarts, and forgets the flows that it knew.",
    seen="AWS's ends see both gateways at the box's one address before and after, though the gateways have others. The SAs are the same.",
)
def nat_box(lab: RunningLab) -> None:
    tunnels = {name: lab.plan.tunnel(name).customer for name in ("first-1", "second-1")}
    (public,) = {str(each.outside) for each in tunnels.values()}
    assert {str(each.own) for each in tunnels.values()}.isdisjoint({public})
    before = {name: _identifier(lab, name) for name in tunnels}
    with broken(lab, "node-restart", "nat1"):
        assert not answers(lab, "dc5-host", "app-host")
    wait_for(lambda: answers(lab, "dc5-host", "app-host"), "the site behind the NAT box", 20.0)
    for name in tunnels:
        assert re.search(rf"remote '{public}' @ {public}\[", run(lab, name, "swanctl", "--list-sas"))
        assert "[4500]" in run(lab, name, "swanctl", "--list-sas")
        assert _identifier(lab, name) == before[name]


@shown(
    "Customer gateways of one site may have different ASNs. AWS sees the site's own ASN behind them.",
    source="1.1 AT26, of the emulation",
    lab=CUSTOMERS,
    done="Nothing. A site with AS 65005 has two gateways, with AS 65051 and 65052.",
    seen="AWS's paths to the site are 65051 65005 and 65052 65005. The core router sees them as such, too.",
)
def own_asns(lab: RunningLab) -> None:
    assert as_paths(lab, "tgw", "10.5.0.0/16") == {("first-1", "65051 65005"), ("second-1", "65052 65005")}
    for edge, asn in (("fw1", 65051), ("fw2", 65052)):
        assert facts(lab, "dc5-core", edge)["remoteAs"] == asn
        assert facts(lab, "dc5-core", edge)["bgpState"] == "Established"


@shown(
    "A customer's router does what its own configuration says.",
    source="of the emulation",
    lab=CUSTOMERS,
    done="A gateway runs a file that prefers the second tunnel and prepends on the first. The second tunnel goes down, and comes back.",
    seen="Packets go through the second tunnel both ways, then through the first, then through the second. Predictions say the same.",
)
def own_configuration(lab: RunningLab) -> None:
    own, tunnels = lab.plan.own[0], ("old-1", "old-2")
    assert (own.router, lab.plan.unforeseen) == ("gw4", ())
    predictor = Predictor(lab.plan)
    component = next(each for each in predictor.components if each.tunnels == ("old-2",))
    for failures, expected in (((), "old-2"), ((component,), "old-1"), ((), "old-2")):
        with broken(lab, "tunnel-down", "old-2") if failures else nullcontext():
            wait_for(lambda: expected in walk(lab, "dc4-host", "app-host"), f"packets through {expected}", 40.0)  # noqa: B023
            wait_for(lambda: expected in walk(lab, "app-host", "dc4-host"), f"answers through {expected}", 40.0)  # noqa: B023
        predicted = [flow for flow in predictor.of(failures).flows if flow.flow == "dc4-app"]
        assert len(predicted) == 2
        for flow in predicted:
            assert [name for name in tunnels if any(name in path for path in flow.paths)] == [expected]


def _states(lab: RunningLab, tunnel: str) -> TunnelStatus:
    return ike.tunnel_state(lab.pid(tunnel), tunnel)


def _identifier(lab: RunningLab, tunnel: str) -> str:
    """The number of AWS's IKE SA of a tunnel."""
    return re.findall(r"#(\d+), ESTABLISHED", run(lab, tunnel, "swanctl", "--list-sas"))[0]
