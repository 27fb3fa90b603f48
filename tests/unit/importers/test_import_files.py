"""Files and folders: what is recognized, what is not needed, and what is refused."""

import json
from pathlib import Path

import pytest

from lab.errors import InputError
from lab.importers.files import account_from, read_account
from lab.importers.printed import Printed
from lab.importers.regions import is_region, region_in
from tests.unit.importers.accounts import in_files, printed, small, vpc


def test_a_file_in_a_folder_that_is_something_else_is_listed_and_not_refused(tmp_path: Path) -> None:
    folder = in_files(tmp_path / "account", small())
    other = folder / "us-east-1" / "subnets.json"
    other.write_text(json.dumps({"Subnets": []}), encoding="utf-8")
    account = read_account([folder])
    assert [(each.id, each.why) for each in account.unread] == [("subnets.json", "import-aws does not need it. It has the keys Subnets")]
    with pytest.raises(InputError, match="expected the output of"):
        read_account([folder, other])


def test_an_unknown_key_beside_a_known_one_is_listed() -> None:
    account = account_from([Printed(file="a/b.json", region="us-east-1", data={"Vpcs": [vpc()], "Novelty": []})])
    assert [each.id for each in account.unread] == ["Novelty in b.json"]


def test_the_same_thing_in_two_files_is_one_thing() -> None:
    account = account_from([*small(), *small()])
    assert (len(account.vpcs), len(account.vpn_connections)) == (1, 1)


def test_what_one_file_does_not_say_another_may() -> None:
    tgw = {"TransitGatewayId": "tgw-1", "State": "available", "Options": {"AmazonSideAsn": 64512}}
    tagged = {**tgw, "Tags": [{"Key": "Name", "Value": "hub"}]}
    for outputs in ([tgw, tagged], [tagged, tgw]):
        account = account_from([output for each in outputs for output in printed(TransitGateways=[each])])
        assert [each.name for each in account.transit_gateways] == ["hub"]
    with pytest.raises(InputError, match="tgw-1 is also in the same file, but they differ in: name"):
        account_from(printed(TransitGateways=[tagged, {**tgw, "Tags": [{"Key": "Name", "Value": "other"}]}]))


def test_what_is_deleted_is_not_read() -> None:
    gone = printed(
        VpnConnections=[{"State": "deleted"}],
        VpnGateways=[{"State": "deleting"}],
        TransitGatewayAttachments=[{"State": "rejected"}],
        connections=[{"connectionState": "deleted"}],
        virtualInterfaces=[{"virtualInterfaceState": "rejected"}],
        directConnectGatewayAssociations=[{"associationState": "disassociated"}],
    )
    assert account_from(gone) == account_from([])


def test_a_virtual_interface_with_a_long_asn_has_it() -> None:
    vif = {
        "virtualInterfaceId": "dxvif-1",
        "virtualInterfaceType": "transit",
        "connectionId": "dxcon-1",
        "location": "EqDC2",
        "vlan": 7,
        "asn": 0,
        "asnLong": 4200000007,
    }
    (read,) = account_from(printed(virtualInterfaces=[vif])).virtual_interfaces
    assert read.asn == 4200000007


@pytest.mark.parametrize(
    ("path", "region"),
    [
        ("collected/us-east-1/vpcs.json", "us-east-1"),
        ("eu-central-2-vpcs.json", "eu-central-2"),
        ("a/ap-southeast-4.vpcs.json", "ap-southeast-4"),
        ("us-gov-west-1/x.json", "us-gov-west-1"),
        ("us-east-1/old/eu-west-1.json", "eu-west-1"),
        ("eusc-de-east-1/x.json", "eusc-de-east-1"),
    ],
)
def test_the_region_of_a_file_is_in_its_path(path: str, region: str) -> None:
    assert region_in(Path(path)) == region
    assert is_region(region)


@pytest.mark.parametrize("path", ["vpcs.json", "account-1/vpcs.json", "prod-2/x.json"])
def test_other_names_are_no_regions(path: str) -> None:
    assert not is_region(region_in(Path(path)))


def test_a_word_that_only_looks_like_a_region_hides_none_but_a_misspelt_region_is_seen() -> None:
    assert region_in(Path("us-east-1/vpn-dc-1.json")) == "us-east-1"
    assert region_in(Path("us-esat-1/vpcs.json")) == "us-esat-1"


def test_a_link_to_a_folder_that_contains_itself_does_no_harm(tmp_path: Path) -> None:
    folder = in_files(tmp_path / "account", small())
    (folder / "again").symlink_to(folder)
    assert len(read_account([folder]).vpcs) == 1
