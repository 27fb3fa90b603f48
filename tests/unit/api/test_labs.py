"""Labs that come and go: what is said and what is left when one is found broken, or given up."""

import pytest

from lab.api.labs import kept_unless_interrupted, put_right
from lab.errors import NodeError
from tests.fakes.lab import FakeLab
from tests.shipped import shipped_plan


def test_what_is_put_right_of_a_lab_found_running_is_said() -> None:
    lab, said = FakeLab(shipped_plan()), list[str]()
    lab.pause("dc1-gw1")
    put_right(lab, said.append)
    assert "dc1-gw1: frozen, now running" in said
    assert lab.whole


def test_of_a_lab_found_as_planned_nothing_is_said() -> None:
    said: list[str] = []
    put_right(FakeLab(shipped_plan()), said.append)
    assert said == []


@pytest.mark.parametrize(
    ("ending", "deployed", "is_removed"),
    [(KeyboardInterrupt(), True, True), (KeyboardInterrupt(), False, False), (NodeError("not good within 120 s"), True, False)],
)
def test_a_lab_is_removed_by_who_deployed_it_and_gives_up_waiting_but_not_for_being_late(
    ending: BaseException, *, deployed: bool, is_removed: bool
) -> None:
    removals: list[str] = []
    with pytest.raises(type(ending)), kept_unless_interrupted(lambda: removals.append("lab"), deployed=deployed):
        raise ending
    assert bool(removals) is is_removed


def test_a_lab_that_becomes_good_is_kept() -> None:
    with kept_unless_interrupted(lambda: pytest.fail("removed"), deployed=True):
        pass
