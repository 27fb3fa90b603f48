"""The keys of a topology file, as pydantic models. `reading` builds the topology from them, and `rules` check it."""

from typing import Annotated, Literal

from pydantic import Field

from lab.intent.document.fields import Bandwidth, HowOften, InsideCidr, Name, NotNull, Prefix, Share, Text, Written
from lab.intent.topology.alarm_document import AlarmDocument
from lab.intent.topology.automation_document import AutomationDocument
from lab.intent.topology.customer_side import (
    Accept,
    Announce,
    NoBfd,
    NoCertificates,
    NoCommunities,
    NoIpv6,
    NoRestart,
    Prefer,
    Prepend,
    Timers,
)
from lab.intent.topology.data_center_document import DataCenterDocument
from lab.intent.topology.direct_connect_document import DirectConnectDocument
from lab.intent.topology.flow_document import FlowDocument
from lab.intent.topology.region_document import PeeringDocument, RegionDocument
from lab.intent.topology.tunnel_options_document import TunnelOptionsDocument, Who


class InterconnectDocument(Written):
    """A private link between the core routers of two data centres, or a provider's WAN between more of them (VPLS, SD-WAN).

    Sites on a WAN see each other directly: the provider's own routers are not in the lab.
    """

    between: Annotated[
        list[str],
        Field(
            min_length=2,
            max_length=250,
            examples=[["dc1", "dc2"]],
            description="Two data centres: a link. More: a WAN, which is one node. Each site has a line to it, such as `dc1-core--wan`.",
        ),
    ]
    bandwidth: Annotated[
        Bandwidth | None,
        NotNull,
        Field(
            examples=["10gbit"],
            description="How much it carries each way, for `audit`; of a WAN, each line. The lab does not limit traffic.",
        ),
    ] = None


class VpnConnectionDocument(Written):
    """A Site-to-Site VPN connection: two tunnels, which end in two availability zones. BGP runs in both, unless it has static routes."""

    customer_gateway: Annotated[str, Field(examples=["dc1-gw1"], description="The customer's end: an edge of a data centre.")]
    gateway: Annotated[str, Field(examples=["vgw"], description="AWS's end: a virtual private gateway or a transit gateway.")]
    provider: Annotated[Name, Field(examples=["isp-a"], description="The internet provider whose network carries the tunnels.")] = (
        "internet"
    )
    over: Annotated[
        str | None,
        NotNull,
        Field(
            examples=["vif1"],
            description="A private-IP VPN: the transit virtual interface of the same router that carries the tunnels, instead of the "
            "internet. If its circuit fails, the tunnels fail.",
        ),
    ] = None
    shared_risk: Annotated[
        list[Name],
        Field(
            examples=[["conduit-7"]],
            description="Things that its internet line shares with circuits or other lines, for instance a duct. "
            "A fault with that name breaks all of them.",
        ),
    ] = Field(default_factory=list)
    bandwidth: Annotated[
        Bandwidth | None,
        NotNull,
        Field(
            examples=["200mbit"],
            description="How much its internet line carries each way, for `audit`. Connections of one gateway by one provider share one "
            "line. AWS's own limit of a tunnel is 1.25 Gbit/s. The lab does not limit traffic to it.",
        ),
    ] = None
    inside_cidrs: Annotated[
        list[InsideCidr],
        Field(
            min_length=2,
            max_length=2,
            examples=[["169.254.10.0/30", "169.254.10.4/30"]],
            description="The inside addresses: one /30 of 169.254.0.0/16 for each tunnel. Default: the lab chooses them.",
        ),
    ] = Field(default_factory=list)
    static_routes: Annotated[
        list[Prefix],
        Field(
            min_length=1,
            examples=[["10.2.0.0/16"]],
            description="The prefixes that AWS sends into the tunnels. With this key the VPN is static, without BGP.",
        ),
    ] = Field(default_factory=list)
    as_path_prepend: Prepend = 0
    prefer: Prefer = None
    accept: Accept = Field(default_factory=list)
    announce: Announce = Field(default_factory=list)
    tunnels: Annotated[
        Literal[1, 2],
        Field(examples=[1], description="How many of its two tunnels your gateway has configured. AWS always makes both."),
    ] = 2
    wrong_key: Annotated[
        Literal[1, 2] | None,
        NotNull,
        Field(
            examples=[2],
            description="The tunnel whose pre-shared key is wrong at your gateway, so that it never comes up. Default: both are right.",
        ),
    ] = None
    initiator: Who = "customer"
    tunnel_options: Annotated[
        TunnelOptionsDocument | None,
        NotNull,
        Field(examples=[{"startup_action": "start", "dpd_action": "restart"}], description="AWS's options of its tunnels."),
    ] = None
    timers: Timers = None
    local_preference: NoCommunities = None
    bfd: NoBfd = None
    graceful_restart: NoRestart = None
    authentication: NoCertificates = None
    ipv6: NoIpv6 = None


class MonitoringDocument(Written):
    """Prometheus and Alertmanager beside the lab."""

    rules: Annotated[
        list[str],
        Field(examples=[["my.rules.yml"]], description="Your own rule files for Prometheus, as paths from this file. Ours are there, too."),
    ] = Field(default_factory=list)


class TopologyDocument(Written):
    """A network in the words of AWS and of a data centre. Addresses, routers and tunnels follow from it."""

    name: Annotated[
        Name, Field(examples=["active-active-vpn"], description="The name of the network, of its lab, and of the folder of its checks.")
    ]
    summary: Annotated[
        Text, Field(examples=["Two data centres on one virtual private gateway."], description="One sentence: what the network is.")
    ]
    data_centers: Annotated[
        dict[Name, DataCenterDocument],
        Field(
            examples=[{"dc1": {"asn": 65001, "prefixes": ["10.1.0.0/16"], "edges": ["dc1-gw1"]}}],
            description="Your sites, by name.",
        ),
    ]
    interconnects: Annotated[
        dict[Name, InterconnectDocument],
        Field(examples=[{"dci": {"between": ["dc1", "dc2"]}}], description="Private links between sites, by name."),
    ] = Field(default_factory=dict)
    regions: Annotated[
        dict[Name, RegionDocument],
        Field(
            examples=[{"us-east-1": {"vpcs": {"app": {"cidr": "172.31.0.0/16"}}}}],
            description="AWS Regions, by name, with their VPCs and gateways.",
        ),
    ] = Field(default_factory=dict)
    transit_gateway_peerings: Annotated[
        dict[Name, PeeringDocument],
        Field(examples=[{"peer1": {"between": ["tgw-eu", "tgw-us"]}}], description="Peerings between transit gateways, by name."),
    ] = Field(default_factory=dict)
    direct_connect: Annotated[
        DirectConnectDocument,
        Field(
            examples=[{"locations": {"loc-a": {"region": "us-east-1"}}}],
            description="Circuits, the devices they end on, and their virtual interfaces.",
        ),
    ] = Field(default_factory=DirectConnectDocument)
    vpn_connections: Annotated[
        dict[Name, VpnConnectionDocument],
        Field(examples=[{"vpn1": {"customer_gateway": "dc1-gw1", "gateway": "vgw"}}], description="Site-to-Site VPNs, by name."),
    ] = Field(default_factory=dict)
    flows: Annotated[
        dict[Name, FlowDocument],
        Field(
            min_length=1,
            examples=[{"dc1-app": {"from": "dc1", "to": "app"}}],
            description="Traffic between sites, by name. Every check measures all flows.",
        ),
    ]
    availability: Annotated[
        dict[str, Share],
        Field(
            examples=[{"dx1": 0.9995, "edge router": 0.999}],
            description="How often a component is up, by its name or by its kind: a share of the year. "
            "What is not listed has a usual value (`predict --availability` shows all).",
        ),
    ] = Field(default_factory=dict)
    failures_a_year: Annotated[
        dict[str, HowOften],
        Field(
            examples=[{"dx1": 2}],
            description="How often a component fails, by its name or by its kind. Only failovers are counted by it. "
            "What is not listed follows from the availability and a usual time to repair.",
        ),
    ] = Field(default_factory=dict)
    alarms: Annotated[
        dict[Name, AlarmDocument],
        Field(
            examples=[{"dx1-dark": {"metric": "ConnectionState", "dimensions": {"ConnectionId": "dx1"}}}],
            description="Your alarms in CloudWatch, by name. One with the name of a default alarm replaces it.",
        ),
    ] = Field(default_factory=dict)
    default_alarms: Annotated[
        bool,
        Field(examples=[False], description="Whether it also has the [alarms that AWS recommends](../monitoring.md#the-alarms)."),
    ] = True
    automation: Annotated[
        dict[Name, AutomationDocument],
        Field(
            examples=[{"brown-out": {"on": "FlowLossHigh", "do": {"bgp-shutdown": "vif1"}}}],
            description="What happens when an alarm of Prometheus rings, by name. Only in a check that names it.",
        ),
    ] = Field(default_factory=dict)
    monitoring: Annotated[
        MonitoringDocument | None,
        NotNull,
        Field(
            examples=[{"rules": ["my.rules.yml"]}],
            description="Always run Prometheus and Alertmanager beside the lab, as with [`--monitor`](../monitoring.md).",
        ),
    ] = None
