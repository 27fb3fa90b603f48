"""Start Docker's engine if none runs: with systemd if the host has it, else as a background process.

Law: an engine that we start as a process does not change the host's links, firewall or sysctls. As a service of systemd it makes Docker's
own bridge and rules. A lab does not use Docker's network.
"""

import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from lab.errors import HostError
from lab.model.progress import Preparing, Say
from lab.runtime.docker.connection import DEFAULT_SOCKET, Engine, connect, listener
from lab.runtime.host.apt import Installer
from lab.runtime.host.command import run, tail
from lab.runtime.host.turn import one_at_a_time

UNTOUCHED_HOST = ("--bridge=none", "--iptables=false", "--ip6tables=false", "--ip-forward=false", "--ip-masq=false")
_READY_SECONDS = 30.0
_POLL_SECONDS = 0.05
_STARTING = Preparing(what="Docker's engine starts")
_SBIN = "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin"


def start_engine(engine: Engine, installer: Installer, say: Say) -> None:
    """Make sure that the engine runs. Install it if it is missing, and start it if it does not run. Raises HostError if that fails."""
    if not engine.startable:
        raise HostError(f"DOCKER_HOST=unix://{engine.socket}: no container engine answers there (start it, or unset DOCKER_HOST)")
    with one_at_a_time("engine", engine.locks):
        if find_dockerd(engine) is None:
            installer.install(["docker.io"], "to run the nodes as containers", say)
        if listener(engine) is not None:  # another command, or the package's installation, started it
            return
        if engine.systemd.exists():
            say("starting Docker's engine (systemctl start docker)")
            say(_STARTING)
            run(["systemctl", "start", "docker"], "journalctl --unit docker tells more")
            _wait(engine, lambda: None)
        else:
            _start_in_background(engine, say)


def find_dockerd(engine: Engine) -> str | None:
    """The path of dockerd. None if dockerd is missing. A program named `docker` does not count, because it is only a client."""
    return shutil.which(engine.dockerd) or shutil.which(engine.dockerd, path=_SBIN)


def command_line(engine: Engine, program: str) -> Sequence[str]:
    """The command line of dockerd. It does not listen on the default socket, which could conflict with `hosts` in daemon.json."""
    host = () if engine.socket == DEFAULT_SOCKET else (f"--host=unix://{engine.socket}",)
    return (program, *UNTOUCHED_HOST, *host, *engine.arguments)


def _start_in_background(engine: Engine, say: Say) -> None:
    """Start dockerd in a session of its own. It keeps running after this command ends, and Ctrl-C does not reach it."""
    program = find_dockerd(engine)
    if program is None:
        raise HostError(
            f"the program {engine.dockerd} is missing, but its package is installed (try: sudo apt-get install --reinstall docker.io)"
        )
    command = command_line(engine, program)
    say(f"starting Docker's engine in the background, without touching links or firewall ({' '.join(command)}; log: {engine.log})")
    say(_STARTING)
    try:
        engine.log.parent.mkdir(parents=True, exist_ok=True)
        with engine.log.open("wb") as log:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", start_new_session=True)
    except OSError as error:
        raise HostError(f"Docker's engine cannot be started: {error.filename}: {error.strerror}") from error
    try:
        _wait(engine, lambda: _epitaph(process, engine.log))
    except BaseException:
        process.terminate()
        process.wait()
        raise
    process.returncode = 0  # it keeps running: this stops a warning of Popen
    say(f"Docker's engine is ready; it runs until you stop it (kill {process.pid})")


def _wait(engine: Engine, ended: Callable[[], str | None]) -> None:
    """Wait until the engine answers requests.

    (It listens earlier.) Raises HostError as soon as `ended` returns a reason why it will not answer.
    """
    deadline = time.monotonic() + _READY_SECONDS
    while not _answers(engine):
        reason = ended()
        if reason is None and time.monotonic() > deadline:
            reason = f"Docker's engine is not ready after {_READY_SECONDS:.0f} s (see {engine.log})"
        if reason is not None:
            raise HostError(reason)
        time.sleep(_POLL_SECONDS)


def _answers(engine: Engine) -> bool:
    """Whether the engine answers with its version within a second."""
    if listener(engine) is None:
        return False
    try:
        connect(engine, timeout=1).close()
    except HostError:
        return False
    return True


def _epitaph(process: subprocess.Popen[bytes], log: Path) -> str | None:
    """Why the started dockerd ended, with the end of its log. None while it runs."""
    if process.poll() is None:
        return None
    last_words = tail(log.read_text(errors="replace"))
    return f"dockerd ended at its start with status {process.returncode} (see its log {log})\n{last_words}"
