"""The containers of labs. Everything that must be known of a running lab is in their labels."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import docker
from docker.errors import NotFound
from docker.types import LogConfig, Ulimit

from lab.model.script import Script, ScriptEnd
from lab.runtime.docker.border import translated
from lab.runtime.docker.monitors import MonitorContainers
from lab.runtime.docker.scripts import RunningScript
from lab.runtime.docker.single import container_name, remove_container
from lab.runtime.docker.terminal import run_attached

_LABEL = "failover-lab"
_CAPABILITIES = ["NET_ADMIN", "NET_RAW", "NET_BIND_SERVICE", "SYS_ADMIN", "SETUID", "SETGID", "CHOWN"]
"""Only the rights that FRR and charon need. No container is privileged."""

_PIDS, _PIDS_A_CHARON = 256, 32
_MEMORY, _MEMORY_A_CHARON = 512 * 2**20, 16 * 2**20
"""Limits of a node, so that one node cannot starve the others and the host. A router has 16 threads and 30 MB, a charon 17 and 6 MB."""

_LARGEST_FILE = 64 * 2**20
"""The routers of a workshop may write their configuration into a folder of the host. No single file there can become large."""

_ROOM = "size=32m,mode="
_WRITABLE = {
    "/tmp": f"{_ROOM}1777,exec",  # noqa: S108 - this is a node's folder. Scripts of automations run in it
    "/root": f"{_ROOM}700,exec",
    "/run": f"{_ROOM}755",
    "/run/frr": f"{_ROOM}1777",
    "/var/lib/frr": f"{_ROOM}1777",
    "/var/log": f"{_ROOM}1777",
    "/var/tmp": f"{_ROOM}1777",  # noqa: S108 - as above
}
"""The folders of a node in which one may write. They are in memory and small, so nobody fills the host's disk. All else is read-only."""

_SYSCTLS = {
    "net.ipv4.ip_forward": "1",
    # a VGW may return traffic through another tunnel, so no node may use reverse path filters
    "net.ipv4.conf.all.rp_filter": "0",
    "net.ipv4.conf.default.rp_filter": "0",
    # the kernel ignores a route whose interface has no carrier
    "net.ipv4.conf.all.ignore_routes_with_linkdown": "1",
    "net.ipv4.conf.default.ignore_routes_with_linkdown": "1",
    "net.ipv4.fib_multipath_hash_policy": "1",
    "net.ipv4.icmp_ratelimit": "0",
}
_WITHOUT_IPV6 = {f"net.ipv6.conf.{which}.disable_ipv6": "1" for which in ("all", "default")}
_WITH_IPV6 = {
    f"net.ipv6.conf.{which}.{key}": value
    for which in ("all", "default")
    for key, value in {
        "disable_ipv6": "0",
        "forwarding": "1",
        # addresses are planned, so nobody needs to look for duplicates, or to wait for a router's advertisement
        "accept_dad": "0",
        "accept_ra": "0",
        # without this, an interface that goes down loses its address
        "keep_addr_on_down": "1",
        "ignore_routes_with_linkdown": "1",
    }.items()
} | {"net.ipv6.fib_multipath_hash_policy": "1", "net.ipv6.icmp.ratelimit": "0"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LabTag:
    """A container's labels: name and file of its lab, the fingerprint of the plan, and the options of the deployment."""

    lab: str
    topology: str
    fingerprint: str
    timers: str
    ipsec: str
    circuits: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """The container of a node.

    `pid` is 0 if the container does not run. `state` is Docker's word for its state: running, paused, exited.
    """

    node: str
    tag: LabTag
    id: str
    pid: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The folder on the host that a node has as /lab, and whether the node may write there. `charons`: how many charons the node runs."""

    folder: Path
    are_writable: bool
    charons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the nodes of a lab have in common: the addresses of hosts by name, and whether their kernels speak IPv6."""

    hosts: Mapping[str, str]
    has_ipv6: bool = False


class Containers:
    """Sends to Docker the requests that a lab needs. Every method raises HostError if Docker refuses."""

    def __init__(self, client: docker.DockerClient) -> None:
        self.monitors = MonitorContainers(client)
        self._client = client
        self._api = client.api

    def start(self, node: str, image: str, files: Files, tag: LabTag, lab: Surroundings) -> Container:
        """Create and start the container of a node: few rights, no Docker network, its files in /lab, /dev/net/tun, and names of hosts."""
        with translated(f"docker: node {node}"):
            host_config = self._api.create_host_config(
                network_mode="none",
                extra_hosts=dict(lab.hosts),
                binds={str(files.folder): {"bind": "/lab", "mode": "rw" if files.are_writable else "ro"}},
                devices=["/dev/net/tun:/dev/net/tun:rw"],
                cap_drop=["ALL"],
                cap_add=_CAPABILITIES,
                security_opt=["no-new-privileges"],
                sysctls=_SYSCTLS | (_WITH_IPV6 if lab.has_ipv6 else _WITHOUT_IPV6),
                log_config=LogConfig(type="none"),
                read_only=True,
                ulimits=[Ulimit(name="fsize", soft=_LARGEST_FILE, hard=_LARGEST_FILE)],
                tmpfs=_WRITABLE,
                pids_limit=_PIDS + _PIDS_A_CHARON * files.charons,
                mem_limit=(memory := _MEMORY + _MEMORY_A_CHARON * files.charons),
                memswap_limit=memory,
            )
            labels = {f"{_LABEL}.{key}": str(getattr(tag, key)) for key in LabTag.__dataclass_fields__} | {f"{_LABEL}.node": node}
            name = container_name(tag.lab, node)
            created = self._api.create_container(image, name=name, hostname=node, host_config=host_config, labels=labels)
            self._api.start(created["Id"])
            state = self._api.inspect_container(created["Id"])["State"]
            return Container(node=node, tag=tag, id=created["Id"], pid=state["Pid"], state=state["Status"])

    def of_lab(self, lab: str | None = None) -> tuple[Container, ...]:
        """The containers of one lab, or of all labs on this host, in any state."""
        wanted = f"{_LABEL}.lab={lab}" if lab else f"{_LABEL}.lab"
        found = []
        with translated("docker: the lab's containers"):
            for summary in self._api.containers(all=True, filters={"label": wanted}):
                try:
                    details = self._api.inspect_container(summary["Id"])
                except NotFound:
                    continue  # another command has just removed it
                found.append(_container(details))
        return tuple(sorted(found, key=lambda container: (container.tag.lab, container.node)))

    def states(self, lab: str) -> dict[str, str]:
        """Docker's state of each node of a lab, in one request."""
        with translated("docker: the lab's containers"):
            summaries = self._api.containers(all=True, filters={"label": f"{_LABEL}.lab={lab}"})
        return {summary["Labels"][f"{_LABEL}.node"]: summary["State"] for summary in summaries}

    def remove(self, container_id: str) -> None:
        """Kill and remove a container. Return when it is gone. Does nothing if it is gone or is being removed by another command."""
        with translated("docker: a container"):
            remove_container(self._api, container_id)

    def is_paused(self, container: Container) -> bool:
        """Whether all processes of a node are frozen."""
        with translated(container.node):
            return bool(self._api.inspect_container(container.id)["State"]["Paused"])

    def pause(self, container: Container) -> None:
        """Freeze all processes of a node. Its kernel still forwards. Raises NodeError if it is already frozen."""
        with translated(container.node):
            self._api.pause(container.id)

    def unpause(self, container: Container) -> None:
        """Let a frozen node run again. Does nothing if it is not frozen."""
        if self.is_paused(container):
            with translated(container.node):
                self._api.unpause(container.id)

    def run(self, container: Container, command: list[str]) -> tuple[int, str]:
        """Run a command in a node. Return its exit code and its output (standard output and standard error).

        Raises NodeError if the node is frozen.
        """
        with translated(container.node):
            job = self._api.exec_create(container.id, command)["Id"]
            output = self._api.exec_start(job)
            return self._api.exec_inspect(job)["ExitCode"], output.decode(errors="replace")

    def run_script(self, container: Container, script: Script) -> Callable[[], ScriptEnd | None]:
        """Start a script in a node. Return a function that says how it ended: None while it runs. Raises NodeError if it is frozen."""
        return RunningScript(self._client, container.node, container.id, script).ended

    def attach(self, container: Container, command: list[str]) -> int:
        """Run a command in a node with our terminal or streams. Return its exit code. Raises NodeError if the node is frozen."""
        return run_attached(self._client, container.node, container.id, command)


def _container(details: dict[str, dict[str, dict[str, str]]]) -> Container:
    labels = details["Config"]["Labels"]
    fields = {key: labels.get(f"{_LABEL}.{key}", "") for key in LabTag.__dataclass_fields__}
    state = details["State"]
    return Container(
        node=labels.get(f"{_LABEL}.node", ""),
        tag=LabTag(**fields),
        id=str(details["Id"]),
        pid=int(str(state["Pid"])),
        state=str(state["Status"]),
    )
