"""Install what is missing with the distribution's own packages. Law: say so first; upgrade, remove and restart nothing else."""

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lab.errors import HostError
from lab.runtime.host.command import run

FORBID = "FAILOVER_LAB_NO_INSTALL"
_QUIET = {"DEBIAN_FRONTEND": "noninteractive", "NEEDRESTART_SUSPEND": "1"}
_OPTIONS = ("--yes", "--quiet", "--no-install-recommends", "--no-upgrade", "--no-remove", "--option=Dpkg::Options::=--force-confold")
_WAIT = "--option=DPkg::Lock::Timeout=300"
"""Seconds to wait for another apt: a fresh Ubuntu runs unattended upgrades, and two first runs may begin together."""

Run = Callable[[Sequence[str], str, Mapping[str, str]], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Installer:
    """Leave to install packages: `refusal` says why there is none, or is None."""

    refusal: str | None
    run: Run = run

    def install(self, packages: Sequence[str], purpose: str, say: Callable[[str], None]) -> None:
        """Install packages with apt-get; HostError if that is not allowed, not possible or fails."""
        names = " ".join(packages)
        if self.refusal is not None:
            raise HostError(f"this host: {names} missing, needed {purpose}; {self.refusal} (sudo apt-get install {names})")
        say(f"installing {names} with apt-get, {purpose} ({FORBID}=1 forbids it)")
        way_out = f"put it right, then: sudo apt-get install {names}"
        try:
            self.run(["apt-get", "update", "--quiet", _WAIT], way_out, _QUIET)
        except HostError as error:  # one broken source need not stand in the way of a package of another
            say(f"{error}; trying with the package lists at hand")
        self.run(["apt-get", "install", *_OPTIONS, _WAIT, *packages], way_out, _QUIET)


def installer() -> Installer:
    """What this process may install on this host."""
    return Installer(refusal=refusal(os.environ, os.geteuid(), shutil.which("apt-get")))


def refusal(environ: Mapping[str, str], euid: int, apt_get: str | None) -> str | None:
    """Why nothing can be installed, or None if it can."""
    if environ.get(FORBID):
        return f"{FORBID} forbids to install it"
    if apt_get is None:
        return "there is no apt-get here to install it with"
    if euid != 0:
        return "only root can install it"
    return None
