"""Divide a JSON Schema into sections. A section has the keys of one kind of mapping, with their values."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lab.views.reference.values import Node, without_null


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key of a mapping. `section`: the title of the section that describes the key's value, "" if there is none."""

    name: str
    node: Node
    is_required: bool
    section: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One kind of mapping. `places`: the paths of all keys that have such a mapping as their value."""

    places: tuple[str, ...]
    description: str
    keys: tuple[Key, ...]


def sections_of(schema: str) -> tuple[Section, ...]:
    """All kinds of mapping in a file, in order. The first one is the whole file, which has no place."""
    root = json.loads(schema)
    found: dict[str, list[str]] = {"": []}
    nodes: dict[str, Node] = {"": root}
    _find(root, "", root["$defs"], found, nodes)
    return tuple(_section(nodes[name], name, found) for name in found)


def _find(node: Node, place: str, definitions: Mapping[str, Node], found: dict[str, list[str]], nodes: dict[str, Node]) -> None:
    """Find every kind of mapping below a node of the schema. Store all its places under the name of its definition."""
    for key, value in node["properties"].items():
        name = _definition(value)
        if not name:
            continue
        below = f"{place}.{key}" if place else key
        places = found.setdefault(name, [])
        places.append(below)
        if len(places) == 1:
            nodes[name] = definitions[name]
            _find(definitions[name], below, definitions, found, nodes)


def _section(node: Node, name: str, found: Mapping[str, list[str]]) -> Section:
    return Section(places=tuple(found[name]), description=node["description"], keys=tuple(_keys(node, found)))


def _keys(node: Node, found: Mapping[str, list[str]]) -> Iterator[Key]:
    """The keys of a mapping: required ones first, else in the order of the schema."""
    required = node.get("required", ())
    for name, value in sorted(node["properties"].items(), key=lambda item: item[0] not in required):
        section = title(found[definition]) if (definition := _definition(value)) else ""
        yield Key(name=name, node=value, is_required=name in required, section=section)


def title(places: tuple[str, ...] | list[str]) -> str:
    """The title of a section: `regions.vpcs`. If the section has several places, their last words: `during, after, then`."""
    return places[0] if len(places) == 1 else ", ".join(dict.fromkeys(place.rpartition(".")[2] for place in places))


def _definition(node: Node) -> str:
    """The name of the definition of the mappings that a node describes. "" if it describes none.

    The node may describe one mapping, a list of mappings, mappings by name, or a mapping or a word.
    """
    return next((each["$ref"].rpartition("/")[2] for each in _inside(without_null(node)) if "$ref" in each), "")


def _inside(node: Node) -> Iterator[Any]:
    yield node
    yield node.get("items", {})
    yield from node.get("patternProperties", {}).values()
    match node.get("oneOf"):
        case [{"const": _}, mapping]:
            yield mapping
