"""Compile topologies for commands that need no lab."""

from collections.abc import Iterator
from pathlib import Path

from lab.api.files import topology_path
from lab.compiler import outline_topology
from lab.errors import InputError, Problem
from lab.intent import Commented, read_commented
from lab.model.plan import Ipsec, Plan, Timers
from lab.predict.components import components
from lab.spelling import way_out


def read_outline(word: str, timers: Timers) -> Plan:
    """Read and compile a topology, without the files that its nodes would get. For commands that need no lab.

    Raises one InputError that lists every mistake.
    """
    path = topology_path(word)
    written = read_commented(path)
    plan = outline_topology(written.topology, timers=timers, ipsec=Ipsec.USERSPACE)
    unknown = [*unknown_links(path, written, plan)]
    if unknown:
        raise InputError(unknown)
    return plan


def unknown_links(path: Path, written: Commented, plan: Plan) -> Iterator[Problem]:
    """A problem for each link that does not exist although the topology states its availability.

    Only the compiled network shows which links exist.
    """
    links = [each.name for each in components(plan) if "--" in each.name]
    for each in written.topology.stated:
        if "--" in each.name and each.name not in links:
            for key, said in (("availability", each.availability), ("failures_a_year", each.failures_a_year)):
                if said is not None:
                    place = f"{path}:{written.line((key, each.name))}"
                    yield Problem(place=place, message=f"{key}: no link is called {each.name!r} {way_out(each.name, links)}")
