"""Describe the value of a key in a few words, and give an example."""

from collections.abc import Mapping, Sequence
from typing import Any

Node = Mapping[str, Any]
"""A part of a JSON Schema."""

_UNITS = {"(ms|s|m|h)": "duration", "%": "percentage", "bit": "rate", "a-z": "name", "/[0-9]": "prefix"}
"""For each kind of text value: a part of its pattern that no other kind has."""


def without_null(node: Node) -> Node:
    """The node of a schema without "null", which means that the key is missing."""
    others = [each for each in node.get("anyOf", ()) if each != {"type": "null"}]
    return others[0] if len(others) == 1 else node


def value_words(node: Node) -> str:
    """The possible values in words: `duration`, `number, 1 to 9`, `list of prefixes`, or the words to choose from."""
    node = without_null(node)
    if words := [*node.get("enum", ()), *([node["const"]] if "const" in node else [])]:
        return _listed([f"`{word}`" for word in words])
    if kinds := [value_words(each) for each in node.get("anyOf", ())]:
        return ", or ".join(kinds)
    return _of_type(node)


def example_words(value: object) -> str:
    """A value as YAML on one line."""
    match value:
        case bool():
            return str(value).lower()
        case Mapping():
            return f"{{{', '.join(f'{key}: {example_words(each)}' for key, each in value.items())}}}"
        case str():
            return value
        case Sequence():
            return f"[{', '.join(map(example_words, value))}]"
    return str(value)


def _of_type(node: Node) -> str:
    match node.get("type"):
        case "boolean":
            return "`true` or `false`"
        case "integer" | "number":
            return f"number, {node['minimum']} to {node['maximum']}" if "minimum" in node else "number"
        case "string":
            return _string(node)
        case "array":
            return f"list of {_several(value_words(node['items']))}"
        case "object":
            return _mapping(node)
    return "duration"  # only a duration has no type: it is one value, or one for each timer profile


def _string(node: Node) -> str:
    pattern = node.get("pattern", "")
    kind = next((kind for mark, kind in _UNITS.items() if mark in pattern), "name")
    return "text" if "minLength" in node and not pattern else kind


def _mapping(node: Node) -> str:
    inner = next(iter([*node.get("patternProperties", {}).values(), node.get("additionalProperties", {})]))
    return f"{value_words(inner)}, by name"


def _several(word: str) -> str:
    return f"{word}es" if word.endswith("x") else f"{word}s"


def _listed(words: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))
