"""Watch: what the kernels of all nodes tell of links and routes, as it happens (rtnetlink)."""

import select
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Literal, Protocol

from pyroute2.netlink.rtnl.marshal import MarshalRtnl

from lab.model.evidence import TimelineEvent
from lab.runtime.netns.enter import socket_in

_GROUP_LINK, _GROUP_ROUTE = 0x1, 0x40
_NETLINK_ROUTE = 0
_IFF_LOWER_UP = 0x10000
_MAIN_TABLE = 254
_POLL_MS = 200
_BUFFER = 1 << 20


@contextmanager
def watching(pids: Mapping[str, int], sink: Callable[[TimelineEvent], None]) -> Iterator[None]:
    """Tell the sink, from a thread, of every link and main-table route that changes in the nodes; instants are wall-clock seconds."""
    lines: dict[int, tuple[str, socket.socket]] = {}
    for node, pid in pids.items():
        line = socket_in(pid, socket.AF_NETLINK, socket.SOCK_RAW, _NETLINK_ROUTE)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
        line.bind((0, _GROUP_LINK | _GROUP_ROUTE))
        line.setblocking(False)
        lines[line.fileno()] = (node, line)
    over = threading.Event()
    thread = threading.Thread(target=_read, args=(lines, sink, over), name="rtnetlink watch", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        for _, line in lines.values():
            line.close()


def _read(lines: dict[int, tuple[str, socket.socket]], sink: Callable[[TimelineEvent], None], over: threading.Event) -> None:
    marshal = MarshalRtnl()
    poll = select.epoll()
    for descriptor in lines:
        poll.register(descriptor, select.EPOLLIN)
    while not over.is_set():
        for descriptor, _ in poll.poll(_POLL_MS / 1000):
            at = time.time()
            node, line = lines[descriptor]
            try:
                data = line.recv(_BUFFER)
            except OSError:
                continue  # the kernel had more to tell than we took; the next read goes on
            for message in marshal.parse(data):
                told = _words(message)
                if told:
                    sink(TimelineEvent(at=at, node=node, source=told[0], what=told[1]))
    poll.close()


class _Message(Protocol):
    """What pyroute2 makes of a netlink message."""

    def __getitem__(self, key: str) -> int | str: ...

    def get_attr(self, name: str) -> object: ...


def _words(message: _Message) -> tuple[Literal["link", "route"], str] | None:
    kind = message["event"]
    if kind == "RTM_NEWLINK":
        state = "up" if int(message["flags"]) & _IFF_LOWER_UP else "down"
        return "link", f"{message.get_attr('IFLA_IFNAME')} {state}"
    if kind in {"RTM_NEWROUTE", "RTM_DELROUTE"} and message.get_attr("RTA_TABLE") == _MAIN_TABLE:
        destination = message.get_attr("RTA_DST")
        prefix = f"{destination}/{message['dst_len']}" if destination else "default"
        if kind == "RTM_DELROUTE":
            return "route", f"{prefix} gone"
        return "route", f"{prefix} via {message.get_attr('RTA_GATEWAY') or 'its link'}"
    return None
