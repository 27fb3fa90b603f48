"""Find the node that has an address."""

from lab.model.ip import Address
from lab.model.plan import Plan


def address_owners(plan: Plan) -> dict[Address, str]:
    """The name of the node that has each address. Includes addresses on cables and inside tunnels."""
    owners = {address.ip: node.name for node in plan.nodes for each in node.interfaces for address in each.addresses}
    return owners | {end.inside.ip: end.node for tunnel in plan.tunnels for end in (tunnel.customer, tunnel.aws)}
