"""Scapy keeps what it has parsed in the home of whoever imports it, root's under sudo; ours goes with our own environment, or nowhere."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_FOLDERS = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
"""Where scapy looks for its places, once, when it is imported."""


@contextmanager
def without_home() -> Iterator[None]:
    """Import scapy in the block: it parses its tables once for each environment of ours, and writes nothing in one that is not."""
    before = {name: os.environ[name] for name in _FOLDERS if name in os.environ}
    ours = Path(sys.prefix) / "cache"
    os.environ |= dict.fromkeys(_FOLDERS, os.devnull) | ({"XDG_CACHE_HOME": str(ours)} if sys.prefix != sys.base_prefix else {})
    try:
        yield
    finally:
        for name in _FOLDERS:
            del os.environ[name]
        os.environ |= before
