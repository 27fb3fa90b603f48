"""The route-maps of core routers, to their edges and over interconnects."""

from dataclasses import replace

from lab.compiler.data_center.common import FROM_INTERCONNECT
from lab.model.router import HasCommunity, InPrefixes, RouteMapEntry, SetCommunities, SetPreference

INTERCONNECT_PREFERENCE = 300
"""The local preference of what other sites have: better than any path through AWS."""

_OWN, _OTHER = InPrefixes(list="OWN"), InPrefixes(list="OTHER")
_OVER_INTERCONNECT, _OVER_DX, _OVER_VPN = (HasCommunity(list=name) for name in ("FROM-DCI", "FROM-DX", "FROM-VPN"))
HEARD_OVER_INTERCONNECT = SetCommunities(values=(FROM_INTERCONNECT,))

ROUTE_MAPS = (
    RouteMapEntry(name="TO-EDGE", seq=10, match=(_OWN,)),
    RouteMapEntry(name="TO-EDGE", seq=20, match=(_OTHER, _OVER_INTERCONNECT)),
    RouteMapEntry(name="DCI-IN", seq=10, permit=False, match=(_OWN,)),
    # prefixes of the other site: the interconnect is better than any path through AWS
    RouteMapEntry(
        name="DCI-IN",
        seq=20,
        match=(_OTHER,),
        set=(SetPreference(value=INTERCONNECT_PREFERENCE), HEARD_OVER_INTERCONNECT),
    ),
    # AWS through the other site's Direct Connect: better than this site's VPN (100), worse than this site's Direct Connect (200)
    RouteMapEntry(
        name="DCI-IN",
        seq=30,
        match=(_OVER_DX,),
        set=(SetPreference(value=150), HEARD_OVER_INTERCONNECT),
    ),
    # AWS through the other site's VPN: the last choice
    RouteMapEntry(name="DCI-IN", seq=40, set=(SetPreference(value=50), HEARD_OVER_INTERCONNECT)),
    RouteMapEntry(name="DCI-OUT", seq=10, match=(_OWN,)),
    RouteMapEntry(name="DCI-OUT", seq=20, permit=False, match=(_OTHER,)),
    RouteMapEntry(name="DCI-OUT", seq=30, match=(_OVER_DX,)),
    RouteMapEntry(name="DCI-OUT", seq=40, match=(_OVER_VPN,)),
)


SISTER_MAPS = (
    RouteMapEntry(name="SISTER-IN", seq=10, permit=False, match=(_OWN,)),
    # in one AS, every route keeps the preference that it got where it came in
    RouteMapEntry(name="SISTER-IN", seq=20, set=(HEARD_OVER_INTERCONNECT,)),
    # a site's own prefixes are better than any path through AWS, as those of an IGP would be
    RouteMapEntry(name="SISTER-OUT", seq=10, match=(_OWN,), set=(SetPreference(value=INTERCONNECT_PREFERENCE),)),
    *(replace(entry, name="SISTER-OUT") for entry in ROUTE_MAPS if entry.name == "DCI-OUT" and entry.seq > 10),
)

TO_EDGE_BEYOND_OWN = RouteMapEntry(name="TO-EDGE", seq=15, match=(InPrefixes(list="BEYOND-OWN"),))
