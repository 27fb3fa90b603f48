"""Entering a process's network namespace for as long as it takes to open a socket: the socket stays there, the thread comes back."""

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
    """Run the block in the network namespace of a process; only the calling thread moves. NodeError when the process is gone."""
    try:
        inside = os.open(f"/proc/{pid}/ns/net", os.O_RDONLY)
    except OSError as error:
        raise NodeError(f"process {pid}: its network namespace cannot be opened ({error.strerror}); has the node stopped?") from error
    home = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    try:
        _set_namespace(inside)
        yield
    finally:
        _set_namespace(home)
        os.close(inside)
        os.close(home)


def socket_in(pid: int, family: int, kind: int, protocol: int) -> socket.socket:
    """A socket that lives in the network namespace of a process, usable from anywhere."""
    with namespace_of(pid):
        return socket.socket(family, kind, protocol)


def _set_namespace(descriptor: int) -> None:
    # os.setns came with Python 3.12 only
    if _libc.setns(descriptor, _CLONE_NEWNET) != 0:
        raise NodeError(f"a network namespace cannot be entered ({os.strerror(ctypes.get_errno())}); the lab needs root")
