"""Find running labs by their containers and files on this host. Open a lab with the plan that is in its folder."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from lab.api.paths import Deployable, is_path, shortest
from lab.errors import InputError, LabBusyError, NotRunningError, Problem
from lab.model.plan import Circuits, Ipsec, Plan, Timers
from lab.model.status import LabListing
from lab.program import COMMAND
from lab.runtime.docker.containers import Container, Containers, LabTag
from lab.runtime.docker.engine import running_engine
from lab.runtime.home import Home
from lab.runtime.lab import RunningLab


def labs() -> tuple[LabListing, ...]:
    """Every lab that has containers or files on this host. Raises HostError if the user is not root."""
    client = running_engine()
    return _listings(Containers(client).of_lab() if client else ())


def _listings(every: Sequence[Container]) -> tuple[LabListing, ...]:
    nodes: dict[str, list[Container]] = {name: [] for name in Home.known()}
    for container in every:
        nodes.setdefault(container.tag.lab, []).append(container)
    return tuple(listing_of(Home(lab), containers) for lab, containers in sorted(nodes.items()))


@contextmanager
def opened(lab: str | None) -> Iterator[RunningLab]:
    """Open a running lab by its name, or the only one if `lab` is None. Its plan is the one from which it was deployed."""
    client = running_engine()
    every = Containers(client).of_lab() if client else ()
    present = _listings(every)
    name = only([listing.lab for listing in present]) if lab is None else lab_named(lab, present)
    nodes = {container.node: container for container in every if container.tag.lab == name}
    if not nodes or client is None:
        raise NotRunningError(f"lab {name} has files but no containers ({COMMAND} lab-down removes the files)")
    require_whole(next(listing for listing in present if listing.lab == name))
    running = RunningLab(_plan_of(next(iter(nodes.values())).tag), Containers(client), nodes)
    try:
        yield running
    finally:
        running.close()


def _plan_of(tag: LabTag) -> Plan:
    """The plan that is in the lab's folder. If it cannot be read, the topology is compiled again.

    Raises InputError if the topology's file has changed since the deployment.
    """
    kept = Home(tag.lab).kept_plan(lambda plan: fingerprint(plan) == tag.fingerprint)
    return kept or _compiled(tag)


def _compiled(tag: LabTag) -> Plan:
    from lab.api.files import read_plan  # noqa: PLC0415 - reading and compiling would take half of the time of lab-status

    plan = read_plan(tag.topology, Timers(tag.timers), Ipsec(tag.ipsec), Circuits(tag.circuits or Circuits.CABLES)).plan
    plan = replace(plan, copy=tag.lab.partition("@")[2])
    if fingerprint(plan) != tag.fingerprint:
        message = f"this file has changed since {tag.lab} was deployed ({COMMAND} lab-down, then lab-up)"
        raise InputError([Problem(place=tag.topology, message=message)])
    return plan


def only(present: list[str]) -> str:
    """The name of the only lab. Raises NotRunningError if there is none, or more than one."""
    if not present:
        raise NotRunningError(f"no lab runs here (start one: {COMMAND} lab-up)")
    if len(present) > 1:
        raise NotRunningError(f"several labs run here: {', '.join(present)} (choose one with -t)")
    return present[0]


def lab_named(word: str, present: Sequence[LabListing]) -> str:
    """The lab that a word means. The word is its name, the file from which it was deployed, or a file that contains its name."""
    named = _meant(word, present)
    names = [listing.lab for listing in present]
    if named not in names:
        raise NotRunningError(f"no lab named {named} runs here (running: {', '.join(names) or 'none'})")
    return named


def labs_left(word: str | None, present: Sequence[LabListing]) -> tuple[str, ...]:
    """The lab that a word means (see `lab_named`). For None: the only lab. () if the lab is already gone.

    Raises InputError for a path if there is no such file and no lab was deployed from it. Raises NotRunningError for None if there are
    several labs.
    """
    names = [listing.lab for listing in present]
    if word is None:
        return (only(names),) if present else ()
    named = _meant(word, present)
    if named == word and named not in names and is_path(word):
        message = f"there is no file '{word}', and no lab was deployed from it (running: {', '.join(names) or 'none'})"
        raise InputError([Problem(place="--topology", message=message)])
    return tuple(name for name in names if name == named)


def _meant(word: str, present: Sequence[LabListing]) -> str:
    return _known(word, present) or (_name_in(Path(word)) if Path(word).is_file() else word)


def _name_in(file: Path) -> str:
    from lab.intent import read_topology  # noqa: PLC0415 - most words are names

    return read_topology(file).name


def _known(word: str, present: Sequence[LabListing]) -> str | None:
    """The lab with this name, or the lab that was deployed from this file, even if the file is gone. None if there is no such lab."""
    by_file = (listing.lab for listing in present if listing.topology and Path(listing.topology).resolve() == Path(word).resolve())
    return next((listing.lab for listing in present if listing.lab == word), next(by_file, None))


def tag_of(deployable: Deployable) -> LabTag:
    """The labels that the containers of a lab get.

    From them, one can compile the lab's plan again, and see whether the plan has changed.
    """
    plan = deployable.plan
    return LabTag(
        lab=plan.lab,
        topology=str(deployable.path.resolve()),
        fingerprint=fingerprint(plan),
        timers=plan.timers.value,
        ipsec=plan.ipsec.value,
        circuits=plan.circuits.value,
    )


def fingerprint(plan: Plan) -> str:
    """A short text that shows whether two plans are equal: it is different for different plans."""
    return hashlib.sha256(repr(plan).encode()).hexdigest()[:16]


def listing_of(home: Home, containers: Sequence[Container]) -> LabListing:
    """What `lab-list` shows about a lab on this host."""
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
    """Raise LabBusyError if another command is deploying or removing the lab. Raise NotRunningError if such a command was killed."""
    if listing.partial and listing.held_by:
        raise LabBusyError(f"lab {listing.lab} is being deployed or removed by {listing.held_by} (wait for this command)")
    if listing.partial:
        there = f"{listing.running} of {listing.nodes} nodes run"
        raise NotRunningError(
            f"lab {listing.lab} is incomplete ({there}), because a command was killed while it deployed or removed the lab "
            f"({COMMAND} lab-up deploys it again, {COMMAND} lab-down removes it)"
        )
