"""The last lines of an interrupted run: every fault undone, every lab removed or still running, and nothing else."""

from lab.api.jobs.traces import Traces
from lab.model.progress import CheckBegins, FaultComesOut, FaultGoesIn, LabLeft, LabRaised
from lab.program import COMMAND

CHECK = CheckBegins(check="one-appliance", number=3, of=18, seconds=24.0)
KILL = FaultGoesIn(number=0, kind="node-kill", target="dc1-gw1", seconds=12.0)
EARLY = FaultComesOut(number=0, early=True)


def _traces(*moments: object, deployed: bool = True) -> Traces:
    traces = Traces()
    for moment in (LabRaised(deployed=deployed), *moments):
        traces.take("a", moment)  # type: ignore[arg-type]
    return traces


def test_a_lab_that_was_deployed_is_removed_and_its_fault_was_undone() -> None:
    assert list(_traces(CHECK, KILL, EARLY, LabLeft(removed=True)).lines()) == [
        "stopped  a: one-appliance, check 3 of 18",
        "undone   a: node-kill dc1-gw1",
        "removed  a",
    ]


def test_a_lab_that_was_found_runs_on() -> None:
    traces = _traces(CHECK, KILL, EARLY, LabLeft(removed=False), deployed=False)
    assert list(traces.lines())[-1] == f"running  a, as before ({COMMAND} lab-down -t a removes it)"


def test_a_fault_whose_job_was_killed_is_in_force_in_a_lab_that_runs_on() -> None:
    traces = _traces(CHECK, KILL, LabLeft(removed=False), deployed=False)
    assert f"in force a: node-kill dc1-gw1 ({COMMAND} lab-heal -t a undoes it)" in traces.lines()


def test_a_lab_that_could_not_be_removed_is_left() -> None:
    assert list(_traces(CHECK).lines())[-1] == f"left     a, which could not be removed ({COMMAND} lab-down -t a)"


def test_faults_that_came_out_in_time_and_checks_with_a_verdict_are_not_named() -> None:
    traces = _traces(CHECK, KILL, FaultComesOut(number=0))
    traces.conclude("a")
    traces.take("a", LabLeft(removed=True))
    assert list(traces.lines()) == ["removed  a"]


def test_labs_that_were_done_before_are_not_named() -> None:
    traces = _traces(CHECK, LabLeft(removed=True))
    traces.forget_what_is_done()
    assert list(traces.lines()) == []
