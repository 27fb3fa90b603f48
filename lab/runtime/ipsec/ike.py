"""strongSwan's control sockets (vici), one for each tunnel end."""

import socket
import struct
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import vici
from vici.exception import CommandException, SessionException

from lab.errors import NodeError
from lab.model.status import TunnelStatus

_TIMEOUT = 2.0


def control_socket(pid: int, tunnel: str) -> Path:
    """The control socket of a node's charon for a tunnel, as a path on the host."""
    return Path(f"/proc/{pid}/root/run/charon.{tunnel}.vici")


def tunnel_state(pid: int, tunnel: str) -> TunnelStatus:
    """The best IKE SA of a tunnel, and its child. NodeError if charon does not answer."""
    states = [TunnelStatus(tunnel=tunnel, ike=None, child=None)]
    with speaking(pid, tunnel) as session:
        for entry in session.list_sas():
            for sa in entry.values():
                states.append(TunnelStatus(tunnel=tunnel, ike=sa["state"].decode(), child=best_child(sa["child-sas"].values())))
    return max(states, key=lambda state: (state.up, state.ike is not None))


def best_child(children: Iterable[Mapping[str, bytes]]) -> str | None:
    """The state of the most useful child SA. A rekeyed one stays beside its successor for seconds, as DELETED."""
    states = sorted((child["state"].decode() for child in children), key=lambda state: (state != "INSTALLED", state))
    return states[0] if states else None


def is_loaded(pid: int, tunnel: str) -> bool:
    """Whether charon has loaded the tunnel's connection and key. Then it can answer its peer."""
    return Path(f"/proc/{pid}/root/run/charon.{tunnel}.loaded").exists()


def initiate(pid: int, tunnel: str) -> None:
    """Have charon bring the tunnel up, without waiting: charon keeps trying. A dead charon does it at its start."""
    if not _listens(pid, tunnel):
        return
    with speaking(pid, tunnel) as session:
        list(session.initiate({"child": tunnel, "ike": tunnel, "timeout": "-1", "init-limits": "no"}))


def terminate(pid: int, tunnel: str) -> None:
    """Delete the tunnel's IKE SA at once. charon tells the peer unless an older exchange is unanswered. Safe if there is none."""
    if not _listens(pid, tunnel):
        return  # a dead charon has no SA
    with speaking(pid, tunnel) as session:
        try:
            list(session.terminate({"ike": tunnel, "force": "yes"}))
        except CommandException:
            return  # there is no such SA, so nothing to delete


def speaking(pid: int, tunnel: str) -> AbstractContextManager["vici.Session"]:
    """An open line to a node's charon for a tunnel. NodeError if it does not answer, or answers with an error."""
    return speaking_at(control_socket(pid, tunnel), tunnel)


@contextmanager
def speaking_at(path: Path, tunnel: str) -> Iterator["vici.Session"]:
    """An open line to the charon at this path.

    vici removes the timeout of its socket once an answer has begun. If we are interrupted in the middle of an answer, vici reads the rest
    as the start of another one and waits for its end. So we also set the timeout in the kernel.
    """
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(_TIMEOUT)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", int(_TIMEOUT), 0))
    try:
        line.connect(str(path))
        yield vici.Session(line)
    except (OSError, CommandException, SessionException) as error:
        if isinstance(error.__context__, KeyboardInterrupt):
            raise KeyboardInterrupt from error  # we were interrupted in an answer, and vici misread the rest
        raise NodeError(f"{tunnel}: charon does not answer as it should ({error})") from error
    finally:
        line.close()


def _listens(pid: int, tunnel: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(_TIMEOUT)
        return line.connect_ex(str(control_socket(pid, tunnel))) == 0
