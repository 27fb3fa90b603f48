"""FakeImpairments: drops and queues of cables in memory, and the differences that a lab would show."""

from collections.abc import Iterable, Iterator

from lab.errors import HostError
from lab.model.impairment import Bandwidth, Impairment, Latency, RandomLoss, SizeLimit
from lab.model.plan import Endpoint, Plan
from lab.model.status import Difference

_SORTS: dict[type[Impairment], str] = {RandomLoss: "lossy", SizeLimit: "oversize", Bandwidth: "tbf", Latency: "netem"}
_DROPS = {"lossy", "oversize"}


class FakeImpairments:
    """Drops by node, and queues by end. A later queue replaces an earlier one. `lacking`: impairments that the fake kernel refuses."""

    def __init__(self, plan: Plan) -> None:
        self.lacking: set[type[Impairment]] = set()
        self.drops: dict[str, set[str]] = {node.name: set() for node in plan.nodes}
        self._queues: dict[Endpoint, str] = {}

    def __bool__(self) -> bool:
        return bool(self._queues) or any(self.drops.values())

    def require(self, impairment: Impairment) -> None:
        if type(impairment) in self.lacking:
            raise HostError(f"this kernel does not support {_SORTS[type(impairment)]}. The test says so (use another kernel)")

    def put(self, end: Endpoint, impairment: Impairment) -> None:
        sort = _SORTS[type(impairment)]
        if sort in _DROPS:
            self.drops[end.node].add(f"{sort}-{end.interface}")
        else:
            self._queues[end] = sort

    def take(self, end: Endpoint, impairment: Impairment) -> None:
        sort = _SORTS[type(impairment)]
        if sort in _DROPS:
            self.drops[end.node].discard(f"{sort}-{end.interface}")
        else:
            self._queues.pop(end, None)

    def silent(self, ends: Iterable[Endpoint]) -> bool:
        return any(f"silent-{end.interface}" in self.drops[end.node] for end in ends)

    def cut_off(self, *nodes: str) -> bool:
        return any("dead" in self.drops[node] for node in nodes)

    def clear(self) -> None:
        self._queues.clear()
        for drops in self.drops.values():
            drops.clear()

    def differences_of(self, node: str) -> Iterator[Difference]:
        for drop in sorted(self.drops[node]):
            kind, _, interface = drop.partition("-")
            yield Difference(place=f"{node}:{interface}" if interface else node, found=f"drops packets ({kind})", planned="forwards")
        for end, sort in self._queues.items():
            if end.node == node:
                yield Difference(place=str(end), found=f"holds packets up ({sort})", planned="sends at once")
