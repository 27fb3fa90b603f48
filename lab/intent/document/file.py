"""A YAML file as plain data, with the line of every value. Law: any file gives data or InputError."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from lab.errors import InputError, Problem
from lab.intent.document.finding import Finding, Where
from lab.intent.document.plain import PlainReader, TooMuchError
from lab.intent.document.syntax import in_plain_words
from lab.intent.document.tree import trees
from lab.intent.document.wording import shown
from lab.spelling import near

_MAX_BYTES = 256 * 1024
"""Much larger than any topology that a laptop can run. Larger files would make the parser slow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The content of a YAML file: mappings, lists, text, numbers, true, false and None. The root is a mapping.

    `lines` has the line of every value, by its place. `findings` are mistakes that did not stop the reading. `text` is the whole file.
    """

    path: Path
    data: dict[str, object]
    lines: Mapping[Where, int]
    findings: tuple[Finding, ...]
    text: str = ""

    def line(self, where: Where) -> int:
        """The line of the value at a place. If there is no such value: the line of the mapping or list that it would be in."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)

    def refuse(self, findings: Iterable[Finding]) -> None:
        """Raise one InputError that lists these mistakes and those of the document, sorted by line. Do nothing if there are none."""
        every = dict.fromkeys([*self.findings, *findings])
        located = sorted(((finding.line or self.line(finding.where), str(finding)) for finding in every), key=lambda pair: pair[0])
        if located:
            raise InputError([Problem(place=f"{self.path}:{line}", message=message) for line, message in located])


def read_document(path: Path) -> Document:
    """The YAML document in a file.

    Raises InputError if the file cannot be read, has not exactly one document, or its root is no mapping.
    """
    return document_of(text_of(path), path)


def document_of(text: str, path: Path) -> Document:
    """The YAML document in a text. `path`: the file that messages name. Raises InputError as `read_document` does."""
    reader = PlainReader()
    try:
        roots = trees(text)
        data = reader.read(roots[0]) if len(roots) == 1 else None
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(path, text, error) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _refusal(path, line, f"character U+{ord(text[error.position]):04X} is not allowed in YAML (is this a binary file?)") from None
    except (TooMuchError, RecursionError) as error:
        line = error.line if isinstance(error, TooMuchError) else 1
        reason = (
            str(error)
            if isinstance(error, TooMuchError)
            else "the values are nested too deeply (a topology or check needs fewer than ten levels)"
        )
        raise _refusal(path, line, reason) from None
    return Document(path=path, data=_only_mapping(path, roots, data), lines=reader.lines, findings=tuple(reader.findings), text=text)


def _only_mapping(path: Path, roots: list[yaml.Node], data: object) -> dict[str, object]:
    if len(roots) > 1:
        line = roots[1].start_mark.line + 1
        raise _refusal(path, line, "a second YAML document starts here; a file holds one (remove '---', or split the file)")
    if data is None:
        raise _refusal(path, 1, "the file is empty (see the examples in topologies/ and checks/)")
    if not isinstance(data, dict):
        raise _refusal(path, 1, f"expected a mapping (key: value), found {shown(data)} (for instance 'summary: ...')")
    return data


def text_of(path: Path) -> str:
    """The text of a small file. Raises InputError if it cannot be read, is too large, or is not UTF-8."""
    raw = _bytes(path)
    if len(raw) > _MAX_BYTES:
        raise _useless(path, f"this file is larger than {_MAX_BYTES // 1024} KiB, the limit (is this a topology or a check?)")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _refusal(path, line, "this file is not UTF-8 text (save the file as UTF-8; is it a YAML file at all?)") from None


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise _useless(path, "this is a directory, expected a YAML file (name a file in the directory)")
        if path.is_symlink() and not path.exists():
            raise _useless(path, f"this is a link to {path.readlink()}, which does not exist (fix the link)")
        if not path.exists():
            raise _useless(path, f"there is no such file{_sibling(path)}")
        if not path.is_file():
            raise _useless(path, "this is not a regular file, expected a YAML file (save the text to a file first)")
        with path.open("rb") as file:
            return file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise _useless(path, f"this file cannot be read: {error.strerror} (check its owner and mode)") from None


def _sibling(path: Path) -> str:
    names = [entry.name for entry in path.parent.glob("*.y*ml")] if path.parent.is_dir() else []
    meant = near(path.name, names)
    return f" (did you mean '{path.parent / meant}'?)" if meant else " (give the path of a YAML file)"


def _syntax_error(path: Path, text: str, error: yaml.MarkedYAMLError) -> InputError:
    mark = error.problem_mark or error.context_mark
    number = mark.line + 1 if mark else 1
    lines = text.splitlines()[:number]
    for at, line in enumerate(lines, start=1):
        if "\t" in line[: len(line) - len(line.lstrip())]:
            return _refusal(path, at, "the indentation has a tab, which YAML does not allow (use spaces)")
    column = f" at column {mark.column + 1}" if mark else ""
    return _refusal(path, number, f"not valid YAML{column}: {in_plain_words(error)}")


def _refusal(path: Path, line: int, message: str) -> InputError:
    return InputError([Problem(place=f"{path}:{line}", message=message)])


def _useless(path: Path, message: str) -> InputError:
    return InputError([Problem(place=str(path), message=message)])
