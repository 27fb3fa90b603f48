"""Compare a document with its pydantic model, and collect every mistake. Later rules use the parts without mistakes."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from lab.intent.document.fields import Written
from lab.intent.document.file import Document
from lab.intent.document.finding import Finding, Where
from lab.intent.document.misfit import in_words, place
from lab.intent.document.other_words import our_key
from lab.intent.document.outline import Schema, known_keys
from lab.spelling import near, way_out

_Entry = TypeVar("_Entry", bound=Written)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaped:
    """A document that was compared with its model. Misspelt keys are corrected. `findings`: the mistakes. `wrong`: their places."""

    document: Document
    findings: tuple[Finding, ...]
    wrong: frozenset[Where]

    def fits(self, where: Where) -> bool:
        """Whether there is no mistake at this place, below it, or in a mapping or list that contains it."""
        return not any(bad[: len(where)] == where or where[: len(bad)] == bad for bad in self.wrong)

    def at(self, where: Where) -> object:
        """The plain value at a place. None if there is no value."""
        return _at(self.document.data, where)

    def text(self, key: str) -> str:
        """The text of a key of the root. "" if it is missing or wrong."""
        value = self.at((key,))
        return value if isinstance(value, str) and self.fits((key,)) else ""

    def entries(self, section: Where, model: type[_Entry]) -> Iterator[tuple[Where, _Entry]]:
        """The entries of a mapping or list that have no mistakes, each with its place, in the order of the file."""
        for where in places_below(self.at(section), section):
            if self.fits(where):
                yield where, model.model_validate(self.at(where))


def shape(document: Document, model: type[Written]) -> Shaped:
    """Compare a document with its model.

    Every unknown key is a mistake. If it resembles a missing key, it is then read as that key. Else it is ignored.
    """
    errors = _errors(document, model)
    if not errors:
        return Shaped(document=document, findings=(), wrong=frozenset())
    schema = model.model_json_schema()  # slower than reading a file, so only if there are mistakes
    document = replace(document, data=copy.deepcopy(document.data))
    findings: list[Finding] = []
    while unknown := [place(error) for error in errors if error["type"] == "extra_forbidden"]:
        for where in unknown:
            document, finding = _without_unknown(document, schema, where)
            findings.append(finding)
        errors = _errors(document, model)
    findings.extend(Finding(where=_told_at(error), message=in_words(error, schema)) for error in errors)
    return Shaped(document=document, findings=tuple(findings), wrong=frozenset(place(error) for error in errors))


def places_below(section: object, where: Where) -> tuple[Where, ...]:
    """The places of all entries of a mapping or list. () for any other value."""
    match section:
        case dict():
            return tuple((*where, key) for key in section)
        case list():
            return tuple((*where, index) for index in range(len(section)))
        case _:
            return ()


def _errors(document: Document, model: type[Written]) -> list[ErrorDetails]:
    try:
        model.model_validate(document.data)
    except ValidationError as error:
        return error.errors(include_url=False)
    return []


def _told_at(error: ErrorDetails) -> Where:
    """The place at which an error is reported. For a missing key: the mapping that lacks it."""
    return place(error)[:-1] if error["type"] == "missing" else place(error)


def _without_unknown(document: Document, schema: Schema, where: Where) -> tuple[Document, Finding]:
    """The document without one unknown key. If the key resembles a missing key, it is renamed to that key. Otherwise it is removed."""
    around, key = where[:-1], str(where[-1])
    known = known_keys(schema, around)
    ours = our_key(key, known)
    finding = Finding(where=where, message=f"unknown key {way_out(key, known, ours)}", line=document.line(where))
    mapping = _at(document.data, around)
    if not isinstance(mapping, dict):
        return document, finding
    meant = None if ours else near(key, known)
    if meant is None or meant in mapping:
        del mapping[key]
        return document, finding
    entries = [(meant if name == key else name, value) for name, value in mapping.items()]
    mapping.clear()
    mapping.update(entries)
    moved = {(*around, meant, *at[len(where) :]): line for at, line in document.lines.items() if at[: len(where)] == where}
    return replace(document, lines={**document.lines, **moved}), finding


def _at(value: object, where: Where) -> object:
    for part in where:
        match value, part:
            case dict(), str():
                value = value.get(part)
            case list(), int() if part < len(value):
                value = value[part]
            case _:
                return None
    return value
