"""The exposition has AWS's meaning, Prometheus's form, and no sample without a reading."""

import re
from ipaddress import IPv4Address

from prometheus_client.parser import text_string_to_metric_families

from lab.model.snapshot import (
    AttachmentReading,
    ConnectionReading,
    FlowReading,
    GatewayReading,
    InterfaceSeen,
    NeighborSeen,
    PeerSeen,
    Snapshot,
    Traffic,
    TunnelReading,
    VifReading,
)
from lab.views.metrics import exposition

TRAFFIC = Traffic(in_bytes=11, in_packets=12, in_dropped=13, out_bytes=21, out_packets=22, out_dropped=23)
THERE = ("dc1-host", "dc1-r1", "app-host")
TUNNEL = TunnelReading(
    tunnel="vpn1-1",
    connection="vpn1",
    address=IPv4Address("203.0.113.1"),
    has_bgp=True,
    up=False,
    ipsec_up=True,
    accepted=0,
    advertised=None,
    traffic=TRAFFIC,
)
SNAPSHOT = Snapshot(
    lab="alpha",
    seq=1,
    at=100.0,
    asked_seconds_ago=2.5,
    connections=(ConnectionReading(connection="dx1", location="loc-a", up=True, traffic=TRAFFIC),),
    vifs=(
        VifReading(vif="vif1", connection="dx1", kind="private", bgp_up=False, accepted=0, advertised=3, traffic=TRAFFIC),
        VifReading(vif="vif2", connection="dx2", kind="private", bgp_up=None, accepted=None, advertised=None, traffic=None),
    ),
    tunnels=(TUNNEL,),
    gateways=(GatewayReading(gateway="tgw", no_route=7, ttl_expired=8),),
    attachments=(AttachmentReading(gateway="tgw", attachment="vpn1", traffic=TRAFFIC),),
    sessions=(
        NeighborSeen(
            node="dc1-r1", neighbor_node="loc-a-1", neighbor=IPv4Address("100.65.0.1"), established=True, accepted=1, advertised=2
        ),
    ),
    peers=(PeerSeen(node="dc1-r1", peer_node="loc-a-1", peer=IPv4Address("100.65.0.1"), up=True),),
    interfaces=(InterfaceSeen(node="dc1-r1", interface="eth0", up=False, traffic=TRAFFIC),),
    flows=(
        FlowReading(flow="a", direction="forward", sent=100, lost=5, delay_seconds=0.02, path=THERE, path_at_first=THERE),
        FlowReading(flow="a", direction="reverse", sent=100, lost=0, delay_seconds=0.03, path=THERE[::-1], path_at_first=("x",)),
        FlowReading(flow="b", direction="forward", sent=100, lost=100, delay_seconds=None, path=(), path_at_first=THERE),
    ),
)


def samples(snapshot: Snapshot = SNAPSHOT) -> dict[str, float]:
    """The samples of an exposition, named as Prometheus shows them, with labels in order of their names."""
    found = {}
    for family in text_string_to_metric_families(exposition(snapshot).decode()):
        for sample in family.samples:
            labels = ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}"] = sample.value
    return found


def test_a_connection_is_physical_and_a_virtual_interface_is_bgp() -> None:
    told = samples()
    assert told["aws_dx_connection_state{connection=dx1}"] == 1
    assert told["aws_dx_virtual_interface_bgp_status{connection=dx1,virtual_interface=vif1}"] == 0
    assert told["aws_dx_virtual_interface_bgp_prefixes_advertised{connection=dx1,virtual_interface=vif1}"] == 3


def test_a_missing_reading_is_no_sample_but_the_object_is_known() -> None:
    told = samples()
    assert "aws_dx_virtual_interface_bgp_status{connection=dx2,virtual_interface=vif2}" not in told
    assert told["aws_dx_virtual_interface_info{connection=dx2,kind=private,virtual_interface=vif2}"] == 1


def test_egress_is_from_aws_to_the_customer() -> None:
    told = samples()
    assert told["aws_dx_connection_egress_bytes_total{connection=dx1}"] == 21
    assert told["aws_dx_connection_ingress_packets_total{connection=dx1}"] == 12
    assert told["aws_vpn_tunnel_data_in_bytes_total{tunnel=vpn1-1,vpn_connection=vpn1}"] == 11


def test_a_tunnel_with_ipsec_and_without_bgp_is_down() -> None:
    told = samples()
    assert told["aws_vpn_tunnel_state{tunnel=vpn1-1,vpn_connection=vpn1}"] == 0
    assert told["aws_vpn_tunnel_ipsec_state{tunnel=vpn1-1,vpn_connection=vpn1}"] == 1
    assert told["aws_vpn_tunnel_info{routing=bgp,tunnel=vpn1-1,tunnel_ip_address=203.0.113.1,vpn_connection=vpn1}"] == 1


def test_a_transit_gateway_counts_drops_by_reason() -> None:
    told = samples()
    assert told["aws_transit_gateway_packet_drop_count_no_route_total{transit_gateway=tgw}"] == 7
    assert told["aws_transit_gateway_packet_drop_count_ttl_expired_total{transit_gateway=tgw}"] == 8
    assert told["aws_transit_gateway_out_packets_total{attachment=vpn1,transit_gateway=tgw}"] == 22


def test_the_site_sees_its_own_routers() -> None:
    told = samples()
    assert told["site_bgp_session_state{address=100.65.0.1,neighbor=loc-a-1,router=dc1-r1}"] == 1
    assert told["site_bfd_session_state{address=100.65.0.1,peer=loc-a-1,router=dc1-r1}"] == 1
    assert told["site_interface_up{interface=eth0,router=dc1-r1}"] == 0
    assert told["site_interface_receive_drops_total{interface=eth0,router=dc1-r1}"] == 13


def test_flows_have_loss_delay_and_paths() -> None:
    told = samples()
    assert told["flow_probes_lost_total{direction=forward,flow=a}"] == 5
    assert told["flow_delay_seconds{direction=reverse,flow=a}"] == 0.03
    assert told["flow_on_first_path{direction=forward,flow=a}"] == 1
    assert told["flow_on_first_path{direction=reverse,flow=a}"] == 0
    assert (told["flow_symmetric{flow=a}"], told["flow_symmetric_at_first{flow=a}"]) == (1, 0)
    assert told["flow_path_info{direction=forward,flow=a,path=dc1-host > dc1-r1 > app-host}"] == 1


def test_a_flow_that_does_not_arrive_has_no_path_and_no_delay() -> None:
    assert not [name for name in samples() if "flow=b" in name and not name.startswith("flow_probes")]


def test_the_age_of_the_answers_is_said() -> None:
    assert samples()["lab_asked_seconds_ago{}"] == 2.5
    assert "lab_asked_seconds_ago{}" not in samples(Snapshot(lab="alpha", seq=1, at=1.0, asked_seconds_ago=None))


def test_every_family_of_aws_says_its_name_in_cloudwatch() -> None:
    families = [family for family in text_string_to_metric_families(exposition(SNAPSHOT).decode()) if family.name.startswith("aws_")]
    unnamed = [family.name for family in families if "AWS/" not in family.documentation]
    assert len(families) > 20
    assert unnamed == [name for name in unnamed if name.endswith(("_info", "_ipsec_state", "_tunnel_prefixes_accepted"))]


def test_the_unit_of_a_counter_stands_last_before_total() -> None:
    families = [family.name for family in text_string_to_metric_families(exposition(SNAPSHOT).decode()) if family.type == "counter"]
    assert len(families) > 15
    assert [name for name in families if re.search(r"(?:bytes|packets)_(?:in|out)$", name)] == []
