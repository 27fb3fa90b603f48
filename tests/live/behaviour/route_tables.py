"""Route tables: static routes, blackholes and peerings of transit gateways; the table of a VPC with several gateways."""

from lab.runtime.lab import RunningLab
from tests.live.behaviour.doing import announced, broken
from tests.live.behaviour.labs import TGW
from tests.live.behaviour.preference import goes, hears
from tests.live.behaviour.row import shown
from tests.live.behaviour.seen import answers, as_paths, heard, next_hop, prefixes, walk
from tests.live.behaviour.transit import DEVICE
from tests.waiting import wait_for

STATIC, DROPPED, PART = "10.12.0.0/16", "10.13.0.0/16", "10.13.5.0/24"
_OVER = ("app-host", "tgw", "tgw-lone", "lone-router", "lone-host")


@shown(
    "A static route in the route table of a transit gateway beats a propagated route to the same prefix, also Direct Connect's.",
    source="2.2 T23, T26",
    lab=TGW,
    done="A static route leads to a VPN with BGP. A customer announces its prefix by Direct Connect. Then one tunnel goes down.",
    seen="The gateway uses the first tunnel, then the second. Another VPN customer hears the prefix, with the path 64512.",
)
def static_before_propagated(lab: RunningLab) -> None:
    with announced(lab, "vif1", (STATIC,)):
        hears(lab, "tgw", DEVICE, STATIC)
        goes(lab, "tgw", STATIC, "vpn2-1")
        assert {("vpn1-1", "64512"), ("vpn1-2", "64512")} == as_paths(lab, "dc1-gw1", STATIC)
        assert STATIC not in prefixes(lab, "dc2-gw1")
        with broken(lab, "tunnel-down", "vpn2-1"):
            goes(lab, "tgw", STATIC, "vpn2-2")


@shown(
    "A blackhole route drops packets to its prefix, whatever is propagated. A longer prefix still wins.",
    source="2.2 T23, OL",
    lab=TGW,
    done="A customer announces the prefix of a blackhole route by Direct Connect, and a part of the prefix.",
    seen="The gateway drops packets to the prefix, and sends those to the part to Direct Connect. VPN customers hear only the part.",
)
def blackhole(lab: RunningLab) -> None:
    with announced(lab, "vif1", (DROPPED, PART)):
        hears(lab, "tgw", DEVICE, DROPPED)
        goes(lab, "tgw", PART, DEVICE)
        assert next_hop(lab, "tgw", "10.13.0.10") == ""
        wait_for(lambda: bool(heard(lab, "dc2-gw1", PART, "vpn2-1")), "the part at a VPN customer")
        assert DROPPED not in prefixes(lab, "dc2-gw1")


@shown(
    "Only static routes lead over a peering of transit gateways. It has no BGP. VPN customers hear these routes.",
    source="2.2 T23, OL",
    lab=TGW,
    done="Two transit gateways have static routes to each other's VPC. Then their peering is cut.",
    seen="A packet between the VPCs passes both gateways. Each VPN customer hears its gateway's static route, but not the other gateway's "
    "routes. When the peering is cut nothing takes over, and the static route stays announced.",
)
def peering(lab: RunningLab) -> None:
    assert walk(lab, "app-host", "lone-host") == _OVER
    assert walk(lab, "lone-host", "app-host") == _OVER[::-1]
    assert answers(lab, "app-host", "lone-host")
    assert {("vpn3-1", "64514"), ("vpn3-2", "64514")} == as_paths(lab, "dc2-gw1", "172.16.0.0/12")
    assert "10.7.0.0/16" in prefixes(lab, "tgw")
    assert "10.7.0.0/16" not in prefixes(lab, "tgw-lone")
    with broken(lab, "link-down", "peer1"):
        assert not answers(lab, "app-host", "lone-host")
        assert walk(lab, "app-host", "lone-host") == ("app-host", "tgw")
        assert {("vpn3-1", "64514"), ("vpn3-2", "64514")} == as_paths(lab, "dc2-gw1", "172.16.0.0/12")
    wait_for(lambda: answers(lab, "app-host", "lone-host"), "an answer over the peering")


@shown(
    "In the route table of a VPC the longest prefix wins, then a static route beats a propagated one. Nothing beats the VPC's own CIDR.",
    source="2.1 C23, V23",
    lab=TGW,
    done="A VPC has a static route 10.0.0.0/8 to a transit gateway. Its virtual private gateway propagates. A customer announces there "
    "10.0.0.0/8 and a part of the VPC, too. Then the customer's VPN goes down.",
    seen="The VPC sends by the virtual private gateway to the customer's own prefix, and by the transit gateway to the rest of 10.0.0.0/8. "
    "It does not take the part. Without the VPN everything goes to the transit gateway.",
)
def table_of_a_vpc(lab: RunningLab) -> None:
    assert next_hop(lab, "lone-router", "10.1.0.10") == "vgw-lone"
    with announced(lab, "vpn5", ("10.1.0.0/16", "10.0.0.0/8", "172.29.5.0/24")):
        for prefix in ("10.0.0.0/8", "172.29.5.0/24"):
            hears(lab, "vgw-lone", "vpn5-1", prefix)
        hears(lab, "lone-router", "vgw-lone", "10.0.0.0/8")
        assert next_hop(lab, "lone-router", "10.2.0.10") == "tgw-lone"
        assert "172.29.5.0/24" not in prefixes(lab, "lone-router")
    with broken(lab, "tunnel-down", "vpn5"):
        wait_for(lambda: next_hop(lab, "lone-router", "10.1.0.10") == "tgw-lone", "the static route")
    wait_for(lambda: next_hop(lab, "lone-router", "10.1.0.10") == "vgw-lone", "the propagated route again")


@shown(
    "Of several route tables of a transit gateway, an attachment is associated with one, and may propagate into others.",
    source="2.2 T23",
    lab=TGW,
    done="A VPN and the VPC dev are associated with one table, which learns only the VPC prod. Prod's table learns both. Then the tunnel "
    "goes down.",
    seen="Dev and the customer each reach prod. The customer hears prod, but neither dev nor the blackhole. Dev's packets to the customer, "
    "and the customer's to dev, do not arrive. Without the tunnel prod's table loses the customer's route.",
)
def several_tables(lab: RunningLab) -> None:
    assert walk(lab, "dc2-host", "prod-host")[-4:] == ("vpn7-1", "tgw-parts-outer", "prod-router", "prod-host")
    assert walk(lab, "prod-host", "dc2-host")[:4] == ("prod-host", "prod-router", "tgw-parts-inner", "vpn7-1")
    assert answers(lab, "dev-host", "prod-host")
    assert answers(lab, "dc2-host", "prod-host")
    assert not answers(lab, "dev-host", "dc2-host")
    known = prefixes(lab, "dc2-gw1")
    assert "172.22.0.0/16" in known
    assert not {"172.23.0.0/16", "10.14.0.0/16"} & known
    assert "10.2.0.0/16" not in prefixes(lab, "tgw-parts-outer")
    with broken(lab, "tunnel-down", "vpn7"):
        wait_for(lambda: "10.2.0.0/16" not in prefixes(lab, "tgw-parts-inner"), "the loss of the customer's route")
    wait_for(lambda: answers(lab, "dc2-host", "prod-host"), "an answer by the tunnel")
