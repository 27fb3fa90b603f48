"""Labs that are deployed and removed: the messages, and what stays if a lab is broken or the command is interrupted."""

from dataclasses import replace
from pathlib import Path

import pytest

from lab.api.labs import found_whole, kept_unless_interrupted, put_right, require_automations
from lab.errors import InputError, NodeError
from lab.runtime.docker.containers import Container, LabTag
from lab.runtime.home import Home
from tests.fakes.lab import FakeLab
from tests.shipped import shipped_plan


def test_a_repair_of_a_lab_found_running_is_reported() -> None:
    lab, said = FakeLab(shipped_plan()), list[str]()
    lab.pause("dc1-gw1")
    put_right(lab, said.append)
    assert "dc1-gw1: frozen, now running" in said
    assert lab.whole


def test_a_lab_found_as_planned_needs_no_message() -> None:
    said: list[str] = []
    put_right(FakeLab(shipped_plan()), said.append)
    assert said == []


@pytest.mark.parametrize(
    ("ending", "deployed", "is_removed"),
    [(KeyboardInterrupt(), True, True), (KeyboardInterrupt(), False, False), (NodeError("not good within 120 s"), True, False)],
)
def test_an_interrupted_deployment_removes_its_lab_but_a_late_lab_stays(ending: BaseException, *, deployed: bool, is_removed: bool) -> None:
    removals: list[str] = []
    with pytest.raises(type(ending)), kept_unless_interrupted(lambda: removals.append("lab"), deployed=deployed):
        raise ending
    assert bool(removals) is is_removed


def test_a_lab_that_becomes_good_is_kept() -> None:
    with kept_unless_interrupted(lambda: pytest.fail("removed"), deployed=True):
        pass


def test_a_lab_is_found_only_where_every_node_runs_and_the_command_that_made_it_finished(tmp_path: Path) -> None:
    plan, home = shipped_plan(), Home("alpha", tmp_path)
    tag = LabTag(lab="alpha", topology="", fingerprint="7", timers="tuned", ipsec="userspace", circuits="")
    nodes = tuple(Container(node=node.name, tag=tag, id="", pid=1, state="running") for node in plan.nodes)
    assert found_whole(nodes, home, plan, tag) == {node.node: node for node in nodes}
    assert found_whole(nodes[1:], home, plan, tag) == {}
    assert found_whole((replace(nodes[0], pid=0), *nodes[1:]), home, plan, tag) == {}
    with pytest.raises(InputError, match="runs already, from another plan"):
        found_whole(nodes, home, plan, replace(tag, fingerprint="8"))
    home.mark_partial(len(nodes))
    assert found_whole(nodes, home, plan, tag) == found_whole(nodes, home, plan, replace(tag, fingerprint="8")) == {}


def test_only_automations_of_the_topology_may_act_and_only_with_a_monitor() -> None:
    plan = shipped_plan("hybrid-backup")
    require_automations(("brown-out",), plan, monitor=True)
    require_automations((), plan, monitor=False)
    with pytest.raises(InputError) as caught:
        require_automations(("brown-ou",), plan, monitor=False)
    assert str(caught.value).splitlines() == [
        "--act: an automation needs an alarm of Prometheus (add --monitor)",
        "--act: hybrid-backup has no automation named 'brown-ou' (did you mean 'brown-out'?; known: brown-out)",
    ]
