"""What AWS takes, a topology can say: default routes, supernets, summaries, specifics, one prefix or one ASN at several sites."""

import pytest

from tests.unit.intent.networks import ACTIVE_ACTIVE_VPN_TGW, REDUNDANT_DX

DC1, DC2 = "prefixes: [10.1.0.0/16]", "prefixes: [10.2.0.0/16]"
DCI = "interconnects: {dci: {between: [dc1, dc2]}}"

SAYABLE = {
    "a default route": (DC1, f"{DC1}, announce: [0.0.0.0/0]"),
    "a supernet of a VPC as a site's prefix": (DC1, "prefixes: [172.16.0.0/12]"),
    "a supernet of a VPC as an announcement": (DC1, f"{DC1}, announce: [172.16.0.0/12, 10.1.0.0/16]"),
    "a summary and its specifics at one site": (DC1, "prefixes: [10.1.0.0/16, 10.1.4.0/24]"),
    "a site's prefix inside another site's": (DC1, "prefixes: [10.0.0.0/8]"),
    "one further prefix at two sites": (DC1, "prefixes: [10.1.0.0/16, 10.2.0.0/16]"),
    "another site's prefix": (DC1, f"{DC1}, announce: [10.1.0.0/16, 10.2.0.0/16]"),
    "specifics on one circuit": ("vlan: 101, bfd: true, local", "vlan: 101, announce: [10.1.0.0/17, 10.1.0.0/16], bfd: true, local"),
    "one ASN": ("asn: 65002", "asn: 65001"),
}

UNREACHABLE = {
    "nothing around the host": (DC1, f"{DC1}, announce: [10.9.0.0/16]"),
    "a longer prefix that another site announces": (DC2, f"{DC2}, announce: [10.2.0.0/16, 10.1.0.0/17]"),
    "a longer prefix that another site has": (DC2, "prefixes: [10.2.0.0/16, 10.1.0.0/17]"),
}


@pytest.mark.parametrize("what", SAYABLE)
def test_a_topology_can_say(problems, what):
    old, new = SAYABLE[what]
    assert old in REDUNDANT_DX
    assert problems(REDUNDANT_DX.replace(old, new)) == []


@pytest.mark.parametrize("what", UNREACHABLE)
def test_a_flow_has_no_path_if_aws_hears_of(problems, what):
    old, new = UNREACHABLE[what]
    apart = ACTIVE_ACTIVE_VPN_TGW.replace(DCI, "")
    assert problems(apart) == []
    told = problems(apart.replace(old, new))
    assert any("there is no path from dc1 to app: by the longest prefix" in line for line in told), told


def test_an_interconnect_is_a_path_to_a_site_that_another_one_announces(problems):
    old, new = UNREACHABLE["a longer prefix that another site announces"]
    assert problems(ACTIVE_ACTIVE_VPN_TGW.replace(old, new)) == []
