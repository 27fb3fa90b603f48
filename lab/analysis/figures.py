"""The figures of a run that later runs are compared with."""

from lab.model.baseline import Baseline, CheckFigures, LabProfile, Series
from lab.model.outcome import Report


def figures_of(report: Report) -> Baseline:
    """The figures of a run as a baseline: for every check, the outages of all trials that count.

    Each lab appears once, even after several runs.
    """
    return Baseline(
        version=report.version,
        kernel=report.host.kernel,
        cpus=report.host.cpus,
        labs=tuple(dict.fromkeys(LabProfile(topology=lab.topology, timers=lab.timers, ipsec=lab.ipsec) for lab in report.labs)),
        checks=tuple(
            CheckFigures(
                topology=verdict.topology,
                check=verdict.check,
                status=verdict.status,
                series=tuple(
                    Series(
                        flow=spread.flow,
                        direction=spread.direction,
                        phase=spread.phase,
                        event=spread.event,
                        starts=spread.starts,
                    )
                    for spread in verdict.spreads
                ),
            )
            for verdict in report.verdicts
        ),
    )
