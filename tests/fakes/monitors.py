"""FakeMonitors: report events of a lab in memory to watchers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from lab.model.evidence import TimelineEvent


class FakeMonitors:
    """Reports every event to every watcher at once."""

    def __init__(self) -> None:
        self._sinks: list[Callable[[TimelineEvent], None]] = []

    @contextmanager
    def watch(self, sink: Callable[[TimelineEvent], None]) -> Iterator[None]:
        self._sinks.append(sink)
        try:
            yield
        finally:
            self._sinks.remove(sink)

    def notice(self, event: TimelineEvent) -> None:
        for sink in self._sinks:
            sink(event)
