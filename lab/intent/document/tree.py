"""Parse YAML text into nodes. libyaml is ten times faster than PyYAML's own parser, but PyYAML has better error messages."""

import yaml
from yaml.composer import Composer

try:
    from yaml.cyaml import CSafeLoader as _Events
except ImportError:  # PyYAML was built without libyaml
    from yaml import SafeLoader as _Events  # type: ignore[assignment]


class _Fast(Composer, _Events):
    """A parser with libyaml's events and Python's composer. libyaml's composer has no depth limit: deeply nested text crashes it."""

    def __init__(self, stream: str) -> None:
        _Events.__init__(self, stream)
        Composer.__init__(self)


def trees(text: str) -> list[yaml.Node]:
    """The root node of each document in the text. Raises YAMLError or RecursionError.

    Errors always come from PyYAML's own parser, because its messages are better.
    """
    try:
        return list(yaml.compose_all(text, Loader=_Fast))
    except (yaml.YAMLError, RecursionError):
        return list(yaml.compose_all(text, Loader=yaml.SafeLoader))
