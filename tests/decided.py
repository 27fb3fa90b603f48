"""What FRR's routers decided in real labs, recorded for tests of the prediction.

`sudo python -m tests.decided [TOPOLOGY…]` records it anew (about a minute a topology): as drawn, and while some sets of components have
failed. The files are in tests/golden/decisions.
"""

import json
import random
import sys
import time
from collections.abc import Collection, Iterable, Mapping
from contextlib import ExitStack
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

from lab.api.labs import UpOptions, bring_down, bring_up
from lab.api.running import opened
from lab.faults import inject
from lab.model.check import Step
from lab.model.prediction import Component, Foreseen
from lab.predict import Predictor
from lab.predict.network import Network
from lab.predict.sweep import sweep_check
from lab.runtime.frr.vty import ask
from lab.runtime.lab import RunningLab
from lab.runtime.readiness import wait_until_up
from tests.shipped import TOPOLOGIES
from tests.waiting import wait_for

FOLDER = Path(__file__).parent / "golden" / "decisions"
OWN = "own"
"""In place of a neighbor's address: the router originates the route itself."""

_SEED, _SINGLES, _PAIRS = 7, 4, 3
_QUIET_SECONDS, _PATIENCE_SECONDS = 2.0, 120.0
"""The routers have decided when a sweep would undo the faults, and nothing changed for a while."""

Decided = dict[str, dict[str, dict[str, list[str]]]]
"""For each router and prefix: `routes` in the words of `route_words`, and `best`, the neighbors among which it shares traffic."""


def route_words(neighbor: str, path: str, preference: int, med: int) -> str:
    """One route that a router has: its neighbor's address and its attributes."""
    return f"{neighbor} path {path or 'empty'}, preference {preference}, MED {med}"


def decided(lab: RunningLab, prefixes: Iterable[str], dead: Collection[str]) -> Decided:
    """The routes of each router that is not dead to some prefixes, and its choice among them."""
    wanted = set(prefixes)
    found: Decided = {}
    for node in lab.plan.nodes:
        if node.router and node.name not in dead:
            answer = ask(lab.pid(node.name), "bgpd", "show bgp ipv4 unicast json")
            routes = answer.get("routes")
            assert isinstance(routes, dict)
            found[node.name] = {prefix: _choice(routes[prefix]) for prefix in sorted(wanted & routes.keys())}
    return found


def _choice(paths: Iterable[Mapping[str, object]]) -> dict[str, list[str]]:
    valid = [path for path in paths if path.get("valid")]
    words = [
        route_words(_neighbor(each), str(each["path"]), _number(each.get("locPrf"), 100), _number(each.get("metric"), 0)) for each in valid
    ]
    best = [_neighbor(each) for each in valid if each.get("bestpath") or each.get("multipath")]
    return {"routes": sorted(words), "best": sorted(best)}


def _neighbor(path: Mapping[str, object]) -> str:
    return OWN if path["peerId"] == "(unspec)" else str(path["peerId"])


def _number(value: object, default: int) -> int:
    return value if isinstance(value, int) else default


def _record(name: str) -> None:
    lab_name = f"decided-{name}"
    source = Path(__file__).parents[1] / "topologies" / f"{name}.yaml"
    with TemporaryDirectory() as folder:
        copy = Path(folder) / f"{lab_name}.yaml"  # a lab of its own beside the user's
        copy.write_text(source.read_text().replace(f"name: {name}\n", f"name: {lab_name}\n"))
        bring_up(str(copy), UpOptions(), print)
    try:
        with opened(lab_name) as lab:
            predictor = Predictor(lab.plan)
            prefixes = [str(prefix) for prefix in Network(lab.plan).prefixes]
            states = [_state(lab, prefixes, failed, predictor) for failed in ((), *_sets(predictor.components))]
    finally:
        bring_down(lab_name, print, every=False)
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.json").write_text(_as_lines(states))


def _as_lines(states: Iterable[dict[str, object]]) -> str:
    """JSON with a line for each state, so that a change is seen in a diff."""
    return '{"states": [\n' + ",\n".join(json.dumps(state) for state in states) + "\n]}\n"


def _sets(components: tuple[Component, ...]) -> list[tuple[Component, ...]]:
    choice = random.Random(_SEED)  # noqa: S311 - no secret: a recording must be repeatable
    singles = [(each,) for each in choice.sample(components, _SINGLES)]
    return [*singles, *choice.sample(list(combinations(components, 2)), _PAIRS)]


def _state(lab: RunningLab, prefixes: list[str], failed: tuple[Component, ...], predictor: Predictor) -> dict[str, object]:
    wait_until_up(lab, _PATIENCE_SECONDS)
    steps: tuple[Step, ...] = ()
    if failed:
        steps = sweep_check(lab.plan, failed, Foreseen(before=predictor.of(()), during=predictor.of(failed))).steps
    with ExitStack() as undo:
        for step in steps:
            undo.enter_context(inject(step.fault, lab))
        at_least = max((step.duration for step in steps), default=0.0)
        routers = _settled(lab, prefixes, {node for each in failed for node in each.nodes}, at_least)
    return {"failed": [each.name for each in failed], "routers": routers}


def _settled(lab: RunningLab, prefixes: list[str], dead: Collection[str], at_least: float) -> Decided:
    begin = time.monotonic()
    seen = [(begin, decided(lab, prefixes, dead))]

    def quiet() -> bool:
        looked, now = time.monotonic(), decided(lab, prefixes, dead)
        if now != seen[-1][1]:
            seen.append((looked, now))
        return looked > max(begin + at_least, seen[-1][0] + _QUIET_SECONDS)

    wait_for(quiet, "routers that decide no more", at_least + _PATIENCE_SECONDS)
    return seen[-1][1]


if __name__ == "__main__":
    for word in sys.argv[1:] or TOPOLOGIES:
        _record(word)
