"""Translate FRR's log messages into plain words, with the names of neighbors and the reason of a loss."""

import re

from lab.model.plan import Plan

_NOTIFICATION = re.compile(r"%NOTIFICATION: (sent|received) (?:to|from) neighbor (\S+) \d+/\d+ \((.*?)\)")
_ADJACENCY = re.compile(r"%ADJCHANGE: neighbor ([^\s(]+)\S* in vrf \S+ (Up|Down)\s*(.*)")
_BFD = re.compile(r"state-change: \[.*?peer:(\S+) .*?\] (\S+) -> (\S+)(?: reason:(\S+))?")

_BY_NOTIFICATION = ("BGP Notification send", "BGP Notification received")
_NO_REASON = ("", "Waiting for peer OPEN")
"""bgpd's reasons that only say that the interface to a neighbor is lost."""

_BFD_REASONS = {"control-expired": "detection time expired", "neighbor-down": "the peer says so"}


class Routers:
    """Reads the log lines of all routers of a plan.

    It keeps the text of each NOTIFICATION, because the Down line that comes later lacks it.
    """

    def __init__(self, plan: Plan) -> None:
        self._names = _neighbor_names(plan)
        self._notified: dict[tuple[str, str], str] = {}

    def bgp(self, node: str, text: str) -> str | None:
        """Which neighbor came up or went down, with bgpd's reason or the text of the NOTIFICATION. None for any other line."""
        if told := _NOTIFICATION.search(text):
            way, neighbor, cause = told.groups()
            self._notified[node, neighbor] = f"{way} {cause}"
            return None
        change = _ADJACENCY.search(text)
        if change is None:
            return None
        neighbor, state, reason = change.groups()
        notified = self._notified.pop((node, neighbor), "")
        if reason.strip() in _BY_NOTIFICATION:
            reason = notified
        why = "" if reason.strip() in _NO_REASON else f": {reason.strip()}"
        return f"neighbor {self._name(node, neighbor)} {state.lower()}{why}"

    def bfd(self, node: str, text: str) -> str | None:
        """Which BFD peer came up, or went down after it was up. None for any other line."""
        change = _BFD.search(text)
        if change is None:
            return None
        peer, before, now, reason = change.groups()
        if "up" not in {before, now}:
            return None
        why = f": {_BFD_REASONS.get(reason, reason)}" if reason else ""
        return f"peer {self._name(node, peer)} {now}{why}"

    def _name(self, node: str, address: str) -> str:
        return self._names.get((node, address), address)


def _neighbor_names(plan: Plan) -> dict[tuple[str, str], str]:
    """The name of each neighbor, by node and neighbor's address.

    If there are several sessions between two nodes, the name includes the address.
    """
    names = {}
    for session in plan.sessions:
        both = sum((each.node, each.neighbor_node) == (session.node, session.neighbor_node) for each in plan.sessions)
        names[session.node, str(session.neighbor)] = session.neighbor_node if both == 1 else f"{session.neighbor_node} ({session.neighbor})"
    return names
