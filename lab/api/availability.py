"""How often each flow of a topology is up. This needs no lab."""

from collections.abc import Sequence

from lab.api.files import all_topologies, topology_path
from lab.api.outlines import unknown_links
from lab.compiler import outline_topology
from lab.errors import InputError, Problem
from lab.intent import Commented, read_commented
from lab.model.availability import Availability
from lab.model.plan import Ipsec, Timers
from lab.predict import Predictor
from lab.predict.availability import availability


def availabilities(words: Sequence[str], timers: Timers) -> tuple[Availability, ...]:
    """The availability of every flow of each named topology. Without names: of all topologies.

    Raises one InputError that lists every mistake.
    """
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
