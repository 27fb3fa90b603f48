"""The codes of findings as the page docs/audit.md: what each means, and one example of it."""

from collections.abc import Iterator, Mapping, Sequence

from lab.model.audit import Code

_FAMILIES: Mapping[str, str] = {
    "0": "comments",
    "1": "single points of failure",
    "2": "redundancy that is only apparent",
    "3": "routing",
    "4": "detection",
    "5": "limits",
    "6": "resiliency levels",
}


def codes_markdown(codes: Sequence[Code], examples: Mapping[str, str]) -> str:
    """A section for each family, an entry for each code. `examples`: what the audit says of the code's example, and its file's name."""
    return "\n".join(_lines(codes, examples)) + "\n"


def _lines(codes: Sequence[Code], examples: Mapping[str, str]) -> Iterator[str]:
    for number, family in _FAMILIES.items():
        ours = [each for each in codes if each.code[2] == number]
        if ours:
            yield f"## FL{number}: {family}\n"
        for each in ours:
            yield from _entry(each, examples[each.code])


def _entry(code: Code, example: str) -> Iterator[str]:
    yield f"### {code.code}: {code.title}\n"
    yield f"{code.severity.value.capitalize()}. {code.symptom}\n"
    yield f"- Revealed by: {code.revealed_by}."
    yield f"- Remedy: {code.remedy}"
    yield f"- Example: [{code.code}.yaml](../tests/golden/audit/{code.code}.yaml)\n"
    yield "```"
    yield example
    yield "```\n"
