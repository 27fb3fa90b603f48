"""Reports for tests of the command line."""

from lab.model.outcome import Report, Status, Verdict
from lab.model.run import HostFacts


def report_of(status: Status) -> Report:
    """The report of a run with one check with this status."""
    verdict = Verdict(
        topology="a",
        check="cut",
        summary="",
        status=status,
        reason="",
        repeats=1,
        steps=(),
        flows=(),
        timeline=(),
        wall_seconds=1.0,
        journal="j",
    )
    host = HostFacts(kernel="6.1", cpus=2, capabilities=())
    return Report(version="0", host=host, images=(), labs=(), verdicts=(verdict,), wall_seconds=1.0)
