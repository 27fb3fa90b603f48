"""Said: a declared resource in the words of the AWS CLI. So the readers of `aws_cli` read it, and give what they give for an account."""

from collections.abc import Mapping
from dataclasses import dataclass

from lab.importers.account import Unread
from lab.importers.declared.resource import Resource

DEFAULT_ASN = 64512
"""The ASN of a gateway for which nobody chose one (CreateVpnGateway, CreateTransitGateway, CreateDirectConnectGateway: AmazonSideAsn)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One object of a list that an AWS command prints. `key`: the key of the list. `belongs_to`: see `Reader.belongs_to`.

    `region`: its Region, if it is not that of the resource. "" if it is.
    """

    key: str
    data: dict[str, object]
    belongs_to: str = ""
    region: str = ""


def tags_of(resource: Resource) -> list[dict[str, object]]:
    """The tag Name, as AWS prints it. If there is none, what the user calls the resource, if AWS has not made it yet."""
    for key in ("tags", "tags_all"):
        tags = resource.values.get(key)
        if isinstance(tags, Mapping) and isinstance(name := tags.get("Name"), str) and name:
            return [{"Key": "Name", "Value": name}]
    return [{"Key": "Name", "Value": resource.label}] if resource.label else []


def named(resource: Resource) -> str:
    """The value of the tag Name, or the label. "" if there is neither."""
    return next((str(each["Value"]) for each in tags_of(resource)), "")


def default_asn(resource: Resource, key: str, asn: int) -> Unread:
    """A remark: nobody wrote an ASN, so AWS takes its default."""
    why = f"AWS then takes its default {asn}, so the topology has it"
    return Unread(id=resource.id, what=f"{key} not written", why=why, is_left_out=False)


def set_only(values: Mapping[str, object]) -> dict[str, object]:
    """The values that are set."""
    return {key: value for key, value in values.items() if value is not None}
