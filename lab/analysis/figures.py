"""The figures of a run, for comparison with later runs."""

from lab.model.baseline import Baseline, CheckFigures, LabProfile, Series
from lab.model.outcome import Report


def figures_of(report: Report) -> Baseline:
    """The baseline of a report: every check with the outages of all counted trials. Each lab once, also for several runs."""
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
