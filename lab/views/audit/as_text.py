"""Findings as text, the most severe first.

A finding has: a headline with file and line, what users notice, what reveals it, and the remedy.
"""

import textwrap
from collections.abc import Iterator, Sequence

from lab.model.audit import Audit, Placed, Severity
from lab.views.audit.advice_text import advice_lines, availability_lines
from lab.views.counted import counted
from lab.views.plain_text import one_line

_PIPED = 80
"""Columns without a terminal."""
_DETAIL = 15
"""The column in which the text of a detail begins."""
_SHOWN = 12
"""At most this many pairs that share nothing are named."""
_DETAILS = ("  symptom ", "  revealed by ", "  remedy ")


def audits_text(audits: Sequence[Audit], width: int | None = None, *, verbose: bool = False) -> str:
    """A block for each topology: errors, warnings, notes, accepted findings, the resiliency level, and the advice.

    `verbose`: show all of the advice.
    """
    return "\n".join("".join(f"{part}\n" for line in _audit(each, verbose) for part in _parts(line, width or _PIPED)) for each in audits)


def _parts(line: str, width: int) -> list[str]:
    """One line, broken between words. The next lines of a detail begin below its text, not below its name."""
    indent = " " * (len(line) - len(line.lstrip()))
    further = " " * _DETAIL if line.startswith(_DETAILS) else f"{indent}    "
    wrapper = textwrap.TextWrapper(width, subsequent_indent=further, break_long_words=False, break_on_hyphens=False)
    return wrapper.wrap(line) or [""]


def _audit(audit: Audit, verbose: bool) -> Iterator[str]:
    yield f"{audit.topology}  {audit.timers.value} timers, budget {audit.budget_seconds:g} s: {_sum(audit)}"
    for severity in Severity:
        for each in audit.findings:
            if each.finding.severity is severity and each.accepted is None:
                yield from _finding(audit.file, each)
    accepted = [each for each in audit.findings if each.accepted is not None]
    if accepted:
        yield "accepted"
        for each in accepted:
            yield f"  {audit.file}:{each.line}: {each.finding.code} {one_line(each.finding.message)}"
            yield f"    because {one_line(each.accepted or '')}"
    yield from _diverse(audit)
    yield from _capacity(audit)
    yield from _level(audit)
    if audit.advised:
        yield from availability_lines(audit.availability or ())
        yield from advice_lines(audit.advised, verbose=verbose)


def _finding(file: str, each: Placed) -> Iterator[str]:
    finding = each.finding
    yield f"{file}:{each.line}: {finding.code} {finding.severity.value}: {one_line(finding.message)}"
    yield f"  symptom      {one_line(finding.symptom)}"
    yield f"  revealed by  {one_line(finding.revealed_by)}"
    yield f"  remedy       {one_line(finding.remedy)}"


def _diverse(audit: Audit) -> Iterator[str]:
    """Lines about pairs of connections, and what both connections share. Of the pairs that share nothing, only the first are named."""
    if audit.pairs:
        yield "what each two connections share"
    for each in audit.pairs:
        if each.shared:
            yield f"  {one_line(' + '.join(each.connections))}: {', '.join(f'{what} {one_line(name)}' for what, name in each.shared)}"
    nothing = [" + ".join(each.connections) for each in audit.pairs if not each.shared]
    if nothing:
        yield f"  nothing: {', '.join(map(one_line, nothing[:_SHOWN]))}{f' and {len(nothing) - _SHOWN} more' if nothing[_SHOWN:] else ''}"


def _capacity(audit: Audit) -> Iterator[str]:
    """Lines about what each flow can carry, and the failures after which it can carry less."""
    if audit.capacities:
        yield "capacity, as drawn and after a single failure"
    for each in audit.capacities:
        less: dict[int, list[str]] = {}
        for failed, bits in each.after:
            if bits is not None and bits < each.as_drawn:
                less.setdefault(bits, []).append(one_line(failed))
        left = (f"{_rate(bits)} without {' or '.join(names)}" for bits, names in sorted(less.items(), reverse=True))
        yield f"  {one_line(each.flow)}: {'; '.join([_rate(each.as_drawn), *left])}"


def _rate(bits: int) -> str:
    """A bit rate in words: `10 Gbit/s`, `500 Mbit/s`, `nothing`."""
    if not bits:
        return "nothing"
    return f"{bits / 1e9:.4g} Gbit/s" if bits >= 1e9 else f"{bits / 1e6:.4g} Mbit/s"


def _level(audit: Audit) -> Iterator[str]:
    level = audit.resiliency
    sla = f", SLA {level.sla}" if level.sla else ""
    limited = f" (as far as {one_line(level.limited_by)} goes)" if level.limited_by else ""
    yield f"AWS resiliency level of Direct Connect: {level.level}{sla}{limited}"
    yield from (f"  for the next level: {one_line(each)}" for each in level.missing)


def _sum(audit: Audit) -> str:
    open_findings = [each.finding.severity for each in audit.findings if each.accepted is None]
    counts = [counted(open_findings.count(severity), severity.value) for severity in Severity if severity in open_findings]
    accepted = len(audit.findings) - len(open_findings)
    told = ", ".join(counts) or "nothing found"
    return f"{told}{f', {accepted} accepted' if accepted else ''}"
