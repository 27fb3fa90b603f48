"""FakeProcesses: the daemons of a plan's nodes in memory. They may be frozen or dead, or their node paused."""

from collections.abc import Iterator

from lab.errors import NodeError
from lab.model.plan import Node
from lab.model.status import Difference
from lab.model.tunnel import Tunnel
from tests.fakes.scripts import FakeScripts


class FakeProcesses:
    """At first all daemons run."""

    def __init__(self) -> None:
        self.paused: set[str] = set()
        self.frozen: set[tuple[str, str]] = set()
        self.dead: set[tuple[str, str]] = set()
        self.scripts = FakeScripts()

    def __bool__(self) -> bool:
        return bool(self.paused or self.frozen or self.dead or self.scripts)

    def require_alive(self, node: str) -> None:
        if node in self.paused:
            raise NodeError(f"a fault has already frozen or killed {node}")

    def running(self, node: Node, daemon: str) -> tuple[str, str]:
        """The daemon's key. Raises NodeError if the daemon does not run."""
        if daemon not in node.daemons or (node.name, daemon) in self.dead:
            raise NodeError(f"{daemon} of {node.name} does not run, so no fault can break it")
        return node.name, daemon

    def die(self, node: str, daemon: str) -> None:
        self.frozen.discard((node, daemon))
        self.dead.add((node, daemon))

    def answers(self, node: str, daemon: str) -> bool:
        return node not in self.paused and (node, daemon) not in self.dead | self.frozen

    def hangs(self, tunnel: Tunnel) -> bool:
        ends = (tunnel.customer.node, tunnel.aws.node)
        return any(node in self.paused or (node, f"charon:{tunnel.name}") in self.frozen for node in ends)

    def clear(self) -> None:
        for each in (self.paused, self.frozen, self.dead, self.scripts):
            each.clear()

    def differences_of(self, node: Node) -> Iterator[Difference]:
        yield from self.scripts.differences_of(node.name)
        if node.name in self.paused:
            yield Difference(place=node.name, found="frozen", planned="running")
        for daemon in node.daemons:
            if (node.name, daemon) in self.dead:
                yield Difference(place=f"{node.name}:{daemon}", found="dead", planned="running")
            elif (node.name, daemon) in self.frozen:
                yield Difference(place=f"{node.name}:{daemon}", found="frozen", planned="running")
