"""The page docs/audit.md: what each code of a finding means, with an example."""

from collections.abc import Iterator, Mapping, Sequence

from lab.model.audit import Code

_FAMILIES: Mapping[str, str] = {
    "0": "the file itself",
    "1": "single points of failure",
    "2": "redundancy that is only apparent",
    "3": "AS numbers",
    "4": "paths and preference",
    "5": "detection",
    "6": "limits and capacity",
}


def codes_markdown(codes: Sequence[Code], examples: Mapping[str, str]) -> str:
    """A section for each family of codes, with an entry for each code.

    `examples`: for each code, what the command `audit` prints for an example file.
    """
    return "\n".join(_lines(codes, examples)) + "\n"


def misconfigurations_markdown(codes: Sequence[Code], known: Mapping[int, str], reasons: Mapping[int, str]) -> str:
    """A table of known misconfigurations. For each: the codes that find it, or the reason why a design does not show it."""
    rows = ["| | what defeats redundancy | found by |", "|---|---|---|"]
    for number, words in known.items():
        finders = [f"[{code.code}](#{_anchor(code)})" for code in codes if number in code.section_8]
        rows.append(f"| {number} | {words} | {', '.join(finders) or reasons[number]} |")
    return "\n".join(rows) + "\n"


def _anchor(code: Code) -> str:
    """The anchor of a code's entry. GitHub makes the same anchor from the heading."""
    return "".join(letter for letter in f"{code.code} {code.title}".lower() if letter.isalnum() or letter in " -").replace(" ", "-")


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
