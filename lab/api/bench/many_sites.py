"""A generated design of many sites, to measure how the cost of an audit grows."""

from collections.abc import Iterator

SITES_A_GATEWAY = 20
_FIRST_ASN, _FIRST_GATEWAY_ASN = 4_200_000_000, 64512


def many_sites(sites: int, at_gateway: int = SITES_A_GATEWAY) -> str:
    """The YAML of a design in which each site has a VPN connection to a transit gateway, and a flow to the VPC behind it.

    `at_gateway`: how many sites share a transit gateway. The VPN connections take turns among three internet providers.
    """
    gateways = -(-sites // at_gateway)
    return "\n".join(
        (
            "name: many-sites",
            f"summary: {sites} generated sites, each with a VPN connection to one of {gateways} transit gateways.",
            "data_centers:",
            *(f"  s{n}: {{asn: {_FIRST_ASN + n}, prefixes: [10.{n // 256}.{n % 256}.0/24], edges: [s{n}-r1]}}" for n in range(sites)),
            "regions:",
            "  us-east-1:",
            *_region(gateways),
            "vpn_connections:",
            *(f"  v{n}: {{customer_gateway: s{n}-r1, gateway: tgw{n // at_gateway}, provider: isp{n % 3}}}" for n in range(sites)),
            "flows:",
            *(f"  f{n}: {{from: s{n}, to: app{n // at_gateway}}}" for n in range(sites)),
            "",
        )
    )


def _region(gateways: int) -> Iterator[str]:
    vpcs = (f"app{n}: {{cidr: 172.{16 + n // 16}.{n % 16 * 16}.0/20}}" for n in range(gateways))
    transit = (f"tgw{n}: {{kind: tgw, asn: {_FIRST_GATEWAY_ASN + n}, vpcs: [app{n}]}}" for n in range(gateways))
    yield f"    vpcs: {{{', '.join(vpcs)}}}"
    yield f"    gateways: {{{', '.join(transit)}}}"
