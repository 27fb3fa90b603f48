"""Addresses of Terraform: `module.sites["fra"].aws_vpn_connection.this[0]`."""

import re
from collections.abc import Iterator

from lab.importers.private import digest, has_account, is_secret

_STEP = re.compile(r'((?:[^.\[\]"]|\[\d+\]|\["(?:[^"\\]|\\.)*"\])+)')
_KEY = re.compile(r'\["((?:[^"\\]|\\.)*)"\]')
_INDEX = re.compile(r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]$')


def steps(address: str) -> tuple[str, ...]:
    """The parts between the dots, each with its index: `module`, `sites["fra"]`, `aws_vpn_connection`, `this[0]`."""
    return tuple(_STEP.findall(address))


def without_index(step: str) -> str:
    """A step without its index: `this` for `this[0]`."""
    return _INDEX.sub("", step)


def index_of(step: str) -> int | str | None:
    """The index of a step: 0 for `this[0]`, `fra` for `sites["fra"]`, None for `this`."""
    found = _INDEX.search(step)
    if found is None:
        return None
    inside = found[0][1:-1]
    return int(inside[:9]) if inside.isdigit() else inside[1:-1]


def parent(module: str) -> tuple[str, str, int | str | None]:
    """The module that a module is in ("" is the root), and the name and the index of the call: `sites`, `fra`."""
    *above, _, last = ("", "", *steps(module))
    return ".".join(filter(None, above)), without_index(last), index_of(last)


def within(module: str) -> Iterator[str]:
    """A module, and every module that it is in, but for the root."""
    while module:
        yield module
        module = parent(module)[0]


def label(address: str) -> str:
    """What the user calls a resource: the names of its modules and its own, with their indexes."""
    return " ".join(_words(steps(address))).replace("_", " ")


def is_harmless(address: str) -> bool:
    """Whether no index has an address of a host, an account id or a secret in it."""
    return address == without_secrets(address)


def without_secrets(address: str) -> str:
    """The address. In place of an index that may not come in, it has a digest of it."""

    def shown(match: re.Match[str]) -> str:
        inside = match[1]
        return f'["hidden-{digest(inside)[:8]}"]' if is_secret(inside) or has_account(inside) else match[0]

    return _KEY.sub(shown, address)


def _words(parts: tuple[str, ...]) -> Iterator[str]:
    """`module`, the type, and names that say nothing beside others are left out."""
    named = parts[1::2]
    for each in named:
        index = index_of(each)
        plain = without_index(each)
        if plain not in {"this", "main"} or (len(named) == 1 and index is None):
            yield plain
        if index is not None:
            yield str(index)
