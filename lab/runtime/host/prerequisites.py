"""What every lab needs and no package installs: root, /dev/net/tun, control groups."""

from collections.abc import Callable
from pathlib import Path

from lab.errors import HostError
from lab.program import as_root
from lab.runtime.host.command import run

TUN = Path("/dev/net/tun")
MOUNTS = Path("/proc/self/mounts")
TUN_WAY_OUT = "modprobe tun; in a container: start it with --device /dev/net/tun; in a virtual server: ask its provider for TUN"
CGROUP_WAY_OUT = "mount -t cgroup2 none /sys/fs/cgroup; in a container: start it with --privileged"


def require_root(euid: int) -> None:
    """Raise HostError if the user is not root. Only root may enter network namespaces."""
    if euid != 0:
        raise HostError(f"this command needs root, but user {euid} started it (try: {as_root()} ...)")


def require_tun(tun: Path = TUN, load: Callable[[], object] = lambda: run(["modprobe", "tun"], TUN_WAY_OUT)) -> None:
    """Raise HostError if there is no TUN device, which IPsec in user space needs. If only the kernel module is missing, load it."""
    if tun.exists():
        return
    try:
        load()
    except HostError as error:
        raise HostError(f"{tun} is missing, but IPsec needs it, and {error}") from error
    if not tun.exists():
        raise HostError(f"{tun} is missing, but IPsec needs it (try: {TUN_WAY_OUT})")


def require_cgroup(mounts: str) -> None:
    """Raise HostError if there are no control groups, which Docker needs for containers. `mounts` is /proc/self/mounts."""
    if not has_cgroup(mounts):
        raise HostError(f"/proc/self/mounts: no control groups are mounted, but Docker needs them (try: {CGROUP_WAY_OUT})")


def has_cgroup(mounts: str) -> bool:
    """Whether control groups (version 1 or 2) are mounted."""
    return any(fields[2] in {"cgroup", "cgroup2"} for line in mounts.splitlines() if len(fields := line.split()) > 2)
