"""What functions of a CloudFormation template give, and why a value is not known."""

from pathlib import Path

import pytest

from lab.errors import InputError, Problem
from lab.importers.cloudformation import exports_of, resources_of
from lab.importers.cloudformation.values import UnknownError, Values
from lab.importers.declared import IN_PART, UNREAD
from lab.importers.record import Record
from lab.intent import read_template

TEMPLATE = """
Parameters:
  Env: {Type: String, Default: prod}
  Cidrs: {Type: CommaDelimitedList, Default: '10.0.0.0/16, 10.1.0.0/16'}
  Bare: {Type: String}
  Secret: {Type: String, Default: Zq7rLk2mPpXw9vB4tYh8nDc3sJf6gTa1, NoEcho: true}
  Stored: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /a/b}
Mappings:
  Asns: {prod: {core: 64600}}
Conditions:
  IsProd: !Equals [!Ref Env, prod]
  IsTest: !Not [!Condition IsProd]
  Both: !And [!Condition IsProd, !Condition IsTest]
  Either: !Or [!Condition IsProd, !Condition IsTest]
  Vague: !Equals [!Ref Bare, x]
  Circle: !Condition Circle
Resources:
  Vpc: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: !Select [1, !Ref Cidrs]}}
"""


def values() -> Values:
    return Values(read_template(TEMPLATE, Path("t.yaml")), "eu-west-1", "net/")


def of(written: str) -> object:
    """The value of something written in YAML."""
    return values().of(read_template(f"Resources: {written}", Path("t.yaml"))["Resources"])


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("!Ref Env", "prod"),
        ("!Ref Vpc", "net/Vpc"),
        ("!GetAtt Vpc.VpcId", "net/Vpc"),
        ("!GetAtt Vpc.CidrBlock", "10.1.0.0/16"),
        ("{'Fn::GetAtt': [Vpc, CidrBlock]}", "10.1.0.0/16"),
        ("!Sub '${Env}-${AWS::Region}-${!Literal}'", "prod-eu-west-1-${Literal}"),
        ("!Sub ['${a}-x', {a: !Ref Env}]", "prod-x"),
        ("!Join ['-', [a, !Ref Env]]", "a-prod"),
        ("!Split ['-', a-b]", ["a", "b"]),
        ("!FindInMap [Asns, !Ref Env, core]", 64600),
        ("!If [IsProd, 1, 2]", 1),
        ("!If [IsTest, 1, 2]", 2),
        ("[1, !Ref 'AWS::NoValue', {a: !Ref 'AWS::NoValue', b: 2}]", [1, {"b": 2}]),
    ],
)
def test_a_function_gives_its_value(written: str, value: object) -> None:
    assert of(written) == value


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("!Ref Bare", "the parameter Bare has no default in the template"),
        ("!Ref Stored", "the parameter Stored has no default in the template"),
        ("!Ref Secret", "the parameter Secret has NoEcho, so it is not read"),
        ("!Sub 'x-${Secret}'", "the parameter Secret has NoEcho, so it is not read"),
        ("!Ref AWS::AccountId", "AWS::AccountId is known only when the stack is deployed"),
        ("!GetAtt Vpc.DefaultNetworkAcl", "Vpc.DefaultNetworkAcl is known only when the stack is deployed"),
        ("!GetAtt Nothing.Id", "the template has no resource Nothing"),
        ("!ImportValue x", "another stack exports it, and no given template does (also give the template of that stack)"),
        ("'{{resolve:ssm:/a}}'", "it is looked up in another service when the stack is deployed"),
        ("!FindInMap [Asns, test, core]", "Fn::FindInMap is used in a form that the importer does not know"),
        ("!Select [7, [a]]", "Fn::Select is used in a form that the importer does not know"),
        ("!Base64 x", "Fn::Base64 is used in a form that the importer does not know"),
        ("!If [Vague, 1, 2]", "the parameter Bare has no default in the template"),
        ("!If [Missing, 1, 2]", "the template has no condition Missing"),
        ("[[1, !Ref Bare]]", "the parameter Bare has no default in the template"),
    ],
)
def test_a_value_that_the_template_does_not_say_is_unknown_with_the_reason(written: str, why: str) -> None:
    with pytest.raises(UnknownError) as caught:
        of(written)
    assert str(caught.value) == why


def test_conditions_are_true_as_cloudformation_says() -> None:
    assert {name: values().holds(name) for name in ("IsProd", "IsTest", "Both", "Either")} == {
        "IsProd": True,
        "IsTest": False,
        "Both": False,
        "Either": True,
    }


def test_values_that_refer_to_each_other_in_a_circle_end() -> None:
    with pytest.raises(RecursionError):
        values().holds("Circle")


def test_yaml_is_read_as_cloudformation_reads_it() -> None:
    read = read_template("Resources: {a: 010, b: 2012-10-17, c: true, d: yes, e: 1.5, f: 12:30, g: null, h: 64512}", Path("t.yaml"))
    assert read["Resources"] == {"a": "010", "b": "2012-10-17", "c": True, "d": "yes", "e": "1.5", "f": "12:30", "g": None, "h": 64512}


@pytest.mark.parametrize(
    "text",
    [
        "Resources: [",
        "- a",
        "Resources: {}\n---\nResources: {}",
        "Resources: " + "[" * 5000,
        "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]\n" for old, new in zip("abcdefg", "bcdefgh", strict=True)),
    ],
)
def test_a_text_that_is_no_template_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        read_template(text, Path("t.yaml"))


def test_the_parameters_whose_defaults_were_used_are_told_and_so_are_macros() -> None:
    data = {**read_template(TEMPLATE, Path("t.yaml")), "Transform": "AWS::Serverless-2016-10-31"}
    found = list(resources_of(Record(data=data, file="t.yaml", place="", problems=[]), "eu-west-1", ""))
    assert [(each.kind, each.id) for each in found] == [(UNREAD, "Transform"), ("aws_vpc", "Vpc"), (IN_PART, "Cidrs")]


CONNECTION = """
Resources:
  Conn: {Type: 'AWS::DirectConnect::Connection', Properties: {Location: EqDC2, Bandwidth: 1Gbps, ConnectionName: a}}
  Hub: {Type: 'AWS::DirectConnect::DirectConnectGateway', Properties: {DirectConnectGatewayName: hub, AmazonSideAsn: 64513}}
Outputs:
  Conn: {Value: !GetAtt Conn.ConnectionArn, Export: {Name: the-circuit}}
"""
VIF = """
Resources:
  Vif:
    Type: AWS::DirectConnect::PrivateVirtualInterface
    Properties: {ConnectionId: CONN, DirectConnectGatewayId: HUB, Vlan: 7, BgpPeers: [{Asn: 65001, AddressFamily: ipv4}]}
"""
HUB = "'arn:aws:directconnect::210987654321:dx-gateway/hub-1'"


@pytest.mark.parametrize(
    ("written", "connection"),
    [
        ("dxcon-1", "dxcon-1"),
        ("arn:aws:directconnect:us-east-1:210987654321:dxcon/dxcon-1", "dxcon-1"),
        ("arn:aws-cn:directconnect:us-east-1:210987654321:dxlag/dxlag-1", "dxlag-1"),
        ("!Sub 'arn:${AWS::Partition}:directconnect:${AWS::Region}:${AWS::AccountId}:dxcon/dxcon-1'", "dxcon-1"),
        ("!Join [':', [arn, !Ref AWS::Partition, directconnect, !Ref AWS::Region, !Ref AWS::AccountId, dxcon/dxcon-1]]", "dxcon-1"),
        ("!ImportValue the-circuit", "net/Conn"),
        ("!Ref Conn", "Conn"),
        ("!GetAtt Conn.ConnectionId", "Conn"),
        ("!GetAtt Conn.ConnectionArn", "Conn"),
    ],
)
def test_a_connection_may_be_said_in_every_way_that_cloudformation_has(written: str, connection: str) -> None:
    text = VIF.replace("CONN", written).replace("HUB", HUB)
    if "Conn" in written:
        text += CONNECTION.partition("Outputs")[0].partition("Resources:\n")[2]
    problems: list[Problem] = []
    other = Record(data=read_template(CONNECTION, Path("a.yaml")), file="a.yaml", place="", problems=problems)
    own = Record(data=read_template(text, Path("b.yaml")), file="b.yaml", place="", problems=problems)
    found = {each.written: each for each in resources_of(own, "us-east-1", "", dict(exports_of(other, "us-east-1", "net/")))}
    assert (found["Vif"].text("connection_id"), found["Vif"].text("dx_gateway_id")) == (connection, "hub-1")
    assert (dict(found["Vif"].unknown), problems) == ({}, [])
