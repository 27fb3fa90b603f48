"""Networks that AWS would build, one for each pattern of redundancy. All of them must be read without a problem."""

_SITES = """
data_centers:
  dc1: {asn: 65001, prefixes: [10.1.0.0/16], edges: [dc1-r1]}
  dc2: {asn: 65002, prefixes: [10.2.0.0/16], edges: [dc2-r1]}
interconnects: {dci: {between: [dc1, dc2]}}
"""

_VGW = """
regions:
  us-east-1:
    vpcs: {app: {cidr: 172.31.0.0/16}}
    gateways: {vgw: {kind: vgw, asn: 64512, vpcs: [app]}}
"""

_TGW = """
regions:
  us-east-1:
    vpcs: {app: {cidr: 172.31.0.0/16}}
    gateways: {tgw: {kind: tgw, asn: 64514, vpcs: [app]}}
"""

_FLOWS = """
flows:
  dc1-app: {from: dc1, to: app}
  dc2-app: {from: dc2, to: app}
  dc1-dc2: {from: dc1, to: dc2}
"""

REDUNDANT_DX = f"""
name: redundant-dx
summary: Two data centres, each on a location of its own.
{_SITES}{_VGW}
direct_connect:
  locations: {{loc-a: {{region: us-east-1}}, loc-b: {{region: us-west-2}}}}
  gateways: {{dxgw: {{asn: 64513, associations: [vgw]}}}}
  connections:
    dx1: {{edge: dc1-r1, location: loc-a, provider: carrier-a, shared_risk: [conduit-7]}}
    dx2: {{edge: dc2-r1, location: loc-b, provider: carrier-b, shared_risk: [conduit-7, building-1]}}
  virtual_interfaces:
    vif1: {{connection: dx1, kind: private, gateway: dxgw, vlan: 101, bfd: true, local_preference: high}}
    vif2: {{connection: dx2, kind: private, gateway: dxgw, vlan: 101, bfd: true, as_path_prepend: 2}}
{_FLOWS}"""

MAXIMUM_RESILIENCY = f"""
name: maximum-resiliency
summary: Each data centre on both locations, on different devices.
{_SITES.replace("[dc1-r1]", "[dc1-r1, dc1-r2]").replace("[dc2-r1]", "[dc2-r1, dc2-r2]")}{_VGW}
direct_connect:
  locations: {{loc-a: {{region: us-east-1}}, loc-b: {{region: us-east-1}}}}
  gateways: {{dxgw: {{asn: 64513, associations: [vgw]}}}}
  connections:
    dx1: {{edge: dc1-r1, location: loc-a, device: 1, provider: carrier-a}}
    dx2: {{edge: dc1-r2, location: loc-b, device: 1, provider: carrier-b}}
    dx3: {{edge: dc2-r1, location: loc-a, device: 2, provider: carrier-a}}
    dx4: {{edge: dc2-r2, location: loc-b, device: 2, provider: carrier-b}}
  virtual_interfaces:
    vif1: {{connection: dx1, kind: private, gateway: dxgw, vlan: 101, bfd: true}}
    vif2: {{connection: dx2, kind: private, gateway: dxgw, vlan: 102, bfd: true}}
    vif3: {{connection: dx3, kind: private, gateway: dxgw, vlan: 103, bfd: true}}
    vif4: {{connection: dx4, kind: private, gateway: dxgw, vlan: 104, bfd: true}}
{_FLOWS}"""

HYBRID_BACKUP = f"""
name: hybrid-backup
summary: Direct Connect first, VPN over the internet as backup, on one virtual private gateway.
{_SITES}{_VGW}
direct_connect:
  locations: {{loc-a: {{region: us-east-1}}, loc-b: {{region: us-east-1}}}}
  gateways: {{dxgw: {{asn: 64513, associations: [vgw]}}}}
  connections:
    dx1: {{edge: dc1-r1, location: loc-a, device: 1, provider: carrier-a, shared_risk: [conduit-7]}}
  virtual_interfaces:
    vif1: {{connection: dx1, kind: private, gateway: dxgw, vlan: 101, bfd: true}}
vpn_connections:
  vpn1: {{customer_gateway: dc2-r1, gateway: vgw, provider: isp-a}}
{_FLOWS}"""

HYBRID_BACKUP_TGW = f"""
name: hybrid-backup-tgw
summary: The same on a transit gateway, over a transit virtual interface.
{_SITES}{_TGW}
direct_connect:
  locations: {{loc-a: {{region: us-east-1}}}}
  gateways: {{dxgw: {{asn: 64513, associations: [tgw], allowed_prefixes: {{tgw: [172.31.0.0/16]}}}}}}
  connections:
    dx1: {{edge: dc1-r1, location: loc-a}}
  virtual_interfaces:
    vif1: {{connection: dx1, kind: transit, gateway: dxgw, vlan: 101, bfd: true}}
vpn_connections:
  vpn1: {{customer_gateway: dc2-r1, gateway: tgw, provider: isp-a, static_routes: [10.2.0.0/16]}}
{_FLOWS}"""

SITELINK = """
name: sitelink
summary: Two data centres over the backbone of AWS, with nothing in a Region.
data_centers:
  dc1: {asn: 65001, prefixes: [10.1.0.0/16], edges: [dc1-r1]}
  dc2: {asn: 65002, prefixes: [10.2.0.0/16], edges: [dc2-r1]}
direct_connect:
  locations: {loc-a: {region: us-east-1}, loc-b: {region: eu-west-1}}
  gateways: {dxgw: {asn: 64513}}
  connections:
    dx1: {edge: dc1-r1, location: loc-a}
    dx2: {edge: dc2-r1, location: loc-b}
  virtual_interfaces:
    vif1: {connection: dx1, kind: private, gateway: dxgw, vlan: 101, sitelink: true}
    vif2: {connection: dx2, kind: private, gateway: dxgw, vlan: 101, sitelink: true}
flows: {dc1-dc2: {from: dc1, to: dc2}}
"""

ACTIVE_ACTIVE_VPN_TGW = f"""
name: active-active-vpn-tgw
summary: Two data centres on a transit gateway, sharing over all tunnels.
{_SITES}{_TGW}
vpn_connections:
  vpn1: {{customer_gateway: dc1-r1, gateway: tgw, provider: isp-a}}
  vpn2: {{customer_gateway: dc2-r1, gateway: tgw, provider: isp-b}}
{_FLOWS}"""

NETWORKS = {
    "redundant-dx": REDUNDANT_DX,
    "maximum-resiliency": MAXIMUM_RESILIENCY,
    "hybrid-backup": HYBRID_BACKUP,
    "hybrid-backup-tgw": HYBRID_BACKUP_TGW,
    "sitelink": SITELINK,
    "active-active-vpn-tgw": ACTIVE_ACTIVE_VPN_TGW,
}
