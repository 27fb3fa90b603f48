"""Import scapy without leaving files behind. scapy keeps a cache in the home directory of the user. With sudo, that is root's."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lab.program import IS_CLONE

_FOLDERS = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
"""The environment variables that scapy reads once, when it is imported."""


@contextmanager
def without_home() -> Iterator[None]:
    """Import scapy in this block. In a clone its cache is in the virtual environment. An installed package has no cache."""
    before = {name: os.environ[name] for name in _FOLDERS if name in os.environ}
    ours = Path(sys.prefix) / "cache"
    os.environ |= dict.fromkeys(_FOLDERS, os.devnull) | ({"XDG_CACHE_HOME": str(ours)} if _is_ours(ours) else {})
    try:
        yield
    finally:
        for name in _FOLDERS:
            del os.environ[name]
        os.environ |= before


def _is_ours(folder: Path) -> bool:
    """Whether this folder is the private environment of a clone, and this user may write there. scapy fails on a folder of another user."""
    is_private = IS_CLONE and sys.prefix != sys.base_prefix
    return is_private and os.access(folder if folder.exists() else folder.parent, os.R_OK | os.W_OK | os.X_OK)
