"""Deploy a lab or use one that runs, and remove it."""

import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from difflib import get_close_matches

from lab.api.files import read_plan
from lab.api.monitor.rules import require_right_rules
from lab.api.monitor.starting import beside
from lab.api.origin import topology_origin
from lab.api.own_configurations import require_loadable
from lab.api.paths import Deployable
from lab.api.running import labs, labs_left, tag_of
from lab.engine.arrival import wait_until_good
from lab.errors import InputError, Problem
from lab.model.plan import Ipsec, Plan, Timers
from lab.model.progress import LabLeft, LabRaised, Say
from lab.model.run import LabFacts
from lab.program import COMMAND
from lab.runtime.capabilities import StateView
from lab.runtime.deploy import deploy, remove
from lab.runtime.docker.containers import Container, Containers, LabTag
from lab.runtime.docker.engine import ready_engine, running_engine
from lab.runtime.docker.image import MONITOR, ready_image
from lab.runtime.home import Home
from lab.runtime.host.facts import circuits_here
from lab.runtime.host.turn import building
from lab.runtime.lab import RunningLab
from lab.spelling import way_out

GOOD_WITHIN_SECONDS = 120.0
"""A deployed lab may take this long until every flow works. It is a long time, because a slow host is not a broken lab."""


_COPY = re.compile(r"[a-z][a-z0-9]{0,15}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """A lab whose nodes run. Its flows may not work yet.

    `deployed`: whether this command deployed the lab (if not, the lab ran before). `begun`: when this command began to do so (monotonic
    seconds).
    """

    lab: RunningLab
    deployed: bool
    begun: float

    def up_seconds(self, good_at: float) -> float | None:
        """Seconds from the start of the lab's deployment until `good_at`. None if the lab ran before."""
        return good_at - self.begun if self.deployed else None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpOptions:
    """How a lab is deployed.

    - `monitor`: with Prometheus and Alertmanager beside it, as long as it runs
    - `act`: the names of the automations that act meanwhile
    - `copy`: a name for this lab, so that several labs of one topology run side by side. "": the lab has the topology's name.
    """

    timers: Timers = Timers.TUNED
    ipsec: Ipsec = Ipsec.USERSPACE
    monitor: bool = False
    act: tuple[str, ...] = ()
    copy: str = ""


def bring_up(topology: str, options: UpOptions, say: Say) -> LabFacts:
    """Deploy a topology's lab, or use the one that runs. Return when every session and flow works. Raises a LabError that says what is
    wrong.

    If a deployed lab has an error, it keeps running, so that the user can look at it. After Ctrl-C, a lab that this command deployed is
    removed. A lab that ran before is never removed.
    """
    require_copy_name(options.copy)
    deployable = named(read_plan(topology, options.timers, options.ipsec, circuits_here()), options.copy)
    if line := topology_origin(deployable):
        say(line)
    monitor = options.monitor or deployable.plan.monitoring is not None
    require_automations(options.act, deployable.plan, monitor=monitor)
    if monitor:
        ready_image(ready_engine(say), say, MONITOR)
        require_right_rules([deployable.plan], say)
    require_loadable([deployable.plan], say)
    home, watching = Home(deployable.plan.lab), beside(deployable.plan, say, options.act, wanted=monitor)
    with home.held("lab-up"), building(say), watching as watcher:
        raised = raise_lab(deployable, say, watcher.begin)
        try:
            with kept_unless_interrupted(
                lambda: _take_away(Containers(ready_engine(say)), deployable.plan.lab, say), deployed=raised.deployed
            ):
                watcher.attach()
                good_at = wait_until_good(raised.lab, GOOD_WITHIN_SECONDS, say)
                watcher.wait()
        finally:
            raised.lab.close()
    return facts(deployable.plan, raised.up_seconds(good_at), None)


def require_copy_name(copy: str) -> None:
    """Raise InputError if this cannot tell a lab from others of its topology."""
    if copy and not _COPY.fullmatch(copy):
        message = f"{copy[:40]!r} is not a name that a lab can have (use up to 16 lower-case letters and digits, a letter first)"
        raise InputError([Problem(place="--as", message=message)])


def named(deployable: Deployable, copy: str) -> Deployable:
    """The same network, for a lab that is called TOPOLOGY@COPY."""
    return replace(deployable, plan=replace(deployable.plan, copy=copy))


def require_automations(act: Sequence[str], plan: Plan, *, monitor: bool) -> None:
    """Raise one InputError if automations are to act without a monitor, and for each that the topology does not have."""
    known = [each.name for each in plan.automations]
    wrong = [f"{plan.name} has no automation named {name!r} {way_out(name, known)}" for name in act if name not in known]
    if act and not monitor:
        wrong.insert(0, "an automation needs an alarm of Prometheus (add --monitor)")
    if wrong:
        raise InputError([Problem(place="--act", message=message) for message in wrong])


def raise_lab(deployable: Deployable, say: Say, begin: Callable[[], None] = lambda: None) -> Raised:
    """Deploy a lab, or use the one that runs and repair it.

    `begin` is called as soon as nothing of an earlier lab is in the way. It starts what starts together with the nodes.
    If the deployment fails, the lab is removed. The caller must hold the lab's lock.
    """
    plan = deployable.plan
    client = ready_engine(say)
    image = ready_image(client, say)
    containers = Containers(client)
    tag = tag_of(deployable)
    there = containers.of_lab(plan.lab)
    found = found_whole(there, Home(plan.lab), plan, tag)
    begun = time.monotonic()
    if found:
        begin()
        return _taken(RunningLab(plan, containers, found), begun, say)
    _say_unwhole(there, plan, say)
    say(f"deploying {plan.lab}: {len(plan.nodes)} nodes, {len(plan.links)} links, {len(plan.tunnels)} tunnels")
    for tunnel in plan.never_up:
        say(f"{tunnel.name} never comes up: its key is wrong, as the topology says")
    say(LabRaised(deployed=True))
    remove(containers, plan.lab)
    begin()
    try:
        return Raised(lab=deploy(plan, image, containers, tag, say), deployed=True, begun=begun)
    except BaseException:
        _take_away(containers, plan.lab, say)
        raise


def _taken(lab: RunningLab, begun: float, say: Say) -> Raised:
    """Repair a lab that ran before, and return it."""
    say(f"{lab.plan.lab} already runs; comparing it with its plan")
    say(LabRaised(deployed=False))
    try:
        put_right(lab, say)
        Home(lab.plan.lab).keep_plan(lab.plan)  # its alarms and automations may be new
    except BaseException:
        lab.close()
        raise
    return Raised(lab=lab, deployed=False, begun=begun)


def _say_unwhole(there: tuple[Container, ...], plan: Plan, say: Say) -> None:
    """Tell the user that an incomplete lab will be removed."""
    if there:
        running = sum(bool(container.pid) for container in there)
        say(f"{plan.lab} is incomplete ({running} of {len(plan.nodes)} nodes run; a command or a node was killed): deploying it again")


@contextmanager
def kept_unless_interrupted(take_away: Callable[[], None], *, deployed: bool) -> Iterator[None]:
    """If the block is interrupted, remove the lab if it was deployed for the block. A lab that ran before is not removed."""
    try:
        yield
    except KeyboardInterrupt:
        if deployed:
            take_away()
        raise


def _take_away(containers: Containers, lab: str, say: Say) -> None:
    remove(containers, lab)
    say(f"{lab}: removed again")
    say(LabLeft(removed=True))


def put_right(lab: StateView, say: Say) -> None:
    """Repair a lab that ran before, and say what was repaired. This also undoes faults of `lab-break`."""
    for difference in lab.heal():
        say(difference.put_right)


def bring_down(topology: str | None, say: Say, *, every: bool) -> tuple[str, ...]:
    """Remove one lab (None: the only one) or all labs completely, even after a crash. Return the names of the removed labs.

    The file of the topology may be gone. Raises InputError if a path has no file. Raises NotRunningError for None if there are several
    labs.
    """
    present = labs()
    names = tuple(listing.lab for listing in present)
    wanted = names if every else labs_left(topology, present)
    if topology and not wanted and (near := get_close_matches(topology, names, n=1)):
        say(f"no lab is called '{topology}'; did you mean '{near[0]}'?")
    for lab in wanted:
        with Home(lab).held("lab-down"):
            client = running_engine() or ready_engine(say)
            remove(Containers(client), lab)
    return wanted


def facts(plan: Plan, up_seconds: float | None, down_seconds: float | None) -> LabFacts:
    """What reports say about a lab."""
    return LabFacts(
        topology=plan.name,
        timers=plan.timers.value,
        ipsec=plan.ipsec.value,
        circuits=plan.circuits.value,
        nodes=len(plan.nodes),
        links=len(plan.links),
        up_seconds=up_seconds,
        down_seconds=down_seconds,
        never_up=tuple(tunnel.name for tunnel in plan.never_up),
    )


def found_whole(containers: tuple[Container, ...], home: Home, plan: Plan, tag: LabTag) -> dict[str, Container]:
    """The containers of a lab that runs completely. {} if there are none, or if some are missing.

    Raises InputError if the lab was deployed from another plan.
    """
    if not containers or home.partial() is not None:
        return {}
    if any(container.tag.fingerprint != tag.fingerprint for container in containers):
        was = containers[0].tag
        message = (
            f"this lab runs already, from another plan ({was.topology}, timers {was.timers}, IPsec {was.ipsec}); "
            f"remove it first: {COMMAND} lab-down -t {plan.lab}"
        )
        raise InputError([Problem(place=f"lab {plan.lab}", message=message)])
    nodes = {container.node: container for container in containers if container.pid}
    return nodes if set(nodes) == {node.name for node in plan.nodes} else {}
