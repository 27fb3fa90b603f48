"""Install missing packages with apt. Law: tell the user first. Do not upgrade, remove or restart anything else."""

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lab.errors import HostError
from lab.model.progress import Preparing, Say
from lab.runtime.host.command import run
from lab.runtime.host.turn import LOCKS, one_at_a_time

FORBID = "FAILOVER_LAB_NO_INSTALL"
_QUIET = {"DEBIAN_FRONTEND": "noninteractive", "NEEDRESTART_SUSPEND": "1"}
_OPTIONS = ("--yes", "--quiet", "--no-install-recommends", "--no-upgrade", "--no-remove", "--option=Dpkg::Options::=--force-confold")
_WAIT = "--option=DPkg::Lock::Timeout=300"
"""The option to wait 300 s for another apt: a fresh Ubuntu runs unattended upgrades. It does not cover apt-get update, so that two
commands of ours wait for each other by a lock."""

Run = Callable[[Sequence[str], str, Mapping[str, str]], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Installer:
    """Installs packages. `refusal`: why it may not do so, None if it may."""

    refusal: str | None
    run: Run = run
    locks: Path = LOCKS

    def install(self, packages: Sequence[str], purpose: str, say: Say) -> None:
        """Install packages with apt-get. Raises HostError if that is not allowed or fails."""
        names = " ".join(packages)
        if self.refusal is not None:
            raise HostError(
                f"{names} is not installed on this host, but is needed {purpose}; {self.refusal} (try: sudo apt-get install {names})"
            )
        say(f"installing {names} with apt-get, {purpose} ({FORBID}=1 forbids it)")
        with one_at_a_time("packages", self.locks):
            self._install(packages, say)

    def _install(self, packages: Sequence[str], say: Say) -> None:
        names = " ".join(packages)
        way_out = f"fix that, then: sudo apt-get install {names}"
        try:
            say(Preparing(what="packages: step", done=0, of=2, words="apt-get update"))
            self.run(["apt-get", "update", "--quiet", _WAIT], way_out, _QUIET)
        except HostError as error:  # an unreachable source must not stop a package from another source
            say(f"{error}; trying with the present package lists")
        say(Preparing(what="packages: step", done=1, of=2, words=f"apt-get install {names}"))
        self.run(["apt-get", "install", *_OPTIONS, _WAIT, *packages], way_out, _QUIET)


def installer() -> Installer:
    """The installer of this process."""
    return Installer(refusal=refusal(os.environ, os.geteuid(), shutil.which("apt-get")))


def refusal(environ: Mapping[str, str], euid: int, apt_get: str | None) -> str | None:
    """Why we cannot install packages. None if we can."""
    if environ.get(FORBID):
        return f"{FORBID} forbids installing it"
    if apt_get is None:
        return "this host has no apt-get"
    if euid != 0:
        return "only root can install it"
    return None
