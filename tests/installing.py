"""Build the wheel from this clone, and install it into an environment that does not use the clone."""

import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from tests.shipped import ROOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """An environment with the installed package."""

    folder: Path
    package: Path

    def run(self, *words: str, cwd: Path, seconds: float = 60.0) -> subprocess.CompletedProcess[str]:
        """Run the program in this folder until it ends."""
        return subprocess.run(
            [self.folder / "bin" / "failover-lab", *words],
            cwd=cwd,
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds,
            stdin=subprocess.DEVNULL,
        )

    def files(self) -> dict[str, tuple[int, int]]:
        """Every file in the environment, with its size and its time of change."""
        return {str(path): (path.lstat().st_size, path.lstat().st_mtime_ns) for path in self.folder.rglob("*")}


def build_wheel(folder: Path) -> Path:
    """Build the wheel as pip and uv do, with the build system in pyproject.toml."""
    subprocess.run([sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder], cwd=ROOT, check=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


def install(wheel: Path, folder: Path) -> Installed:
    """Install a wheel into a new environment. Libraries are shared with the environment that runs the tests, so nothing is downloaded."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check", "install", "--quiet", "--no-index", "--no-deps"]
    subprocess.run([*pip, wheel], check=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return Installed(folder=folder, package=packages / "lab")
