"""What an import gave, as text and as JSON."""

import json
import textwrap
from collections.abc import Iterator, Sequence

from lab.model.imported import ImportDone, Remark

_WRAPPED = textwrap.TextWrapper(width=100, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)


def remarks_text(remarks: Sequence[Remark]) -> str:
    """What AWS has and the topology has not, and what it has only in part."""
    lines: list[str] = []
    for title, is_left_out in (("not in the topology", True), ("in the topology only in part", False)):
        here = [each for each in remarks if each.is_left_out is is_left_out]
        lines += [f"{title} ({len(here)}):"] if here else []
        for each in here:
            lines += _WRAPPED.wrap(f"{each.id}: {each.what}: {each.why}")
    return "\n".join(lines) if lines else "everything in the account is in the topology"


def import_text(done: ImportDone, out: str, checks: Sequence[str]) -> str:
    """What is in the topology, in one line. Then a line for each check that was written beside it."""
    unwritten = [f"{each.name}: this check was not written (give --out a file)" for each in done.checks if not checks]
    return "\n".join([f"{out}: {', '.join(_counted(done))}", *(f"{path}: a check" for path in checks), *unwritten])


def drift_text(done: ImportDone, file: str) -> str:
    """Every difference between the account and a file, in AWS's words and in those of the file."""
    if not done.drifted:
        return f"{file}: the account is as this file says"
    lines = [line for each in done.drifted for line in (each.place, f"  AWS:  {each.aws}", f"  file: {each.file}")]
    count = len(done.drifted)
    return "\n".join([*lines, f"{count} difference{'s' if count > 1 else ''} between {file} and the account"])


def import_json(done: ImportDone) -> str:
    """The remarks, the counts and the differences as JSON."""
    remarks = [{"id": each.id, "what": each.what, "why": each.why, "left_out": each.is_left_out} for each in done.remarks]
    differences = [{"place": each.place, "aws": each.aws, "file": each.file} for each in done.drifted]
    return json.dumps({"counts": dict(done.counts), "remarks": remarks, "differences": differences}, indent=2, ensure_ascii=False)


def _counted(done: ImportDone) -> Iterator[str]:
    for noun, count in done.counts:
        if count:
            yield f"{count} {noun if count == 1 else f'{noun}s'}"
