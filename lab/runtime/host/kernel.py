"""Find out what this kernel can do for labs. Law: this changes nothing. So a feature is tried only if that loads no kernel module."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import assert_never

from lab.model.impairment import Bandwidth, Impairment, Latency, RandomLoss, SizeLimit


class Feature(Enum):
    """A kernel feature that some labs need. The value is the name of the feature in reports."""

    NETNS = "netns"
    VETH = "veth"
    BRIDGE = "bridge"
    DROP = "nftables-ingress"
    TCP_MD5 = "tcp-md5"
    TBF = "tbf"
    NETEM = "netem"
    IPSEC = "xfrm-interface"
    VLAN = "802.1q"
    VRF = "vrf"
    STATE = "conntrack"
    NAT = "nat"


MODULES = {
    Feature.NETNS: (),
    Feature.VETH: ("veth",),
    Feature.BRIDGE: ("bridge",),
    Feature.DROP: ("nf_tables",),
    Feature.TCP_MD5: (),
    Feature.TBF: ("sch_tbf",),
    Feature.NETEM: ("sch_netem",),
    Feature.IPSEC: ("xfrm_user", "xfrm_interface", "esp4"),
    Feature.VLAN: ("8021q",),
    Feature.VRF: ("vrf",),
    Feature.STATE: ("nf_conntrack", "nf_conntrack_netlink", "nft_ct"),
    Feature.NAT: ("nf_conntrack", "nf_conntrack_netlink", "nft_chain_nat", "nft_masq"),
}
"""The kernel modules of each feature. () means that the feature is part of every kernel."""

NOT_TRIED = "not tried: only root with full rights may try it"


class Presence(Enum):
    """What is known about a kernel module without loading it."""

    HERE = "built in or loaded"
    LOADABLE = "installed, loaded when first used"
    ABSENT = "not part of this kernel"
    UNTOLD = "unknown: this kernel cannot load modules, and has no list of them"
    HIDDEN = "not loaded, and this kernel's list of modules is missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Modules:
    """The modules of the running kernel.

    - `here`: those that are loaded or built in. `loadable`: those that are installed, but not loaded.
    - `listed`: whether the files that list modules exist.
    - `takes`: whether the kernel can load modules.
    """

    release: str
    here: frozenset[str]
    loadable: frozenset[str]
    listed: bool
    takes: bool

    def presence(self, module: str) -> Presence:
        """Whether a module is loaded or can be loaded."""
        if module in self.here:
            return Presence.HERE
        if module in self.loadable:
            return Presence.LOADABLE
        if self.listed:
            return Presence.ABSENT
        return Presence.HIDDEN if self.takes else Presence.UNTOLD


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureSight:
    """Whether the kernel has a feature, and how we know that. `here` is None if it is not known, because we may not try the feature."""

    feature: Feature
    here: bool | None
    found: str


TryOut = Callable[[Feature], str | None]
"""A function that tries a feature in a temporary namespace. It returns the kernel's reason if that fails, else None."""


def feature_for(impairment: Impairment) -> Feature:
    """The kernel feature that an impairment needs."""
    match impairment:
        case RandomLoss() | SizeLimit():
            return Feature.DROP
        case Bandwidth():
            return Feature.TBF
        case Latency():
            return Feature.NETEM
        case _:
            assert_never(impairment)


def kernel_with(feature: Feature) -> str:
    """What to do if the kernel does not have the feature."""
    modules = " ".join(MODULES[feature]) or feature.value
    return f"a kernel with {modules} (Debian: linux-image-amd64; Ubuntu: linux-modules-extra-$(uname -r))"


def read_modules(release: str, root: Path = Path("/")) -> Modules:
    """The modules in /proc/modules and in depmod's lists (modules.builtin(5), modules.dep(5))."""
    loaded, folder = root / "proc/modules", root / "lib/modules" / release
    here = {line.partition(" ")[0] for line in _lines(loaded)} | {_module(line) for line in _lines(folder / "modules.builtin")}
    return Modules(
        release=release,
        here=frozenset(here),
        loadable=frozenset(_module(line.partition(":")[0]) for line in _lines(folder / "modules.dep")),
        listed=(folder / "modules.builtin").is_file(),
        takes=loaded.exists(),
    )


def kernel_features(modules: Modules, try_out: TryOut | None) -> Iterator[FeatureSight]:
    """For each feature, whether the kernel has it. `try_out`: a function that tries a feature, None if we may not try."""
    return (_sight(feature, modules, try_out) for feature in Feature)


def _sight(feature: Feature, modules: Modules, try_out: TryOut | None) -> FeatureSight:
    """Find out whether the kernel has a feature.

    First look for its module in the lists of modules. The feature is tried only if the lists do not tell, or if its module is loaded.
    """
    for presence in (Presence.ABSENT, Presence.HIDDEN, Presence.LOADABLE):
        names = ", ".join(module for module in MODULES[feature] if modules.presence(module) is presence)
        if names:
            return FeatureSight(feature=feature, here=presence is Presence.LOADABLE, found=f"module {names}: {presence.value}")
    if try_out is None:
        known = bool(MODULES[feature]) and all(modules.presence(module) is Presence.HERE for module in MODULES[feature])
        return FeatureSight(feature=feature, here=known or None, found="built in or loaded" if known else NOT_TRIED)
    reason = try_out(feature)
    return FeatureSight(feature=feature, here=reason is None, found=f"refused when tried: {reason}" if reason else "works when tried")


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.is_file() else []


def _module(path: str) -> str:
    """The name of a module from its path: kernel/net/8021q/8021q.ko.xz gives 8021q."""
    return Path(path).name.partition(".ko")[0].replace("-", "_")
