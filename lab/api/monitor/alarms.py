"""Pass alarms on to the running check. Without a running check, alarms are only remembered."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from lab.model.evidence import TimelineEvent
from lab.model.snapshot import Rung

SYSTEM = "prometheus"
"""The `node` of an alarm in a timeline."""

Sink = Callable[[TimelineEvent], None]


class Alarms:
    """Knows which alarms fire, and tells the present listener. Can be used from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._firing: dict[tuple[str, tuple[tuple[str, str], ...]], Rung] = {}
        self._sink: Sink | None = None
        self._hearers: list[Callable[[Rung], None]] = []

    def hear(self, rung: Rung) -> None:
        """An alarm began or ended. A repeated message changes nothing."""
        key = (rung.rule, rung.labels)
        with self._lock:
            known = key in self._firing
            if known == (rung.state == "firing"):
                return
            if known:
                del self._firing[key]
            else:
                self._firing[key] = rung
            if self._sink:
                self._sink(event_of(rung))
            for hear in self._hearers:
                hear(rung)

    @contextmanager
    def heard_by(self, hear: Callable[[Rung], None], *, also_old: bool = False) -> Iterator[None]:
        """Give `hear` each beginning and end of an alarm while the block runs. Only automations need more than the timeline.

        `also_old`: first those alarms that fire already.
        """
        with self._lock:
            self._hearers.append(hear)
            for rung in self._firing.values() if also_old else ():
                hear(rung)
        try:
            yield
        finally:
            with self._lock:
                self._hearers.remove(hear)

    @contextmanager
    def told_to(self, sink: Sink) -> Iterator[None]:
        """Tell `sink` of each alarm while the block runs. At its end: of the alarms that fired already at its beginning, and still fire."""
        with self._lock:
            old = dict(self._firing)
            self._sink = sink
        try:
            yield
            with self._lock:
                for key in old.keys() & self._firing.keys():
                    sink(event_of(old[key], now=time.time()))
        finally:
            with self._lock:
                self._sink = None


def event_of(rung: Rung, now: float | None = None) -> TimelineEvent:
    """An alarm in a timeline. `now`: it has fired since before the check."""
    begun = "fires since before the check" if now is not None else "begins" if rung.state == "firing" else "ends"
    about = rung.summary or ", ".join(f"{name} {value}" for name, value in rung.labels)
    return TimelineEvent(
        at=rung.at if now is None else now,
        node=SYSTEM,
        source="alarm",
        what=f"{rung.rule} {begun}: {about}",
        rings=rung.rule if rung.state == "firing" else None,
        is_old=now is not None,
    )
