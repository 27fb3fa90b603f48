"""What customers announce: default routes, supernets, parts of a prefix, one ASN at several sites."""

from lab.runtime.lab import RunningLab
from tests.live.behaviour.labs import ANNOUNCEMENTS
from tests.live.behaviour.row import shown
from tests.live.behaviour.seen import answers, as_paths, next_hop, paths, prefixes, state, walk, way_to

_LEFT, _RIGHT = "10.120.0.0/16", "10.121.0.0/16"
_BY_LEFT, _BY_RIGHT = ("vgw", "vl-1", "left-r", "left-core"), ("vgw", "vr-1", "right-r", "right-core")


@shown(
    "A customer may announce a default route. AWS sends it all packets without a longer prefix, even those that nobody there can deliver.",
    source="2.1 V23",
    lab=ANNOUNCEMENTS,
    done="Nothing. A site announces 0.0.0.0/0, and has no way to 192.88.99.1.",
    seen="A packet from the gateway to this address goes to the site, and ends at the site's core router.",
)
def default_route(lab: RunningLab) -> None:
    assert as_paths(lab, "vgw", "0.0.0.0/0") == {("vl-1", "65090"), ("vl-2", "65090")}
    assert way_to(lab, "vgw", "192.88.99.1") == _BY_LEFT


@shown(
    "A customer may announce a supernet of a VPC. The VPC's own route is preferred to it.",
    source="2.1 C23, V23",
    lab=ANNOUNCEMENTS,
    done="Nothing. A site announces 10.0.0.0/8, and the VPC has 10.200.0.0/16.",
    seen="The other site still reaches the VPC. The rest of the supernet goes to the site that announces it, and ends there.",
)
def supernet_of_a_vpc(lab: RunningLab) -> None:
    assert walk(lab, "left-host", "app-host")[-2:] == ("vgw", "app-host")
    assert answers(lab, "left-host", "app-host")
    assert way_to(lab, "vgw", "10.201.0.1") == _BY_RIGHT


@shown(
    "Two sites may announce one prefix, or parts of each other's. The longest prefix wins for each packet.",
    source="2.1 V23",
    lab=ANNOUNCEMENTS,
    done="Nothing. One site has 10.120.0.0/16, and the other one announces its upper half.",
    seen="The lower half goes to the first site, and the upper half to the other one.",
)
def parts_of_another_site(lab: RunningLab) -> None:
    assert next_hop(lab, "vgw", "10.120.127.1") == "vl-1"
    assert next_hop(lab, "vgw", "10.120.128.1") == "vr-1"


@shown(
    "Customer gateways of one virtual private gateway may have one ASN. Each discards the routes of the other, because its ASN is in them.",
    source="1.7 d",
    of=("CloudHub",),
    lab=ANNOUNCEMENTS,
    done="Nothing.",
    seen="All sessions are Established and the gateway has both sites' prefixes. Neither site has the other's.",
)
def one_asn(lab: RunningLab) -> None:
    for site, prefix, other in (("left-r", _LEFT, _RIGHT), ("right-r", _RIGHT, _LEFT)):
        assert [state(lab, site, f"v{site[0]}-{number}") for number in (1, 2)] == ["Established"] * 2
        assert paths(lab, "vgw", prefix)
        assert other not in prefixes(lab, site)
