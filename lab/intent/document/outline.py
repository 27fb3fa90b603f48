"""What a JSON Schema says about one place of a document: its keys, and an example."""

from typing import Any

from lab.intent.document.finding import Where

Schema = dict[str, Any]


def known_keys(schema: Schema, where: Where) -> tuple[str, ...]:
    """The keys that the mapping at this place may have, required keys first. () if it may have any key."""
    nodes = _nodes(schema, where)
    keys = [key for node in nodes for key in node.get("properties", {})]
    required = {key for node in nodes for key in node.get("required", ())}
    return tuple(sorted(keys, key=lambda key: key not in required))


def example(schema: Schema, where: Where) -> object | None:
    """An example of the value at this place. None if the schema has none."""
    return next((node["examples"][0] for node in _nodes(schema, where) if node.get("examples")), None)


def _nodes(schema: Schema, where: Where) -> list[Schema]:
    """All parts of the schema that describe this place. There are several if the value may have several types."""
    nodes = _alternatives(schema, schema)
    for part in where:
        nodes = [found for node in nodes for child in _children(node, part) for found in _alternatives(schema, child)]
    return nodes


def _children(node: Schema, part: str | int) -> list[Schema]:
    match part:
        case int():
            return [node["items"]] if "items" in node else []
        case str() if part in node.get("properties", {}):
            return [node["properties"][part]]
        case _:
            return list(node.get("patternProperties", {}).values())


def _alternatives(schema: Schema, node: Schema) -> list[Schema]:
    choices = [choice for kind in ("anyOf", "oneOf", "allOf") for choice in node.get(kind, [])]
    if "$ref" in node:
        choices.append(schema["$defs"][node["$ref"].removeprefix("#/$defs/")])
    return [node, *(found for choice in choices for found in _alternatives(schema, choice))]
