"""Tree: a YAML text as nodes. libyaml reads ten times as fast as PyYAML's own parser, which has the better words for mistakes."""

import yaml
from yaml.composer import Composer

try:
    from yaml.cyaml import CSafeLoader as _Events
except ImportError:  # PyYAML was built without libyaml
    from yaml import SafeLoader as _Events  # type: ignore[assignment]


class _Fast(Composer, _Events):
    """Events from libyaml, nodes from Python: libyaml's own composer has no bottom, so a text nested deeply enough crashes it."""

    def __init__(self, stream: str) -> None:
        _Events.__init__(self, stream)
        Composer.__init__(self)


def trees(text: str) -> list[yaml.Node]:
    """The root of each document in the text. YAMLError or RecursionError from PyYAML's own parser where there is something wrong."""
    try:
        return list(yaml.compose_all(text, Loader=_Fast))
    except (yaml.YAMLError, RecursionError):
        return list(yaml.compose_all(text, Loader=yaml.SafeLoader))
