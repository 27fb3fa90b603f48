"""RULES: what AWS, BGP and the lab require of a whole topology. Law: each broken rule gives a mistake with its reason and what to do."""

from collections.abc import Callable, Iterator

from lab.intent.document.finding import Finding
from lab.intent.rules import (
    alarms,
    announced,
    asns,
    automations,
    availability,
    customer_side,
    dx_gateways,
    equal_asns,
    flows,
    gateways,
    inside,
    lags,
    lists,
    names,
    nat,
    own_configurations,
    prefixes,
    quotas,
    ranges,
    references,
    sites,
    transit_routes,
    tunnel_options,
    virtual_interfaces,
)
from lab.intent.rules.draft import Draft

__all__ = ["Draft", "broken"]

Rule = Callable[[Draft], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    names.unique,
    names.not_derived,
    references.interconnect_ends,
    references.attached_vpcs,
    references.peering_ends,
    references.connection_ends,
    references.location_regions,
    references.circuit_ends,
    references.virtual_interface_ends,
    references.associated_gateways,
    references.flow_ends,
    lists.nothing_twice,
    ranges.respected,
    prefixes.not_reserved,
    prefixes.static_routes_not_reserved,
    prefixes.outside_vpcs,
    prefixes.vpcs_apart,
    prefixes.hosts_apart,
    prefixes.right_size,
    announced.within_quota,
    announced.not_reserved,
    announced.apart_on_cloudhub,
    asns.customer_side,
    asns.amazon_side,
    equal_asns.across_connections,
    equal_asns.across_associations,
    inside.usable,
    inside.unique,
    gateways.one_vpc_each,
    gateways.same_region,
    transit_routes.peerings_join_two,
    transit_routes.known_attachments,
    transit_routes.usable_prefixes,
    transit_routes.one_each,
    dx_gateways.one_kind,
    dx_gateways.virtual_private_gateway_once,
    dx_gateways.transit_gateway_prefixes,
    dx_gateways.prefixes_apart,
    lags.possible,
    virtual_interfaces.own_vlan,
    virtual_interfaces.right_end,
    virtual_interfaces.right_kind,
    virtual_interfaces.sitelink,
    customer_side.needs_bgp,
    virtual_interfaces.jumbo,
    tunnel_options.accepted,
    nat.of_own_edges,
    nat.with_vpn,
    nat.started_from_inside,
    customer_side.timers,
    customer_side.restarts,
    customer_side.bfd,
    quotas.of_connections,
    quotas.of_dx_gateways,
    quotas.of_gateways,
    quotas.of_vpn_connections,
    availability.of_components,
    alarms.dimensions,
    alarms.limits,
    automations.known_alarm,
    automations.known_labels,
    automations.known_target,
    automations.fitting_prefix,
    automations.watches_another,
    automations.one_each,
    automations.undoable_script,
    own_configurations.of_edges,
    own_configurations.decide_alone,
    sites.edges_connected,
    sites.interconnects_join_two,
    sites.own_asns_of_edges,
    flows.make_sense,
)


def broken(draft: Draft, *, shaped_well: bool) -> Iterator[Finding]:
    """The mistakes that all rules find. Flows without a path are searched only if there is no other mistake."""
    findings = [finding for rule in RULES for finding in rule(draft)]
    yield from findings
    if shaped_well and not findings:
        yield from flows.have_a_way(draft)
