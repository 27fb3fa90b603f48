"""What FRR's daemons log, in words for people: neighbors and peers by their names, and why they went."""

import re

from lab.model.plan import Plan

_NOTIFICATION = re.compile(r"%NOTIFICATION: (sent|received) (?:to|from) neighbor (\S+) \d+/\d+ \((.*?)\)")
_ADJACENCY = re.compile(r"%ADJCHANGE: neighbor ([^\s(]+)\S* in vrf \S+ (Up|Down)\s*(.*)")
_BFD = re.compile(r"state-change: \[.*?peer:(\S+) .*?\] (\S+) -> (\S+)(?: reason:(\S+))?")

_BY_NOTIFICATION = ("BGP Notification send", "BGP Notification received")
_NO_REASON = ("", "Waiting for peer OPEN")
"""What bgpd gives as the reason when the interface to a neighbor went."""

_BFD_REASONS = {"control-expired": "detection time expired", "neighbor-down": "the peer says so"}


class Routers:
    """Reads the log lines of all routers of a plan. A NOTIFICATION is remembered: the line that says Down refers to it."""

    def __init__(self, plan: Plan) -> None:
        self._names = _neighbor_names(plan)
        self._notified: dict[tuple[str, str], str] = {}

    def bgp(self, node: str, text: str) -> str | None:
        """A neighbor that came or went, with bgpd's reason or what its NOTIFICATION said; None for any other line."""
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
        """A peer that came up or was up; None for the steps in between and any other line."""
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
    """(node, neighbor's address) to the neighbor's name, with the address where there is more than one session between the two."""
    names = {}
    for session in plan.sessions:
        both = sum((each.node, each.neighbor_node) == (session.node, session.neighbor_node) for each in plan.sessions)
        names[session.node, str(session.neighbor)] = session.neighbor_node if both == 1 else f"{session.neighbor_node} ({session.neighbor})"
    return names
