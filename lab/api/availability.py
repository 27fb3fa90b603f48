"""How often each flow of a topology is up. This needs no lab."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from lab.api.files import all_topologies, topology_path
from lab.compiler import outline_topology
from lab.errors import InputError, Problem
from lab.intent import Commented, read_commented
from lab.model.availability import Availability
from lab.model.plan import Ipsec, Plan, Timers
from lab.predict import Predictor
from lab.predict.availability import availability
from lab.predict.components import components
from lab.spelling import way_out


def availabilities(words: Sequence[str], timers: Timers) -> tuple[Availability, ...]:
    """The availability of every flow of each topology. No words: all topologies. Raises InputError with every mistake."""
    found: list[tuple[Predictor, Commented]] = []
    problems: list[Problem] = []
    for word in words or all_topologies():
        try:
            path = topology_path(word)
            written = read_commented(path)
        except InputError as error:
            problems += error.problems
            continue
        plan = outline_topology(written.topology, timers=timers, ipsec=Ipsec.USERSPACE)
        problems += unknown_links(path, written, plan)
        found.append((Predictor(plan), written))
    if problems:
        raise InputError(problems)
    return tuple(availability(predictor, written.topology.stated) for predictor, written in found)


def unknown_links(path: Path, written: Commented, plan: Plan) -> Iterator[Problem]:
    """A problem for each link with a stated availability that does not exist. Links are known only in the compiled network."""
    links = [each.name for each in components(plan) if "--" in each.name]
    for each in written.topology.stated:
        if "--" in each.name and each.name not in links:
            for key, said in (("availability", each.availability), ("failures_a_year", each.failures_a_year)):
                if said is not None:
                    place = f"{path}:{written.line((key, each.name))}"
                    yield Problem(place=place, message=f"{key}: no link is called {each.name!r} {way_out(each.name, links)}")
