"""Only one module knows the differences between a clone and an installed package: where files are, and what a user types."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lab.program import COMMAND, IS_CLONE, shipped
from tests.shipped import ROOT

_SAY = """
import sys
sys.argv[0] = sys.argv[1]
from lab.program import COMMAND, NAME, as_root, shipped
print(NAME, COMMAND, as_root(), shipped())
"""


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder that contains the module as site-packages would, without a clone around it."""
    (tmp_path / "lab").mkdir()
    shutil.copy(ROOT / "lab" / "program.py", tmp_path / "lab" / "program.py")
    return tmp_path


def _said(folder: Path, started: str) -> str:
    return subprocess.run([sys.executable, "-c", _SAY, started], cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


def test_in_a_clone_a_person_types_inv_and_files_lie_where_they_are_kept() -> None:
    assert (IS_CLONE, COMMAND, shipped()) == (True, "./inv", ROOT)
    assert _said(ROOT, str(ROOT / "tasks.py")) == f"inv ./inv sudo ./inv {ROOT}"


def test_an_installed_program_is_called_by_its_name_and_for_root_by_its_whole_path(installed: Path) -> None:
    files = installed / "lab" / "shipped"
    assert _said(installed, "/home/me/.local/bin/failover-lab") == (
        f"failover-lab failover-lab sudo /home/me/.local/bin/failover-lab {files}"
    )
    assert _said(installed, "/home/my self/failover-lab").startswith("failover-lab failover-lab sudo '/home/my self/failover-lab' ")
    assert _said(installed, "/usr/lib/python3/lab/api/jobs/program.py").startswith("failover-lab failover-lab sudo failover-lab ")


def test_no_message_names_the_command_of_a_clone_by_itself() -> None:
    """Help prints docstrings, and puts the right word into them."""
    paths = [path for path in sorted((ROOT / "lab").rglob("*.py")) if path != ROOT / "lab" / "program.py"]
    assert paths
    found = [f"{path.relative_to(ROOT)}:{line}" for path in paths for line in _names_inv(path)]
    assert found == []


def _names_inv(path: Path) -> list[int]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [text.lineno for text in texts if id(text) not in docstrings and ("./inv" in str(text.value) or "`inv " in str(text.value))]
