"""Small accounts for tests, as the AWS CLI prints them. Every value that may not come in can be recognized."""

import json
from pathlib import Path

from lab.importers.printed import Printed

REGION = "us-east-1"
OWNER = "210987654321"
SECRET = "Zq7rLk2mPpXw9vB4tYh8nDc3sJf6gTa1"
ADDRESS = "203.0.113.17"

Printout = dict[str, object]


def vpn(number: int, gateway: str = "vgw-1", **more: object) -> Printout:
    """A VPN connection `vpn-NUMBER` from `cgw-NUMBER`, with BGP."""
    tunnels = [
        {
            "OutsideIpAddress": ADDRESS,
            "PreSharedKey": SECRET,
            "TunnelInsideCidr": f"169.254.{10 + number // 32}.{number % 32 * 8 + shift}/30",
        }
        for shift in (0, 4)
    ]
    end = "TransitGatewayId" if gateway.startswith("tgw") else "VpnGatewayId"
    return {
        "VpnConnectionId": f"vpn-{number}",
        "CustomerGatewayId": f"cgw-{number}",
        end: gateway,
        "State": "available",
        "CustomerGatewayConfiguration": f"<pre_shared_key>{SECRET}</pre_shared_key>",
        "Options": {"StaticRoutesOnly": False, "TunnelOptions": tunnels},
        "Routes": [],
        "Tags": [],
        **more,
    }


def customer_gateway(number: int, asn: int = 65001, name: str = "") -> Printout:
    """A customer gateway `cgw-NUMBER`."""
    tags = [{"Key": "Name", "Value": name}] if name else []
    return {"CustomerGatewayId": f"cgw-{number}", "BgpAsn": str(asn), "IpAddress": f"198.51.100.{number % 250 + 1}", "Tags": tags}


def virtual_private_gateway(vpc: str = "vpc-1", asn: int = 64512) -> Printout:
    """The virtual private gateway `vgw-1` of a VPC."""
    return {"VpnGatewayId": "vgw-1", "State": "available", "AmazonSideAsn": asn, "VpcAttachments": [{"VpcId": vpc, "State": "attached"}]}


def vpc(id_: str = "vpc-1", cidr: str = "172.31.0.0/16", name: str = "app") -> Printout:
    """A VPC."""
    return {"VpcId": id_, "CidrBlock": cidr, "OwnerId": OWNER, "Tags": [{"Key": "Name", "Value": name}]}


def connection(number: int, **more: object) -> Printout:
    """A Direct Connect connection `dxcon-NUMBER` at EqDC2."""
    return {
        "ownerAccount": OWNER,
        "connectionId": f"dxcon-{number}",
        "connectionState": "available",
        "region": REGION,
        "location": "EqDC2",
        "bandwidth": "10Gbps",
        **more,
    }


def virtual_interface(number: int, on: str, **more: object) -> Printout:
    """A private virtual interface `dxvif-NUMBER` on a connection or LAG, to the Direct Connect gateway `dxgw-1`."""
    return {
        "ownerAccount": OWNER,
        "virtualInterfaceId": f"dxvif-{number}",
        "virtualInterfaceState": "available",
        "virtualInterfaceType": "private",
        "connectionId": on,
        "region": REGION,
        "location": "EqDC2",
        "vlan": 100 + number,
        "asn": 65001,
        "amazonSideAsn": 64513,
        "authKey": SECRET,
        "directConnectGatewayId": "dxgw-1",
        **more,
    }


def with_circuits(*circuits: Printout, **more: list[Printout]) -> list[Printed]:
    """Circuits to a virtual private gateway, each with one virtual interface. `more`: further lists, such as `lags`."""
    vifs = [virtual_interface(number, on=str(each["connectionId"])) for number, each in enumerate(circuits, start=1)]
    association = {
        "directConnectGatewayId": "dxgw-1",
        "associatedGateway": {"id": "vgw-1", "region": REGION, "type": "virtualPrivateGateway"},
    }
    lists = {
        "VpnGateways": [virtual_private_gateway()],
        "Vpcs": [vpc()],
        "connections": list(circuits),
        "virtualInterfaces": vifs,
        "directConnectGateways": [{"directConnectGatewayId": "dxgw-1", "amazonSideAsn": 64513}],
        "directConnectGatewayAssociations": [association],
    }
    return printed(**{**lists, **more})


def printed(**lists: list[Printout]) -> list[Printed]:
    """What the commands printed: for each top-level key, the objects of its list."""
    return [Printed(file=f"{key}.json", region=REGION, data={key: objects}) for key, objects in lists.items()]


def small(*, asn: int = 64512, cidr: str = "172.31.0.0/16") -> list[Printed]:
    """One VPN connection on a virtual private gateway of one VPC."""
    return printed(
        VpnConnections=[vpn(1)],
        CustomerGateways=[customer_gateway(1)],
        VpnGateways=[virtual_private_gateway(asn=asn)],
        Vpcs=[vpc(cidr=cidr)],
    )


def in_files(folder: Path, outputs: list[Printed]) -> Path:
    """A folder with these outputs as files."""
    for number, each in enumerate(outputs):
        path = folder / each.region / f"{number}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(each.data), encoding="utf-8")
    return folder


SITES = """\
name: small
summary: One site.
data_centers:
  dc1:
    prefixes: [10.1.0.0/16]
    edges: {gw1: [cgw-1]}
"""
"""The sites of the small account."""
