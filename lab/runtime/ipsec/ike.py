"""strongSwan's control sockets (vici), one a tunnel end."""

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
    """Where a node's charon for a tunnel listens, seen from the host."""
    return Path(f"/proc/{pid}/root/run/charon.{tunnel}.vici")


def tunnel_state(pid: int, tunnel: str) -> TunnelStatus:
    """The best IKE SA of a tunnel and its child. NodeError when charon does not answer."""
    states = [TunnelStatus(tunnel=tunnel, ike=None, child=None)]
    with speaking(pid, tunnel) as session:
        for entry in session.list_sas():
            for sa in entry.values():
                states.append(TunnelStatus(tunnel=tunnel, ike=sa["state"].decode(), child=best_child(sa["child-sas"].values())))
    return max(states, key=lambda state: (state.up, state.ike is not None))


def best_child(children: Iterable[Mapping[str, bytes]]) -> str | None:
    """The state of the child SA that serves best; one that was rekeyed stays for seconds beside its successor, as DELETED."""
    states = sorted((child["state"].decode() for child in children), key=lambda state: (state != "INSTALLED", state))
    return states[0] if states else None


def is_loaded(pid: int, tunnel: str) -> bool:
    """Whether a node's charon has loaded the tunnel's connection and key, and so can answer a peer."""
    return Path(f"/proc/{pid}/root/run/charon.{tunnel}.loaded").exists()


def initiate(pid: int, tunnel: str) -> None:
    """Tell charon to bring the tunnel up and do not wait for it: it goes on trying by itself. One that is dead is told when it starts."""
    if not _listens(pid, tunnel):
        return
    with speaking(pid, tunnel) as session:
        list(session.initiate({"child": tunnel, "ike": tunnel, "timeout": "-1", "init-limits": "no"}))


def terminate(pid: int, tunnel: str) -> None:
    """Delete the tunnel's IKE SA at once; the peer is told unless an older exchange is unanswered. Safe where there is none."""
    if not _listens(pid, tunnel):
        return  # a dead charon has no SA
    with speaking(pid, tunnel) as session:
        try:
            list(session.terminate({"ike": tunnel, "force": "yes"}))
        except CommandException:
            return  # no SA of that name: already as wanted


def speaking(pid: int, tunnel: str) -> AbstractContextManager["vici.Session"]:
    """An open line to a node's charon for a tunnel. NodeError when it does not answer, or answers that it cannot."""
    return speaking_at(control_socket(pid, tunnel), tunnel)


@contextmanager
def speaking_at(path: Path, tunnel: str) -> Iterator["vici.Session"]:
    """The same, to the charon that listens there.

    vici takes the timeout off its socket once an answer has begun. If we are ended in mid answer it takes what is left for another one and
    waits for the end of that, so the kernel has the timeout, too.
    """
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(_TIMEOUT)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", int(_TIMEOUT), 0))
    try:
        line.connect(str(path))
        yield vici.Session(line)
    except (OSError, CommandException, SessionException) as error:
        if isinstance(error.__context__, KeyboardInterrupt):
            raise KeyboardInterrupt from error  # we were ended in mid answer, and vici stumbled over the rest of it
        raise NodeError(f"{tunnel}: charon does not answer as it should ({error})") from error
    finally:
        line.close()


def _listens(pid: int, tunnel: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(_TIMEOUT)
        return line.connect_ex(str(control_socket(pid, tunnel))) == 0
