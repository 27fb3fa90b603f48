"""Flaws of a backup: it carries traffic although the circuit works, or it does not when the circuit is dead. Every session is up."""

from ipaddress import IPv4Network

from lab.compiler.flaws.ends import StaticRoute
from lab.compiler.flaws.entries import ExtraEntry, MissingEntries, OtherSet
from lab.model.flaw import Flaw
from lab.model.router import InPrefixes, PrefixList, RouteMapEntry, SetPreference

_TOPOLOGY = "hybrid-backup"
_ROUTER = "dc2-r1"
_VPC = IPv4Network("172.31.0.0/16")
_HALVES = PrefixList(name="HALVES", prefixes=tuple(IPv4Network("10.2.0.0/16").subnets(1)))

FLAWS = (
    Flaw(
        name="backup-preferred",
        summary="The local preference of the VPN is above that of the circuit, so the site always sends by its backup.",
        misconfigurations=(26,),
        topology=_TOPOLOGY,
        check="dx-cut",
        spoil=OtherSet(node=_ROUTER, route_map="AWS-IN-VPN", number=20, sets=(SetPreference(value=400),)),
    ),
    Flaw(
        name="longer-on-backup",
        summary="The backup announces longer prefixes than the circuit, so AWS always answers over the backup.",
        misconfigurations=(8,),
        topology=_TOPOLOGY,
        check="dx-cut",
        spoil=ExtraEntry(
            node=_ROUTER,
            entry=RouteMapEntry(name="AWS-OUT-vpn1", seq=5, match=(InPrefixes(list=_HALVES.name),)),
            prefixes=_HALVES,
            originated=True,
        ),
    ),
    Flaw(
        name="backup-silent",
        summary="The backup's sessions are up, but the site announces nothing of its own there.",
        misconfigurations=(14, 37),
        topology=_TOPOLOGY,
        check="dx-cut",
        spoil=MissingEntries(node=_ROUTER, route_map="AWS-OUT-vpn1", numbers=(10,)),
    ),
    Flaw(
        name="backup-deaf",
        summary="A filter at the backup drops the VPC's prefix. Its sessions are up, and AWS can reach the site.",
        misconfigurations=(14, 37),
        topology=_TOPOLOGY,
        check="dx-cut",
        spoil=ExtraEntry(
            node=_ROUTER,
            entry=RouteMapEntry(name="AWS-IN-VPN", seq=15, permit=False, match=(InPrefixes(list="VPC"),)),
            prefixes=PrefixList(name="VPC", prefixes=(_VPC,)),
        ),
    ),
    Flaw(
        name="backup-not-for-the-other-site",
        summary="The backup announces only its own site, so AWS cannot answer the other one when the circuit is dead.",
        misconfigurations=(12, 14),
        topology=_TOPOLOGY,
        check="dx-cut",
        spoil=MissingEntries(node=_ROUTER, route_map="AWS-OUT-vpn1", numbers=(20,)),
    ),
    Flaw(
        name="interconnect-without-aws",
        summary="The site with the VPN does not tell the other site about it, so the interconnect does not help.",
        misconfigurations=(12,),
        topology=_TOPOLOGY,
        check="dx-cut",
        spoil=MissingEntries(node="dc2-core", route_map="DCI-OUT", numbers=(40,)),
    ),
    Flaw(
        name="static-to-circuit",
        summary="A static route in the core router leads to the circuit. It goes before BGP, also when the circuit is dead.",
        misconfigurations=(7,),
        topology=_TOPOLOGY,
        check="dx-dark",
        spoil=StaticRoute(node="dc1-core", prefix=_VPC, neighbor="dc1-r1"),
    ),
)
