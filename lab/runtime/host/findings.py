"""Judge the facts about this host: what a missing thing means for a lab, and how to get it."""

from collections.abc import Iterator

from lab.model.status import NO_LAB, Finding
from lab.program import COMMAND, as_root, shipped
from lab.runtime.docker.base import BASE
from lab.runtime.host.apt import FORBID
from lab.runtime.host.kernel import Feature, FeatureSight, kernel_with
from lab.runtime.host.prerequisites import CGROUP_WAY_OUT, TUN_WAY_OUT
from lab.runtime.host.sight import EngineSight, HostSight

_MEMORY_MIB = 1024  # the largest shipped lab has about 30 nodes of 20 to 33 MiB
_DISK_MIB = 2048  # base image, node image, and the files to make them
_SELF_MADE = "graph, schema and lab-report work without it"

_CONSEQUENCES = {
    Feature.NETNS: NO_LAB,
    Feature.VETH: NO_LAB,
    Feature.BRIDGE: "providers that share a segment cannot be built",
    Feature.DROP: "silent-loss, partial-loss, mtu-drop and node-kill cannot be injected",
    Feature.TCP_MD5: "BGP sessions cannot have a password",
    Feature.TBF: "rate-limit cannot be injected: checks with it end in error",
    Feature.NETEM: "delay cannot be injected: checks with it end in error",
    Feature.IPSEC: "--ipsec kernel is not possible; the default, userspace, does not need it",
    Feature.VLAN: "virtual interfaces cannot be tagged with their VLAN",
    Feature.VRF: "nodes cannot keep routing tables apart by VRF",
    Feature.STATE: "a site cannot have stateful: true",
    Feature.NAT: "a site cannot have nat",
}


def findings(sight: HostSight) -> tuple[Finding, ...]:
    """The findings for these facts, the most important ones first."""
    return (*_person(sight), *_docker(sight), *_devices(sight), *map(_feature, sight.features), *_resources(sight))


def _person(sight: HostSight) -> Iterator[Finding]:
    yield Finding(
        name="root", ok=sight.euid == 0, found=f"user {sight.euid}", consequence=f"{NO_LAB}; {_SELF_MADE}", way_out=f"{as_root()} ..."
    )
    yield Finding(name="Python", ok=True, found=sight.python, consequence="", way_out="")
    yield Finding(name="shipped files", ok=True, found=f"topologies, checks and CI files in {shipped()}", consequence="", way_out="")
    yield Finding(
        name="apt-get",
        ok=sight.install_refusal is None,
        found=sight.install_refusal or "usable",
        consequence="missing packages are not installed for you",
        way_out=f"install docker.io yourself (and debootstrap, if no registry is reachable), or run as root without {FORBID}",
    )


def _docker(sight: HostSight) -> Iterator[Finding]:
    engine = sight.engine
    usable, found = _engine(engine, sight.install_refusal)
    yield Finding(
        name="Docker",
        ok=usable,
        found=found,
        consequence=f"{NO_LAB}; {_SELF_MADE}",
        way_out=f"fix that, then run {COMMAND} doctor again" if engine.trouble else "sudo apt-get install docker.io",
    )
    yield from _images(sight)
    yield Finding(
        name="other labs",
        ok=not engine.labs,
        found=", ".join(engine.labs) or "none",
        consequence="they take processor time, so measured outages may be too long",
        way_out=f"{COMMAND} lab-list, then {COMMAND} lab-down -t NAME for each unused lab",
    )


def _engine(engine: EngineSight, install_refusal: str | None) -> tuple[bool, str]:
    """Whether lab-up will have an engine, and the present state in words."""
    if engine.trouble is not None:
        return False, engine.trouble
    if engine.version is not None:
        return True, f"engine {engine.version} answers"
    if engine.program is not None:
        return True, f"{engine.program} does not run yet: lab-up starts it"
    if install_refusal is None:
        return True, "no engine: lab-up installs docker.io"
    return False, "no engine (dockerd); a docker command is only a client"


def _images(sight: HostSight) -> Iterator[Finding]:
    node, base = sight.engine.node, sight.engine.base
    yield Finding(
        name="node image",
        ok=True,
        found=f"{node.tag} ({node.what})" if node else "not there yet: lab-up builds it (about a minute)",
        consequence="",
        way_out="",
    )
    can_make = sight.debootstrap or sight.install_refusal is None
    yield Finding(
        name="base image",
        ok=bool(node or base) or can_make,
        found=f"{base.tag} {base.what}"
        if base
        else f"not there yet: {BASE} is pulled" + (", or made with debootstrap" if can_make else ""),
        consequence="without a registry the node image cannot be built",
        way_out="sudo apt-get install debootstrap debian-archive-keyring",
    )


def _devices(sight: HostSight) -> Iterator[Finding]:
    yield Finding(
        name="TUN",
        ok=sight.tun,
        found="/dev/net/tun" if sight.tun else "no /dev/net/tun",
        consequence=f"{NO_LAB}: IPsec in user space needs it",
        way_out=TUN_WAY_OUT,
    )
    yield Finding(
        name="cgroup", ok=sight.cgroup, found="mounted" if sight.cgroup else "not mounted", consequence=NO_LAB, way_out=CGROUP_WAY_OUT
    )


def _feature(sight: FeatureSight) -> Finding:
    return Finding(
        name=sight.feature.value,
        ok=sight.here is True,
        found=sight.found,
        consequence=_CONSEQUENCES[sight.feature],
        way_out=f"{as_root()} doctor; in a container: start it with --privileged" if sight.here is None else kernel_with(sight.feature),
    )


def _resources(sight: HostSight) -> Iterator[Finding]:
    yield Finding(
        name="processors",
        ok=sight.cpus >= 2,
        found=str(sight.cpus),
        consequence="probes and routers wait for each other, so measured outages are too long",
        way_out="give this host two processors or more",
    )
    yield Finding(
        name="memory",
        ok=sight.memory_mib >= _MEMORY_MIB,
        found=f"{sight.memory_mib} MiB available",
        consequence="large labs may be killed by the kernel",
        way_out=f"free memory: {_MEMORY_MIB} MiB are enough for every shipped lab",
    )
    yield Finding(
        name="disk",
        ok=sight.disk_mib >= _DISK_MIB or sight.engine.node is not None,
        found=f"{sight.disk_mib} MiB free below {sight.engine.data}",
        consequence="the node image cannot be built",
        way_out=f"free disk space: {_DISK_MIB} MiB are enough (docker system df shows what Docker uses)",
    )
