"""Read the files of Terraform, CloudFormation and the AWS CLI into one account. A file is recognized by what is in it.

Every mistake in every file is told at once.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lab.errors import InputError, Problem
from lab.importers import cloudformation, terraform
from lab.importers.account import Account, Connection, Lag, Thing, account_of
from lab.importers.declared import Circuit, Resource, things_of
from lab.importers.files import things_in
from lab.importers.foreign import NOT_AN_OBJECT, NOT_TEXT, WAY_OUT, Source, binary, foreign, is_template, not_json, source_of, unusable
from lab.importers.merging import merged
from lab.importers.printed import Printed
from lab.importers.reading import raw_of, reading
from lab.importers.record import Record
from lab.importers.regions import is_region, region_in

_PATTERNS = ("*.json", "*.template", "*.yaml", "*.yml")
_SHOW_AGAIN = "make the older file again, or leave one out"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

ParseYaml = Callable[[str, Path], dict[str, object]]
"""Parse the YAML text of a template. The path is for messages. Raises InputError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Document:
    """What a file has. `region`: the one that its path names, perhaps misspelt, "" if none."""

    path: Path
    source: Source
    data: dict[str, object]
    region: str


def read_code(paths: Sequence[Path], parse_yaml: ParseYaml) -> Account:
    """The account that files describe. A folder means its files *.json and *.template, and all templates in YAML.

    Raises one InputError that lists every problem of every file.
    """
    problems: list[Problem] = []
    files = [file for path in paths for file in _files(path, problems)]
    documents = [each for file in files if (each := _document(file, parse_yaml, problems))]
    found = [(str(each.path), thing) for each in documents if each.source is Source.AWS for thing in _printed(each, problems)]
    exported = dict(pair for each in documents for pair in _exports(each, _prefix(each, documents), problems))
    resources = [resource for each in documents for resource in _resources(each, _prefix(each, documents), exported, problems)]
    found += things_of(resources, [_circuit(thing) for _, thing in found if isinstance(thing, Connection | Lag)], problems, WAY_OUT)
    every = merged(found, _SHOW_AGAIN)
    problems += () if problems else every.problems
    if problems:
        raise InputError(sorted(dict.fromkeys(problems), key=lambda each: each.place))
    return account_of(every.things)


def _circuit(thing: Connection | Lag) -> Circuit:
    """A circuit that an AWS command printed. A virtual interface in Terraform may be on it."""
    return Circuit(id=thing.id, region=thing.region, location=thing.location, device=thing.device, hardware=thing.hardware)


def _files(path: Path, problems: list[Problem]) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(each for pattern in _PATTERNS for each in path.rglob(pattern) if _is_meant(each))
    if not files:
        message = "there is no *.json file and no template in this folder (give what `terraform show -json` prints, or a template)"
        problems.append(Problem(place=str(path), message=message))
    return files


def _is_meant(path: Path) -> bool:
    """Whether a file in a folder is meant. YAML may be anything, for instance a sites file."""
    try:
        return path.suffix not in {".yaml", ".yml"} or is_template(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return False


def _document(path: Path, parse_yaml: ParseYaml, problems: list[Problem]) -> _Document | None:
    """What a file has. None if it cannot be used, and then a problem says why."""
    with reading(path, problems, "files"):
        data = _data(path, parse_yaml)
        source = source_of(data)
        if wrong := unusable(data) if source else foreign(data):
            raise ValueError(wrong)
        if source:
            return _Document(path=path, source=source, data=data, region=region_in(path))
    return None


def _data(path: Path, parse_yaml: ParseYaml) -> dict[str, object]:
    """The object in a file. Raises ValueError, InputError or OSError."""
    raw = raw_of(path)
    if message := binary(raw):
        raise ValueError(message)
    try:
        text = raw.decode("utf-16" if raw.startswith(_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(NOT_TEXT) from None
    if not text.lstrip().startswith(("{", "[")) and is_template(text):
        return parse_yaml(text, path)
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError([Problem(place=f"{path}:{error.lineno}", message=not_json(text, error))]) from None
    if not isinstance(data, dict):
        raise ValueError(NOT_AN_OBJECT)
    return data


def _printed(document: _Document, problems: list[Problem]) -> Iterator[Thing]:
    """What an AWS command printed."""
    yield from things_in(Printed(file=str(document.path), region=document.region, data=document.data), problems)


def _exports(document: _Document, prefix: str, problems: list[Problem]) -> Iterator[tuple[str, Callable[[], object]]]:
    """What a template exports for the templates of other stacks."""
    if document.source is Source.TEMPLATE:
        yield from cloudformation.exports_of(_root(document, problems), _region(document), prefix)


def _root(document: _Document, problems: list[Problem]) -> Record:
    return Record(data=document.data, file=str(document.path), place="", problems=problems, way_out=WAY_OUT)


def _region(document: _Document) -> str:
    return document.region if is_region(document.region) else ""


def _resources(document: _Document, prefix: str, exported: cloudformation.Exported, problems: list[Problem]) -> Iterator[Resource]:
    root, region = _root(document, problems), _region(document)
    match document.source:
        case Source.TERRAFORM:
            yield from terraform.resources_of(root, region, prefix)
        case Source.TEMPLATE:
            yield from cloudformation.resources_of(root, region, prefix, exported)
        case Source.AWS:
            return


def _prefix(document: _Document, documents: Sequence[_Document]) -> str:
    """What stands before ids that AWS has not given, so that two files may have the same ones. "" if there is one file."""
    alone = sum(each.source is not Source.AWS for each in documents) < 2
    return "" if alone else f"{document.path.stem}/"
