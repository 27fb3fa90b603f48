"""The prediction holds the same routes and makes the same choice as FRR did, in every router, as recorded in real labs."""

import json
from collections.abc import Iterator

import pytest

from lab.predict import Predictor
from lab.predict.choice import OWN as ORIGINATED
from lab.predict.network import Network
from lab.predict.tables import Table
from lab.predict.wires import all_damage
from tests.decided import FOLDER, OWN, Decided, route_words
from tests.shipped import TOPOLOGIES, shipped_plan


def _states() -> Iterator[tuple[str, tuple[str, ...], Decided]]:
    for path in sorted(FOLDER.glob("*.json")):
        for state in json.loads(path.read_text())["states"]:
            yield path.stem, tuple(state["failed"]), state["routers"]


STATES = [pytest.param(*state, id=f"{state[0]}-{'+'.join(state[1]) or 'as-drawn'}") for state in _states()]


def test_every_shipped_topology_was_recorded() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(TOPOLOGIES)


@pytest.mark.parametrize(("topology", "failed", "recorded"), STATES)
def test_every_router_has_the_routes_and_the_choice_that_frr_had(topology: str, failed: tuple[str, ...], recorded: Decided) -> None:
    plan = shipped_plan(topology)
    network = Network(plan, prunes=False)
    components = {each.name: each for each in Predictor(plan).components}
    damage = all_damage(network.wires.damage(components[name]) for name in failed)
    tables = network.after(damage).groups
    alive = [node.name for node in plan.nodes if node.router and node.name not in damage.dead]
    assert set(recorded) == set(alive)
    for router in alive:
        predicted = {str(table.prefix): words for table in tables if (words := _choice(network, table, router))["routes"]}
        assert predicted == recorded[router], router


def _choice(network: Network, table: Table, router: str) -> dict[str, list[str]]:
    decision = table.decision(router)
    return {
        "routes": sorted(_words(network, each) for each in decision.candidates),
        "best": sorted(_neighbor(network, each) for each in decision.shared),
    }


def _words(network: Network, number: int) -> str:
    attributes = network.speakers.routes[number].attributes
    return route_words(_neighbor(network, number), " ".join(map(str, attributes.path)), attributes.preference, attributes.med)


def _neighbor(network: Network, number: int) -> str:
    session = network.speakers.routes[number].session
    return OWN if session == ORIGINATED else str(network.speakers.sessions[session].at_receiver.address)
