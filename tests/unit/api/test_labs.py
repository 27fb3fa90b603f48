"""Labs that come and go: what is said and what is left when one is found broken, or given up."""

from lab.api.labs import put_right
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
