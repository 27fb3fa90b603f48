"""The compiled configuration of AWS's nodes shows AWS's behaviour on a VPN and at a gateway."""

from ipaddress import IPv4Network

from lab.model.plan import GATEWAY_ROLES, Node, Plan, Role
from lab.model.tunnel import Tunnel
from tests.unit.compiler.reading import bgpd_lines, nodes_of, route_map, told_of

INTERNAL_AS = "65551"
GATEWAYS = tuple(GATEWAY_ROLES)
CUSTOMERS = (Role.CORE, Role.EDGE, Role.CUSTOMER_GATEWAY)


def _ends(plan: Plan) -> list[tuple[Tunnel, Node, Node]]:
    """Every tunnel with BGP, with the nodes of its two ends: AWS's and the customer's."""
    found = [(tunnel, plan.node(tunnel.aws.node), plan.node(tunnel.customer.node)) for tunnel in plan.tunnels if not tunnel.aws.routes]
    assert found
    return found


def test_customers_never_see_the_internal_as(by_vpn: Plan) -> None:
    for tunnel, aws, customer in _ends(by_vpn):
        assert f"router bgp {INTERNAL_AS}" in bgpd_lines(aws)
        (asn,) = (line.split()[1] for line in told_of(customer, tunnel.aws.inside.ip) if line.startswith("remote-as "))
        assert asn != INTERNAL_AS
        assert f"local-as {asn} no-prepend replace-as" in told_of(aws, tunnel.customer.inside.ip)
    for node in nodes_of(by_vpn, *CUSTOMERS):
        assert not any(INTERNAL_AS in line for line in bgpd_lines(node))


def test_routes_to_a_customer_lose_their_internal_tags(by_vpn: Plan) -> None:
    for tunnel, aws, _ in _ends(by_vpn):
        assert f"bgp large-community-list expanded INTERNAL-TAGS permit ^{INTERNAL_AS}:" in bgpd_lines(aws)
        assert "route-map CUSTOMER-OUT out" in told_of(aws, tunnel.customer.inside.ip)
        assert all("set large-comm-list INTERNAL-TAGS delete" in lines for lines in route_map(aws, "CUSTOMER-OUT").values())


def test_aws_sends_med_100_and_200_on_the_two_tunnels_and_100_on_both_of_a_transit_gateway(by_vpn: Plan) -> None:
    for tunnel, aws, _ in _ends(by_vpn):
        (lines,) = route_map(aws, "CUSTOMER-OUT").values()
        equal = _gateway_of(by_vpn, aws).role is Role.TRANSIT_GATEWAY
        assert f"set metric {'100' if equal or tunnel.name == f'{tunnel.connection}-1' else '200'}" in lines


def test_a_transit_gateway_sends_origin_egp_over_vpn_so_that_direct_connect_wins(by_vpn: Plan) -> None:
    for _, aws, _ in _ends(by_vpn):
        (lines,) = route_map(aws, "CUSTOMER-OUT").values()
        assert ("set origin egp" in lines) == (_gateway_of(by_vpn, aws).role is Role.TRANSIT_GATEWAY)


def test_a_customer_may_announce_100_prefixes_to_a_virtual_private_gateway_and_1000_to_a_transit_gateway(by_vpn: Plan) -> None:
    limits = {Role.GATEWAY: "maximum-prefix 100", Role.TRANSIT_GATEWAY: "maximum-prefix 1000"}
    for tunnel, aws, _ in _ends(by_vpn):
        assert limits[_gateway_of(by_vpn, aws).role] in told_of(aws, tunnel.customer.inside.ip)


def test_aws_proposes_10_and_30_seconds_on_a_vpn_under_every_timer_profile(by_vpn: Plan) -> None:
    for tunnel, aws, _ in _ends(by_vpn):
        assert "timers 10 30" in told_of(aws, tunnel.customer.inside.ip)


def test_there_is_no_bfd_on_a_vpn(by_vpn: Plan) -> None:
    for tunnel, aws, customer in _ends(by_vpn):
        assert "bfd" not in told_of(aws, tunnel.customer.inside.ip)
        assert "bfd" not in told_of(customer, tunnel.aws.inside.ip)


def test_a_vpcs_route_wins_by_class_and_not_by_weight(plan: Plan) -> None:
    for gateway in nodes_of(plan, *GATEWAYS):
        networks = [line for line in bgpd_lines(gateway) if line.startswith("network ")]
        assert networks
        assert all(line.endswith(" route-map VPC") for line in networks)
        (lines,) = route_map(gateway, "VPC").values()
        assert lines == ["set weight 0", "set local-preference 500", f"set large-community {INTERNAL_AS}:1:2"]


def test_the_gateway_prefers_and_endpoints_pass_on_all_their_paths(tunnelled: Plan) -> None:
    static = {Role.GATEWAY: 300, Role.TRANSIT_GATEWAY: 600}
    for gateway in nodes_of(tunnelled, *GATEWAYS):
        assert route_map(gateway, "FROM-VPN") == {
            "permit 10": ["match large-community STATIC", f"set local-preference {static[gateway.role]}"],
            "permit 20": ["set local-preference 200"],
        }
    for endpoint in nodes_of(tunnelled, Role.VPN_ENDPOINT):
        core = next(session.neighbor for session in tunnelled.sessions if session.node == endpoint.name and _is_gateway(tunnelled, session))
        assert {"addpath-tx-all-paths", "next-hop-self", "bfd"} <= told_of(endpoint, core)
        assert route_map(endpoint, "FROM-CORE") == {"permit 10": ["set local-preference 100"]}


def test_static_routes_of_two_tunnels_are_never_equal(tunnelled: Plan) -> None:
    """Static VPN never shares, also on a transit gateway with ECMP (T26)."""
    endpoints = nodes_of(tunnelled, Role.VPN_ENDPOINT)
    meds = {line for node in endpoints for line in route_map(node, "STATIC-VPN")["permit 10"] if line.startswith("set metric ")}
    assert len(meds) == len(endpoints)


def test_virtual_interfaces_of_one_device_share_traffic(plan: Plan) -> None:
    """Also if the customers' ASNs differ (D26 2.3)."""
    for node in plan.nodes:
        if node.role is Role.DX_DEVICE:
            assert {"maximum-paths 16", "bgp bestpath as-path multipath-relax"} <= set(bgpd_lines(node))


def test_the_gateway_passes_a_customers_routes_to_the_other_customers(tunnelled: Plan) -> None:
    """CloudHub: the gateway passes one site's prefixes to the others. To Direct Connect only where AWS joins the two (3.4)."""
    joined = {Role.GATEWAY: "FROM-GATEWAY-VIF", Role.TRANSIT_GATEWAY: "FROM-VIF"}
    for gateway in nodes_of(tunnelled, *GATEWAYS):
        for session in tunnelled.sessions:
            if session.node == gateway.name:
                assert {"route-reflector-client", "next-hop-self force"} <= told_of(gateway, session.neighbor)
                is_vpn = tunnelled.node(session.neighbor_node).role is Role.VPN_ENDPOINT
                assert ("route-map TO-VPN out" in told_of(gateway, session.neighbor)) == is_vpn
        allowed = [line for lines in route_map(gateway, "TO-VPN").values() for line in lines]
        assert allowed == [f"match large-community {tag}" for tag in ("FROM-ASSOCIATION", "FROM-VPN", joined[gateway.role])]


def test_aws_takes_the_first_usable_inside_address_and_the_customer_the_second(plan: Plan) -> None:
    link_local = IPv4Network("169.254.0.0/16")
    reserved = [IPv4Network(f"169.254.{third}.0/30") for third in range(6)] + [IPv4Network("169.254.169.252/30")]
    for tunnel in plan.tunnels:
        network = tunnel.aws.inside.network
        assert (network.prefixlen, tunnel.customer.inside.network) == (30, network)
        assert network.subnet_of(link_local)
        assert network not in reserved
        assert [tunnel.aws.inside.ip, tunnel.customer.inside.ip] == list(network.hosts())
    assert len({tunnel.aws.inside.network for tunnel in plan.tunnels}) == len(plan.tunnels)


def test_the_tunnels_of_a_connection_end_in_two_zones_of_the_gateways_region(tunnelled: Plan) -> None:
    for connection in {tunnel.connection for tunnel in tunnelled.tunnels}:
        ends = [tunnelled.node(tunnel.aws.node) for tunnel in tunnelled.tunnels if tunnel.connection == connection]
        region = _gateway_of(tunnelled, ends[0]).place
        assert [end.place for end in ends] == [f"{region}a", f"{region}b"]


def test_router_ids_are_explicit_and_grow_with_the_order_of_the_tunnels(plan: Plan) -> None:
    """Router ids break the tie between tunnels that are equal in everything else."""
    ids = [_router_id(plan.node(tunnel.aws.node)) for tunnel in plan.tunnels]
    assert ids == sorted(set(ids))


def test_both_ends_of_a_session_agree_on_bfd_and_at_least_one_connects(plan: Plan) -> None:
    for session in plan.sessions:
        back = next(
            other
            for other in plan.sessions
            if (other.node, other.neighbor_node) == (session.neighbor_node, session.node)
            and _same_wire(plan, session.neighbor, other.neighbor)
        )
        here, there = told_of(plan.node(session.node), session.neighbor), told_of(plan.node(back.node), back.neighbor)
        assert ("bfd" in here) == ("bfd" in there)
        assert not {"passive"} <= here & there, "both ends are passive, so no session starts"


def _router_id(node: Node) -> tuple[int, ...]:
    (line,) = (line for line in bgpd_lines(node) if line.startswith("bgp router-id "))
    return tuple(int(part) for part in line.split()[-1].split("."))


def _is_gateway(plan: Plan, session: object) -> bool:
    return plan.node(session.neighbor_node).role in GATEWAY_ROLES


def _gateway_of(plan: Plan, endpoint: Node) -> Node:
    """The gateway that an endpoint belongs to."""
    return next(plan.node(each.neighbor_node) for each in plan.sessions if each.node == endpoint.name and _is_gateway(plan, each))


def _same_wire(plan: Plan, one: object, other: object) -> bool:
    networks = [interface.address.network for node in plan.nodes for interface in node.interfaces if interface.address]
    networks += [tunnel.aws.inside.network for tunnel in plan.tunnels]
    return any(one in network and other in network for network in networks)
