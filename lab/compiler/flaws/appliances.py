"""Flaws of VPN appliances: one of two is configured in another way, and nobody sees it while the other one works."""

from lab.compiler.flaws.entries import MissingEntries
from lab.model.flaw import Flaw

_TOPOLOGY = "active-active-vpn"

FLAWS = (
    Flaw(
        name="appliance-silent",
        summary="The second appliance announces nothing of its site, so AWS answers over the other site when the first one dies.",
        misconfigurations=(1, 14),
        topology=_TOPOLOGY,
        check="one-appliance",
        spoil=MissingEntries(node="dc1-gw2", route_map="AWS-OUT-vpn2", numbers=(10,)),
    ),
    Flaw(
        name="appliance-hidden-from-the-site",
        summary="The second appliance tells the core router nothing about AWS, so the site does not use it when the first one dies.",
        misconfigurations=(1, 12),
        topology=_TOPOLOGY,
        check="one-appliance",
        spoil=MissingEntries(node="dc1-gw2", route_map="TO-CORE", numbers=(20,)),
    ),
    Flaw(
        name="deaf-site",
        summary="The site takes no routes to AWS from the interconnect, so it is cut off when both its appliances die.",
        misconfigurations=(12,),
        topology=_TOPOLOGY,
        check="site-vpn",
        spoil=MissingEntries(node="dc1-core", route_map="DCI-IN", numbers=(30, 40)),
    ),
)
