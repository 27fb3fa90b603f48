"""A signal inside an event loop raises KeyboardInterrupt only after the loop has ended."""

import asyncio
import os
import signal
from collections.abc import Coroutine, Iterator

import pytest

from lab.interrupt import ENDINGS, interrupt


@pytest.fixture(autouse=True)
def _handled() -> Iterator[None]:
    before = {number: signal.signal(number, interrupt) for number in (*ENDINGS, signal.SIGALRM)}
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    for number, handler in before.items():
        signal.signal(number, handler)


def test_outside_of_event_loops_it_comes_at_once() -> None:
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGTERM)


def test_a_second_one_of_any_kind_changes_nothing() -> None:
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)
    for number in ENDINGS:
        os.kill(os.getpid(), number)


def test_inside_of_one_the_loop_ends_first_and_is_whole() -> None:
    finished = []

    async def work() -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(0)
        finished.append(True)

    with pytest.raises(KeyboardInterrupt):
        _run_and_wait(work())
    assert finished == [True]


def _run_and_wait(work: Coroutine[None, None, None]) -> None:
    asyncio.run(work)
    signal.pause()
