"""Circuits: which of them end on one device, which are a LAG, and what of that is drift."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from lab.api.import_aws import Order, import_aws
from lab.importers.build import chosen
from lab.importers.files import account_from
from lab.importers.printed import Printed
from lab.importers.private import harmless
from lab.model.imported import ImportDone
from tests.unit.importers.accounts import connection, in_files, virtual_interface, with_circuits

SITES = """\
name: circuits
summary: One site with circuits.
data_centers:
  dc1:
    prefixes: [10.1.0.0/16]
    edges: {{r1: [{ends}]}}
"""


def imported(folder: Path, outputs: list[Printed], ends: str, check: Path | None = None) -> ImportDone:
    """What an import gives. All circuits end on one router."""
    sites = folder / "sites.yaml"
    sites.parent.mkdir(exist_ok=True, parents=True)
    sites.write_text(SITES.format(ends=ends), encoding="utf-8")
    return import_aws(Order(files=(in_files(folder / "account", outputs),), sites=sites, check=check), print)


def devices(outputs: list[Printed]) -> list[int]:
    return [each.device for each in chosen(account_from(outputs)).circuits]


def remarks(outputs: list[Printed]) -> list[str]:
    return [f"{each.id}: {each.what}" for each in chosen(account_from(outputs)).remarks]


@pytest.mark.parametrize(
    ("first", "second", "numbers"),
    [
        ({"awsLogicalDeviceId": "a", "awsDeviceV2": "x"}, {"awsLogicalDeviceId": "a", "awsDeviceV2": "y"}, [1, 1]),
        ({"awsLogicalDeviceId": "a", "awsDeviceV2": "x"}, {"awsLogicalDeviceId": "b", "awsDeviceV2": "x"}, [1, 2]),
        ({"awsLogicalDeviceId": "a", "awsDeviceV2": "x"}, {"awsDeviceV2": "x"}, [1, 1]),
        ({"awsDeviceV2": "x"}, {"awsDeviceV2": "y"}, [1, 2]),
    ],
)
def test_the_logical_device_says_which_circuits_end_together(
    first: dict[str, object], second: dict[str, object], numbers: list[int]
) -> None:
    assert devices(with_circuits(connection(1, **first), connection(2, **second))) == numbers


def test_a_virtual_interface_says_the_device_of_a_connection_that_does_not() -> None:
    outputs = with_circuits(connection(1), connection(2, awsDeviceV2="x"))
    vifs = [virtual_interface(1, on="dxcon-1", awsDeviceV2="y"), virtual_interface(2, on="dxcon-2", awsDeviceV2="x")]
    assert devices(_with(outputs, virtualInterfaces=vifs)) == [2, 1]


def _with(outputs: Sequence[Printed], **lists: list[dict[str, object]]) -> list[Printed]:
    """The outputs, with other lists."""
    return [replace(each, data={key: lists.get(key, value) for key, value in each.data.items()}) for each in outputs]


LAG = {
    "lagId": "dxlag-1",
    "lagState": "available",
    "location": "EqDC2",
    "connectionsBandwidth": "10Gbps",
    "minimumLinks": 1,
    "numberOfConnections": 2,
}


def test_virtual_interfaces_on_members_of_a_lag_are_on_one_circuit() -> None:
    lag = {**LAG, "region": "us-east-1", "connections": [connection(1), connection(2)]}
    kept = chosen(account_from(with_circuits(connection(1, lagId="dxlag-1"), connection(2, lagId="dxlag-1"), lags=[lag])))
    assert [(each.id, each.bandwidth) for each in kept.circuits] == [("dxlag-1", 20_000_000_000)]
    assert {each.connection for each in kept.virtual_interfaces} == {"dxlag-1"}


def test_the_size_of_a_lag_is_known_without_its_members() -> None:
    outputs = with_circuits(lags=[{**LAG, "region": "us-east-1", "connections": []}])
    vifs = [virtual_interface(1, on="dxlag-1")]
    assert [each.bandwidth for each in chosen(account_from(_with(outputs, virtualInterfaces=vifs))).circuits] == [20_000_000_000]


def test_hosted_connections_on_one_lag_of_a_partner_are_told() -> None:
    outputs = with_circuits(connection(1, lagId="dxlag-9", partnerName="P"), connection(2, lagId="dxlag-9", partnerName="P"))
    assert "dxcon-1 dxcon-2: connections on one LAG dxlag-9" in remarks(outputs)


def test_an_account_id_is_hidden_but_the_end_of_a_uuid_is_none() -> None:
    uuid = "5f294f92-bafb-4011-916d-123456789012"
    assert harmless(f"{uuid} of 210987654321") == f"{uuid} of (account)"
    assert harmless("arn:aws:directconnect::210987654321:dx-gateway/x") == "arn:aws:directconnect::(account):dx-gateway/x"


def test_devices_that_are_only_numbered_in_another_order_have_not_drifted(tmp_path: Path) -> None:
    ends = "dxcon-1, dxcon-2, dxcon-3"
    before = [connection(1, awsDeviceV2="x"), connection(2, awsDeviceV2="x"), connection(3, awsDeviceV2="y")]
    file = tmp_path / "my.yaml"
    file.write_text(imported(tmp_path / "before", with_circuits(*before), ends).text, encoding="utf-8")
    renamed = [connection(1, awsDeviceV2="z"), connection(2, awsDeviceV2="z"), connection(3, awsDeviceV2="y")]
    assert imported(tmp_path / "renamed", with_circuits(*renamed), ends, file).drifted == ()
    moved = [connection(1, awsDeviceV2="x"), connection(2, awsDeviceV2="y"), connection(3, awsDeviceV2="y")]
    told = imported(tmp_path / "moved", with_circuits(*moved), ends, file).drifted
    assert [(each.aws, each.file) for each in told] == [
        ("awsLogicalDeviceId or awsDeviceV2 of dxcon-1 is its own", "device is that of dx-2"),
        ("awsLogicalDeviceId or awsDeviceV2 of dxcon-2 is that of dx-3", "device is that of dx-1"),
        ("awsLogicalDeviceId or awsDeviceV2 of dxcon-3 is that of dx-2", "device is its own"),
    ]


def test_what_no_file_says_of_a_circuit_has_not_drifted(tmp_path: Path) -> None:
    ends = "dxcon-1, dxcon-2"
    text = imported(tmp_path / "before", with_circuits(connection(1), connection(2)), ends).text
    own = text.replace("dx-2: {edge: r1, location: eqdc2,", "dx-2: {edge: r1, location: eqdc2, device: 2,").replace(
        "vlan: 101}", "vlan: 101, mtu: 9001}"
    )
    assert (own.count("device: 2"), own.count("mtu: 9001")) == (1, 1)
    file = tmp_path / "my.yaml"
    file.write_text(own, encoding="utf-8")
    assert imported(tmp_path / "then", with_circuits(connection(1), connection(2)), ends, file).drifted == ()
