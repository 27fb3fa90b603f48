"""strongSwan's control sockets (vici), one for each end of a tunnel."""

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
    """The path, on the host, of the control socket of the charon that serves a tunnel in a node."""
    return Path(f"/proc/{pid}/root/run/charon.{tunnel}.vici")


def tunnel_state(pid: int, tunnel: str) -> TunnelStatus:
    """The state of a tunnel at one end: its best IKE SA, and the child SA of that. Raises NodeError if charon does not answer."""
    states = [TunnelStatus(tunnel=tunnel, ike=None, child=None)]
    with speaking(pid, tunnel) as session:
        for entry in session.list_sas():
            for sa in entry.values():
                states.append(TunnelStatus(tunnel=tunnel, ike=sa["state"].decode(), child=best_child(sa["child-sas"].values())))
    return max(states, key=lambda state: (state.up, state.ike is not None))


def best_child(children: Iterable[Mapping[str, bytes]]) -> str | None:
    """The state of the most useful child SA. (After a rekeying, the old child SA exists for some seconds with the state DELETED.)"""
    states = sorted((child["state"].decode() for child in children), key=lambda state: (state != "INSTALLED", state))
    return states[0] if states else None


def is_loaded(pid: int, tunnel: str) -> bool:
    """Whether charon has loaded the tunnel's connection and key. Then it can answer its peer."""
    return Path(f"/proc/{pid}/root/run/charon.{tunnel}.loaded").exists()


def initiate(pid: int, tunnel: str) -> None:
    """Let charon start the tunnel. Does not wait: charon keeps trying. If charon is dead, it starts the tunnel when it is started again."""
    if not _listens(pid, tunnel):
        return
    with speaking(pid, tunnel) as session:
        list(session.initiate({"child": tunnel, "ike": tunnel, "timeout": "-1", "init-limits": "no"}))


def terminate(pid: int, tunnel: str) -> None:
    """Delete the IKE SA of a tunnel at once. charon tells its peer, unless the peer has not yet answered an earlier message.

    Does nothing if there is no IKE SA.
    """
    if not _listens(pid, tunnel):
        return  # a dead charon has no SA
    with speaking(pid, tunnel) as session:
        try:
            list(session.terminate({"ike": tunnel, "force": "yes"}))
        except CommandException:
            return  # there is no such SA


def speaking(pid: int, tunnel: str) -> AbstractContextManager["vici.Session"]:
    """A connection to the charon in a node. Raises NodeError if charon does not answer, or answers with an error."""
    return speaking_at(control_socket(pid, tunnel), tunnel)


@contextmanager
def speaking_at(path: Path, tunnel: str) -> Iterator["vici.Session"]:
    """A connection to the charon with the control socket at this path.

    The timeout is also set in the kernel, because vici removes its own once an answer has begun. After an interruption in the middle of an
    answer, vici would read the rest as the start of another answer, and wait for its end for ever.
    """
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(_TIMEOUT)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", int(_TIMEOUT), 0))
    try:
        line.connect(str(path))
        yield vici.Session(line)
    except (OSError, CommandException, SessionException) as error:
        if isinstance(error.__context__, KeyboardInterrupt):
            raise KeyboardInterrupt from error  # we were interrupted in an answer, and vici read the rest wrongly
        raise NodeError(f"charon of tunnel {tunnel} gave an unexpected answer ({error})") from error
    finally:
        line.close()


def _listens(pid: int, tunnel: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(_TIMEOUT)
        return line.connect_ex(str(control_socket(pid, tunnel))) == 0
