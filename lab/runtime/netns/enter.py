"""Open a socket in the network namespace of a process. The socket remains in that namespace. The thread returns to its own."""

import ctypes
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from lab.errors import NodeError

_CLONE_NEWNET = 0x40000000
_libc = ctypes.CDLL(None, use_errno=True)


@contextmanager
def namespace_of(pid: int) -> Iterator[None]:
    """Run the block in the network namespace of a process. Only the calling thread enters it. Raises NodeError if the process is gone."""
    try:
        inside = os.open(f"/proc/{pid}/ns/net", os.O_RDONLY)
    except OSError as error:
        raise NodeError(f"the network namespace of process {pid} cannot be opened ({error.strerror}). Has its node stopped?") from error
    home = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    try:
        _set_namespace(inside)
        yield
    finally:
        _set_namespace(home)
        os.close(inside)
        os.close(home)


def socket_in(pid: int, family: int, kind: int, protocol: int) -> socket.socket:
    """A socket in the network namespace of a process. It can be used from anywhere."""
    with namespace_of(pid):
        return socket.socket(family, kind, protocol)


def _set_namespace(descriptor: int) -> None:
    # Python has os.setns only from version 3.12 on
    if _libc.setns(descriptor, _CLONE_NEWNET) != 0:
        raise NodeError(f"cannot enter a network namespace ({os.strerror(ctypes.get_errno())}); this needs root")
