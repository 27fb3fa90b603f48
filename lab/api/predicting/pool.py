"""Predict several plans at the same time. Each has its own process, because one Python interpreter uses only one core."""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from queue import SimpleQueue
from typing import IO

from lab.api.jobs.signals import held_back
from lab.api.predicting.messages import Order, unpacked
from lab.model.plan import Plan
from lab.model.prediction import Prediction
from lab.predict import Predictor
from lab.program import MODULES


class Pool:
    """Processes that wait for plans to predict."""

    def __init__(self, workers: Sequence["subprocess.Popen[bytes]"]) -> None:
        self._workers = workers
        self._idle: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        for worker in workers:
            self._idle.put(worker)

    def predictions(self, plans: Sequence[Plan], most: int) -> tuple[Prediction, ...]:
        """The predictions for all sets of up to `most` failed components of each plan.

        The largest plans are predicted first, so that all processes end at about the same time.
        """
        with ThreadPoolExecutor(len(self._workers)) as threads:
            try:
                by_size = sorted(range(len(plans)), key=lambda place: len(plans[place].targets), reverse=True)
                found = {place: threads.submit(self._predicted, Order(plans[place], most)) for place in by_size}
                return tuple(self._result(found[place], plans[place], most) for place in range(len(plans)))
            finally:
                self.end()
                threads.shutdown(wait=False, cancel_futures=True)

    def end(self) -> None:
        """End all processes immediately."""
        for worker in self._workers:
            worker.kill()

    def _result(self, found: "Future[Prediction]", plan: Plan, most: int) -> Prediction:
        """The prediction that a process computed. If the process failed, compute the prediction here, so that an error is raised here.

        This runs in the main thread, because only the main thread reacts to Ctrl-C.
        """
        try:
            return found.result()
        except (OSError, EOFError, pickle.UnpicklingError):
            return Predictor(plan).all_sets(most)

    def _predicted(self, order: Order) -> Prediction:
        """Let an idle process predict. Raises OSError, EOFError or UnpicklingError if the process fails."""
        worker = self._idle.get()
        try:
            pickle.dump(order, _pipe(worker.stdin), protocol=pickle.HIGHEST_PROTOCOL)
            _pipe(worker.stdin).flush()
            return unpacked(pickle.load(_pipe(worker.stdout)))  # noqa: S301 - our own process wrote it
        finally:
            self._idle.put(worker)


@contextmanager
def pool(plans: int) -> Iterator[Pool]:
    """Start a process for each core, but not more processes than plans. All end with the block, also after Ctrl-C."""
    workers = [_started() for _ in range(min(plans, os.cpu_count() or 1))]
    try:
        yield Pool(workers)
    finally:
        for worker in workers:
            worker.kill()
            with worker:  # closes the pipes, waits for the end
                pass


def _started() -> "subprocess.Popen[bytes]":
    with held_back():
        command = [sys.executable, "-m", "lab.api.predicting.program"]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=MODULES)


def _pipe(end: IO[bytes] | None) -> IO[bytes]:
    if end is None:
        raise OSError("no pipe")
    return end
