"""AWS asked with boto3: every call with all its pages, in every Region, and refusals in plain words. boto3 itself is a fake here."""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from lab.errors import HostError, InputError
from lab.importers.calls import CALLS
from lab.importers.files import account_from
from lab.runtime.aws import Access, collect, collected
from tests.unit.importers.accounts import customer_gateway, virtual_private_gateway, vpc, vpn

Answer = dict[str, object]


class RefusedError(Exception):
    """What a client raises if AWS refuses. `response` is as in botocore's ClientError."""

    def __init__(self, code: str) -> None:
        self.response = {"Error": {"Code": code}}
        super().__init__(f"An error occurred ({code}): User: arn:aws:iam::123456789012:user/me is not allowed to")


@dataclass
class FakeClient:
    region: str
    answers: dict[str, list[Answer]]
    asked: list[tuple[str, str, Answer]]

    def __getattr__(self, operation: str) -> Callable[..., Answer]:
        if operation not in self.answers:
            raise AttributeError(operation)

        def ask(**arguments: object) -> Answer:
            self.asked.append((self.region, operation, arguments))
            pages = self.answers[operation]
            answer = pages[int(str(arguments.get("NextToken") or arguments.get("nextToken") or 0))]
            if "refused" in answer:
                raise RefusedError(str(answer["refused"]))
            return answer

        return ask


@dataclass
class FakeSession:
    answers: dict[str, list[Answer]]
    region_name: str | None = None
    asked: list[tuple[str, str, Answer]] = field(default_factory=list)

    def client(self, service_name: str, region_name: str) -> FakeClient:
        assert service_name in {"ec2", "directconnect"}
        return FakeClient(region_name, self.answers, self.asked)


def answers(**more: list[Answer]) -> dict[str, list[Answer]]:
    """An answer for each call: empty lists, but for those that are given."""
    empty: dict[str, list[Answer]] = {call.operation: [{call.key: []}] for call in CALLS}
    regions: list[Answer] = [{"Regions": [{"RegionName": "us-east-1"}, {"RegionName": "eu-west-1"}]}]
    return {**empty, "describe_regions": regions, **more}


def access(session: FakeSession) -> Access:
    return Access(session=session, refusals=(RefusedError,))


def told(_: str) -> None:
    """Progress is of no interest here."""


def test_all_pages_of_all_calls_make_the_account() -> None:
    session = FakeSession(
        answers(
            describe_vpn_connections=[{"VpnConnections": [vpn(1)], "NextToken": "1"}, {"VpnConnections": [vpn(2)]}],
            describe_customer_gateways=[{"CustomerGateways": [customer_gateway(1), customer_gateway(2)]}],
            describe_vpn_gateways=[{"VpnGateways": [virtual_private_gateway()]}],
            describe_vpcs=[{"Vpcs": [vpc()]}],
        )
    )
    account = account_from(list(collected(access(session), ["us-east-1"], told)))
    assert [each.id for each in account.vpn_connections] == ["vpn-1", "vpn-2"]
    assert {each.region for each in (*account.vpn_connections, *account.vpcs)} == {"us-east-1"}


def test_every_enabled_region_is_asked_and_what_is_global_only_once() -> None:
    session = FakeSession(answers())
    lines: list[str] = []
    list(collected(access(session), (), lines.append))
    assert [region for region, operation, _ in session.asked if operation == "describe_vpcs"] == ["eu-west-1", "us-east-1"]
    assert [region for region, operation, _ in session.asked if operation == "describe_direct_connect_gateways"] == ["eu-west-1"]
    assert lines == ["asking AWS about eu-west-1 (1 of 2)", "asking AWS about us-east-1 (2 of 2)"]


def test_things_that_own_others_are_asked_one_by_one() -> None:
    session = FakeSession(
        answers(
            describe_transit_gateway_route_tables=[{"TransitGatewayRouteTables": [{"TransitGatewayRouteTableId": "tgw-rtb-1"}]}],
            search_transit_gateway_routes=[{"Routes": [{"DestinationCidrBlock": "10.5.0.0/16", "Type": "static", "State": "blackhole"}]}],
            describe_direct_connect_gateways=[{"directConnectGateways": [{"directConnectGatewayId": "d", "amazonSideAsn": 64513}]}],
        )
    )
    account = account_from(list(collected(access(session), ["us-east-1"], told)))
    assert [(route.table, str(route.prefix)) for route in account.transit_routes] == [("tgw-rtb-1", "10.5.0.0/16")]
    assert ("us-east-1", "describe_direct_connect_gateway_associations", {"directConnectGatewayId": "d"}) in session.asked
    assert account.unread == ()


DENIED: list[Answer] = [{"refused": "UnauthorizedOperation"}]


def test_a_call_that_aws_denies_is_listed_with_its_permission_and_the_others_are_made() -> None:
    found = answers(describe_vpcs=DENIED, describe_lags=DENIED, describe_customer_gateways=[{"CustomerGateways": [customer_gateway(1)]}])
    lines: list[str] = []
    account = account_from(list(collected(access(FakeSession(found)), ["us-east-1"], lines.append)))
    assert len(account.customer_gateways) == 1
    assert "not read: ec2 describe-vpcs in us-east-1. It needs the permission ec2:DescribeVpcs" in lines
    assert [(each.id, each.what) for each in account.unread] == [
        ("aws directconnect describe-lags", "not read in us-east-1"),
        ("aws ec2 describe-vpcs", "not read in us-east-1"),
    ]
    assert account.unread[1].why.endswith("It needs the permission ec2:DescribeVpcs")


def test_if_aws_denies_every_call_the_message_names_the_permissions() -> None:
    session = FakeSession({call.operation: DENIED for call in CALLS})
    with pytest.raises(HostError, match=r"AWS refused every call \(give the profile these permissions: ec2:Describe\*"):
        list(collected(access(session), ["us-east-1"], told))


def test_if_the_credentials_are_wrong_the_first_call_ends_it_and_no_account_id_is_shown() -> None:
    session = FakeSession({call.operation: [{"refused": "ExpiredToken"}] for call in CALLS})
    with pytest.raises(HostError, match=r"AWS does not answer ec2 describe-vpn-connections in us-east-1: .*ExpiredToken") as error:
        list(collected(access(session), ["us-east-1"], told))
    assert len(session.asked) == 1
    assert "123456789012" not in str(error.value)


def test_if_aws_does_not_say_its_regions_the_message_says_how_to_name_them() -> None:
    with pytest.raises(HostError, match=r"name the Regions with --region, or give the profile the permission ec2:DescribeRegions"):
        list(collected(access(FakeSession(answers(describe_regions=DENIED))), (), told))


def test_routes_of_a_transit_gateway_that_aws_did_not_give_are_no_whole_account() -> None:
    tables: list[Answer] = [{"TransitGatewayRouteTables": [{"TransitGatewayRouteTableId": "tgw-rtb-1"}]}]
    routes: list[Answer] = [{"Routes": [], "AdditionalRoutesAvailable": True}]
    found = answers(describe_transit_gateway_route_tables=tables, search_transit_gateway_routes=routes)
    with pytest.raises(InputError, match="AWS has more routes than it gave"):
        account_from(list(collected(access(FakeSession(found)), ["us-east-1"], told)))


def test_a_call_that_an_old_boto3_does_not_know_is_left_out_if_it_is_optional() -> None:
    vifs: list[Answer] = [{"virtualInterfaces": [{"virtualInterfaceId": "dxvif-1", "virtualInterfaceState": "deleted"}]}]
    known = answers(describe_virtual_interfaces=vifs)
    del known["list_virtual_interface_routes"]
    assert [each for each in collected(access(FakeSession(known)), ["us-east-1"], told) if each.data.get("routes")] == []
    del known["describe_vpcs"]
    with pytest.raises(HostError, match="boto3 is too old for ec2 describe-vpcs"):
        list(collected(access(FakeSession(known)), ["us-east-1"], told))


@pytest.mark.skipif(importlib.util.find_spec("boto3") is not None, reason="boto3 is installed")
def test_without_boto3_the_message_says_how_to_install_it_and_what_else_there_is() -> None:
    with pytest.raises(HostError, match=r"boto3 is not installed, and only it can ask AWS \(install it: .*--script\)"):
        collect("default", (), told)
