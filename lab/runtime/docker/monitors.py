"""The container of a lab's monitor. The container is no node. It has no rights and no network, and writes only to memory."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import docker
from docker.errors import NotFound
from docker.types import LogConfig

from lab.runtime.docker.border import translated
from lab.runtime.docker.single import container_name, remove_container

_LABEL = "failover-lab.monitor"
_NAME = "monitor"
_NOBODY = 65534
_MEMORY = 512 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitorContainer:
    """The monitor of a lab. `pid` is 0 if it does not run."""

    lab: str
    id: str
    pid: int


class MonitorContainers:
    """The requests to Docker that monitors need. Every method raises HostError if Docker refuses."""

    def __init__(self, client: docker.DockerClient) -> None:
        self._api = client.api

    def start(self, lab: str, image: str, folder: Path) -> MonitorContainer:
        """Create and start the monitor of a lab. `folder` has its settings. Docker removes the container when it ends."""
        with translated(f"docker: the monitor of lab {lab}"):
            host_config = self._api.create_host_config(
                network_mode="none",
                auto_remove=True,
                binds={str(folder): {"bind": "/monitor", "mode": "ro"}},
                cap_drop=["ALL"],
                security_opt=["no-new-privileges"],
                read_only=True,
                tmpfs={"/data": f"uid={_NOBODY},gid={_NOBODY},mode=0700,size=256m"},
                mem_limit=_MEMORY,
                log_config=LogConfig(type="none"),
            )
            created = self._api.create_container(
                image,
                name=container_name(lab, _NAME),
                hostname=_NAME,
                user=f"{_NOBODY}:{_NOBODY}",
                host_config=host_config,
                labels={_LABEL: lab},
            )
            self._api.start(created["Id"])
            return MonitorContainer(lab=lab, id=created["Id"], pid=self._api.inspect_container(created["Id"])["State"]["Pid"])

    def of_lab(self, lab: str) -> tuple[MonitorContainer, ...]:
        """The monitors of a lab: none or one. A killed command may leave one for a moment."""
        with translated(f"docker: the monitor of lab {lab}"):
            return tuple(self._found(lab))

    def remove(self, lab: str) -> None:
        """Kill and remove the monitor of a lab. Return when it is gone. Does nothing if there is none."""
        for monitor in self.of_lab(lab):
            self.remove_one(monitor)

    def remove_one(self, monitor: MonitorContainer) -> None:
        """Kill and remove this monitor. Return when it is gone. Does nothing if it is gone already."""
        with translated(f"docker: the monitor of lab {monitor.lab}"):
            remove_container(self._api, monitor.id)

    def _found(self, lab: str) -> Iterator[MonitorContainer]:
        for summary in self._api.containers(all=True, filters={"label": f"{_LABEL}={lab}"}):
            with suppress(NotFound):  # it has just ended
                state = self._api.inspect_container(summary["Id"])["State"]
                yield MonitorContainer(lab=lab, id=summary["Id"], pid=int(state["Pid"]))
