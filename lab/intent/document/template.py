"""Read a CloudFormation template in YAML as plain data. `!Ref x` is read as `{Ref: x}`, and `!Sub x` as `{Fn::Sub: x}`."""

from pathlib import Path

import yaml

from lab.errors import InputError, Problem
from lab.intent.document.syntax import in_plain_words
from lab.intent.document.tree import trees

_MOST_VALUES = 200_000
_PLAIN = ("Ref", "Condition")
_INT, _BOOL, _NULL = (f"tag:yaml.org,2002:{each}" for each in ("int", "bool", "null"))


def read_template(text: str, path: Path) -> dict[str, object]:
    """The template in a text. `path`: the file that messages name. Raises InputError.

    Dates, and numbers that are not whole, are text: CloudFormation reads them so.
    """
    try:
        roots = trees(text)
        data = _Reader().read(roots[0]) if len(roots) == 1 else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _refusal(f"{path}:{mark.line + 1 if mark else 1}", f"not valid YAML: {in_plain_words(error)}") from None
    except yaml.YAMLError:
        raise _refusal(str(path), "a character is not allowed in YAML (is this a binary file?)") from None
    except RecursionError:
        raise _refusal(str(path), "the values are nested too deeply (is this a CloudFormation template?)") from None
    if not isinstance(data, dict):
        raise _refusal(str(path), "expected one CloudFormation template, a mapping with the key Resources (give one template a file)")
    return data


class _Reader:
    """Makes plain data of nodes. It counts values, because aliases can make a small file huge."""

    def __init__(self) -> None:
        self._left = _MOST_VALUES

    def read(self, node: yaml.Node) -> object:
        """The value of a node."""
        self._left -= 1
        if self._left < 0:
            raise RecursionError
        value = self._value(node)
        if not node.tag.startswith("!"):
            return value
        name = node.tag[1:]
        return {name if name in _PLAIN else f"Fn::{name}": value}

    def _value(self, node: yaml.Node) -> object:
        match node:
            case yaml.MappingNode():
                return {str(key.value): self.read(value) for key, value in node.value}
            case yaml.SequenceNode():
                return [self.read(each) for each in node.value]
            case _:
                return _scalar(node)


def _scalar(node: yaml.Node) -> object:
    text = str(node.value)
    if node.tag == _INT and text.isascii() and text.isdigit() and (text == "0" or not text.startswith("0")):
        return int(text)
    if node.tag == _BOOL and text.lower() in {"true", "false"}:
        return text.lower() == "true"
    return None if node.tag == _NULL else text


def _refusal(place: str, message: str) -> InputError:
    return InputError([Problem(place=place, message=message)])
