"""FakeMonitors: tell watchers about events in a lab in memory."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from lab.model.evidence import TimelineEvent


class FakeMonitors:
    """Tell every watcher at once."""

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
