"""How many labs a host has room for: by the heaviest of them, by cores and by memory, and never none."""

from dataclasses import replace

import pytest

from lab.runtime.room import MIB_PER_NODE, available_memory_mib, room
from tests.shipped import shipped_plan

HEAVY = shipped_plan()
LIGHT = replace(HEAVY, flows=HEAVY.flows[:1], nodes=HEAVY.nodes[:9])
PLENTY_MIB = 1 << 20


@pytest.mark.parametrize(("cores", "labs"), [(1, 1), (2, 1), (3, 1), (4, 2), (8, 4), (64, 32)])
def test_a_lab_of_three_flows_takes_two_cores(cores: int, labs: int) -> None:
    assert room(cores, PLENTY_MIB, [HEAVY]) == labs


def test_light_labs_have_more_room_but_the_heaviest_decides() -> None:
    assert room(2, PLENTY_MIB, [LIGHT, LIGHT]) == 3
    assert room(2, PLENTY_MIB, [LIGHT, HEAVY]) == 1


@pytest.mark.parametrize(("labs_of_memory", "labs"), [(0, 1), (1, 1), (2.9, 2), (40, 32)])
def test_labs_must_fit_into_the_memory_that_is_available(labs_of_memory: float, labs: int) -> None:
    assert room(64, int(labs_of_memory * MIB_PER_NODE * len(HEAVY.nodes)), [HEAVY]) == labs


def test_available_memory_is_what_the_kernel_says_in_kib() -> None:
    assert available_memory_mib("MemTotal:  24684000 kB\nMemAvailable:   2048000 kB\n") == 2000
    assert available_memory_mib("") == 0
