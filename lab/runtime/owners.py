"""Find the node that has an address."""

from ipaddress import IPv4Address

from lab.model.plan import Plan


def address_owners(plan: Plan) -> dict[IPv4Address, str]:
    """The name of the node that has each address. Includes addresses on cables and inside tunnels."""
    owners = {each.address.ip: node.name for node in plan.nodes for each in node.interfaces if each.address}
    return owners | {end.inside.ip: end.node for tunnel in plan.tunnels for end in (tunnel.customer, tunnel.aws)}
