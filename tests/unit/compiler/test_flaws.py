"""Every flaw of the workshops changes only what it says. On paper it breaks the check that shows it, and the sound network passes it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from lab.analysis.ways import passes_any
from lab.api.files import read_checks, read_plan
from lab.api.paths import Deployable
from lab.compiler.flaws import FLAWS
from lab.model.check import SHORTEST_PROBE, Check, Promise
from lab.model.flaw import Flaw
from lab.model.plan import CUSTOMER_ROLES, Circuits, Ipsec, Plan, Timers
from lab.model.prediction import FlowPrediction
from lab.predict import Predictor
from lab.predict.written import failures

EVERY = pytest.mark.parametrize("flaw", FLAWS.values(), ids=FLAWS)
FOLLOWS = {"no-bfd", "stale-despite-bfd"}
"""Flaws with which AWS's end changes, too: it has BFD and graceful restart where the customer has them."""


@EVERY
def test_it_changes_routers_of_the_customer_and_no_node_cable_or_address(flaw: Flaw) -> None:
    sound, flawed = _sound(flaw.topology).plan, flaw.spoil.change(_sound(flaw.topology).plan)
    changed = [(one, other) for one, other in zip(sound.nodes, flawed.nodes, strict=True) if one != other]
    assert changed
    assert (sound.links, sound.tunnels, sound.flows, sound.targets) == (flawed.links, flawed.tunnels, flawed.flows, flawed.targets)
    for one, other in changed:
        assert replace(one, router=None, files=(), routes=()) == replace(other, router=None, files=(), routes=())
        assert one.role in CUSTOMER_ROLES or flaw.name in FOLLOWS


@EVERY
def test_what_frr_reads_says_the_same_as_the_router(flaw: Flaw) -> None:
    sound, flawed = _sound(flaw.topology).plan, flaw.spoil.change(_sound(flaw.topology).plan)
    for one, other in zip(sound.nodes, flawed.nodes, strict=True):
        assert (one.router == other.router) == (one.files == other.files)


@EVERY
def test_on_paper_it_breaks_its_check_and_the_sound_network_does_not(flaw: Flaw) -> None:
    deployable = _sound(flaw.topology)
    (check,) = read_checks(deployable, flaw.check)
    assert list(_broken(deployable.plan, check)) == []
    assert list(_broken(flaw.spoil.change(deployable.plan), check)) != []


@EVERY
def test_its_solution_is_typed_in_routers_of_the_customer(flaw: Flaw) -> None:
    plan = _sound(flaw.topology).plan
    typed = flaw.spoil.solution(plan)
    assert typed
    assert {plan.node(each.node).role for each in typed} <= CUSTOMER_ROLES


@cache
def _sound(topology: str) -> Deployable:
    return read_plan(topology, Timers.TUNED, Ipsec.USERSPACE, Circuits.CABLES)


def _broken(plan: Plan, check: Check) -> Iterator[str]:
    """The promises of a check that a network is predicted to break."""
    predictor = Predictor(plan).for_packets(check.probe_size or SHORTEST_PROBE)
    states = {"before": predictor.of(()), "during": predictor.of(failures(check))}
    found = {(phase, flow.flow, flow.direction): flow for phase, state in states.items() for flow in state.flows}
    for expectation in check.expectations:
        for direction in expectation.directions:
            before, during = (found[phase, expectation.flow, direction] for phase in ("before", "during"))
            what = f"{expectation.flow} {direction}"
            if expectation.before and not _passes(plan, before, expectation.before):
                yield f"{what} begins on {before.paths}"
            if expectation.after and expectation.after.via and not _passes(plan, before, expectation.after.via):
                yield f"{what} returns to {before.paths}"
            if expectation.during and (reason := _wrong(plan, during, expectation.during)):
                yield f"{what}: {reason}"


def _wrong(plan: Plan, flow: FlowPrediction, promise: Promise) -> str:
    """Why a promise is predicted to be broken. "" if it is not."""
    if promise.reachable != flow.reachable and not (promise.reachable is None and flow.reachable):
        return "cut off"
    if promise.outage_at_most is not None and flow.tolerated and flow.tolerated[0] > promise.outage_at_most:
        return f"out for {flow.outage_seconds}"
    return "" if not promise.via or _passes(plan, flow, promise.via) else f"on {flow.paths}"


def _passes(plan: Plan, flow: FlowPrediction, via: tuple[str, ...]) -> bool:
    """Whether every predicted path passes one of these targets."""
    return bool(flow.paths) and all(passes_any(path, plan, via) for path in flow.paths)
