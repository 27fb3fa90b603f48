"""What of Terraform's values may not come in: all that it marks as sensitive, and keys, whatever they are marked as."""

import re
from collections.abc import Iterator, Mapping

_KEY = re.compile(r"preshared_key|auth_key|customer_gateway_configuration|router_config|password|secret", re.ASCII)


def is_key(name: str) -> bool:
    """Whether an attribute has a key in it, by its name: `tunnel1_preshared_key`, `bgp_auth_key`, …"""
    return _KEY.search(name) is not None


def visible(values: Mapping[str, object], sensitive: Mapping[str, object]) -> dict[str, object]:
    """The values without all that is marked as sensitive. `sensitive`: like `sensitive_values`, with true where a value is."""
    return {key: _visible(value, sensitive.get(key)) for key, value in values.items() if sensitive.get(key) is not True}


def hidden(values: Mapping[str, object], sensitive: Mapping[str, object]) -> Iterator[str]:
    """The keys of values that are marked as sensitive, and that are set."""
    yield from (key for key in values if sensitive.get(key) is True and values[key] is not None)


def _visible(value: object, mark: object) -> object:
    match value, mark:
        case dict(), dict():
            return visible(value, mark)
        case list(), list():
            marks = [*mark, *[None] * (len(value) - len(mark))]
            return [_visible(each, marked) for each, marked in zip(value, marks, strict=False) if marked is not True]
        case _, _:
            return value
    return None
