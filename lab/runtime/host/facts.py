"""Facts about this host, for `doctor` and reports. Law: `doctor` changes nothing."""

import os
import platform

from lab.model.plan import Circuits
from lab.model.run import HostFacts
from lab.model.status import Finding
from lab.runtime.host.findings import findings
from lab.runtime.host.kernel import Feature
from lab.runtime.host.prerequisites import TUN
from lab.runtime.host.sight import look, look_at_kernel
from lab.runtime.netns.trial import may_try, try_out


def inspect_host() -> tuple[Finding, ...]:
    """All findings of `doctor`, in the order in which they are shown. Works without root and without Docker."""
    return findings(look())


def circuits_here() -> Circuits:
    """How this kernel separates virtual interfaces: by VLAN tags if it can. This may load the kernel's VLAN module."""
    return Circuits.TAGS if may_try() and try_out(Feature.VLAN) is None else Circuits.CABLES


def host_facts() -> HostFacts:
    """What figures depend on: the kernel, its features, and the number of processors that we may use."""
    features = tuple((sight.feature.value, sight.here is True) for sight in look_at_kernel())
    return HostFacts(kernel=platform.release(), cpus=len(os.sched_getaffinity(0)), capabilities=(("tun", TUN.exists()), *features))
