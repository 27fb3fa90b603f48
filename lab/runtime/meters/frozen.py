"""Whether a node is frozen. The fault node-kill freezes a node, so its counters can still be read, although it is dead to everybody."""

from collections.abc import Iterator
from pathlib import Path

_MOUNTS = Path("/sys/fs/cgroup")


def is_frozen(pid: int, mounts: Path = _MOUNTS) -> bool:
    """Whether the control group of a process is frozen (`docker pause`). False if that cannot be read.

    Source: the kernel's documents cgroup-v1/freezer-subsystem and cgroup-v2. `mounts`: where control groups are mounted.
    """
    try:
        told = Path(f"/proc/{pid}/cgroup").read_text()
    except OSError:
        return False
    return any(_text(file) in words for file, words in _files(told, mounts))


def _files(told: str, mounts: Path) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """The files that say whether a group is frozen, each with its words for that. `told`: /proc/PID/cgroup, a line for each hierarchy."""
    for line in told.splitlines():
        _, controllers, group = line.split(":", 2)
        if "freezer" in controllers.split(","):
            yield mounts / "freezer" / group[1:] / "freezer.state", ("FROZEN", "FREEZING")
        elif not controllers:
            yield from ((folder / group[1:] / "cgroup.freeze", ("1",)) for folder in (mounts, mounts / "unified"))


def _text(file: Path) -> str:
    try:
        return file.read_text().strip()
    except OSError:
        return ""
