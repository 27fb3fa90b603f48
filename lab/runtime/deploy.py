"""Deploy a plan: start containers, cables and daemons, each as early as possible. Also remove a lab."""

import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from lab.errors import NodeError
from lab.model.plan import CUSTOMER_ROLES, Link, Node, Plan, Role
from lab.model.progress import Preparing, Say, unheard
from lab.model.tunnel import Tunnel
from lab.runtime.docker.containers import Container, Containers, Files, LabTag, Surroundings
from lab.runtime.home import Home
from lab.runtime.host.kernel import Feature
from lab.runtime.ipsec import ike
from lab.runtime.lab import RunningLab

_WORKERS = 4
_RELEASE_SECONDS = 20.0
_POLL_SECONDS = 0.02
_ORDER = (
    Role.INTERNET,
    Role.NAT,
    Role.CARRIER,
    Role.WAN,
    Role.HOST,
    Role.VPC_HOST,
    Role.GATEWAY,
    Role.TRANSIT_GATEWAY,
    Role.VPC_ROUTER,
    Role.DX_DEVICE,
    Role.VPN_ENDPOINT,
    Role.CORE,
    Role.EDGE,
    Role.CUSTOMER_GATEWAY,
)
"""The order in which containers start. A node's daemons start when its neighbors exist.

So nodes without daemons come first, then the many endpoints, then the few routers of the sites: daemons already form sessions while the
last containers start.
"""


@dataclass(slots=True)
class _Progress:
    """A lab while it is being deployed: the parts that already run."""

    lab: RunningLab
    home: Home
    running: dict[str, Container]
    say: Say
    wired: set[str] = field(default_factory=set)
    released: set[str] = field(default_factory=set)
    configured: set[str] = field(default_factory=set)
    initiated: set[str] = field(default_factory=set)


def deploy(plan: Plan, image: str, containers: Containers, tag: LabTag, say: Say = unheard) -> RunningLab:
    """Start every container, cable and daemon of the plan, and initiate every tunnel. Does not wait until sessions and tunnels are up.

    `say` shows how many parts run. Raises HostError if Docker refuses, and NodeError if a node does not start. After an error `remove` must
    remove the parts that run.
    """
    _require_features(plan)
    home = Home(plan.lab)
    home.mark_partial(len(plan.nodes))
    home.keep_plan(plan)
    files = {node.name: _written(home, node, may_edit=plan.is_editable) for node in plan.nodes}
    for tunnel in plan.tunnels:
        home.write_secret((tunnel.customer.node, tunnel.aws.node), tunnel.name)
    for tunnel in plan.never_up:  # each end gets a key of its own
        for end in tunnel.ends:
            home.write_secret((end.node,), tunnel.name)
    running: dict[str, Container] = {}
    lab = RunningLab(plan, containers, running)
    surroundings = Surroundings(hosts=hosts_of(plan), has_ipv6=plan.has_ipv6)
    order = sorted(plan.nodes, key=lambda node: _ORDER.index(node.role))
    try:
        with ThreadPoolExecutor(_WORKERS) as pool:
            pending = {pool.submit(containers.start, node.name, image, files[node.name], tag, surroundings) for node in order}
            _bring_up(_Progress(lab=lab, home=home, running=running, say=say), pending)
    except BaseException:
        lab.close()  # the caller does not get the lab
        raise
    home.mark_whole()
    return lab


def _written(home: Home, node: Node, *, may_edit: bool) -> Files:
    """Write the files of a node. `may_edit`: in a router of the customer, a person may write the configuration."""
    are_writable = may_edit and node.role in CUSTOMER_ROLES
    charons = sum(daemon.startswith("charon:") for daemon in node.daemons)
    return Files(folder=home.write_node(node, are_writable=are_writable), are_writable=are_writable, charons=charons)


def _require_features(plan: Plan) -> None:
    """Raise HostError if nodes of the plan are firewalls that keep state, or NAT boxes, and this kernel cannot do that."""
    firewalls = any(node.is_stateful for node in plan.nodes)
    boxes = any(node.role is Role.NAT for node in plan.nodes)
    for feature in (*([Feature.STATE] if firewalls else ()), *([Feature.NAT] if boxes else ())):
        from lab.runtime.netns.trial import require_feature  # noqa: PLC0415 - it loads slowly

        require_feature(feature)


def _bring_up(progress: _Progress, pending: set[Future[Container]]) -> None:
    """Each time a container has started, start what is now possible. After the last container, start everything else."""
    try:
        while pending:
            pending = _take_finished(pending, progress)
            _advance(progress)
    except BaseException:
        for future in pending:
            future.cancel()
        raise
    _finish(progress)


def hosts_of(plan: Plan) -> dict[str, str]:
    """The addresses of all hosts by name, for the nodes' /etc/hosts."""
    hosts = (node for node in plan.nodes if node.role in {Role.HOST, Role.VPC_HOST})
    return {node.name: str(each.address.ip) for node in hosts for each in node.interfaces[:1] if each.address}


def remove(containers: Containers, lab: str) -> int:
    """Remove everything of a lab: containers (with their namespaces and cables), its monitor, and files. Works also if only parts exist.

    Return the number of nodes that were removed.
    """
    containers.monitors.remove(lab)
    nodes, home = containers.of_lab(lab), Home(lab)
    if nodes:
        home.mark_partial(len(nodes))
    with ThreadPoolExecutor(_WORKERS) as pool:
        list(pool.map(containers.remove, [node.id for node in nodes]))
    home.clear()
    return len(nodes)


def _take_finished(pending: set[Future[Container]], progress: _Progress) -> set[Future[Container]]:
    finished, unfinished = wait(pending, timeout=_POLL_SECONDS, return_when=FIRST_COMPLETED)
    for future in finished:
        container = future.result()
        progress.running[container.node] = container
    if finished:
        progress.say(Preparing(what="nodes started", done=len(progress.running), of=len(progress.lab.plan.nodes)))
    return unfinished


def _advance(progress: _Progress) -> None:
    """Start everything for which all requirements are now met."""
    plan = progress.lab.plan
    for number, link in enumerate(plan.links):
        if link.name not in progress.wired and link.a.node in progress.running and link.b.node in progress.running:
            _wire(progress.lab, number, link)
            progress.wired.add(link.name)
    for node in plan.nodes:
        if node.name in progress.running and node.name not in progress.released and _is_wired(progress, node):
            if node.name not in progress.configured:
                progress.lab.network(node.name).configure(node)
                progress.configured.add(node.name)
            if progress.home.release_node(node.name):
                progress.released.add(node.name)
    _initiate(progress)


def _finish(progress: _Progress) -> None:
    deadline = time.monotonic() + _RELEASE_SECONDS
    plan = progress.lab.plan
    while len(progress.released) < len(plan.nodes) or len(progress.initiated) < len(_tunnels(plan)):
        if time.monotonic() > deadline:
            raise NodeError(_lateness(progress))
        time.sleep(_POLL_SECONDS)
        _advance(progress)


def _lateness(progress: _Progress) -> str:
    """A message that says which nodes have not started, and whether their containers have ended."""
    dead = [node for node, state in progress.lab.container_states().items() if state != "running"]
    if dead:
        return f"the containers of these nodes ended during their start, because a daemon does not start: {', '.join(dead)}"
    late = {node.name for node in progress.lab.plan.nodes} - progress.released
    late = late or {tunnel.name for tunnel in _tunnels(progress.lab.plan)} - progress.initiated
    return f"after {_RELEASE_SECONDS:.0f} s these have not started: {', '.join(sorted(late))} (is this host overloaded?)"


def _wire(lab: RunningLab, number: int, link: Link) -> None:
    ends = [
        next(interface for interface in lab.plan.node(end.node).interfaces if interface.name == end.interface) for end in (link.a, link.b)
    ]
    lab.network(link.a.node).plug(number, ends[0], ends[1], lab.pid(link.b.node))


def _is_wired(progress: _Progress, node: Node) -> bool:
    return all(link.name in progress.wired for link in progress.lab.plan.links if node.name in {link.a.node, link.b.node})


def _initiate(progress: _Progress) -> None:
    """Initiate each tunnel when both ends listen and the path between them works. A lost first message would cost ten seconds, the time
    until AWS sends it again.
    """
    if len(progress.configured) < len(progress.lab.plan.nodes):
        return
    for tunnel in _tunnels(progress.lab.plan):
        ends = (tunnel.customer.node, tunnel.aws.node)
        if tunnel.name in progress.initiated or not progress.released.issuperset(ends):
            continue
        if all(ike.is_loaded(progress.lab.pid(node), tunnel.name) for node in ends):
            ike.initiate(progress.lab.pid(tunnel.starter.node), tunnel.name)
            progress.initiated.add(tunnel.name)
            progress.say(Preparing(what="tunnels initiated", done=len(progress.initiated), of=len(_tunnels(progress.lab.plan))))


def _tunnels(plan: Plan) -> tuple[Tunnel, ...]:
    """All tunnels that somebody tries to start."""
    return (*plan.tunnels, *plan.never_up)
