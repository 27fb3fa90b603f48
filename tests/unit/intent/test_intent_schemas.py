"""JSON Schemas: an editor that uses them accepts the same files as the lab."""

import json
import re

import pytest
import yaml

from lab.intent import json_schemas
from tests.unit.intent.check.test_intent_check import TEXT
from tests.unit.intent.networks import NETWORKS, REDUNDANT_DX
from tests.unit.intent.samples import SHIPPED

TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}


def _valid(value, node, schema):
    """Whether a value fits. Knows only the JSON Schema keywords that our schemas use."""
    if "$ref" in node and not _valid(value, schema["$defs"][node["$ref"].split("/")[-1]], schema):
        return False
    if not isinstance(value, TYPES.get(node.get("type"), object)) or value not in node.get("enum", [node.get("const", value)]):
        return False
    for keyword, count in (("anyOf", range(1, 9)), ("oneOf", range(1, 2))):
        if keyword in node and sum(_valid(value, each, schema) for each in node[keyword]) not in count:
            return False
    if isinstance(value, str):
        return bool(re.search(node.get("pattern", ""), value))
    if isinstance(value, list):
        return len(value) >= node.get("minItems", 0) and all(_valid(each, node.get("items", {}), schema) for each in value)
    return not isinstance(value, dict) or _valid_mapping(value, node, schema)


def _valid_mapping(value, node, schema):
    known, patterns = node.get("properties", {}), node.get("patternProperties", {})
    for key, each in value.items():
        nodes = [known[key]] if key in known else [found for pattern, found in patterns.items() if re.search(pattern, key)]
        if not all(_valid(each, found, schema) for found in nodes) or (not nodes and node.get("additionalProperties") is False):
            return False
    return set(node.get("required", [])) <= set(value)


@pytest.mark.parametrize(
    ("document", "text"),
    [("topology", SHIPPED.read_text(encoding="utf-8")), *(("topology", text) for text in NETWORKS.values()), ("check", TEXT)],
)
def test_what_the_lab_accepts_fits_the_schema(document, text):
    schema = json.loads(json_schemas()[document])
    assert _valid(yaml.safe_load(text), schema, schema)


@pytest.mark.parametrize(
    ("right", "wrong"), [("edges:", "edgs:"), ("asn: 65001", "asn: x"), ("kind: vgw", "kind: igw"), ("{from: dc1, ", "{")]
)
def test_a_topology_that_the_lab_refuses_does_not_fit_the_schema(shipped, right, wrong):
    schema = json.loads(json_schemas()["topology"])
    assert not _valid(yaml.safe_load(shipped.replace(right, wrong, 1)), schema, schema)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("location: loc-a", "locaton: loc-a"),
        ("kind: private", "kind: public"),
        ("local_preference: high", "local_preference: max"),
        ("[conduit-7]", "conduit-7"),
        ("associations: [vgw]", "associations: [vgw], allowed_prefixes: [10.0.0.0/8]"),
    ],
)
def test_a_circuit_that_the_lab_refuses_does_not_fit_the_schema(right, wrong):
    schema = json.loads(json_schemas()["topology"])
    assert right in REDUNDANT_DX
    assert not _valid(yaml.safe_load(REDUNDANT_DX.replace(right, wrong, 1)), schema, schema)


def test_every_key_of_a_topology_that_is_no_section_has_an_example():
    schema = json.loads(json_schemas()["topology"])
    sections = {"interconnects", "regions", "direct_connect", "vpn_connections", "vpcs", "gateways"}
    bare = [
        f"{name}.{key}"
        for name, document in schema["$defs"].items()
        for key, node in document["properties"].items()
        if key not in sections and "examples" not in node
    ]
    assert bare == []
