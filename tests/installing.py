"""The wheel, built from this clone and installed into an environment that knows nothing of the clone."""

import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from tests.shipped import ROOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """An environment that has the wheel, and the package in it."""

    folder: Path
    package: Path

    def run(self, *words: str, cwd: Path, seconds: float = 60.0) -> subprocess.CompletedProcess[str]:
        """Run the program to its end, as a person does in that folder."""
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
        """All that is in the environment, each with its size and when it was written."""
        return {str(path): (path.lstat().st_size, path.lstat().st_mtime_ns) for path in self.folder.rglob("*")}


def build_wheel(folder: Path) -> Path:
    """Build the wheel as pip and uv do, by what pyproject.toml names."""
    subprocess.run([sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder], cwd=ROOT, check=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


def install(wheel: Path, folder: Path) -> Installed:
    """Install a wheel into a new environment. Its libraries are those of the environment that runs this, so nothing is fetched."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check", "install", "--quiet", "--no-index", "--no-deps"]
    subprocess.run([*pip, wheel], check=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return Installed(folder=folder, package=packages / "lab")
