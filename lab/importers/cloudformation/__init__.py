"""CLOUDFORMATION: a template → declared resources. One function, `resources_of`. A template has no ids, so the logical ids are the ids."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lab.importers.cloudformation.kinds import FLAGS, TYPES, Type
from lab.importers.cloudformation.values import Absent, Exported, UnknownError, Values
from lab.importers.declared import IN_PART, UNREAD, Resource
from lab.importers.declared.vpn import TUNNEL
from lab.importers.record import Record

__all__ = ["Exported", "exports_of", "resources_of"]

_TUNNEL_PROPERTY = {"DpdTimeoutAction": "DPDTimeoutAction", "DpdTimeoutSeconds": "DPDTimeoutSeconds", "IkeVersions": "IKEVersions"}
"""The names of tunnel options that CloudFormation spells differently from the EC2 API."""

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stack:
    """A template that is read: its file, the Region in the path ("" if none), what stands before its ids, and its values."""

    file: str
    prefix: str
    region: str
    values: Values


def exports_of(document: Record, region: str, prefix: str) -> Iterator[tuple[str, Callable[[], object]]]:
    """The names that a template exports, each with what gives its value. `region`, `prefix`: as for `resources_of`."""
    return Values(document.data, region, prefix).exports(document.data.get("Outputs"))


def resources_of(document: Record, region: str, prefix: str, exported: Exported | None = None) -> Iterator[Resource]:
    """Every resource that a template makes. `region`: the one that the path names, because a template does not say its own.

    `prefix`: what stands before each id, so that two templates may have the same logical ids. `exported`: what all given templates export.
    """
    stack = _Stack(file=document.file, region=region, prefix=prefix, values=Values(document.data, region, prefix, exported))
    resources = document.record("Resources")
    if document.has("Transform"):
        yield _unreadable("Transform", stack, "what macros add is not in the template (give the processed template)")
    for name in resources.data:
        if name.startswith("Fn::ForEach::"):
            yield _unreadable(name, stack, "resources made by a loop are not read (give the processed template)")
            continue
        resource = resources.record(name)
        try:
            if resource.has("Condition") and not stack.values.holds(resource.text("Condition")):
                continue
            yield from _resources(name, resource, stack)
        except UnknownError as why:
            yield _unreadable(name, stack, f"whether it is made is not known: {why}")
        except RecursionError:
            yield _unreadable(name, stack, "its values refer to each other in a circle")
    yield from _defaults(stack)


def _defaults(stack: _Stack) -> Iterator[Resource]:
    """A remark: a stack may have been made with other values than the defaults of its parameters."""
    if stack.values.defaults:
        names = ", ".join(sorted(stack.values.defaults))
        why = "the template has a default, and a stack may have another value (write that value as the default)"
        yield _resource(names, stack, kind=IN_PART, values={}, unknown={"parameters": why})


def _resources(name: str, resource: Record, stack: _Stack) -> Iterator[Resource]:
    written = resource.text("Type")
    properties = resource.record("Properties").data
    known = TYPES.get(written)
    if known is None:
        kind = written if written != "AWS::CloudFormation::Stack" else "nested stack"
        yield _resource(name, stack, kind=kind, values={}, unknown={})
        return
    values, unknown = _values(known, properties, stack)
    made = _resource(name, stack, kind=known.kind, values=values, unknown=unknown)
    match known.kind:
        case "aws_vpn_gateway_route_propagation":
            tables = values.get("route_table_ids")
            for table in tables if isinstance(tables, list) else ():
                yield replace(made, id=f"{made.id} {table}", values={**values, "route_table_id": table})
        case "aws_vpn_gateway_attachment" if "VpnGatewayId" not in properties:
            return  # an internet gateway
        case "aws_vpc_ipv4_cidr_block_association" if "cidr_block" not in {*values, *unknown}:
            yield replace(made, kind="aws_vpc_ipv6_cidr_block_association")
        case _:
            yield made


def _values(known: Type, properties: Mapping[str, object], stack: _Stack) -> tuple[dict[str, object], dict[str, str]]:
    """The values of a resource, and the reasons for which others are unknown."""
    values: dict[str, object] = {}
    unknown: dict[str, str] = {}
    written = {property_: properties[property_] for property_ in known.keys if property_ in properties}
    for property_, value in written.items():
        _put(values, unknown, (known.keys[property_], property_, value), stack)
    for number, options in enumerate(_list(properties.get("VpnTunnelOptionsSpecifications"))[:2], start=1):
        for key, word in TUNNEL.items():
            property_ = _TUNNEL_PROPERTY.get(word, word)
            if property_ in options:
                _put(values, unknown, (f"tunnel{number}_{key}", property_, options[property_]), stack)
            if isinstance(values.get(f"tunnel{number}_{key}"), list):
                values[f"tunnel{number}_{key}"] = [each.get("Value") for each in _list(values[f"tunnel{number}_{key}"])]
    if known.kind.endswith("_virtual_interface"):
        _put_peers(values, unknown, properties.get("BgpPeers"), stack)
    values["tags"] = dict(_tags(properties.get("Tags"), stack))
    return values, unknown


def _put(values: dict[str, object], unknown: dict[str, str], entry: tuple[str, str, object], stack: _Stack) -> None:
    key, property_, written = entry
    try:
        value = stack.values.of(written)
    except UnknownError as why:
        unknown[key] = f"{property_} is not known: {why}"
        return
    if key in FLAGS and isinstance(value, str):
        value = value.lower() == "true"
    if not isinstance(value, Absent):
        values[key] = value


def _put_peers(values: dict[str, object], unknown: dict[str, str], written: object, stack: _Stack) -> None:
    """The peers of a virtual interface, without their keys and addresses."""
    peers = [{key: each[key] for key in ("AddressFamily", "Asn") if key in each} for each in _list(written)]
    try:
        known = _list(stack.values.of(peers))
    except UnknownError as why:
        unknown["bgp_asn"] = f"BgpPeers is not known: {why}"
        return
    values["peers"] = [{"address_family": each.get("AddressFamily", "ipv4"), "asn": each.get("Asn")} for each in known]


def _tags(written: object, stack: _Stack) -> Iterator[tuple[str, object]]:
    """The tag Name, if the template says what it will be."""
    for each in _list(written):
        try:
            if each.get("Key") == "Name":
                yield "Name", stack.values.of(each.get("Value"))
        except UnknownError:
            continue


def _resource(name: str, stack: _Stack, *, kind: str, values: Mapping[str, object], unknown: Mapping[str, str]) -> Resource:
    label = " ".join(_WORD.findall(name))
    id_ = f"{stack.prefix}{name}"
    return Resource(kind=kind, id=id_, written=name, file=stack.file, region=stack.region, values=values, unknown=unknown, label=label)


def _unreadable(name: str, stack: _Stack, why: str) -> Resource:
    return _resource(name, stack, kind=UNREAD, values={}, unknown={"not read": why})


def _list(value: object) -> Sequence[Mapping[str, object]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
