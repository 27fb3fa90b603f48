"""The whole exposition: the families of AWS, of the sites, of the flows, and of the snapshot itself."""

from collections.abc import Iterator

from prometheus_client.exposition import generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector, CollectorRegistry

from lab.model.snapshot import Snapshot
from lab.views.metrics import aws, site
from lab.views.metrics.families import gauge


def exposition(snapshot: Snapshot) -> bytes:
    """A snapshot in Prometheus's text format, version 0.0.4, in UTF-8."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Families(snapshot))
    return generate_latest(registry)


class _Families(Collector):
    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def collect(self) -> Iterator[Metric]:
        yield from aws.families(self._snapshot)
        yield from site.families(self._snapshot)
        age = self._snapshot.asked_seconds_ago
        yield gauge("lab_info", "The lab that these metrics are about.", "lab", [((self._snapshot.lab,), 1)])
        yield gauge(
            "lab_asked_seconds_ago",
            "Seconds since the last round of questions to all routers began. After an event, a router is also asked at once.",
            "",
            [((), age)],
        )
