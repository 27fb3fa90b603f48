"""The catalogue of faults: what may be broken, for people at a prompt and as the page in docs."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from lab.api.check_files import yaml_files
from lab.api.files import ROOT, all_topologies, checks_folder, read_plan
from lab.faults import descriptions, notices
from lab.intent import EXAMPLES, NEEDED, PARAMETERS, TARGETS, read_check
from lab.model.catalogue import FaultKind, Parameter
from lab.model.fault import FAMILIES
from lab.model.plan import Ipsec, Timers
from lab.views.faults.markdown import faults_markdown

_RARE = ROOT / "docs" / "checks"
"""Checks of faults that few kernels can do: beside the page, and not where `lab-test` finds them by itself."""

_NOBODY: Mapping[str, Sequence[str]] = {}


def fault_kinds(used: Mapping[str, Sequence[str]] = _NOBODY) -> tuple[FaultKind, ...]:
    """Every kind of fault there is, family by family; `used` has the paths of the checks that use a kind."""
    said, noticed = descriptions(), notices()
    return tuple(
        FaultKind(
            name=name,
            family=family,
            description=said[name],
            noticed=noticed[name],
            targets=TARGETS[name],
            parameters=tuple(Parameter(name=each, example=EXAMPLES[each], needed=each in NEEDED[name]) for each in PARAMETERS[name]),
            checks=tuple(used.get(name, ())),
        )
        for family, kinds in FAMILIES.items()
        for name in kinds
    )


def faults_page() -> str:
    """The page docs/faults.md, made anew from the code and the checks that come with the project."""
    used: dict[str, list[str]] = {}
    for topology in all_topologies():
        deployable = read_plan(topology, Timers.TUNED, Ipsec.USERSPACE)
        for path in sorted([*yaml_files(checks_folder(deployable)), *yaml_files(_RARE / topology)]):
            for kind in dict.fromkeys(step.kind for step in read_check(path, deployable.plan, Timers.TUNED).steps):
                used.setdefault(kind, []).append(str(Path(path).relative_to(ROOT)))
    return faults_markdown(fault_kinds(used))
