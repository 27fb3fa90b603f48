"""Turn the datagrams of one socket into events, in their order."""

import re
from collections.abc import Iterator
from typing import Protocol

from lab.model.evidence import Source, TimelineEvent
from lab.runtime.watch.routers import Routers
from lab.runtime.watch.tunnels import ends_tunnel, tunnel_words

_LOG_LINE = re.compile(r"<\d+>\w{3} [ \d]\d \d\d:\d\d:\d\d ([\w.:-]+?)(?:\[\d+\])?: (.*)", re.DOTALL)
"""The C library's format for /dev/log: priority, time of day, program, process id, text."""


class Ear(Protocol):
    """Turns the datagrams of one socket into events."""

    def hear(self, data: bytes, at: float) -> Iterator[TimelineEvent]:
        """The events in a datagram that arrived at an instant (wall-clock seconds)."""
        ...


class LogEar:
    """Turns the log of one node's daemons into events. Only changes of state become events."""

    def __init__(self, node: str, routers: Routers) -> None:
        self._node = node
        self._routers = routers

    def hear(self, data: bytes, at: float) -> Iterator[TimelineEvent]:
        line = _LOG_LINE.match(data.decode(errors="replace").rstrip("\0\n"))
        if line is None:
            return
        program, text = line.groups()
        source, what = self._understood(program, text)
        if what is not None:
            lost = program.partition(".")[2] if source == "ike" and ends_tunnel(what) else None
            yield TimelineEvent(at=at, node=self._node, source=source, what=what, lost=lost)

    def _understood(self, program: str, text: str) -> tuple[Source, str | None]:
        match program.partition("."):
            case "bgpd", _, _:
                return "bgp", self._routers.bgp(self._node, text)
            case "bfdd", _, _:
                return "bfd", self._routers.bfd(self._node, text)
            case _, _, tunnel:
                return "ike", tunnel_words(tunnel, text)
