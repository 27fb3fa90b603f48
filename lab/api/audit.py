"""Audit topologies: find what is wrong with a design, by file and line. Needs no lab."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from lab.api.advice import advised
from lab.api.cycles import no_collector
from lab.api.files import all_topologies, topology_path
from lab.api.outlines import unknown_links
from lab.compiler import outline_topology
from lab.errors import InputError, Problem
from lab.intent import Commented, parse_duration, read_commented
from lab.model.audit import Acceptance, Audit, Code
from lab.model.plan import Ipsec, Plan, Timers
from lab.predict import Predictor
from lab.predict.audit import ALL_RULES, Design, audited, capacities, pairs, placed, resiliency
from lab.predict.availability import MOST_NODES, MOST_STEPS, availability
from lab.spelling import way_out

_MOST_COMPONENTS, _MOST_NODES, _MOST_STEPS = 150, 60_000, 400_000
"""The largest topology, diagrams and steps for which an audit also computes the availability. It takes at most about three seconds."""


def audits(words: Sequence[str], timers: Timers, budget: str, *, advise: bool = False) -> tuple[Audit, ...]:
    """The audit of each named topology. Without names: of all topologies. `budget`: the longest allowed outage, such as 5s.

    `advise`: also say what one addition to the design would save, for each possible addition. Raises one InputError that lists every
    mistake.
    """
    seconds, problems = _budget(budget)
    read: list[tuple[str, Commented, Plan]] = []
    for word in words or all_topologies():
        try:
            read.append(_read(topology_path(word), timers))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError(problems)
    with no_collector():
        return tuple(_audit(file, written, plan, seconds, advise=advise) for file, written, plan in read)


def codes() -> tuple[Code, ...]:
    """Every code that a finding of an audit can have, in order."""
    return tuple(rule.code for rule in ALL_RULES)


def _budget(budget: str) -> tuple[float, list[Problem]]:
    try:
        return parse_duration(budget, place="--budget"), []
    except InputError as error:
        return 0.0, [*error.problems]


def _read(path: Path, timers: Timers) -> tuple[str, Commented, Plan]:
    written = read_commented(path)
    plan = outline_topology(written.topology, timers=timers, ipsec=Ipsec.USERSPACE)
    unknown = [*_unknown_codes(str(path), written.acceptances), *unknown_links(path, written, plan)]
    if unknown:
        raise InputError(unknown)
    return str(path), written, plan


def _audit(file: str, written: Commented, plan: Plan, budget_seconds: float, *, advise: bool) -> Audit:
    design = Design(topology=written.topology, predictor=Predictor(plan), budget_seconds=budget_seconds)
    few = len(design.predictor.components) <= _MOST_COMPONENTS and not design.predictor.keeps_state
    limits = (MOST_NODES, MOST_STEPS) if advise else (_MOST_NODES, _MOST_STEPS)
    flows = availability(design.predictor, written.topology.stated, *limits).flows if few or advise else None
    return Audit(
        topology=plan.name,
        file=file,
        timers=plan.timers,
        budget_seconds=budget_seconds,
        findings=placed(audited(design), written.acceptances, written.line),
        resiliency=resiliency(design),
        pairs=pairs(design),
        capacities=capacities(design),
        availability=flows,
        advised=advised(written.topology, plan.timers, flows) if advise and flows else None,
    )


def _unknown_codes(file: str, acceptances: Sequence[Acceptance]) -> Iterator[Problem]:
    known = [rule.code.code for rule in ALL_RULES]
    for each in acceptances:
        for code in each.codes:
            if code not in known:
                yield Problem(place=f"{file}:{each.line}", message=f"there is no finding code {code} {way_out(code, known)}")
