"""The draft of a sites file: what AWS knows is filled in, and every other thing is a question."""

from pathlib import Path

import pytest

from lab.errors import InputError
from lab.importers.draft import sites_draft
from lab.importers.files import account_from
from lab.intent import read_sites
from tests.unit.importers.accounts import (
    Printout,
    customer_gateway,
    printed,
    small,
    virtual_private_gateway,
    vpc,
    vpn,
)


def vif(number: int, asn: int, **more: object) -> Printout:
    """A private virtual interface `dxvif-NUMBER` of `dxcon-NUMBER` to `vgw-1`."""
    return {
        "virtualInterfaceId": f"dxvif-{number}",
        "virtualInterfaceType": "private",
        "connectionId": f"dxcon-{number}",
        "location": "EqDC2",
        "region": "us-east-1",
        "vlan": 100 + number,
        "asn": asn,
        "virtualGatewayId": "vgw-1",
        **more,
    }


def route(prefix: str, *path: int, communities: tuple[str, ...] = ()) -> Printout:
    """A route that AWS accepted."""
    return {"cidr": prefix, "routeDirection": "accepted", "asPath": [{"path": list(path)}], "communities": list(communities)}


def with_routes(number: int, *routes: Printout) -> Printout:
    return {"virtualInterfaceId": f"dxvif-{number}", "routes": list(routes)}


def draft_of(*objects: Printout) -> list[str]:
    """The lines of the draft for virtual interfaces with routes. The other lists are those of one virtual private gateway."""
    outputs = printed(virtualInterfaces=[each for each in objects if "vlan" in each], VpnGateways=[virtual_private_gateway()], Vpcs=[vpc()])
    routes = [printed(routes=[])[0] for each in objects if "routes" in each]
    for output, each in zip(routes, (each for each in objects if "routes" in each), strict=True):
        output.data.update(each)
    return sites_draft(account_from([*outputs, *routes])).splitlines()


def test_accepted_routes_are_the_prefixes_of_a_site_and_what_it_announces() -> None:
    lines = draft_of(
        vif(1, 65001),
        with_routes(
            1,
            route("10.1.0.0/16", 65001, 65001, communities=("7224:7300",)),
            route("10.1.7.0/24", 65001, 65001, communities=("7224:7300",)),
            route("0.0.0.0/0", 65001, 65001, communities=("7224:7300",)),
        ),
    )
    assert "    prefixes: [10.1.0.0/16]   # QUESTION: is this right? AWS has it from dxvif-1" in lines
    own = "{bfd: false, local_preference: high, as_path_prepend: 1, announce: [0.0.0.0/0, 10.1.0.0/16, 10.1.7.0/24]}"
    assert f"  dxvif-1: {own}   # QUESTION: BFD? The rest is as AWS received it." in lines


def test_routes_of_other_sites_are_no_prefixes_of_a_site() -> None:
    lines = draft_of(
        vif(1, 65001),
        vif(2, 65002),
        with_routes(1, route("10.1.0.0/16", 65001), route("10.2.0.0/16", 65001, 65002)),
        with_routes(2, route("10.2.0.0/16", 65002)),
    )
    assert [line.split("#")[0].strip() for line in lines if "prefixes:" in line] == ["prefixes: [10.1.0.0/16]", "prefixes: [10.2.0.0/16]"]
    assert "  dxvif-1: {bfd: false}   # QUESTION: BFD?" in lines, "what it learns over an interconnect, it announces anyway"
    assert "  dxvif-2: {bfd: false}   # QUESTION: BFD?" in lines


def test_customer_gateways_with_one_outside_address_are_one_router() -> None:
    twin = {**customer_gateway(1, asn=65001), "CustomerGatewayId": "cgw-2"}
    text = sites_draft(
        account_from(
            printed(
                VpnConnections=[vpn(1), vpn(2)],
                CustomerGateways=[customer_gateway(1), twin],
                VpnGateways=[virtual_private_gateway()],
                Vpcs=[vpc()],
            )
        )
    )
    assert "      router-1: [cgw-1, cgw-2]   # customer gateway of vpn-1; customer gateway of vpn-2\n" in text


def test_a_draft_whose_prefixes_are_unknown_is_refused_with_the_line_until_it_is_answered(tmp_path: Path) -> None:
    path = tmp_path / "sites.yaml"
    path.write_text(sites_draft(account_from(small())), encoding="utf-8")
    with pytest.raises(InputError, match=r"sites.yaml:14: data_centers.dc1.prefixes: expected at least 1 entry, found 0"):
        read_sites(path)
    path.write_text(path.read_text(encoding="utf-8").replace("prefixes: []", "prefixes: [10.1.0.0/16]"), encoding="utf-8")
    assert [site.name for site in read_sites(path).sites.sites] == ["dc1"]
