"""The catalogue of all kinds of fault, for the terminal and for docs/reference/faults.md."""

from collections.abc import Mapping, Sequence

from lab.api.check_files import yaml_files
from lab.api.files import read_plan, shipped_topologies
from lab.faults import descriptions, notices
from lab.intent import EXAMPLES, NEEDED, PARAMETERS, TARGETS, read_check
from lab.model.catalogue import FaultKind, Parameter
from lab.model.fault import FAMILIES
from lab.model.plan import Ipsec, Timers
from lab.program import shipped
from lab.views.faults.markdown import faults_markdown

_CHECKS = ("checks", "docs/checks")
"""The folders of the checks in the catalogue. The second has checks for faults that few kernels support. `lab-test` does not read it."""

_NOBODY: Mapping[str, Sequence[str]] = {}


def fault_kinds(used: Mapping[str, Sequence[str]] = _NOBODY) -> tuple[FaultKind, ...]:
    """Every kind of fault, family by family. `used`: for each kind, the paths of the checks that use it."""
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
    """The text of docs/reference/faults.md. It is made from the code and the shipped checks."""
    used: dict[str, list[str]] = {}
    root = shipped()
    for topology in shipped_topologies():
        plan = read_plan(str(root / "topologies" / f"{topology}.yaml"), Timers.TUNED, Ipsec.USERSPACE).plan
        for path in sorted(path for folder in _CHECKS for path in yaml_files(root / folder / plan.name)):
            for kind in dict.fromkeys(step.kind for step in read_check(path, plan, Timers.TUNED).steps):
                used.setdefault(kind, []).append(str(path.relative_to(root)))
    return faults_markdown(fault_kinds(used))
