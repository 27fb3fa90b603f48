"""Availability: how often each component is up, and how many minutes a year each flow is out because of that. Needs no lab."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lab.model.plan import Role, Timers

HOURS_A_YEAR = 8760.0
MINUTES_A_YEAR = 525_600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """The usual figures for a kind of component, if the topology states none. `repair_hours`: how long a failure lasts on average."""

    availability: float
    repair_hours: float
    source: str


_CIRCUIT = "published service level of an unprotected wavelength: 99.7 % (TELUS); 4 h to repair assumed"
_ROUTER = 'assumed: hardware, software and mistakes; 4 h to repair (Cisco ASR 5000: "the industry standard")'
_PART = "counted in the component that it belongs to"

USUAL: Mapping[str, Usual] = MappingProxyType(
    {
        "Direct Connect connection": Usual(availability=0.997, repair_hours=4, source=_CIRCUIT),
        "interconnect": Usual(availability=0.997, repair_hours=4, source=_CIRCUIT),
        "carrier": Usual(
            availability=0.9999,
            repair_hours=2,
            source="the whole network of a carrier; published service level of a protected core: 99.99 % (TELUS); 2 h to repair assumed",
        ),
        "internet provider": Usual(
            availability=0.999, repair_hours=2, source="assumed (contracts for business access state 99.9 to 99.99 %)"
        ),
        "shared risk": Usual(
            availability=0.9998, repair_hours=10, source="assumed: a duct is cut about every 6 years and repaired in 10 h"
        ),
        "transit gateway peering": Usual(
            availability=0.9999, repair_hours=1, source="assumed: AWS's own network between Regions; AWS publishes no figure"
        ),
        "Direct Connect location": Usual(availability=0.99999, repair_hours=2, source="average of Equinix's data centres: 99.999 % (2015)"),
        Role.DX_DEVICE.value: Usual(availability=0.9999, repair_hours=4, source="assumed: AWS publishes no figure for one device"),
        "data centre": Usual(
            availability=0.99982,
            repair_hours=4,
            source="the figure that is usually given for Tier III: 99.982 %; not counted for its own flows",
        ),
        Role.CORE.value: Usual(
            availability=1.0, repair_hours=4, source="stands for the inside of a site, which the topology does not describe"
        ),
        Role.EDGE.value: Usual(availability=0.9995, repair_hours=4, source=_ROUTER),
        Role.CUSTOMER_GATEWAY.value: Usual(availability=0.9995, repair_hours=4, source=_ROUTER),
        Role.NAT.value: Usual(availability=0.9995, repair_hours=4, source=_ROUTER),
        "availability zone": Usual(availability=0.9999, repair_hours=4, source="assumed: AWS publishes no figure for one zone"),
        "VPN connection": Usual(
            availability=0.9995, repair_hours=4, source="AWS Site-to-Site VPN SLA: 99.95 % for both tunnels of a connection together"
        ),
        Role.VPN_ENDPOINT.value: Usual(
            availability=0.9998, repair_hours=0.5, source="assumed: AWS replaces one endpoint at a time; no figure for one tunnel"
        ),
        "VPN tunnel": Usual(availability=0.9999, repair_hours=0.25, source="assumed: IKE alone, its endpoints and paths up"),
        Role.GATEWAY.value: Usual(
            availability=0.9999, repair_hours=1, source="AWS Direct Connect SLA at maximum resiliency, which includes it: 99.99 %"
        ),
        Role.TRANSIT_GATEWAY.value: Usual(availability=0.9995, repair_hours=1, source="AWS Transit Gateway SLA: 99.95 %"),
        Role.INTERNET.value: Usual(availability=1.0, repair_hours=1, source="the internet between the providers does not fail as a whole"),
        "link": Usual(availability=1.0, repair_hours=4, source=_PART),
    }
)
"""Usual figures, by the component's kind (`Component.what`). A service level is a minimum; the real value is often better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """How often one component is up, and how often it fails.

    `source`: where the availability comes from. `failures_source`: where the number of failures comes from.
    """

    component: str
    what: str
    availability: float
    failures_a_year: float
    source: str
    failures_source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """How many minutes of outage one component causes for a flow.

    - `minutes_a_year`: how much shorter the flow would be cut off in a year if this component never failed. If two components cut a flow
      off only together, these minutes count for both. So the sum over all components is not the outage of the flow.
    - `failover_minutes`: the minutes a year in which a failure of only this component stops the flow until it uses another path. The
      shortest and the longest value
    """

    component: str
    what: str
    minutes_a_year: float
    failover_minutes: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dominating:
    """Some components that cut a flow off only if all of them have failed, and the minutes a year in which all of them have failed."""

    failed: tuple[str, ...]
    minutes_a_year: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowAvailability:
    """How often packets of a flow arrive in both directions, computed from how often each component has failed.

    - `probability`: the probability that packets arrive. `minutes_a_year`: the minutes a year in which they do not.
    - `most_failures`: only states of the network with at most this many failed components were computed. None: all states were computed, so
      the figures are exact.
    - `unknown_minutes`: the minutes a year in states that were not computed. `minutes_a_year` does not contain these minutes.
    - `failover_minutes`: the shortest and the longest minutes a year in which a single failure has stopped the flow, until the flow uses
      another path
    - `contributions`: how much each component adds to `minutes_a_year`. The component that adds most is first.
    - `dominated_by`: the smallest sets of components that cut the flow off together. The set that does so for the most minutes is first.
    """

    flow: str
    probability: float
    minutes_a_year: float
    unknown_minutes: float
    most_failures: int | None
    failover_minutes: tuple[float, float]
    contributions: tuple[Contribution, ...]
    dominated_by: tuple[Dominating, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """The availability of all flows of a topology. `components` has only the components that can fail."""

    topology: str
    timers: Timers
    components: tuple[Reliability, ...]
    flows: tuple[FlowAvailability, ...]
