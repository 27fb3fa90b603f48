"""Where this program is installed, and how a user starts it. It runs from a clone of the repository or from an installed package.

Nothing is ever written into its folders.
"""

import shlex
import sys
from pathlib import Path

_PACKAGE = Path(__file__).parent
_INSTALLED_NAME = "failover-lab"

MODULES = _PACKAGE.parent
"""The folder that contains the `lab` package: the clone, or site-packages."""

IMAGES = _PACKAGE / "images"
"""The folder with one subfolder for each image. A subfolder has every file that its image is built from."""

IS_CLONE = (MODULES / "inv").is_file()
"""True in a clone, False in an installed package. A package has no file `inv`."""

NAME = "inv" if IS_CLONE else _INSTALLED_NAME
"""The name of the program in its error messages."""

_IN_A_CLONE = "./inv"
COMMAND = _IN_A_CLONE if IS_CLONE else _INSTALLED_NAME
"""The word that a user types before a verb. Messages that name a command begin with it."""


def shipped() -> Path:
    """The folder that contains `topologies/`, `checks/`, `docs/checks/`, `docs/ci/` and `workshops/`."""
    return MODULES if IS_CLONE else _PACKAGE / "shipped"


def as_root(started: str = sys.argv[0]) -> str:
    """The words that a user types before a verb to run it as root.

    An installed program needs its whole path, because sudo does not search the folders of pipx and uv.
    """
    path = Path(started)
    named = str(path) if not IS_CLONE and path.is_absolute() and path.name == _INSTALLED_NAME else COMMAND
    return f"sudo {shlex.quote(named)}"


def as_typed(docstring: str) -> str:
    """The docstring with `./inv` replaced by the command that a user types here. Docstrings are written for a clone."""
    return docstring.replace(f"{_IN_A_CLONE} ", f"{COMMAND} ")
