"""Run ./inv as a user does, and find what it leaves on the host."""

import os
import re
import shutil
import signal
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
INV = ROOT / "inv"
_TIMEOUT = 900
_WORKER = "PYTEST_XDIST_WORKER"
"""The variable by which a worker of pytest and everything that it started is known. Two workers have labs at the same time."""
_VOLATILE = re.compile(r"conntrack_count|tcp_mem$|udp_mem$|/route/gc|nf_log|somaxconn_|/neigh/.*/unres|random|tcp_fastopen_key")


def inv(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run ./inv to its end."""
    return subprocess.run([INV, *words], cwd=cwd, capture_output=True, text=True, check=False, timeout=_TIMEOUT, stdin=subprocess.DEVNULL)


def start_inv(*words: str, cwd: Path) -> subprocess.Popen[str]:
    """Start ./inv in the background. It has its own process group, so that it can be killed with everything it started."""
    return subprocess.Popen(
        [INV, *words],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        # a test run started in the background ignores Ctrl-C, and its children would inherit that
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads here
    )


def network_of_host() -> dict[str, str]:
    """Interfaces, addresses, routes, sysctls, mounts and firewall of the host, as text that must not change."""
    seen = {
        str(path): path.read_text()
        for path in map(Path, ("/proc/net/fib_trie", "/proc/net/route", "/proc/net/ipv6_route"))
        if path.exists()
    }
    seen["interfaces"] = " ".join(sorted(os.listdir("/sys/class/net")))  # noqa: PTH208 - only the names are needed
    seen["named namespaces"] = " ".join(sorted(path.name for path in Path("/run/netns").glob("*")))
    seen["mounts"] = "\n".join(line for line in Path("/proc/mounts").read_text().splitlines() if "docker" not in line)
    for path in sorted(Path("/proc/sys/net").rglob("*")):
        if path.is_file() and not _VOLATILE.search(str(path)):
            try:
                seen[str(path)] = path.read_text()
            except OSError:
                continue  # write-only or refused: cannot be compared
    for program in (["nft", "list", "ruleset"], ["iptables-save"]):
        if shutil.which(program[0]):
            rules = subprocess.run(program, capture_output=True, text=True, check=False).stdout
            seen[program[0]] = "\n".join(line for line in rules.splitlines() if not line.startswith("#"))
    return seen


def differences(before: dict[str, str], after: dict[str, str]) -> dict[str, tuple[str | None, str | None]]:
    """The differences between two such texts."""
    return {key: (before.get(key), after.get(key)) for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def our_processes() -> list[str]:
    """The command lines of jobs and measuring programs that still run from this checkout, started by the worker of pytest that asks.

    (Daemons end with their container.)
    """
    found = []
    worker = f"{_WORKER}={os.environ.get(_WORKER, '')}".encode()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                is_ours = (entry / "cwd").readlink() == ROOT
                is_ours &= _WORKER not in os.environ or worker in (entry / "environ").read_bytes().split(b"\0")
            except OSError:
                continue
            if is_ours and ("lab.probes." in line or "lab.api.jobs." in line):
                found.append(line)
    return found


def leftovers(lab: str) -> list[str]:
    """Everything that a lab could leave behind: containers, files, processes."""
    listed = subprocess.run(
        ["docker", "ps", "--all", "--quiet", "--filter", f"label=failover-lab.lab={lab}"], capture_output=True, text=True, check=True
    )
    names = (lab, f"{lab}.*", f"{lab}@[0-9]*")  # a student's lab has letters after the @
    files = [str(path) for name in names for path in Path("/run/failover-lab").glob(name)]
    return [*listed.stdout.split(), *files, *our_processes()]
