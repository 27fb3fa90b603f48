"""Reports for a door to end with."""

from lab.model.outcome import HostFacts, Report, Status, Verdict


def report_of(status: Status) -> Report:
    """Of a run with one check that came out so."""
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
