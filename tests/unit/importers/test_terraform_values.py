"""What comes in of a resource that Terraform shows: never what is marked as sensitive, and the Region from wherever it is said."""

from lab.errors import Problem
from lab.importers.declared import Resource
from lab.importers.record import Record
from lab.importers.terraform import resources_of
from lab.importers.terraform.address import index_of, label, parent, steps, without_secrets

SECRET = "Zq7rLk2mPpXw9vB4tYh8nDc3sJf6gTa1"


def read(*shown: dict[str, object], region: str = "", **more: object) -> list[Resource]:
    problems: list[Problem] = []
    data = {"format_version": "1.0", "values": {"root_module": {"resources": list(shown)}}, **more}
    found = list(resources_of(Record(data=data, file="f", place="", problems=problems), region, ""))
    assert problems == []
    return found


def shown(values: dict[str, object], sensitive: dict[str, object] | None = None, address: str = "aws_vpc.main") -> dict[str, object]:
    kind, _, name = address.rpartition(".")
    return {"address": address, "type": kind, "name": name, "mode": "managed", "values": values, "sensitive_values": sensitive or {}}


def test_what_is_marked_as_sensitive_is_not_read_also_deep_inside() -> None:
    values = {"id": "vpc-1", "cidr_block": SECRET, "tags": {"Name": SECRET, "owner": "net"}, "route": [{"a": SECRET}, {"a": "b"}, "c"]}
    marks = {"cidr_block": True, "tags": {"Name": True}, "route": [{"a": True}, {}]}
    found = read(shown(values, marks))[0]
    assert SECRET not in str(found.values)
    assert found.values["tags"] == {"owner": "net"}
    assert found.values["route"] == [{}, {"a": "b"}, "c"]
    assert found.unknown == {"cidr_block": "cidr_block is marked as sensitive, so it is not read"}


def test_a_key_is_not_read_even_if_nobody_marked_it() -> None:
    keys = ("tunnel1_preshared_key", "bgp_auth_key", "customer_gateway_configuration", "router_config", "master_password")
    assert SECRET not in str(read(shown({"id": "vpc-1", **dict.fromkeys(keys, SECRET)}))[0])


def test_the_region_is_that_of_the_resource_or_of_its_arn_or_of_the_path() -> None:
    arn = "arn:aws:ec2:eu-west-1:210987654321:vpc/vpc-1"
    assert read(shown({"id": "vpc-1", "region": "us-east-1", "arn": arn}), region="eu-north-1")[0].region == "us-east-1"
    assert read(shown({"id": "vpc-1", "arn": arn}), region="eu-north-1")[0].region == "eu-west-1"
    assert read(shown({"id": "vpc-1"}), region="eu-north-1")[0].region == "eu-north-1"
    assert read(shown({"id": "vpc-1", "region": "nowhere"}))[0].region == ""


def test_an_address_is_taken_apart() -> None:
    address = 'module.sites["fra.1"].module.vpn[0].aws_vpn_connection.this["a\\"b"]'
    assert steps(address) == ("module", 'sites["fra.1"]', "module", "vpn[0]", "aws_vpn_connection", 'this["a\\"b"]')
    assert parent('module.sites["fra.1"].module.vpn[0]') == ('module.sites["fra.1"]', "vpn", 0)
    assert (index_of("this"), index_of("this[2]"), index_of('this["x"]')) == (None, 2, "x")
    assert label('module.frankfurt.aws_vpn_connection.this["dc_1"]') == "frankfurt dc 1"
    assert label("aws_vpn_connection.main") == "main"


def test_an_index_that_may_not_come_in_is_replaced_by_a_digest() -> None:
    for inside in ("203.0.113.9", "210987654321", SECRET):
        hidden = without_secrets(f'aws_customer_gateway.this["{inside}"]')
        assert inside not in hidden
        assert hidden.startswith('aws_customer_gateway.this["hidden-')
    assert without_secrets('a.b["203.0.113.9"]') != without_secrets('a.b["203.0.113.8"]')
    assert without_secrets('a.b["fra"].c[0]') == 'a.b["fra"].c[0]'


def test_a_resource_that_aws_has_not_made_has_its_address_as_id_and_a_label() -> None:
    made, planned = (read(shown(values, address="aws_vpc.app"))[0] for values in ({"id": "vpc-1"}, {}))
    assert (made.id, made.label) == ("vpc-1", "")
    assert (planned.id, planned.label) == ("aws_vpc.app", "app")
