"""This host's facts, for `doctor` and for reports. Law: what `doctor` asks changes nothing."""

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
    """All findings of `doctor`, in reading order. Works without root and without Docker."""
    return findings(look())


def circuits_here() -> Circuits:
    """How this kernel keeps virtual interfaces apart: by VLAN tags if it can. Trying may load the kernel's VLAN module."""
    return Circuits.TAGS if may_try() and try_out(Feature.VLAN) is None else Circuits.CABLES


def host_facts() -> HostFacts:
    """What measured figures depend on: the kernel, its features, and the number of processors we may use."""
    features = tuple((sight.feature.value, sight.here is True) for sight in look_at_kernel())
    return HostFacts(kernel=platform.release(), cpus=len(os.sched_getaffinity(0)), capabilities=(("tun", TUN.exists()), *features))
