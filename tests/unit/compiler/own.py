"""A small network whose edge runs an own configuration, for tests."""

from pathlib import Path

from lab.compiler import compile_topology
from lab.intent import read_topology
from lab.model.plan import Ipsec, Plan, Timers
from lab.model.router import BgpRouter

TOPOLOGY = """
name: own-frr
summary: One site with a circuit and a VPN, on one router with its own configuration.
data_centers:
  dc1:
    asn: 65001
    prefixes: [10.1.0.0/16]
    edges: [dc1-r1]
    routers: {dc1-r1: {frr: my-frr.conf}}
regions:
  us-east-1:
    vpcs: {app: {cidr: 172.31.0.0/16}}
    gateways: {vgw: {kind: vgw, asn: 64512, vpcs: [app]}}
direct_connect:
  locations: {loc-a: {region: us-east-1}}
  gateways: {dxgw: {asn: 64513, associations: [vgw]}}
  connections: {dx1: {edge: dc1-r1, location: loc-a, provider: carrier-a}}
  virtual_interfaces: {vif1: {connection: dx1, kind: private, gateway: dxgw, vlan: 101, bfd: true}}
vpn_connections: {vpn1: {customer_gateway: dc1-r1, gateway: vgw, provider: isp-a}}
flows: {dc1-app: {from: dc1, to: app}}
"""
CONFIGURATION = """\
frr version 10.3
hostname wan-router
ip prefix-list SITE seq 5 permit 10.1.0.0/16
route-map FROM-DX permit 10
 set local-preference 100
exit
route-map FROM-VPN permit 10
 set local-preference 300
exit
route-map TO-DX permit 10
 match ip address prefix-list SITE
exit
route-map TO-VPN permit 10
 match ip address prefix-list SITE
 set as-path prepend ${asn}
exit
router bgp ${asn}
 bgp router-id ${router-id}
 bgp deterministic-med
 bgp bestpath compare-routerid
 no bgp default ipv4-unicast
 neighbor VPN peer-group
 neighbor VPN remote-as ${vpn1-1.asn}
 neighbor VPN timers 10 30
 neighbor ${dc1-core.core} remote-as internal
 neighbor ${dc1-core.core} bfd
 neighbor ${vif1.aws} remote-as ${vif1.asn}
 neighbor ${vif1.aws} password ${vif1.password}
 neighbor ${vif1.aws} bfd
 neighbor ${vpn1-1.aws} peer-group VPN
 neighbor ${vpn1-2.aws} peer-group VPN
 address-family ipv4 unicast
  neighbor VPN activate
  neighbor VPN route-map FROM-VPN in
  neighbor VPN route-map TO-VPN out
  neighbor ${dc1-core.core} activate
  neighbor ${dc1-core.core} next-hop-self
  neighbor ${vif1.aws} activate
  neighbor ${vif1.aws} route-map FROM-DX in
  neighbor ${vif1.aws} route-map TO-DX out
  maximum-paths 1
  maximum-paths ibgp 1
 exit-address-family
exit
bfd
 peer ${vif1.aws} local-address ${vif1.customer} interface ${vif1.interface}
  detect-multiplier 5
 exit
exit
line vty
end
"""


def written(folder: Path, configuration: str = CONFIGURATION, topology: str = TOPOLOGY) -> Path:
    """The topology's file. The configuration is beside it."""
    (folder / "my-frr.conf").write_text(configuration, encoding="utf-8")
    path = folder / "own.yaml"
    path.write_text(topology, encoding="utf-8")
    return path


def plan_of(path: Path, timers: Timers = Timers.TUNED) -> Plan:
    """The compiled network."""
    return compile_topology(read_topology(path), timers=timers, ipsec=Ipsec.USERSPACE)


def router_of(plan: Plan, node: str = "dc1-r1") -> BgpRouter:
    """The BGP of a router."""
    router = plan.node(node).router
    assert router
    return router
