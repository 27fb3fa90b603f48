"""The messages to a waiting user while a check runs: its phases, its faults, and flows that are out."""

import pytest

from lab.engine.outages import Outages
from lab.model.progress import FaultComesOut, FaultGoesIn, FlowsChange, Outage, Phase, PhaseBegins, Told
from tests.unit.engine.stage import Stage


def _out(first: int, seconds: float, *, over: bool) -> Outage:
    return Outage(flow="dc1-app", direction="forward", first=first, seconds=seconds, over=over)


def test_a_check_says_its_phases_and_what_is_in_force() -> None:
    stage, said = Stage(), list[Told]()
    assert stage.run(say=said.append) is None
    assert [each.phase for each in said if isinstance(each, PhaseBegins)] == [
        Phase.STEADYING,
        Phase.FOLLOWING,
        Phase.RECOVERING,
        Phase.COMPARING,
    ]
    assert [each for each in said if isinstance(each, FaultGoesIn | FaultComesOut)] == [
        FaultGoesIn(number=0, kind="link-down", target="dci", seconds=8.0),
        FaultGoesIn(number=1, kind="node-kill", target="dc1-gw1", seconds=3.0),
        FaultComesOut(number=1),
        FaultComesOut(number=0),
    ]


def test_who_interrupts_a_check_is_told_each_fault_that_was_undone_early() -> None:
    stage, said = Stage(), list[Told]()

    def interrupt(_now: float) -> None:
        if sum(isinstance(each, FaultGoesIn) for each in said) == 2:
            raise KeyboardInterrupt

    stage.at_each_turn(interrupt)
    with pytest.raises(KeyboardInterrupt):
        stage.run(say=said.append)
    assert [each for each in said if isinstance(each, FaultComesOut)] == [
        FaultComesOut(number=1, early=True),
        FaultComesOut(number=0, early=True),
    ]
    assert stage.lab.differences() == ()


def test_an_outage_is_told_once_when_it_begins_and_once_when_it_is_over() -> None:
    now = [_out(3, 9.0, over=True)]
    said: list[Told] = []
    outages = Outages(lambda: tuple(now), said.append)
    outages.look(1.0)
    assert said == []  # it was over before
    now[:] = [_out(50, 0.3, over=False)]
    outages.look(1.1)
    assert said == []  # it is not time yet
    outages.look(1.3)
    now[:] = [_out(50, 0.6, over=False)]
    outages.look(1.6)
    now[:] = [_out(50, 0.8, over=True)]
    outages.look(1.9)
    outages.look(2.2)
    assert said == [FlowsChange(outages=(_out(50, 0.3, over=False),)), FlowsChange(outages=(_out(50, 0.8, over=True),))]


def test_what_only_came_late_is_taken_back() -> None:
    now: list[Outage] = []
    said: list[Told] = []
    outages = Outages(lambda: tuple(now), said.append)
    now.append(_out(50, 0.3, over=False))
    outages.look(1.0)
    now.clear()
    outages.look(1.3)
    outages.look(1.6)
    assert said == [FlowsChange(outages=(_out(50, 0.3, over=False),)), FlowsChange(outages=(_out(50, 0.0, over=True),))]
