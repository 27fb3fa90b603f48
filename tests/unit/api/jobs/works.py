"""Work for the tests of jobs."""

from dataclasses import replace
from pathlib import Path

from lab.api.jobs.job import Work
from lab.api.paths import Deployable
from lab.model.check import Expectation, Promise
from tests.shipped import shipped_check, shipped_plan

CHECKS = ("interconnect", "zone")


def work(name: str) -> Work:
    """Two shipped checks on the shipped topology under another name."""
    plan = replace(shipped_plan(), name=name)
    loses_all = (Expectation(flow="flow", during=Promise(reachable=False)),)  # the only flow of FakeProbes
    checks = tuple(replace(shipped_check("active-active-vpn", check), expectations=loses_all) for check in CHECKS)
    return Work(deployable=Deployable(plan=plan, path=Path(f"{name}.yaml")), checks=checks)
