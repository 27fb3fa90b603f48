"""Import scapy without traces. It caches its tables in the user's home, under sudo in root's; we keep them in our own environment."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_FOLDERS = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
"""The variables that scapy reads once, when it is imported."""


@contextmanager
def without_home() -> Iterator[None]:
    """Import scapy in the block. It caches its tables in our virtual environment, and writes nothing outside of one."""
    before = {name: os.environ[name] for name in _FOLDERS if name in os.environ}
    ours = Path(sys.prefix) / "cache"
    os.environ |= dict.fromkeys(_FOLDERS, os.devnull) | ({"XDG_CACHE_HOME": str(ours)} if sys.prefix != sys.base_prefix else {})
    try:
        yield
    finally:
        for name in _FOLDERS:
            del os.environ[name]
        os.environ |= before
