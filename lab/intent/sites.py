"""Read a sites file: what AWS cannot know about a network. `import-aws` writes a draft of it, and the user completes it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from lab.intent.document.fields import Bandwidth, Name, NotNull, Prefix, Text, Written
from lab.intent.document.file import Document, read_document
from lab.intent.document.finding import Finding, Where
from lab.intent.document.shape import Shaped, places_below, shape
from lab.intent.topology.customer_side import (
    Accept,
    Announce,
    BfdChecks,
    BfdInterval,
    BfdMultiplier,
    GracefulRestart,
    Prefer,
    Prepend,
    Timers,
    customer_side,
    customer_side_of_vif,
)
from lab.intent.topology.document import InterconnectDocument
from lab.intent.topology.flow_document import FlowDocument
from lab.intent.topology.tunnel_options_document import Who
from lab.model.dx_session import LocalPreference
from lab.model.interconnect import Interconnect
from lab.model.nat import Nat
from lab.model.sites import Edge, Group, OwnSettings, Site, Sites
from lab.model.topology import FlowIntent
from lab.model.tunnel_options import Initiator

Id = Annotated[str, Field(json_schema_extra={"pattern": r"^\S+$"})]
Ids = Annotated[list[Id], Field(examples=[["cgw-0a1b2c3d"]])]
"""Ids of AWS. Terraform and templates have addresses in place of ids."""


class SiteDocument(Written):
    """A site of the customer. AWS knows its ASN, unless nothing of AWS ends there."""

    prefixes: Annotated[list[Prefix], Field(min_length=1, examples=[["10.1.0.0/16"]], description="The networks of the site.")]
    edges: Annotated[
        dict[Name, Ids],
        Field(
            examples=[{"dc1-r1": ["cgw-0a1b2c3d", "dxcon-fg1a2b3c"]}],
            description="Its routers, and for each the customer gateways, connections and LAGs that end on it. `{}` for a site that "
            "reaches AWS only over an interconnect.",
        ),
    ]
    asn: Annotated[
        int | None,
        NotNull,
        Field(
            examples=[65003],
            description="Its AS number. Only for a site without routers, or whose routers have others: AWS knows the rest.",
        ),
    ] = None
    allowas_in: Annotated[int, Field(examples=[1], description="As in a topology.")] = 0
    announce: Annotated[
        list[Prefix], Field(min_length=1, examples=[["0.0.0.0/0", "10.1.0.0/16"]], description="As in a topology. Default: its prefixes.")
    ] = Field(default_factory=list)
    originated_by: Annotated[
        Literal["core", "edges"], Field(examples=["edges"], description="Who originates them in BGP. As in a topology.")
    ] = "core"
    default_route_from: Annotated[
        str | None, NotNull, Field(examples=["internet-a"], description="A site that gives it a default route. As in a topology.")
    ] = None
    stateful: Annotated[
        bool, Field(examples=[True], description="Whether its routers are firewalls that keep state. As in a topology.")
    ] = False
    nat: Annotated[
        dict[Name, list[str]],
        Field(
            examples=[{"nat1": ["dc1-gw1", "dc1-gw2"]}],
            description="Its boxes that translate addresses, with the routers behind each. As in a topology.",
        ),
    ] = Field(default_factory=dict)


class OwnVpnDocument(Written):
    """Settings of your router on a VPN connection, as in a topology. AWS does not know them."""

    prefer: Prefer = None
    accept: Accept = Field(default_factory=list)
    announce: Announce = Field(default_factory=list)
    as_path_prepend: Prepend = 0
    tunnels: Annotated[Literal[1, 2], Field(examples=[1], description="How many of its two tunnels your gateway has configured.")] = 2
    wrong_key: Annotated[
        Literal[1, 2] | None, NotNull, Field(examples=[2], description="The tunnel whose key is wrong at your gateway. As in a topology.")
    ] = None
    bandwidth: Annotated[
        Bandwidth | None, NotNull, Field(examples=["200mbit"], description="How much its internet line carries each way. As in a topology.")
    ] = None
    over: Annotated[
        Id | None,
        NotNull,
        Field(
            examples=["dxvif-fg1a2b3c"],
            description="Of a private-IP VPN: the transit virtual interface of the same router that carries its tunnels, by AWS's id.",
        ),
    ] = None
    initiator: Who = "customer"
    timers: Timers = None


class OwnVifDocument(Written):
    """Settings of your router on a virtual interface, as in a topology. AWS does not know them."""

    prefer: Prefer = None
    accept: Accept = Field(default_factory=list)
    announce: Announce = Field(default_factory=list)
    timers: Timers = None
    as_path_prepend: Prepend = 0
    bfd: Annotated[bool, Field(examples=[True], description="Whether your router runs BFD.")] = False
    local_preference: Annotated[
        Literal["low", "medium", "high"] | None, NotNull, Field(examples=["high"], description="The community that your router sends.")
    ] = None
    graceful_restart: GracefulRestart = None
    bfd_interval: BfdInterval = None
    bfd_multiplier: BfdMultiplier = None
    bfd_checks_control_plane: BfdChecks = False


class SitesDocument(Written):
    """What AWS cannot know about a network."""

    name: Annotated[Name, Field(examples=["my-network"], description="The name of the network.")]
    summary: Annotated[Text, Field(examples=["Two data centres on one transit gateway."], description="One sentence: what it is.")]
    data_centers: Annotated[
        dict[Name, SiteDocument],
        Field(examples=[{"dc1": {"prefixes": ["10.1.0.0/16"], "edges": {"dc1-r1": ["cgw-0a1b2c3d"]}}}], description="Your sites, by name."),
    ]
    providers: Annotated[
        dict[Name, Ids],
        Field(examples=[{"isp-a": ["cgw-0a1b2c3d"]}], description="For each provider, what it carries: customer gateways, VPNs, circuits."),
    ] = Field(default_factory=dict)
    shared_risk: Annotated[
        dict[Name, Ids], Field(examples=[{"conduit-7": ["dxcon-fg1a2b3c"]}], description="For each duct or building, what goes through it.")
    ] = Field(default_factory=dict)
    interconnects: Annotated[
        dict[Name, InterconnectDocument], Field(examples=[{"dci": {"between": ["dc1", "dc2"]}}], description="As in a topology.")
    ] = Field(default_factory=dict)
    virtual_interfaces: Annotated[
        dict[Id, OwnVifDocument], Field(examples=[{"dxvif-fg1a2b3c": {"bfd": True}}], description="Settings of your router, by AWS's id.")
    ] = Field(default_factory=dict)
    vpn_connections: Annotated[
        dict[Id, OwnVpnDocument],
        Field(examples=[{"vpn-0a1b2c3d": {"as_path_prepend": 2}}], description="Settings of your router, by AWS's id."),
    ] = Field(default_factory=dict)
    flows: Annotated[
        dict[Name, FlowDocument] | None,
        NotNull,
        Field(min_length=1, examples=[{"dc1-app": {"from": "dc1", "to": "app"}}], description="As in a topology. Default: chosen for you."),
    ] = None
    names: Annotated[
        dict[Id, Name], Field(examples=[{"vpc-0a1b2c3d": "app"}], description="Your names for things of AWS, by AWS's id.")
    ] = Field(default_factory=dict)
    leave_out: Annotated[Ids, Field(description="Ids of AWS that you do not want in the topology.")] = Field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenSites:
    """The sites in a file, with its document (for line numbers)."""

    sites: Sites
    document: Document

    def refuse(self, mistakes: Iterable[tuple[Where, str]]) -> None:
        """Raise one InputError that lists these mistakes with their lines. Do nothing if there are none."""
        self.document.refuse(Finding(where=where, message=message) for where, message in mistakes)


def read_sites(path: Path) -> WrittenSites:
    """The sites in a YAML file. Raises one InputError that lists every problem with its line and what to do."""
    shaped = shape(read_document(path), SitesDocument)
    shaped.document.refuse([*shaped.findings, *_names_twice(shaped)])
    return WrittenSites(sites=_sites(SitesDocument.model_validate(shaped.document.data)), document=shaped.document)


def _sites(written: SitesDocument) -> Sites:
    flows = written.flows
    return Sites(
        name=written.name,
        summary=written.summary,
        sites=tuple(_site(name, each) for name, each in written.data_centers.items()),
        providers=tuple(_groups(written.providers)),
        shared_risks=tuple(_groups(written.shared_risk)),
        interconnects=tuple(
            Interconnect(name=name, between=tuple(each.between), bandwidth=each.bandwidth) for name, each in written.interconnects.items()
        ),
        own_settings=tuple(_own_settings(written)),
        flows=None if flows is None else tuple(_flow(name, each) for name, each in flows.items()),
        names=tuple(written.names.items()),
        leave_out=tuple(written.leave_out),
    )


def _site(name: str, written: SiteDocument) -> Site:
    edges = tuple(Edge(name=edge, ends=tuple(ends)) for edge, ends in written.edges.items())
    return Site(
        name=name,
        prefixes=tuple(written.prefixes),
        edges=edges,
        asn=written.asn,
        allowas_in=written.allowas_in,
        announce=tuple(written.announce),
        default_route_from=written.default_route_from,
        edges_originate=written.originated_by == "edges",
        is_stateful=written.stateful,
        nat=tuple(Nat(name=box, behind=tuple(edges)) for box, edges in written.nat.items()),
    )


def _groups(written: dict[str, list[str]]) -> Iterator[Group]:
    return (Group(name=name, ids=tuple(ids)) for name, ids in written.items())


def _own_settings(written: SitesDocument) -> Iterator[OwnSettings]:
    for id_, vif in written.virtual_interfaces.items():
        preference = vif.local_preference
        yield OwnSettings(
            section="virtual_interfaces",
            id=id_,
            bfd=vif.bfd,
            local_preference=LocalPreference[preference.upper()] if preference else None,
            as_path_prepend=vif.as_path_prepend,
            customer=customer_side_of_vif(vif),
        )
    for id_, vpn in written.vpn_connections.items():
        yield OwnSettings(
            section="vpn_connections",
            id=id_,
            as_path_prepend=vpn.as_path_prepend,
            customer=customer_side(vpn),
            tunnels=vpn.tunnels,
            wrong_key=vpn.wrong_key,
            over=vpn.over,
            bandwidth=vpn.bandwidth,
            initiator=Initiator(vpn.initiator),
        )


def _flow(name: str, written: FlowDocument) -> FlowIntent:
    return FlowIntent(name=name, source=written.source, target=written.target, bandwidth=written.bandwidth)


def _names_twice(shaped: Shaped) -> Iterator[Finding]:
    """A mistake for each edge whose name something else has already."""
    first: dict[str, Where] = {}
    for site in places_below(shaped.at(("data_centers",)), ("data_centers",)):
        for where in (site, *places_below(shaped.at((*site, "edges")), (*site, "edges"))):
            name = str(where[-1])
            earlier = first.setdefault(name, where)
            if earlier != where:
                line = shaped.document.line(earlier)
                yield Finding(
                    where=where, message=f"{name!r} is already on line {line}; each site and router needs its own name (rename one)"
                )
