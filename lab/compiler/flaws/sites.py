"""Flaws between sites with a circuit each: traffic takes the other site's circuit always, or never."""

from ipaddress import IPv4Network

from lab.compiler.flaws.entries import ExtraEntry, MissingEntries, OtherSet
from lab.model.flaw import Flaw
from lab.model.router import InPrefixes, PrefixList, Prepend, RouteMapEntry, SetPreference, SetWeight

_TOPOLOGY = "redundant-dx"
_HALVES = PrefixList(name="HALVES", prefixes=tuple(IPv4Network("10.1.0.0/16").subnets(1)))

FLAWS = (
    Flaw(
        name="prepends-on-own-circuit",
        summary="The site prepends on its own circuit, so AWS answers over the other site's circuit and the interconnect.",
        misconfigurations=(27,),
        topology=_TOPOLOGY,
        check="as-drawn",
        spoil=OtherSet(node="dc1-r1", route_map="AWS-OUT-vif1", number=10, sets=(Prepend(asns=(65001,) * 3),)),
    ),
    Flaw(
        name="longer-at-the-other-site",
        summary="The other site announces longer prefixes of this site, so AWS answers over the other site's circuit.",
        misconfigurations=(8,),
        topology=_TOPOLOGY,
        check="as-drawn",
        spoil=ExtraEntry(
            node="dc2-r1",
            entry=RouteMapEntry(name="AWS-OUT-vif2", seq=5, match=(InPrefixes(list=_HALVES.name),)),
            prefixes=_HALVES,
            originated=True,
        ),
    ),
    Flaw(
        name="prefers-the-other-circuit",
        summary="The local preference of what comes over the interconnect is too high, so the site sends by the other site's circuit.",
        misconfigurations=(26,),
        topology=_TOPOLOGY,
        check="as-drawn",
        spoil=OtherSet(node="dc1-core", route_map="DCI-IN", number=30, sets=(SetPreference(value=250),)),
    ),
    Flaw(
        name="weight-on-the-interconnect",
        summary="A weight on the interconnect goes before every preference, so the site sends by the other site's circuit.",
        misconfigurations=(26,),
        topology=_TOPOLOGY,
        check="as-drawn",
        spoil=OtherSet(node="dc1-core", route_map="DCI-IN", number=30, sets=(SetWeight(value=100),)),
    ),
    Flaw(
        name="deaf-on-the-interconnect",
        summary="The site takes no routes to AWS from the interconnect, so it is cut off with its own circuit.",
        misconfigurations=(12,),
        topology=_TOPOLOGY,
        check="circuit-cut",
        spoil=MissingEntries(node="dc1-core", route_map="DCI-IN", numbers=(30, 40)),
    ),
    Flaw(
        name="not-announced-by-the-other-site",
        summary="The other site announces only itself to AWS, so AWS cannot answer when this site's circuit is dead.",
        misconfigurations=(12, 14),
        topology=_TOPOLOGY,
        check="circuit-cut",
        spoil=MissingEntries(node="dc2-r1", route_map="AWS-OUT-vif2", numbers=(20,)),
    ),
    Flaw(
        name="sitelink-refused",
        summary="The site refuses the other site's prefix from AWS, so SiteLink does not help when the interconnect is cut.",
        misconfigurations=(14,),
        topology="sitelink",
        check="interconnect-lost",
        spoil=ExtraEntry(
            node="dc1-r1",
            entry=RouteMapEntry(name="AWS-IN-DX", seq=15, permit=False, match=(InPrefixes(list="SITE"),)),
            prefixes=PrefixList(name="SITE", prefixes=(IPv4Network("10.2.0.0/16"),)),
        ),
    ),
    Flaw(
        name="number-of-the-other-site",
        summary="The other site prepends this site's ASN, so this site takes its prefix from AWS for a loop when the interconnect is cut.",
        misconfigurations=(20, 27),
        topology="sitelink",
        check="interconnect-lost",
        spoil=OtherSet(node="dc2-r1", route_map="AWS-OUT-vif2", number=10, sets=(Prepend(asns=(65001,)),)),
    ),
    Flaw(
        name="prefers-sitelink",
        summary="The site prefers SiteLink to its interconnect, so it pays for every packet between the sites.",
        misconfigurations=(26,),
        topology="sitelink",
        check="interconnect-lost",
        spoil=OtherSet(node="dc1-core", route_map="DCI-IN", number=20, sets=(SetPreference(value=100),)),
    ),
)
