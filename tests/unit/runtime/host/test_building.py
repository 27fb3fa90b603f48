"""Labs that are deployed by several commands wait for each other."""

import threading
from pathlib import Path

from lab.model.progress import Told
from lab.runtime.host.room import builders
from lab.runtime.host.turn import building
from tests.waiting import wait_for

PLACES = builders() + 1


def test_only_as_many_labs_are_deployed_at_a_time_as_the_host_can_bear(tmp_path: Path) -> None:
    said: list[Told] = []
    inside: list[int] = []
    most: list[int] = []
    go = threading.Event()

    def deploy(number: int) -> None:
        with building(said.append, tmp_path):
            inside.append(number)
            most.append(len(inside))
            go.wait(10)
            inside.remove(number)

    threads = [threading.Thread(target=deploy, args=(number,)) for number in range(PLACES + 2)]
    for thread in threads:
        thread.start()
    wait_for(lambda: len(inside) == PLACES and len(said) == 2, "the first labs deployed, the others waiting", 10)
    go.set()
    for thread in threads:
        thread.join(10)
    assert (max(most), inside) == (PLACES, [])
    assert said == ["waiting for our turn: other labs are being deployed on this host"] * 2
    assert list(tmp_path.iterdir()) == []
