"""Changed settings of routers and charons of a lab in memory, and their effect on sessions and tunnels.

Routes change at once here. A customer gateway whose IKE SA was deleted does not start a new one by itself.
"""

from collections.abc import Iterator

from lab.model.bgp import BgpSession
from lab.model.change import Announced, RouterChange, SessionShut
from lab.model.plan import Node, Plan, Route
from lab.model.status import Difference, SessionStatus, TunnelStatus
from lab.model.tunnel import Tunnel


class Told:
    """The changed settings: none at first. `tunnels_down`: the tunnels without an IKE SA."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.changes: set[RouterChange] = set()
        self.routes: set[tuple[str, Route]] = set()
        self.tunnels_down: set[str] = set()
        self.charons: set[tuple[str, str]] = set()
        self._shut_out: set[BgpSession] = set()

    @property
    def nothing(self) -> bool:
        """Whether everything is as planned."""
        return not (self.changes or self.routes or self.tunnels_down or self.charons or self._shut_out)

    def forget(self) -> None:
        """Set everything back to the plan."""
        for told in (self.changes, self.routes, self.tunnels_down, self.charons, self._shut_out):
            told.clear()

    def change(self, change: RouterChange) -> None:
        """Make a change. Too many prefixes also close the session until it is cleared."""
        self.changes.add(change)
        if isinstance(change, Announced) and len(change.announcement.prefixes) > change.announcement.outlet.prefix_limit:
            self._shut_out.update(change.announcement.outlet.sessions)

    def clear(self, session: BgpSession) -> None:
        """Reopen a session that too many prefixes closed."""
        self._shut_out.discard(session)

    def daemon_dies(self, daemon: str) -> None:
        """If the daemon is a charon, its tunnel goes down."""
        self.tunnels_down.update(tunnel for tunnel in [daemon.partition(":")[2]] if tunnel)

    def daemon_starts(self, daemon: str) -> None:
        """If the daemon is a charon, its tunnel comes up."""
        self.tunnels_down.discard(daemon.partition(":")[2])

    def give_wrong_key(self, tunnel: str) -> None:
        """Give AWS's end another key. A tunnel that is up stays up."""
        self.charons.add((self._plan.tunnel(tunnel).aws.node, tunnel))

    def begin_without_pfs(self, tunnel: str) -> None:
        """Restart the tunnel without PFS. Here its lifetime ends at once."""
        self.charons.add((self._plan.tunnel(tunnel).customer.node, tunnel))
        self.tunnels_down.add(tunnel)

    def load_planned(self, tunnel: str) -> None:
        """Load the planned configuration at both ends."""
        self.charons = {(node, each) for node, each in self.charons if each != tunnel}

    def differences(self, node: Node) -> Iterator[Difference]:
        """The differences of one node because of changed settings."""
        yield from (Difference(place=name, found=f"route {route}", planned="none") for name, route in self.routes if name == node.name)
        retold = {f"charon:{tunnel}" for name, tunnel in self.charons if name == node.name}
        retold |= {"bgpd" for change in self.changes if change.node == node.name}
        yield from (Difference(place=f"{node.name}:{each}", found="reconfigured", planned="as it started") for each in sorted(retold))
        for session in self._plan.sessions:
            if session.node == node.name and session in self._shut_out:
                yield Difference(place=f"{node.name}:bgpd", found=f"Idle (PfxCt) to {session.neighbor_node}", planned="Established")

    def tunnel_status(self, tunnel: Tunnel) -> TunnelStatus:
        """The SAs of a tunnel. Without PFS at the customer's side only the ESP SA is missing."""
        if (tunnel.customer.node, tunnel.name) in self.charons:
            return TunnelStatus(tunnel=tunnel.name, ike="ESTABLISHED", child=None)
        up = tunnel.name not in self.tunnels_down
        return TunnelStatus(tunnel=tunnel.name, ike="ESTABLISHED" if up else None, child="INSTALLED" if up else None)

    def session_state(self, session: BgpSession) -> str | None:
        """The state of a session that a change keeps down, in FRR's words. None if no change does."""
        shut = {change.session for change in self.changes if isinstance(change, SessionShut)}
        for closed, word in ((shut, "Idle (Admin)"), (self._shut_out, "Idle (PfxCt)")):
            ends = [each for each in closed if {session.node, session.neighbor_node} == {each.node, each.neighbor_node}]
            if ends:
                return word if any(session.node == each.node for each in ends) else "Active"
        return None


def status(session: BgpSession, state: str) -> SessionStatus:
    """A session with its state, as the router of the session tells it."""
    return SessionStatus(node=session.node, neighbor=session.neighbor, neighbor_node=session.neighbor_node, state=state)
