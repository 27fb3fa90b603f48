"""The page docs/reference/faults.md: what each kind of fault does, who notices it, how to write it, and checks that use it."""

import os.path
from collections.abc import Iterator, Sequence

from lab.model.catalogue import FaultKind, Parameter
from lab.program import COMMAND

_HEAD = f"""# Every way it breaks

A fault is a step of a check: `{{fault: KIND, target: NAME, at: 2s, for: 5s}}`. Its parameters stand beside `fault`.
By hand it is `{COMMAND} lab-break KIND NAME --for 5s --with PARAMETER=VALUE`. A parameter in **bold** is required.

Several faults may share one schedule. Each must be undone without the others. While `endpoint-replacement` gives notice (up to 5 s), no
other fault may begin or end.

Checks in `docs/checks` need more than most kernels have. `lab-test` does not look there. To use one, copy it to the folder of its topology:
for instance `docs/checks/redundant-dx/slow-circuit.yaml` to `checks/redundant-dx/`.

This page is made from the code: `{COMMAND} lab-faults --markdown > docs/reference/faults.md`.
"""
_SHOWN = 3
_PAGE = "docs/reference"


def faults_markdown(kinds: Sequence[FaultKind]) -> str:
    """The whole page. Links to checks are relative to the folder of the page."""
    return "\n".join(_lines(kinds)) + "\n"


def _lines(kinds: Sequence[FaultKind]) -> Iterator[str]:
    yield _HEAD.rstrip()
    for family in dict.fromkeys(kind.family for kind in kinds):
        yield f"\n## {family}\n"
        yield "| fault | what happens | who notices | target | parameters | checks |\n|---|---|---|---|---|---|"
        yield from (_row(kind) for kind in kinds if kind.family == family)


def _row(kind: FaultKind) -> str:
    parameters = ", ".join(map(_parameter, kind.parameters)) or "–"
    noticed = kind.noticed[:1].upper() + kind.noticed[1:]
    cells = (f"`{kind.name}`", kind.description, noticed, kind.targets, parameters, _checks(kind.checks))
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _parameter(parameter: Parameter) -> str:
    written = f"`{parameter.name}: {parameter.example}`"
    return f"**{written}**" if parameter.needed else written


def _checks(paths: Sequence[str]) -> str:
    links = [f"[{_name(path)}]({os.path.relpath(path, _PAGE)})" for path in paths[:_SHOWN]]
    more = len(paths) - _SHOWN
    return ", ".join(links) + (f" and {more} more" if more > 0 else "")


def _name(path: str) -> str:
    """The name of a check from its path, for instance `redundant-dx/circuit-cut`."""
    return "/".join(path.removesuffix(".yaml").split("/")[-2:])
