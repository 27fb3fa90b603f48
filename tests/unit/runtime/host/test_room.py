"""How many labs a host has room for, by the cores and memory of each. One lab always may run."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from lab.model.plan import Plan
from lab.runtime.host.room import MIB_PER_NODE, HostRoom, Places, Room, available_memory_mib
from tests.shipped import shipped_plan

TUNNELLED = shipped_plan()
CIRCUITS = shipped_plan("redundant-dx")
LIGHT = replace(TUNNELLED, flows=TUNNELLED.flows[:1], nodes=TUNNELLED.nodes[:9])
PLENTY_MIB = 1 << 20


def _fit(room: Room, plans: Sequence[Plan]) -> int:
    """How many of the plans run at the same time, taken in order."""
    beside: list[Plan] = []
    for plan in plans:
        if room.fits(plan, beside):
            beside.append(plan)
    return len(beside)


@pytest.mark.parametrize(("cores", "labs"), [(1, 1), (2, 1), (3, 1), (4, 2), (8, 4), (64, 32)])
def test_a_lab_with_tunnels_and_three_flows_takes_two_cores(cores: int, labs: int) -> None:
    assert _fit(HostRoom(cores=cores, memory_mib=PLENTY_MIB), [TUNNELLED] * 50) == labs


def test_labs_without_tunnels_or_with_fewer_flows_have_more_room() -> None:
    room = HostRoom(cores=2, memory_mib=PLENTY_MIB)
    assert _fit(room, [CIRCUITS] * 5) == 2
    assert _fit(room, [LIGHT] * 5) == 3
    assert _fit(room, [CIRCUITS, TUNNELLED, LIGHT]) == 2


@pytest.mark.parametrize(("labs_of_memory", "labs"), [(0, 1), (1, 1), (2.9, 2), (40, 32)])
def test_labs_must_fit_into_the_memory_that_is_available(labs_of_memory: float, labs: int) -> None:
    memory = int(labs_of_memory * MIB_PER_NODE * len(TUNNELLED.nodes))
    assert _fit(HostRoom(cores=64, memory_mib=memory), [TUNNELLED] * 50) == labs


@pytest.mark.parametrize("number", [1, 2, 7])
def test_a_fixed_number_of_labs_is_obeyed(number: int) -> None:
    assert _fit(Places(number), [TUNNELLED] * 10) == number


def test_available_memory_is_what_the_kernel_says_in_kib() -> None:
    assert available_memory_mib("MemTotal:  24684000 kB\nMemAvailable:   2048000 kB\n") == 2000
    assert available_memory_mib("") == 0
