"""Several topologies are predicted in processes of their own. The result is the same, and no process is left."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lab.api.predict import predictions
from lab.api.predicting.pool import pool
from lab.errors import InputError
from lab.model.plan import Timers
from lab.predict import Predictor
from tests.shipped import ROOT, TOPOLOGIES, shipped_plan
from tests.waiting import wait_for

SMALL = ("redundant-dx", "sitelink", "sitelink-only")
INTERRUPTED = 130


def test_processes_find_what_one_process_finds() -> None:
    assert predictions(SMALL, Timers.TUNED, 2) == tuple(Predictor(shipped_plan(name)).all_sets(2) for name in SMALL)


def test_what_a_lost_process_does_not_tell_is_worked_out_here() -> None:
    plans = [shipped_plan(name) for name in SMALL]
    with pool(len(plans)) as workers:
        workers.end()
        assert workers.predictions(plans, 1) == tuple(Predictor(plan).all_sets(1) for plan in plans)


def test_mistakes_are_told_before_anything_is_predicted() -> None:
    with pytest.raises(InputError, match=r"there is no topology named 'nowhere'"):
        predictions(("sitelink", "nowhere"), Timers.TUNED, 2)


def test_after_ctrl_c_no_process_is_left() -> None:
    words = [word for name in TOPOLOGIES for word in ("-t", name)]
    command = [sys.executable, str(ROOT / "tasks.py"), "predict", "--failures", "3", *words]
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
        # the tests themselves may run in the background of a shell, and such programs ignore Ctrl-C
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads here
    ) as started:
        workers = wait_for(lambda: _children(started.pid), "its processes")
        os.killpg(started.pid, signal.SIGINT)
        _, told = started.communicate(timeout=60)
    assert started.returncode == INTERRUPTED
    assert b"Traceback" not in told
    wait_for(lambda: not any(Path(f"/proc/{each}").exists() for each in workers), "the end of its processes")


def _children(of: int) -> list[str]:
    return Path(f"/proc/{of}/task/{of}/children").read_text().split()
