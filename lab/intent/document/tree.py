"""Tree: a YAML text as nodes. libyaml is ten times as fast as PyYAML's own parser, but that one has better error messages."""

import yaml
from yaml.composer import Composer

try:
    from yaml.cyaml import CSafeLoader as _Events
except ImportError:  # PyYAML was built without libyaml
    from yaml import SafeLoader as _Events  # type: ignore[assignment]


class _Fast(Composer, _Events):
    """Events from libyaml, nodes from Python. libyaml's own composer has no depth limit, so a deeply nested text crashes it."""

    def __init__(self, stream: str) -> None:
        _Events.__init__(self, stream)
        Composer.__init__(self)


def trees(text: str) -> list[yaml.Node]:
    """The root of each document in the text. Raises YAMLError or RecursionError, always from PyYAML's own parser."""
    try:
        return list(yaml.compose_all(text, Loader=_Fast))
    except (yaml.YAMLError, RecursionError):
        return list(yaml.compose_all(text, Loader=yaml.SafeLoader))
