"""The start of the command line: all commands for plain Invoke, and `main` for `./inv` and the installed program.

Law: `--version`, the list of commands and error messages appear at once. So before a command runs, only what reads the command line is
imported.
"""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING

from lab import __version__

if TYPE_CHECKING:  # imported late, because it loads slowly. No circular import is hidden.
    from invoke.collection import Collection

_OBJECTS_BETWEEN_COLLECTIONS = 20_000
"""Fewer garbage collections: with Python's own 700 they take a tenth of the time of a short command."""


def collection() -> "Collection":
    """All commands, for plain Invoke."""
    from invoke.collection import Collection

    from lab.door.verbs import groups

    return Collection(*(command for commands in groups().values() for command in commands))


def main() -> None:
    """Run the command line."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    words = sys.argv[1:]
    if words[:1] in (["-V"], ["--version"]):  # the same as Door.print_version, without importing Invoke
        print(f"failover-lab {__version__}")
        return
    with _light():
        from lab.door.invocation import Door
        from lab.door.verbs import groups
    Door(groups()).answer(words or ["--list"])


@contextmanager
def _light() -> Iterator[None]:
    """Do not import two slow modules while the block runs. Invoke imports both for functions that we do not use. They take half of its
    start.

    They are `unittest.mock` for Invoke's MockContext, and `importlib.metadata` for its `__version__`. Later imports get the real modules.
    """
    mock, metadata = ModuleType("unittest.mock"), ModuleType("importlib.metadata")
    vars(mock)["Mock"] = object
    vars(metadata)["version"] = lambda _: ""
    ours = {each.__name__: each for each in (mock, metadata) if each.__name__ not in sys.modules}
    sys.modules.update(ours)
    try:
        yield
    finally:
        for name in ours:
            del sys.modules[name]
