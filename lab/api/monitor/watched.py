"""A lab with a monitor, for the checks of a job. The checks' own probes and monitors feed it, so nothing is measured twice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from lab.api.monitor.alarms import Alarms, Sink
from lab.api.monitor.order import order_for, rules_of
from lab.engine.session import Probes, Senses
from lab.errors import MeasurementError
from lab.feed import Collector
from lab.model.evidence import TimelineEvent
from lab.model.progress import Say
from lab.monitor.running import Monitor, monitoring
from lab.probes.streams import streaming
from lab.program import COMMAND
from lab.runtime.capabilities import Sockets, Watchable
from lab.runtime.lab import RunningLab
from lab.runtime.meters import Meters
from lab.views.metrics import exposition


@contextmanager
def monitored(lab: RunningLab, say: Say) -> Iterator[Senses]:
    """Run a monitor of the lab while the block runs. Gives the senses with which checks feed it and hear its alarms."""
    alarms, collector = Alarms(), Collector(Meters(lab.plan, lab.pid))
    monitor = Monitor(lab.plan.lab, lambda: exposition(collector.look()), alarms.hear)
    order = order_for(lab.plan.lab, rules_of(lab.plan), say)
    if order.containers.of_lab(lab.plan.lab):
        say(f"{lab.plan.lab}: its monitor ends, because this run has its own ({COMMAND} lab-up --monitor starts it again)")
    with collector.running(), monitoring(order, monitor):
        say(f"{lab.plan.lab}: waiting for Prometheus and Alertmanager")
        monitor.wait_until_ready()
        yield feeding(collector, alarms, monitor.check)


def feeding(collector: Collector, alarms: Alarms, check: Callable[[], None]) -> Senses:
    """The senses of a check with a monitor. The collector sees the probes and events of the check. The timeline of the check has alarms.

    `check` raises MeasurementError if alarms may be missing since its last call. It is called at both ends of each check.
    """

    @contextmanager
    def probing(lab: Sockets, rate_pps: float, size: int | None) -> Iterator[Probes]:
        with streaming(lab, rate_pps, size) as streams, collector.flows.following(streams):
            yield streams

    @contextmanager
    def watching(lab: Watchable, sink: Sink) -> Iterator[None]:
        def both(event: TimelineEvent) -> None:
            collector.notice(event)
            sink(event)

        with suppress(MeasurementError):  # an alarm that was missed before this check is none of its alarms
            check()
        with lab.watch(both), alarms.told_to(sink):
            yield
        check()

    return Senses(probing=probing, watching=watching, ringing=alarms.heard_by, is_monitored=True)
