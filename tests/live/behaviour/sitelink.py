"""SiteLink: from location to location without a Region."""

from lab.runtime.lab import RunningLab
from tests.live.behaviour.doing import announced, broken, keeping_communities, shut, told
from tests.live.behaviour.labs import SITELINK
from tests.live.behaviour.preference import SHARED, SITE, goes, hears
from tests.live.behaviour.row import shown
from tests.live.behaviour.seen import answers, as_paths, heard, paths, prefixes, session, state, walk
from tests.waiting import wait_for

NEAR, FAR, WITHOUT = "loc-a-1", "loc-b-1", "loc-b-2"
"""Devices: NEAR of dc1 and dc2 at one location, FAR of dc3 and dc4 at another, and WITHOUT of dc3's second interface, without SiteLink."""

_LOOPS = ("SiteLink loop behaviour",)
_BOTH = ("DXGW non-transit",)


@shown(
    "Between virtual interfaces with SiteLink, packets go from location to location and not through a Region.",
    source="4 D23",
    lab=SITELINK,
    done="The locations lose their links to the Region.",
    seen="Before and after, the path between two sites has the two locations' devices and no gateway.",
)
def data_path(lab: RunningLab) -> None:
    way = ("dc1-host", "dc1-core", "dc1-r1", NEAR, FAR, "dc3-r1", "dc3-core", "dc3-host")
    assert walk(lab, "dc1-host", "dc3-host") == way
    with broken(lab, "link-down", f"{NEAR}--vgw"), broken(lab, "link-down", f"{FAR}--vgw"), broken(lab, "link-down", f"{WITHOUT}--vgw"):
        wait_for(lambda: "172.31.0.0/16" not in prefixes(lab, "dc1-r1"), "the loss of the Region")
        assert walk(lab, "dc1-host", "dc3-host") == way
        assert answers(lab, "dc1-host", "dc3-host")
    wait_for(lambda: "172.31.0.0/16" in prefixes(lab, "dc1-r1"), "the Region again")


@shown(
    "The other site's path has the Direct Connect gateway's ASN once on one device, and twice across two devices.",
    source="4 XC",
    lab=SITELINK,
    done="Nothing.",
    seen="64513 65001 on the announcing site's device, 64513 64513 65001 at the other location.",
)
def path_lengths(lab: RunningLab) -> None:
    assert as_paths(lab, "dc2-r1", SITE) == {(NEAR, "64513 65001")}
    assert as_paths(lab, "dc3-r1", SITE) == {(FAR, "64513 64513 65001")}


@shown(
    "SiteLink must be on at both virtual interfaces.",
    source="4 AT26, FAQ, XC",
    of=_BOTH,
    lab=SITELINK,
    done="A site announces one more prefix on a second virtual interface, which has no SiteLink.",
    seen="On that interface the site hears only the VPC. The Region hears the prefix; the sites with SiteLink do not.",
)
def both_need_the_flag(lab: RunningLab) -> None:
    assert as_paths(lab, "dc3-r1", "172.31.0.0/16") == {(FAR, "64513"), (WITHOUT, "64513")}
    for prefix in (SITE, "10.2.0.0/16"):
        assert heard(lab, "dc3-r1", prefix, FAR)
        assert not heard(lab, "dc3-r1", prefix, WITHOUT)
    with announced(lab, "vif5", (SHARED,)):
        goes(lab, "vgw", SHARED, WITHOUT)
        assert SHARED not in prefixes(lab, "dc1-r1")
    with announced(lab, "vif3", (SHARED,)):
        wait_for(lambda: SHARED in prefixes(lab, "dc1-r1"), "the prefix announced with the flag")


@shown(
    "Sites with the same ASN do not hear each other, because AWS does not change the path. `allowas-in` on their routers helps.",
    source="4 XC, k",
    of=_LOOPS,
    lab=SITELINK,
    done="Two sites at two locations have the same ASN and no interconnect. Both allow their own ASN once. Then one stops allowing it.",
    seen="Each hears the other, and packets are answered. Then AWS's device still has the path, but the site has not.",
)
def one_asn_at_two_sites(lab: RunningLab) -> None:
    assert as_paths(lab, "dc4-r1", SITE) == {(FAR, "64513 64513 65001")}
    assert answers(lab, "dc1-host", "dc4-host")
    of = session(lab, "dc4-r1", FAR)
    lines = [f"router bgp {of.asn}", "address-family ipv4 unicast"]
    without = [*lines, f"no neighbor {of.neighbor} allowas-in"]
    with told(lab, "dc4-r1", without, [*lines, f"neighbor {of.neighbor} allowas-in 1"]):
        wait_for(lambda: SITE not in prefixes(lab, "dc4-r1"), "the path refused")
        assert heard(lab, FAR, SITE, NEAR)
        wait_for(lambda: not answers(lab, "dc1-host", "dc4-host"), "no answer from the other site")
    wait_for(lambda: answers(lab, "dc1-host", "dc4-host"), "an answer from the other site")


@shown(
    "SiteLink passes a customer's communities on, except those for AWS (7224:*).",
    source="4 XC, ST",
    of=("LP communities",),
    lab=SITELINK,
    done="A site announces its prefix with 65001:77 and 7224:7300. The others keep the communities they hear.",
    seen="On one device and across two, 65001:77 arrives and no 7224 community does.",
)
def communities_pass(lab: RunningLab) -> None:
    with announced(lab, "vif1", (SITE,), "community 65001:77 7224:7300"):
        hears(lab, "vgw", NEAR, local_preference=430)
        for name in ("dc2-r1", "dc3-r1"):
            with keeping_communities(lab, name, "DX"):
                wait_for(lambda name=name: "65001:77" in _communities(lab, name), f"the customer's community at {name}")
                assert not [each for each in _communities(lab, name) if each.startswith(("7224:", "65551:"))]


@shown(
    "The communities 7224:7100, 7200 and 7300 also decide between SiteLink paths.",
    source="4 FAQ",
    of=("LP communities",),
    lab=SITELINK,
    done="Two sites on one device announce the same prefix. First one has 7224:7100, then the other.",
    seen="Each time another location hears the site without it.",
)
def communities_count(lab: RunningLab) -> None:
    with announced(lab, "vif1", (SHARED,), "community 7224:7100"), announced(lab, "vif2", (SHARED,)):
        wait_for(lambda: as_paths(lab, "dc3-r1", SHARED) == {(FAR, "64513 64513 65002")}, "the second site's path")
    with announced(lab, "vif1", (SHARED,)), announced(lab, "vif2", (SHARED,), "community 7224:7100"):
        wait_for(lambda: as_paths(lab, "dc3-r1", SHARED) == {(FAR, "64513 64513 65001")}, "the first site's path")


@shown(
    "With SiteLink a Region compares AS_PATHs and does not prefer its own locations.",
    source="4 D23",
    of=("LP communities",),
    lab=SITELINK,
    done="A prefix is announced at a location of the Region with one prepend, and at a location of another Region.",
    seen="The gateway uses the other Region's location. Without SiteLink it would use its own.",
)
def home_does_not_count(lab: RunningLab) -> None:
    with announced(lab, "vif1", (SHARED,), "as-path prepend 65001"), announced(lab, "vif3", (SHARED,)):
        hears(lab, "vgw", NEAR, SHARED, as_path="65001 65001")
        goes(lab, "vgw", SHARED, FAR)


@shown(
    "SiteLink does not help a site that has lost its virtual interface with SiteLink.",
    source="4 d",
    lab=SITELINK,
    done="BGP of this virtual interface is shut.",
    seen="The other sites no longer hear this site, although its virtual interface without SiteLink is up.",
)
def no_rescue(lab: RunningLab) -> None:
    with shut(lab, "vif3"):
        wait_for(lambda: "10.3.0.0/16" not in prefixes(lab, "dc1-r1"), "the site unheard of")
        assert state(lab, WITHOUT, "dc3-r1") == "Established"
    wait_for(lambda: "10.3.0.0/16" in prefixes(lab, "dc1-r1"), "the site heard of again")


def _communities(lab: RunningLab, node: str) -> list[str]:
    return [each for path in paths(lab, node, SITE) for each in path.communities]
