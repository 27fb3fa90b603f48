"""A default route that one site gives another, such as the internet behind an interconnect.

The other one has it, and its edges announce it, only while it learns it. AWS then hears that the way to the internet is gone.
"""

from collections.abc import Iterator
from dataclasses import replace

from lab.compiler.blueprint import Blueprint
from lab.compiler.data_center.core_maps import HEARD_OVER_INTERCONNECT, INTERCONNECT_PREFERENCE, ROUTE_MAPS, SISTER_MAPS
from lab.model.router import HasCommunity, InPrefixes, RouteMapEntry, SetPreference
from lab.model.topology import DataCenter

GIVEN = {"DCI": "DCI-OUT-DEFAULT", "SISTER": "SISTER-OUT-DEFAULT"}
"""The outbound route-map for a site that gets the default route, by the kind of the interconnect."""

_DEFAULT = InPrefixes(list="DEFAULT")
_PREFERRED = SetPreference(value=INTERCONNECT_PREFERENCE)


def default_maps(blueprint: Blueprint, site: DataCenter) -> Iterator[RouteMapEntry]:
    """The route-map entries of a core router that gives a default route, or gets one."""
    if blueprint.gives_default(site):
        for kind, maps in (("DCI", ROUTE_MAPS), ("SISTER", SISTER_MAPS)):
            yield RouteMapEntry(name=GIVEN[kind], seq=5, match=(_DEFAULT,), set=(_PREFERRED,) if kind == "SISTER" else ())
            yield from (replace(entry, name=GIVEN[kind]) for entry in maps if entry.name == f"{kind}-OUT")
    if site.default_route_from:
        yield RouteMapEntry(name="DCI-IN", seq=25, match=(_DEFAULT,), set=(_PREFERRED, HEARD_OVER_INTERCONNECT))
        yield RouteMapEntry(name="TO-EDGE", seq=25, match=(_DEFAULT, HasCommunity(list="FROM-DCI")))
