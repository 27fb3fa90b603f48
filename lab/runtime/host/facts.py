"""This host: what it offers a lab and lacks, for `doctor` and for reports. Law: what `doctor` asks changes nothing."""

import os
import platform

from lab.model.outcome import HostFacts
from lab.model.plan import Circuits
from lab.model.status import Finding
from lab.runtime.host.findings import findings
from lab.runtime.host.kernel import Feature
from lab.runtime.host.prerequisites import TUN
from lab.runtime.host.sight import look, look_at_kernel
from lab.runtime.netns.trial import may_try, try_out


def inspect_host() -> tuple[Finding, ...]:
    """Everything `doctor` knows to ask, in the order a person should read it; also without root and without Docker."""
    return findings(look())


def circuits_here() -> Circuits:
    """How virtual interfaces are kept apart on this kernel: by VLAN tags if it makes one when asked, which may load its module."""
    return Circuits.TAGS if may_try() and try_out(Feature.VLAN) is None else Circuits.CABLES


def host_facts() -> HostFacts:
    """Kernel, processors we may use, and the kernel's features by name: what a measured figure depends on."""
    features = tuple((sight.feature.value, sight.here is True) for sight in look_at_kernel())
    return HostFacts(kernel=platform.release(), cpus=len(os.sched_getaffinity(0)), capabilities=(("tun", TUN.exists()), *features))
