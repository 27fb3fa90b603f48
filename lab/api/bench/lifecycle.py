"""Measure how long deploying and removing a lab takes."""

import time
from dataclasses import replace

from lab.api.bench.stage import bench_lab
from lab.api.files import read_plan
from lab.errors import NodeError
from lab.model.figure import Figure
from lab.model.plan import Ipsec, Plan, Timers
from lab.model.progress import Say
from lab.runtime.deploy import deploy, remove
from lab.runtime.docker.containers import Containers, LabTag
from lab.runtime.docker.engine import ready_engine
from lab.runtime.docker.image import ready_image
from lab.runtime.home import Home
from lab.runtime.host.facts import circuits_here

_POLL_SECONDS = 0.02
_PATIENCE_SECONDS = 120.0


def lifecycle(topology: str, repeat: int, say: Say) -> tuple[Figure, ...]:
    """Measure how long `lab-up` takes until every flow works. For comparison, measure how long the same number of bare containers and
    daemons
    take to start.

    The two are measured in turn. The container engine and the image exist before.
    """
    deployable = read_plan(topology, Timers.TUNED, Ipsec.USERSPACE, circuits_here())
    client = ready_engine(say)
    image = ready_image(client, say)
    containers = Containers(client)
    up, bare, down = [], [], []
    for number in range(repeat):
        say(f"lifecycle, round {number + 1} of {repeat}")
        bare.append(_time_bare(deployable.plan, image, containers))
        with bench_lab(deployable, say) as stay:
            up.append(stay.up_seconds)
            begin = time.monotonic()
        down.append(time.monotonic() - begin)
    ratios = tuple(one / other for one, other in zip(up, bare, strict=True))
    return (
        Figure(name="bare containers and daemons", unit="s", readings=tuple(bare)),
        Figure(name="lab-up to all flows good", unit="s", readings=tuple(up)),
        Figure(name="lab-up ÷ bare", unit="×", readings=ratios),
        Figure(name="lab-down", unit="s", readings=tuple(down)),
    )


def _time_bare(plan: Plan, image: str, containers: Containers) -> float:
    """How many seconds it takes until the same daemons run in the same number of containers without cables."""
    nodes = tuple(replace(node, interfaces=(), routes=()) for node in plan.nodes)
    bare = replace(plan, name="bench-bare", nodes=nodes, links=(), tunnels=(), sessions=(), flows=())
    tag = LabTag(lab=bare.name, topology="", fingerprint="bare", timers="", ipsec="", circuits="")
    with Home(bare.name).held("bench"):
        remove(containers, bare.name)
        try:
            begin = time.monotonic()
            lab = deploy(bare, image, containers, tag)
            while not all(lab.answers(node.name, daemon) for node in bare.nodes for daemon in node.daemons):
                if time.monotonic() > begin + _PATIENCE_SECONDS:
                    raise NodeError(
                        f"bench: the daemons of the nodes did not start within {_PATIENCE_SECONDS:.0f} s (remove other labs, and try again)"
                    )
                time.sleep(_POLL_SECONDS)
            seconds = time.monotonic() - begin
            lab.close()
        finally:
            remove(containers, bare.name)
    return seconds
