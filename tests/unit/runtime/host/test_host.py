"""How `doctor` judges a host: kernel features by lists and by trial, and all findings."""

from dataclasses import replace
from pathlib import Path

import pytest

from lab.model.impairment import Bandwidth, Impairment, Latency, RandomLoss, SizeLimit
from lab.model.status import Finding
from lab.runtime.host.findings import findings
from lab.runtime.host.kernel import (
    MODULES,
    NOT_TRIED,
    Feature,
    FeatureSight,
    Modules,
    feature_for,
    kernel_features,
    kernel_with,
    read_modules,
)
from lab.runtime.host.sight import EngineSight, HostSight, ImageSight
from tests.shipped import ROOT

RELEASE = "6.12.0-example"
EVERY_MODULE = frozenset(module for modules in MODULES.values() for module in modules)
GOOD = HostSight(
    euid=0,
    python="3.11.2",
    cpus=4,
    engine=EngineSight(program="/usr/sbin/dockerd", version="26.1.5", node=ImageSight(tag="failover-lab/node:1", what="frr 10.3")),
    install_refusal=None,
    debootstrap=True,
    tun=True,
    cgroup=True,
    features=tuple(FeatureSight(feature=feature, here=True, found="works when tried") for feature in Feature),
    memory_mib=8000,
    disk_mib=50000,
)


class Kernel:
    """A fake for trying a feature. Remembers what was tried."""

    def __init__(self, lacking: frozenset[Feature] = frozenset()) -> None:
        self.lacking = lacking
        self.tried: list[Feature] = []

    def __call__(self, feature: Feature) -> str | None:
        self.tried.append(feature)
        return "Operation not supported" if feature in self.lacking else None


def modules(here: frozenset[str] = frozenset(), loadable: frozenset[str] = frozenset(), *, listed: bool, takes: bool) -> Modules:
    return Modules(release=RELEASE, here=here, loadable=loadable, listed=listed, takes=takes)


def seen(sights: tuple[FeatureSight, ...]) -> dict[Feature, bool | None]:
    return {sight.feature: sight.here for sight in sights}


def named(name: str, sight: HostSight) -> Finding:
    return next(finding for finding in findings(sight) if finding.name == name)


def test_a_loadable_module_counts_as_present_and_is_not_loaded() -> None:
    kernel = Kernel()
    sights = tuple(kernel_features(modules(loadable=EVERY_MODULE, listed=True, takes=True), kernel))
    assert set(seen(sights).values()) == {True}
    assert kernel.tried == [Feature.NETNS, Feature.TCP_MD5], "only what lives in no module was tried"


def test_a_module_that_is_not_listed_is_missing_without_a_trial() -> None:
    kernel = Kernel()
    sights = tuple(kernel_features(modules(here=EVERY_MODULE - {"sch_netem"}, listed=True, takes=True), kernel))
    assert [sight for sight in sights if not sight.here] == [
        FeatureSight(feature=Feature.NETEM, here=False, found="module sch_netem: not part of this kernel")
    ]
    assert Feature.NETEM not in kernel.tried


def test_a_kernel_that_takes_no_modules_is_tried() -> None:
    kernel = Kernel(lacking=frozenset({Feature.IPSEC}))
    sights = tuple(kernel_features(modules(listed=False, takes=False), kernel))
    assert kernel.tried == list(Feature)
    assert seen(sights)[Feature.IPSEC] is False
    assert seen(sights)[Feature.VETH] is True


def test_a_kernel_without_a_list_is_not_tried_because_that_could_load_a_module() -> None:
    kernel = Kernel()
    sights = tuple(kernel_features(modules(here=frozenset({"veth"}), listed=False, takes=True), kernel))
    assert seen(sights)[Feature.VETH] is True
    assert seen(sights)[Feature.BRIDGE] is False
    assert Feature.BRIDGE not in kernel.tried


def test_without_root_nothing_is_tried_and_the_result_is_open() -> None:
    sights = seen(tuple(kernel_features(modules(here=frozenset({"veth"}), listed=False, takes=False), None)))
    assert sights[Feature.VETH] is True
    assert sights[Feature.NETNS] is None


def test_modules_are_read_from_the_kernels_own_lists(tmp_path: Path) -> None:
    folder = tmp_path / "lib/modules" / RELEASE
    folder.mkdir(parents=True)
    (tmp_path / "proc").mkdir()
    (tmp_path / "proc/modules").write_text("veth 45056 0 - Live 0x0000000000000000\n")
    (folder / "modules.builtin").write_text("kernel/net/bridge/bridge.ko\n")
    (folder / "modules.dep").write_text("kernel/net/8021q/8021q.ko.xz: kernel/net/802/garp.ko.xz\nkernel/net/xfrm/xfrm-user.ko:\n")
    found = read_modules(RELEASE, tmp_path)
    assert found == modules(here=frozenset({"veth", "bridge"}), loadable=frozenset({"8021q", "xfrm_user"}), listed=True, takes=True)


def test_a_good_host_lacks_nothing() -> None:
    assert [finding for finding in findings(GOOD) if not finding.ok] == []


def test_names_are_unique() -> None:
    names = [finding.name for finding in findings(GOOD)]
    assert len(names) == len(set(names))


def test_every_missing_thing_has_a_consequence_and_a_way_out() -> None:
    bare = HostSight(
        euid=1000,
        python="3.11.2",
        cpus=1,
        engine=EngineSight(program=None, labs=("hybrid-backup",)),
        install_refusal="only root can install it",
        debootstrap=False,
        tun=False,
        cgroup=False,
        features=tuple(FeatureSight(feature=feature, here=None, found=NOT_TRIED) for feature in Feature),
        memory_mib=100,
        disk_mib=100,
    )
    lacking = [finding for finding in findings(bare) if not finding.ok]
    assert len(lacking) == len(findings(bare)) - 3, "all but Python, the shipped files and the node image, which is built when needed"
    assert all(finding.found and finding.consequence and finding.way_out for finding in lacking)


@pytest.mark.parametrize(
    ("engine", "install_refusal", "ok", "words"),
    [
        (EngineSight(program="/usr/sbin/dockerd"), None, True, "lab-up starts it"),
        (EngineSight(program=None), None, True, "lab-up installs docker.io"),
        (EngineSight(program=None), "only root can install it", False, "a docker command is only a client"),
        (EngineSight(program=None, version="26.1", trouble="a rootless engine (stop it)"), None, False, "rootless"),
    ],
)
def test_docker_is_missing_only_if_lab_up_cannot_get_it(engine: EngineSight, install_refusal: str | None, ok: bool, words: str) -> None:
    finding = named("Docker", replace(GOOD, engine=engine, install_refusal=install_refusal))
    assert finding.ok is ok
    assert words in finding.found


def test_the_way_out_of_an_untried_feature_is_sudo_not_another_kernel() -> None:
    sight = replace(GOOD, features=(FeatureSight(feature=Feature.VRF, here=None, found=NOT_TRIED),))
    assert named("vrf", sight).way_out.startswith("sudo ./inv doctor;")


def test_what_works_without_a_lab_is_named_by_commands_there_are() -> None:
    consequence = next(finding for finding in findings(replace(GOOD, euid=1000)) if finding.name == "root").consequence
    commands = consequence.partition("; ")[2].removesuffix(" work without it").replace(" and ", ", ").split(", ")
    verbs = "".join(path.read_text() for path in (ROOT / "lab" / "door" / "verbs").glob("*.py"))
    assert [command for command in commands if f"def {command.replace('-', '_')}(" not in verbs] == []


@pytest.mark.parametrize(
    ("impairment", "feature"),
    [
        (RandomLoss(part=0.05), Feature.DROP),
        (SizeLimit(octets=1400), Feature.DROP),
        (Bandwidth(bits_per_second=1_000_000), Feature.TBF),
        (Latency(seconds=0.02), Feature.NETEM),
    ],
)
def test_every_impairment_knows_what_it_needs_of_the_kernel_and_which_kernel_has_it(impairment: Impairment, feature: Feature) -> None:
    assert feature_for(impairment) is feature
    assert MODULES[feature][0] in kernel_with(feature)
