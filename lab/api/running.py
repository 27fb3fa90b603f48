"""Labs that run: found by what they left on this host, opened by compiling again what they were deployed from."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path

from lab.api.files import Deployable, known_topologies, read_plan, shortest, topology_path
from lab.errors import InputError, LabBusyError, NotRunningError, Problem
from lab.intent import read_topology
from lab.model.plan import Circuits, Ipsec, Timers
from lab.model.status import LabListing
from lab.program import COMMAND
from lab.runtime.docker.containers import Container, Containers, LabTag
from lab.runtime.docker.engine import running_engine
from lab.runtime.home import Home
from lab.runtime.lab import RunningLab

Say = Callable[[str], None]
"""Tells a person a line of progress."""


def labs() -> tuple[LabListing, ...]:
    """Every lab that has left anything on this host. HostError without root."""
    client = running_engine()
    nodes: dict[str, list[Container]] = {name: [] for name in Home.known()}
    for container in Containers(client).of_lab() if client else ():
        nodes.setdefault(container.tag.lab, []).append(container)
    return tuple(listing_of(Home(lab), containers) for lab, containers in sorted(nodes.items()))


@contextmanager
def opened(lab: str | None) -> Iterator[RunningLab]:
    """A running lab by its name, or the only one there is; its plan is compiled again from the file it was deployed from."""
    present = labs()
    name = only([listing.lab for listing in present]) if lab is None else lab_named(lab, present)
    client = running_engine()
    nodes = Containers(client).of_lab(name) if client else ()
    if not nodes or client is None:
        raise NotRunningError(f"lab {name}: has left files but no containers ({COMMAND} lab-down clears them)")
    require_whole(listing_of(Home(name), nodes))
    tag = nodes[0].tag
    deployable = read_plan(tag.topology, Timers(tag.timers), Ipsec(tag.ipsec), Circuits(tag.circuits or Circuits.CABLES))
    if tag_of(deployable).fingerprint != tag.fingerprint:
        raise InputError([Problem(place=tag.topology, message=f"has changed since {name} was deployed ({COMMAND} lab-down, then lab-up)")])
    running = RunningLab(deployable.plan, Containers(client), {container.node: container for container in nodes})
    try:
        yield running
    finally:
        running.close()


def only(present: list[str]) -> str:
    """The one lab there is. NotRunningError when there is none, or more than one."""
    if not present:
        raise NotRunningError(f"lab: none runs here ({COMMAND} lab-up brings one up)")
    if len(present) > 1:
        raise NotRunningError(f"lab: several run here ({', '.join(present)}); say which with -t")
    return present[0]


def lab_named(word: str, present: Sequence[LabListing]) -> str:
    """The lab a word means: its name, or the file it was deployed from, or the name in that file."""
    named = _known(word, present) or (read_topology(topology_path(word)).name if Path(word).is_file() else word)
    names = [listing.lab for listing in present]
    if named not in names:
        raise NotRunningError(f"{named}: no such lab runs here (running: {', '.join(names) or 'none'})")
    return named


def labs_left(word: str | None, present: Sequence[LabListing]) -> tuple[str, ...]:
    """The lab a word means as `lab_named` has it, or with None the only one; () if it is gone already.

    InputError for a word that means no lab and no topology, NotRunningError for None where there are several.
    """
    if word is None:
        return (only([listing.lab for listing in present]),) if present else ()
    named = _known(word, present)
    if named is None and Path(word).is_file():
        named = read_topology(topology_path(word)).name
    elif named is None and word in known_topologies():
        named = word
    if named is None:
        known = sorted({*(listing.lab for listing in present), *known_topologies()})
        near = "".join(f"did you mean '{name}'?; " for name in get_close_matches(word, known, n=1))
        raise InputError([Problem(place="--topology", message=f"no lab and no topology '{word}' ({near}known: {', '.join(known)})")])
    return tuple(listing.lab for listing in present if listing.lab == named)


def _known(word: str, present: Sequence[LabListing]) -> str | None:
    """The lab there is of that name, or from that file, be it gone; None if there is none."""
    by_file = (listing.lab for listing in present if listing.topology and Path(listing.topology).resolve() == Path(word).resolve())
    return next((listing.lab for listing in present if listing.lab == word), next(by_file, None))


def tag_of(deployable: Deployable) -> LabTag:
    """What the containers of a lab remember: enough to compile its plan again and to know whether it still is the same."""
    plan = deployable.plan
    return LabTag(
        lab=plan.name,
        topology=str(deployable.path.resolve()),
        fingerprint=hashlib.sha256(repr(plan).encode()).hexdigest()[:16],
        timers=plan.timers.value,
        ipsec=plan.ipsec.value,
        circuits=plan.circuits.value,
    )


def listing_of(home: Home, containers: Sequence[Container]) -> LabListing:
    """What there is of a lab on this host."""
    tag = containers[0].tag if containers else LabTag(lab=home.lab, topology="", fingerprint="", timers="", ipsec="", circuits="")
    planned = home.partial()
    return LabListing(
        lab=home.lab,
        topology=str(shortest(Path(tag.topology))) if tag.topology else "",
        timers=tag.timers,
        ipsec=tag.ipsec,
        nodes=max(len(containers), planned or 0),
        running=sum(container.state == "running" for container in containers),
        held_by=home.holder(),
        partial=planned is not None,
    )


def require_whole(listing: LabListing) -> None:
    """LabBusyError for a lab that is just being made or removed, NotRunningError for one that was left so."""
    if listing.partial and listing.held_by:
        raise LabBusyError(f"lab {listing.lab}: is being made or removed by {listing.held_by} (wait for it)")
    if listing.partial:
        there = f"{listing.running} of {listing.nodes} nodes run"
        raise NotRunningError(
            f"lab {listing.lab}: is not whole ({there}), since a command was killed while it made or removed it "
            f"({COMMAND} lab-up makes it anew, {COMMAND} lab-down removes it)"
        )
