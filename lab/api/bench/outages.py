"""Measure how accurate measured outages are: with faults of a known length, with repeated failovers, and with BFD's outage against its
theory.
"""

from statistics import fmean, stdev

from lab.api.bench.stage import bench_lab
from lab.api.bench.trials import Series, Trial, run_trials
from lab.api.files import read_plan
from lab.intent import resolve_fault
from lab.model.fault import LinkDown, SilentLoss
from lab.model.figure import Figure
from lab.model.plan import Ipsec, Plan, Timers
from lab.model.progress import Say
from lab.runtime.host.facts import circuits_here
from lab.runtime.lab import RunningLab

TOPOLOGY = "redundant-dx"
_CIRCUIT, _FLOW = "dx1", "dc1-app"
_TRIALS, _BFD_TRIALS = 20, 40
_BLACKHOLE_SECONDS = 0.3
"""Shorter than any detection, so that no router reacts."""

BFD_OUTAGE_SECONDS = (0.66, 1.02)
"""The shortest and the longest outage with BFD 300 ms × 3, in theory.

The last hello comes up to 300 ms before the loss (RFC 5880, 6.8.4), so 600 to 900 ms of silence remain. Then bgpd waits 50 ms, and up to 10
ms more in each router that passes the change on: one or two here (FRR 10.3; `lab.analysis.frr_share`).
"""


def outages(say: Say) -> tuple[Figure, ...]:
    """All figures about outages. They are measured in one lab, which is deployed for this purpose and then removed."""
    deployable = read_plan(TOPOLOGY, Timers.TUNED, Ipsec.USERSPACE, circuits_here())
    with bench_lab(deployable, say) as stay:
        return (*_blackholes(stay.lab, say), *_link_down(stay.lab, say), *_bfd(stay.lab, say))


def _blackholes(lab: RunningLab, say: Say) -> tuple[Figure, ...]:
    link = _host_link(lab.plan)
    series = Series(fault=SilentLoss(links=(link,), way="a-to-b"), number=_TRIALS, seconds=_BLACKHOLE_SECONDS)
    trials = run_trials(lab, series, say)
    source = lab.plan.link(link).a.node
    forward = next(flow for flow in lab.plan.flows if flow.name == _FLOW).source.node == source
    errors = tuple(abs(trial.outage(_FLOW, "forward" if forward else "reverse") - _known(trial)) * 1000 for trial in trials)
    return (_injection("silent loss", trials), Figure(name="blackhole of known length: error", unit="ms", readings=errors))


def _link_down(lab: RunningLab, say: Say) -> tuple[Figure, ...]:
    single = run_trials(lab, Series(fault=LinkDown(links=(_host_link(lab.plan),)), number=_TRIALS, seconds=_BLACKHOLE_SECONDS), say)
    trials = run_trials(lab, Series(fault=resolve_fault(lab.plan, "link-down", _CIRCUIT), number=_TRIALS), say)
    readings = tuple(trial.outage(_FLOW, "forward") * 1000 for trial in trials)
    variation = stdev(readings) / fmean(readings) * 100
    return (
        _injection("link down", single),
        Figure(name="failover, link down", unit="ms", readings=readings),
        Figure(name="its coefficient of variation", unit="%", readings=(variation,)),
    )


def _bfd(lab: RunningLab, say: Say) -> tuple[Figure, ...]:
    trials = run_trials(lab, Series(fault=resolve_fault(lab.plan, "silent-loss", _CIRCUIT), number=_BFD_TRIALS), say)
    seconds = [trial.outage(_FLOW, "forward") for trial in trials]
    low, high = BFD_OUTAGE_SECONDS
    inside = sum(low <= each <= high for each in seconds) / len(seconds) * 100
    return (
        Figure(name="failover, silent loss, BFD 300 ms × 3", unit="ms", readings=tuple(each * 1000 for each in seconds)),
        Figure(name=f"of these within {low * 1000:.0f} to {high * 1000:.0f} ms", unit="%", readings=(inside,)),
    )


def _injection(name: str, trials: tuple[Trial, ...]) -> Figure:
    return Figure(
        name=f"putting in a fault: {name}", unit="ms", readings=tuple((each.put_in[1] - each.put_in[0]) * 1000 for each in trials)
    )


def _known(trial: Trial) -> float:
    """How many seconds the filter dropped packets: from the middle of the call that added it to the beginning of the call that removed it.

    The first call takes a millisecond. The second one lets packets pass at once, and then waits until no processor uses the filter.
    """
    return trial.taken_out[0] - sum(trial.put_in) / 2


def _host_link(plan: Plan) -> str:
    """The name of the cable at the host where the flow starts. No BFD packet and no BGP message uses this cable."""
    host = next(flow for flow in plan.flows if flow.name == _FLOW).source.node
    return next(link.name for link in plan.links if host in {link.a.node, link.b.node})
