"""Comments for this tool in a YAML file: `# failover-lab: accept FL101 because …` accepts a finding of `audit`."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from lab.intent.document.finding import Finding
from lab.model.audit import Acceptance

MARK = "failover-lab:"
_FOR_US = re.compile(rf"#+\s*{MARK}\s*(.*?)\s*$")
_ACCEPT = re.compile(r"accept\s+([A-Za-z0-9]+(?:[\s,]+(?:and\s+)?[A-Za-z0-9]+)*?)(?:\s+because\b[\s:]*(.*))?", re.ASCII)
_CODE = re.compile(r"[A-Z]{2}\d{3}", re.ASCII)
_FORM = "write '# failover-lab: accept FL101 because …'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comments:
    """The findings that comments accept, and the mistakes in such comments."""

    acceptances: tuple[Acceptance, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_comments(text: str) -> Comments:
    """The comments for this tool in a valid YAML text. A `#` inside a value does not begin a comment."""
    if MARK not in text:
        return Comments()
    lines = text.splitlines()
    values = _Values(text)
    acceptances: list[Acceptance] = []
    findings: list[Finding] = []
    for number, line in enumerate(lines, start=1):
        found = next((each for each in _FOR_US.finditer(line) if not values.have(number, each.start())), None)
        if found is None:
            continue
        match = _ACCEPT.fullmatch(found[1])
        codes = [word for word in re.split(r"[\s,]+", match[1]) if word != "and"] if match else []
        wrong = _mistake(match, codes)
        if wrong:
            findings.append(Finding(where=(), message=wrong, line=number))
        elif match:
            covers = _covered(lines, number)
            acceptances.append(Acceptance(codes=tuple(codes), reason=match[2].rstrip(". "), line=number, covers=covers))
    return Comments(acceptances=tuple(acceptances), findings=tuple(findings))


def _mistake(match: re.Match[str] | None, codes: list[str]) -> str | None:
    if match is None:
        return f"this comment is for failover-lab, but it is not understood ({_FORM})"
    bad = next((code for code in codes if not _CODE.fullmatch(code)), None)
    if bad:
        return f"{bad!r} is no code of a finding ({_FORM})"
    return None if match[2] else f"this comment accepts {', '.join(codes)} without a reason ({_FORM})"


def _covered(lines: list[str], number: int) -> frozenset[int] | None:
    """The numbers of the lines that a comment is about. `number`: the line of the comment. The first rule that fits counts:

    - If the comment follows something in its line: that line.
    - If there is nothing before the comment in the file: the whole file (None).
    - Otherwise: the line of the comment, and the next line with content.
    """
    if not _is_bare(lines[number - 1]):
        return frozenset({number})
    if all(_is_bare(line) for line in lines[:number]):
        return None
    below = next((at for at, line in enumerate(lines[number:], start=number + 1) if not _is_bare(line)), number)
    return frozenset({number, below})


def _is_bare(line: str) -> bool:
    """Whether a line has no content: it is empty, a comment, or the beginning of the document."""
    return not line.strip() or line.lstrip().startswith("#") or line.rstrip() == "---"


class _Values:
    """The positions of the values in a YAML text."""

    def __init__(self, text: str) -> None:
        marks = [(token.start_mark, token.end_mark) for token in _scalars(text)]
        self._spans = sorted(((start.line + 1, start.column), (end.line + 1, end.column)) for start, end in marks)

    def have(self, line: int, column: int) -> bool:
        """Whether the character at this line and column belongs to a value."""
        at = bisect_right(self._spans, ((line, column), (1 << 30, 0))) - 1
        return at >= 0 and self._spans[at][1] > (line, column)


def _scalars(text: str) -> Iterator[yaml.ScalarToken]:
    return (token for token in yaml.scan(text, Loader=yaml.SafeLoader) if isinstance(token, yaml.ScalarToken))
