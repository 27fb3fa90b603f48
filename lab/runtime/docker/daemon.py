"""Bring up Docker's engine where none runs: through systemd if that is here, else as a process in the background.

Law: an engine started here as a process leaves the host's links, firewall and sysctls alone; as a service it comes with Docker's own
bridge and rules. A lab uses none of Docker's networks.
"""

import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from lab.errors import HostError
from lab.runtime.docker.connection import DEFAULT_SOCKET, Engine, connect, listener
from lab.runtime.host.apt import Installer
from lab.runtime.host.command import run, tail
from lab.runtime.host.turn import one_at_a_time

UNTOUCHED_HOST = ("--bridge=none", "--iptables=false", "--ip6tables=false", "--ip-forward=false", "--ip-masq=false")
_READY_SECONDS = 30.0
_POLL_SECONDS = 0.05
_SBIN = "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin"


def start_engine(engine: Engine, installer: Installer, say: Callable[[str], None]) -> None:
    """Have the engine listen: install it if it is missing, start it if it is not running. Raises HostError."""
    if not engine.startable:
        raise HostError(
            f"DOCKER_HOST=unix://{engine.socket}: nobody answers there, an engine was expected (start it, or unset DOCKER_HOST)"
        )
    with one_at_a_time("engine", engine.locks):
        if find_dockerd(engine) is None:
            installer.install(["docker.io"], "to run the nodes as containers", say)
        if listener(engine) is not None:  # another command started it, or the package did
            return
        if engine.systemd.exists():
            say("starting Docker's engine (systemctl start docker)")
            run(["systemctl", "start", "docker"], "journalctl --unit docker tells more")
            _wait(engine, lambda: None)
        else:
            _start_in_background(engine, say)


def find_dockerd(engine: Engine) -> str | None:
    """The engine's program; a `docker` alone is only the client of some engine elsewhere."""
    return shutil.which(engine.dockerd) or shutil.which(engine.dockerd, path=_SBIN)


def command_line(engine: Engine, program: str) -> Sequence[str]:
    """How dockerd is called; the default socket is left to it, for naming it would contradict a `hosts` in daemon.json."""
    host = () if engine.socket == DEFAULT_SOCKET else (f"--host=unix://{engine.socket}",)
    return (program, *UNTOUCHED_HOST, *host, *engine.arguments)


def _start_in_background(engine: Engine, say: Callable[[str], None]) -> None:
    """dockerd in a session of its own, so that it outlives us and no Ctrl-C reaches it."""
    program = find_dockerd(engine)
    if program is None:
        raise HostError(f"{engine.dockerd}: not found although its package is installed (sudo apt-get install --reinstall docker.io)")
    command = command_line(engine, program)
    say(f"starting Docker's engine in the background, links and firewall untouched ({' '.join(command)}; log: {engine.log})")
    try:
        engine.log.parent.mkdir(parents=True, exist_ok=True)
        with engine.log.open("wb") as log:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", start_new_session=True)
    except OSError as error:
        raise HostError(f"{error.filename}: {error.strerror}, Docker's engine could not be started") from error
    try:
        _wait(engine, lambda: _epitaph(process, engine.log))
    except BaseException:
        process.terminate()
        process.wait()
        raise
    process.returncode = 0  # it lives on by intent; this keeps Popen from warning of it
    say(f"Docker's engine is ready; it stays until you stop it (kill {process.pid})")


def _wait(engine: Engine, ended: Callable[[], str | None]) -> None:
    """Until the engine answers (it listens long before); HostError as soon as `ended` has a reason why it never will."""
    deadline = time.monotonic() + _READY_SECONDS
    while not _answers(engine):
        reason = ended()
        if reason is None and time.monotonic() > deadline:
            reason = f"not ready after {_READY_SECONDS:.0f} s (see {engine.log})"
        if reason is not None:
            raise HostError(f"Docker's engine: {reason}")
        time.sleep(_POLL_SECONDS)


def _answers(engine: Engine) -> bool:
    """Whether the engine gave its version within a second."""
    if listener(engine) is None:
        return False
    try:
        connect(engine, timeout=1).close()
    except HostError:
        return False
    return True


def _epitaph(process: subprocess.Popen[bytes], log: Path) -> str | None:
    """Why the started dockerd ended, in its own last words; None while it lives."""
    if process.poll() is None:
        return None
    last_words = tail(log.read_text(errors="replace"))
    return f"dockerd ended with status {process.returncode}, it was expected to stay (its log, {log}, tells why)\n{last_words}"
