"""What the running network is: AWS's figures on the wire, encrypted on the internet, and no packet eaten by asymmetry."""

from pathlib import Path

import pytest
from scapy.layers.inet import IP, UDP
from scapy.utils import rdpcap

from lab.engine.arrival import look_at_flows
from lab.probes.capture import capture_link
from lab.probes.streams import streaming
from lab.probes.wire import MAGIC
from lab.runtime import vty
from lab.runtime.lab import RunningLab
from tests.live.commands import inv
from tests.live.conftest import NAME
from tests.live.waiting import wait_for

INTERNET_LINKS = ("dc1-gw1--isp-a", "dc1-gw2--isp-a", "dc2-gw1--isp-b", "dc2-gw2--isp-b", "isp-a--internet", "isp-b--internet")


@pytest.mark.parametrize("name", INTERNET_LINKS)
def test_in_a_capture_of_the_internet_site_traffic_is_esp_in_udp_and_never_clear_text(lab: RunningLab, name: str, tmp_path: Path) -> None:
    busy = not name.endswith("gw2--isp-a") and not name.endswith("gw2--isp-b")  # the second appliances carry hellos only
    with streaming(lab) as streams:
        wait_for(lambda: streams.got_through(20) == (), "probes on every flow")
        capture_link(lab, lab.plan.link(name), tmp_path / "link.pcap", print, limit=400 if busy else 4)
    assert MAGIC not in (tmp_path / "link.pcap").read_bytes()
    carried = [packet for packet in rdpcap(str(tmp_path / "link.pcap")) if IP in packet]
    assert carried
    for packet in carried:
        assert packet[IP].src.startswith(("198.51.100.", "203.0.113.")), packet.summary()
        assert packet[IP].dst.startswith(("198.51.100.", "203.0.113.")), packet.summary()
        assert UDP in packet
        assert 4500 in {packet[UDP].sport, packet[UDP].dport}
    esp = [packet for packet in carried if bytes(packet[UDP].payload)[:4] not in {b"\0\0\0\0", b"\xff"}]
    assert len(esp) > len(carried) / 2


def test_a_customer_sees_the_gateways_asn_and_meds_and_nothing_of_the_inside(lab: RunningLab) -> None:
    answer = vty.ask(lab.pid("dc1-gw1"), "bgpd", "show bgp ipv4 unicast 172.31.0.0/16 json")
    paths = answer["paths"]
    assert isinstance(paths, list)
    learned = [path for path in paths if path["peer"]["peerId"].startswith("169.254.")]
    assert [(path["aspath"]["string"], path["metric"]) for path in sorted(learned, key=lambda path: path["metric"])] == [
        ("64512", 100),
        ("64512", 200),
    ]
    assert not any("largeCommunity" in path for path in learned)


def test_hold_times_are_negotiated_to_the_customers_three_seconds_and_bfd_is_not_spoken(lab: RunningLab) -> None:
    for tunnel in lab.plan.tunnels:
        neighbor = str(tunnel.customer.inside.ip)
        told = vty.ask(lab.pid(tunnel.aws.node), "bgpd", f"show bgp neighbors {neighbor} json")[neighbor]
        assert isinstance(told, dict)
        assert told["bgpTimerConfiguredHoldTimeMsecs"] == 30000
        assert told["bgpTimerHoldTimeMsecs"] == 3000
        assert "peerBfdInfo" not in told


def test_the_gateway_has_one_egress_tunnel_a_prefix(lab: RunningLab) -> None:
    assert {str(route.prefix): route.via for route in lab.routes() if route.node == "vgw"} == {
        "10.1.0.0/16": ("vpn1-1",),
        "10.2.0.0/16": ("vpn3-1",),
    }


def test_the_suite_is_the_one_the_customer_asked_for(lab: RunningLab) -> None:
    result = inv("lab-exec", "vpn1-1", "-t", NAME, "--", "swanctl", "--list-sas")
    assert "AES_GCM_16-256/PRF_HMAC_SHA2_384/ECP_384" in result.stdout
    assert "TUNNEL-in-UDP, ESP:AES_GCM_16-256" in result.stdout


def test_packets_that_return_by_another_tunnel_are_not_eaten(lab: RunningLab) -> None:
    """A VGW may move its egress at any time: a metric on the way to vpn1-1's endpoint moves it to vpn1-2 here."""
    link = lab.plan.link("vpn1-1--vgw")
    endpoint = next(interface for interface in lab.plan.node("vpn1-1").interfaces if interface.name == link.a.interface)
    route = (f"{endpoint.address.ip}/32", "dev", link.b.interface, "metric", "20")
    assert inv("lab-exec", "vgw", "-t", NAME, "--", "ip", "route", "add", *route).returncode == 0
    try:
        wait_for(lambda: ("vpn1-2",) in [each.via for each in lab.routes() if each.node == "vgw"], "another egress tunnel")
        paths = {(flow.flow, flow.direction): flow.path for flow in look_at_flows(lab)}
        assert "vpn1-1" in paths["dc1-app", "forward"]
        assert "vpn1-2" in paths["dc1-app", "reverse"]
        with streaming(lab) as streams:
            assert wait_for(lambda: streams.lost_lately(1.0) == 0, "a second without loss on asymmetric paths")
    finally:
        assert inv("lab-exec", "vgw", "-t", NAME, "--", "ip", "route", "del", *route).returncode == 0
    wait_for(lambda: ("vpn1-1",) in [each.via for each in lab.routes() if each.node == "vgw"], "the first egress tunnel again")


def test_both_ends_of_every_cable_have_different_kernel_indexes(lab: RunningLab) -> None:
    """Equal ones make the far end learn of a lost carrier up to 0.7 s late."""
    indexes = {node.name: {name: index for index, name in lab.interface_names(node.name).items()} for node in lab.plan.nodes}
    for link in lab.plan.links:
        assert indexes[link.a.node][link.a.interface] != indexes[link.b.node][link.b.interface], link.name


def test_a_command_reaches_the_node_as_typed(lab: RunningLab) -> None:
    result = inv("lab-exec", "dc1-gw1", "-t", lab.plan.name, "--", "sh", "-c", 'printf "%s|" "$@"; exit 7', "x", "a  b", "$HOME", '"q"')
    assert result.stdout == 'a  b|$HOME|"q"|'
    assert result.returncode == 7
