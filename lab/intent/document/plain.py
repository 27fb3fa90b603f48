"""Convert YAML nodes to plain data: mappings, lists, text, decimal numbers, true, false and None.

Law: text that YAML would convert in a surprising way (dates, octal and base-60 numbers, .nan) is not converted.
"""

import re
from dataclasses import dataclass, field

import yaml

from lab.intent.document.finding import Finding, Where
from lab.intent.document.wording import shown

_MAX_NODES = 20_000
_MAX_DEPTH = 40
_TAG = "tag:yaml.org,2002:"
_TEXT_TAGS = {f"{_TAG}{name}" for name in ("str", "timestamp", "value", "merge")}
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,18})", re.ASCII)
_DECIMAL = re.compile(r"[-+]?[0-9]{1,15}\.[0-9]{0,15}", re.ASCII)
_ON = "on"
"""As a key it is a word, because no key is true or false."""
_TRUE = {"yes", "true", _ON}
_FALSE = {"no", "false", "off"}


class TooMuchError(Exception):
    """The document cannot be read to its end: an alias contains itself, or the document is too large or too deeply nested."""

    def __init__(self, line: int, reason: str) -> None:
        self.line = line
        super().__init__(reason)


@dataclass(slots=True)
class PlainReader:
    """Converts one tree of nodes. `lines` has the line of every value, `findings` the mistakes that do not stop the reading."""

    lines: dict[Where, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    _nodes: int = 0
    _around: list[int] = field(default_factory=list)

    def read(self, root: yaml.Node) -> object:
        """The data of a root node. Raises TooMuchError if an alias contains itself, or if the document is too large or too deep."""
        self.lines[()] = root.start_mark.line + 1
        return self._value(root, ())

    def _value(self, node: yaml.Node, where: Where) -> object:
        self._guard(node)
        self._around.append(id(node))
        value: object
        match node:
            case yaml.MappingNode():
                value = self._mapping(node, where)
            case yaml.SequenceNode():
                value = self._sequence(node, where)
            case _:
                value = self._scalar(node, where)
        self._around.pop()
        return value

    def _guard(self, node: yaml.Node) -> None:
        line = node.start_mark.line + 1
        self._nodes += 1
        if id(node) in self._around:
            raise TooMuchError(line, "an alias contains itself (write the value instead)")
        if self._nodes > _MAX_NODES:
            raise TooMuchError(line, f"more than {_MAX_NODES} values after aliases are expanded (use fewer)")
        if len(self._around) > _MAX_DEPTH:
            raise TooMuchError(line, "the values are nested too deeply (a topology or check needs fewer than ten levels)")

    def _mapping(self, node: yaml.MappingNode, where: Where) -> dict[str, object]:
        self._check_tag(node.tag, {f"{_TAG}map"}, node, where)
        first: dict[str, int] = {}
        mapping: dict[str, object] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = self._key(key_node, where)
            if key is None:
                continue
            if key in first:
                message = f"this key is written twice; only the first one, on line {first[key]}, is read (rename or remove this one)"
                self.findings.append(Finding(where=(*where, key), message=message, line=line))
                continue
            first[key] = line
            self.lines[(*where, key)] = line
            mapping[key] = self._value(value_node, (*where, key))
        return mapping

    def _key(self, node: yaml.Node, where: Where) -> str | None:
        line = node.start_mark.line + 1
        if not isinstance(node, yaml.ScalarNode):
            message = "a key is a list or a mapping, expected a word (write a word before the colon)"
            self.findings.append(Finding(where=where, message=message, line=line))
            return None
        if node.tag == f"{_TAG}merge":
            self.findings.append(Finding(where=where, message="merge keys (<<) are not supported (write the keys instead)", line=line))
            return None
        if node.tag not in _TEXT_TAGS and node.value != _ON:
            message = f"YAML does not read the key {shown(node.value)} as text (put the key in quotes)"
            self.findings.append(Finding(where=where, message=message, line=line))
        return _clean(str(node.value))

    def _sequence(self, node: yaml.SequenceNode, where: Where) -> list[object]:
        self._check_tag(node.tag, {f"{_TAG}seq"}, node, where)
        items = []
        for index, item in enumerate(node.value):
            self.lines[(*where, index)] = item.start_mark.line + 1
            items.append(self._value(item, (*where, index)))
        return items

    def _scalar(self, node: yaml.Node, where: Where) -> object:
        known = {*_TEXT_TAGS, *(f"{_TAG}{name}" for name in ("null", "bool", "int", "float"))}
        self._check_tag(node.tag, known, node, where)
        return _scalar_value(node.tag.removeprefix(_TAG), str(node.value))

    def _check_tag(self, tag: str, known: set[str], node: yaml.Node, where: Where) -> None:
        if tag not in known:
            message = f"tag {tag.replace(_TAG, '!!')} is not supported (remove the tag)"
            self.findings.append(Finding(where=where, message=message, line=node.start_mark.line + 1))


def _scalar_value(kind: str, text: str) -> object:
    match kind:
        case "null" if text in {"", "~"} or text.lower() == "null":
            return None
        case "bool" if text.lower() in _TRUE | _FALSE:
            return text.lower() in _TRUE
        case "int" if _INTEGER.fullmatch(text):
            return int(text)
        case "float" if _DECIMAL.fullmatch(text):
            return float(text)
        case _:
            return _clean(text)


def _clean(text: str) -> str:
    """The text, with question marks in place of characters that cannot be printed or encoded.

    (YAML escapes can produce such characters.)
    """
    return text.replace("\0", "?").encode("utf-8", "replace").decode("utf-8")
