"""Where a command line begins: the verbs for plain Invoke, and `main` for `./inv` and the installed program.

Law: `--version`, the list and a mistake come at once. Until a verb runs, only what reads the command line is imported.
"""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING

from lab import __version__

if TYPE_CHECKING:  # no circle is hidden: Invoke is imported late, and lightly
    from invoke.collection import Collection

_OBJECTS_BETWEEN_COLLECTIONS = 20_000
"""Python's own 700 are a tenth of the time of a short command: it looks for circles again and again while modules and plans are made."""


def collection() -> "Collection":
    """Every verb, for plain Invoke."""
    from invoke.collection import Collection

    from lab.door.verbs import groups

    return Collection(*(command for commands in groups().values() for command in commands))


def main() -> None:
    """Do what the words of the command line ask for."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    words = sys.argv[1:]
    if words[:1] in (["-V"], ["--version"]):  # the same as Door.print_version, without Invoke
        print(f"failover-lab {__version__}")
        return
    with _light():
        from lab.door.invocation import Door
        from lab.door.verbs import groups
    Door(groups()).answer(words or ["--list"])


@contextmanager
def _light() -> Iterator[None]:
    """Two modules are not imported in here. Invoke imports both for what we never use, and they are half of its start.

    `unittest.mock` is for Invoke's MockContext, `importlib.metadata` for its `__version__`. Whoever needs the real ones later gets them.
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
