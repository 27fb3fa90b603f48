"""The program as it lies on this host: in a clone that somebody works in, or installed as a package. Nothing is ever written there.

Everything that differs between the two is said here: where the files lie that come with the program, and what a person types to run it.
"""

import shlex
import sys
from pathlib import Path

_PACKAGE = Path(__file__).parent
_INSTALLED_NAME = "failover-lab"

MODULES = _PACKAGE.parent
"""Where `python -m lab…` finds our modules: the clone, or site-packages."""

IMAGES = _PACKAGE / "images"
"""A folder for each image, with all that it is built from."""

IS_CLONE = (MODULES / "inv").is_file()
"""Whether a person works in a clone. A package has no `inv`."""

NAME = "inv" if IS_CLONE else _INSTALLED_NAME
"""What the program calls itself where it complains."""

_IN_A_CLONE = "./inv"
COMMAND = _IN_A_CLONE if IS_CLONE else _INSTALLED_NAME
"""What a person types before a verb. Every message that names a command begins it with this word."""


def shipped() -> Path:
    """The folder of the files that come with the program: `topologies/`, `checks/`, `docs/checks/` and `docs/ci/` lie in it."""
    return MODULES if IS_CLONE else _PACKAGE / "shipped"


def as_root(started: str = sys.argv[0]) -> str:
    """What a person types before a verb to run it as root.

    An installed program is named by its whole path. sudo does not look in the folders where pipx and uv put programs.
    """
    path = Path(started)
    named = str(path) if not IS_CLONE and path.is_absolute() and path.name == _INSTALLED_NAME else COMMAND
    return f"sudo {shlex.quote(named)}"


def as_typed(docstring: str) -> str:
    """A docstring as help shows it: those are written for a clone, and help names the command that a person types here."""
    return docstring.replace(f"{_IN_A_CLONE} ", f"{COMMAND} ")
