"""FakeMeters: the counters and answers of a lab in memory."""

from lab.errors import NodeError
from lab.model.plan import Endpoint, Plan
from lab.model.snapshot import InterfaceSeen, NeighborSeen, PeerSeen, Traffic
from tests.fakes.lab import FakeLab

TRAFFIC = Traffic(in_bytes=1000, in_packets=10, in_dropped=1, out_bytes=500, out_packets=5, out_dropped=0)
PREFIXES = 2


class FakeMeters:
    """Reads a FakeLab.

    - `mute`: routers that do not answer. `gone`: nodes that do not run.
    - `added`: interfaces of every node that are not in the plan.
    - `asked`: the routers that were asked about BGP, in order.
    """

    def __init__(self, lab: FakeLab) -> None:
        self._lab = lab
        self.mute: set[str] = set()
        self.gone: set[str] = set()
        self.added: tuple[str, ...] = ()
        self.asked: list[str] = []

    @property
    def plan(self) -> Plan:
        return self._lab.plan

    def interfaces(self, node: str) -> tuple[InterfaceSeen, ...]:
        if node in self.gone:
            return ()
        names = [each.name for each in self.plan.node(node).interfaces]
        names += [end.device for tunnel in self.plan.tunnels for end in (tunnel.customer, tunnel.aws) if end.node == node]
        names += self.added
        down = {each.place for each in self._lab.differences()}
        return tuple(
            InterfaceSeen(node=node, interface=name, up=str(Endpoint(node=node, interface=name)) not in down, traffic=TRAFFIC)
            for name in names
        )

    def drops(self, node: str) -> tuple[int, int] | None:
        return None if node in self.gone else (3, 4)

    def neighbors(self, node: str) -> tuple[NeighborSeen, ...]:
        self.asked.append(node)
        self._require(node)
        return tuple(
            NeighborSeen(
                node=node,
                neighbor_node=each.neighbor_node,
                neighbor=each.neighbor,
                established=each.state == "Established",
                accepted=PREFIXES if each.state == "Established" else 0,
                advertised=1 if each.state == "Established" else 0,
            )
            for each in self._lab.bgp_states()
            if each.node == node
        )

    def peers(self, node: str) -> tuple[PeerSeen, ...]:
        self._require(node)
        return tuple(
            PeerSeen(node=node, peer_node=each.neighbor_node, peer=each.neighbor, up=each.state == "Established")
            for each in self._lab.bgp_states()
            if each.node == node
        )

    def ipsec_up(self, tunnel: str) -> bool:
        self._require(self.plan.tunnel(tunnel).aws.node)
        return self._lab.tunnel_state(tunnel).up

    def _require(self, node: str) -> None:
        if node in self.mute | self.gone:
            raise NodeError(f"{node}: does not answer")
