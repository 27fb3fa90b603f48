"""Names: valid, unique, stable, and never a secret."""

import pytest

from lab.importers.build.names import LONGEST, Named, names_of, short, valid
from lab.importers.private import is_secret
from lab.intent.document.fields import valid_name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Head office", "head-office"),
        ("  VPN -- primary (old)  ", "vpn-primary-old"),
        ("Zürich/Rechenzentrum_1", "zurich-rechenzentrum-1"),
        ("2nd circuit", "dx-2nd-circuit"),
        ("prod-210987654321-tgw", "prod-tgw"),
        ("prod 2109-8765-4321", "prod"),
        ("x" * 80, "x" * LONGEST),
        ("東京", ""),
        ("---", ""),
    ],
)
def test_a_tag_becomes_a_valid_name(written: str, name: str) -> None:
    assert valid(written, "dx") == name
    assert not name or valid_name(name) == name


@pytest.mark.parametrize(
    "written",
    [
        "psk=hunter2",
        "Pre-Shared key of the tunnel",
        "db password",
        "API-Key 7",
        "AKIAIOSFODNN7EXAMPLE",
        "vpn Zq7rLk2mPpXw9vB4tYh8nDc3sJf6gTa1",
        "gw 203.0.113.17",
        "deadbeef0123456789deadbeef0123456789",
    ],
)
def test_a_tag_that_looks_like_a_secret_or_has_an_address_is_not_used(written: str) -> None:
    assert is_secret(written)
    assert names_of([Named(id="vpn-0a1b2c3d4e5f60718", kind="vpn", written=written)], {}, ()) == {"vpn-0a1b2c3d4e5f60718": "vpn-f60718"}


@pytest.mark.parametrize(
    "written", ["Head office", "eu-central-1 primary", "core-router-01 (Frankfurt FR5)", "DX10G-EqDC2-2024", "PRD-TGW-01"]
)
def test_an_ordinary_tag_is_no_secret(written: str) -> None:
    assert not is_secret(written)


def test_a_thing_without_a_name_is_named_after_the_end_of_its_id() -> None:
    assert short("vpn-0a1b2c3d4e5f60718", "vpn") == "vpn-f60718"
    assert short("dxcon-fgabc123", "dx") == "dx-abc123"
    assert short("aws_vpn_connection.main", "vpn") == "vpn-main"


def test_two_things_with_one_name_get_their_kinds_then_their_regions_then_the_ends_of_their_ids() -> None:
    def named(id_: str, kind: str, region: str) -> Named:
        return Named(id=id_, kind=kind, written="prod", region=region)

    two_kinds = [named("vpc-1", "vpc", "eu-west-1"), named("vgw-1", "vgw", "eu-west-1")]
    assert names_of(two_kinds, {}, ()) == {"vpc-1": "prod-vpc", "vgw-1": "prod-vgw"}
    two_regions = [named("vpc-1", "vpc", "eu-west-1"), named("vpc-2", "vpc", "us-east-1")]
    assert names_of(two_regions, {}, ()) == {"vpc-1": "prod-vpc-eu-west-1", "vpc-2": "prod-vpc-us-east-1"}
    alike = [named("vpc-000aaaaaa", "vpc", "eu-west-1"), named("vpc-000bbbbbb", "vpc", "eu-west-1")]
    assert names_of(alike, {}, ()) == {"vpc-000aaaaaa": "prod-aaaaaa", "vpc-000bbbbbb": "prod-bbbbbb"}


def test_a_name_of_the_user_stays_and_names_in_use_are_not_given() -> None:
    things = [Named(id="vpc-1", kind="vpc", written="dc1"), Named(id="vpc-2", kind="vpc", written="other")]
    assert names_of(things, {"vpc-2": "mine"}, ("dc1",)) == {"vpc-1": "dc1-vpc", "vpc-2": "mine"}


def test_a_name_that_the_lab_derives_from_another_is_not_given() -> None:
    things = [
        Named(id="vpn-9", kind="vpn", written="hq", derived=("{}-1", "{}-2")),
        Named(id="vpc-9", kind="vpc", written="hq-1", derived=("{}-host",)),
    ]
    assert names_of(things, {}, ()) == {"vpn-9": "hq", "vpc-9": "hq-1-vpc"}


def test_a_name_does_not_change_when_an_unrelated_thing_comes() -> None:
    one = [Named(id="vpc-1", kind="vpc", written="app")]
    assert names_of(one, {}, ())["vpc-1"] == names_of([*one, Named(id="vpc-0", kind="vpc", written="db")], {}, ())["vpc-1"] == "app"
