"""Refuse FRR configurations of the user that do not load, before anything starts."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from lab.api.paths import shortest
from lab.errors import InputError, Problem
from lab.model.plan import Plan
from lab.model.progress import Say
from lab.runtime.docker.engine import ready_engine
from lab.runtime.docker.frr_trial import Complaint, complaints
from lab.runtime.docker.image import ready_image

_DAEMONS = ("bgpd", "bfdd")


def require_loadable(plans: Sequence[Plan], say: Say) -> None:
    """Let FRR read every configuration of the user in these plans. Raises one InputError with all that FRR says."""
    with_own = [plan for plan in plans if plan.own]
    problems = [problem for plan in with_own for problem in _problems(plan, say)]
    if problems:
        raise InputError(problems)


def _problems(plan: Plan, say: Say) -> Iterator[Problem]:
    client = ready_engine(say)
    routers = [own.router for own in plan.own]
    files = {node.name: {file.path: file.text for file in node.files} for node in plan.nodes if node.name in routers}
    texts = {(router, daemon): files[router][f"frr/{daemon}.conf"] for router in routers for daemon in _DAEMONS}
    yield from problems_of(plan, complaints(client, ready_image(client, say), texts))


def problems_of(plan: Plan, complained: Sequence[Complaint]) -> Iterator[Problem]:
    """Each complaint with the file and line that it is about."""
    files = {own.router: own.file for own in plan.own}
    for router, line, words in complained:
        file = str(shortest(Path(files[router])))
        message = f"FRR does not load this. It says: {words} (write it as FRR 10.3 has it)"
        yield Problem(place=f"{file}:{line}" if line else file, message=message)


def unpredicted(plans: Sequence[Plan]) -> Iterator[str]:
    """A line for each plan that has no predictions, with the reason."""
    for plan in plans:
        if plan.unforeseen:
            more = f" (and {len(plan.unforeseen) - 1} more)" if len(plan.unforeseen) > 1 else ""
            yield f"{plan.name}: nothing is predicted, because predictions do not know this router: {plan.unforeseen[0]}{more}"
