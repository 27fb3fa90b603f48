"""A network that is up in five seconds: one data centre, one VPN connection with its two tunnels."""

_TOPOLOGY = """
name: {name}
summary: One data centre, one VPN.
data_centers:
  dc1: {{asn: 65001, prefixes: [10.1.0.0/16], edges: [gw1]}}
regions:
  eu-west-1:
    vpcs: {{app: {{cidr: 172.31.0.0/16}}}}
    gateways: {{vgw: {{kind: vgw, asn: 64512, vpcs: [app]}}}}
vpn_connections:
  vpn1: {{customer_gateway: gw1, gateway: vgw, provider: isp-a}}
flows:
  dc1-app: {{from: dc1, to: app}}
"""


def small_topology(name: str) -> str:
    """The topology's text, with a name that no user would choose."""
    return _TOPOLOGY.format(name=name)
