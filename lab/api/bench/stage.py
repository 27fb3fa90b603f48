"""Deploy a lab for measurements, and remove it afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from lab.api.labs import GOOD_WITHIN_SECONDS, raise_lab
from lab.api.paths import Deployable
from lab.engine.arrival import wait_until_good
from lab.errors import LabBusyError
from lab.model.progress import Say
from lab.program import COMMAND
from lab.runtime.deploy import remove
from lab.runtime.docker.containers import Containers
from lab.runtime.docker.engine import ready_engine
from lab.runtime.home import Home
from lab.runtime.lab import RunningLab


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A deployed lab in which all flows work, and how many seconds it took until they worked."""

    lab: RunningLab
    up_seconds: float


@contextmanager
def bench_lab(deployable: Deployable, say: Say) -> Iterator[Stay]:
    """Deploy a lab, and remove it when the block ends.

    Raises LabBusyError if the lab runs already, because the deployment is measured, too.
    """
    name = deployable.plan.lab
    containers = Containers(ready_engine(say))
    with Home(name).held("bench"):
        if containers.of_lab(name):
            raise LabBusyError(f"lab {name} runs already, but bench must deploy it itself ({COMMAND} lab-down -t {name} first)")
        try:
            raised = raise_lab(deployable, say)
            try:
                good_at = wait_until_good(raised.lab, GOOD_WITHIN_SECONDS)
                yield Stay(lab=raised.lab, up_seconds=raised.up_seconds(good_at) or 0.0)
            finally:
                raised.lab.close()
        finally:
            remove(containers, name)
