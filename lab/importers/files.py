"""Read the files of others into one account. Every mistake in every file is told at once."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from lab.errors import InputError, Problem
from lab.importers.account import Account, Thing, Unread, account_of
from lab.importers.aws_cli import READERS
from lab.importers.aws_cli.fis import is_template
from lab.importers.calls import NOT_READ
from lab.importers.merging import merged
from lab.importers.printed import Printed, Reader
from lab.importers.reading import is_cut, raw_of, reading
from lab.importers.record import Record
from lab.importers.regions import is_region, meant_region, region_in
from lab.spelling import listed, near

_PAGE = ("NextToken", "nextToken")
_OWNERS = ("TransitGatewayRouteTableId", "virtualInterfaceId", "directConnectGatewayId")
_BESIDE = frozenset({*_PAGE, *_OWNERS, "ResponseMetadata", "AdditionalRoutesAvailable"})
"""Keys beside a list that a command prints."""


def read_account(paths: Sequence[Path]) -> Account:
    """The account that JSON files describe. A folder means all its files *.json, and those in its folders.

    Raises one InputError that lists every problem of every file.
    """
    problems: list[Problem] = []
    files = [(file, path) for path in paths for file in _files(path, problems)]
    printed = [each for file, path in files if (each := _printed(file, problems, is_found=file != path))]
    return account_from(printed, problems)


def account_from(printed: Sequence[Printed], problems: Sequence[Problem] = ()) -> Account:
    """The account that these outputs of commands describe. `problems`: those of files that could not be read at all."""
    told = list(problems)
    found = [(each.file, thing) for each in printed for thing in things_in(each, told)]
    every = merged(found)
    told += () if told else every.problems
    if told:
        raise InputError(list(dict.fromkeys(told)))
    return account_of(every.things)


def _files(path: Path, problems: list[Problem]) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(path.rglob("*.json"))
    if not files:
        problems.append(Problem(place=str(path), message="there is no *.json file in this folder (give the folder that the script made)"))
    return files


def _printed(path: Path, problems: list[Problem], *, is_found: bool) -> Printed | None:
    """What a file has. None if it cannot be read, and then a problem says why. `is_found`: it was found in a folder."""
    with reading(path, problems, "JSON files"):
        data = _data(path)
        if not isinstance(data, dict) and is_found:
            data = {}
        if not isinstance(data, dict):
            raise ValueError("expected a JSON object, found something else (is this what an AWS command printed, unchanged?)")
        printed: dict[str, object] = {"experimentTemplate": data} if is_template(data) else data
        return Printed(file=str(path), region=region_in(path), data=printed, is_found=is_found)
    return None


def _data(path: Path) -> object:
    """The JSON in a file. Raises ValueError, InputError or OSError."""
    try:
        text = raw_of(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("this file is not UTF-8 text (save the output of the AWS command as UTF-8)") from None
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError([Problem(place=f"{path}:{error.lineno}", message=_not_json(text, error))]) from None


def _not_json(text: str, error: json.JSONDecodeError) -> str:
    if not text.strip():
        return "this file is empty (run the AWS command again; did it print an error?)"
    if is_cut(text, error):
        return "the JSON ends in the middle (the file is truncated; run the AWS command again)"
    return f"not valid JSON at column {error.colno} (run the AWS command with --output json)"


def things_in(printed: Printed, problems: list[Problem]) -> Iterator[Thing]:
    """Everything in the output of one command."""
    root = Record(data=printed.data, file=printed.file, place="", problems=problems)
    known = [key for key in printed.data if key in READERS]
    if cut := _cut(printed.data):
        problems.append(Problem(place=printed.file, message=cut))
    if not known and printed.is_found:
        yield Unread(id=Path(printed.file).name, why=f"import-aws does not need it. It has {_shown(printed)}")
    elif not known:
        problems.append(Problem(place=printed.file, message=_foreign(printed)))
    for key in known:
        reader = READERS[key]
        if reader.needs_region and printed.data[key] and not is_region(printed.region):
            problems.append(Problem(place=printed.file, message=_no_region(printed.region, reader)))
        about = root.text_or(reader.belongs_to) if reader.belongs_to else printed.region
        records = [root.record(key)] if reader.is_one else root.records(key)
        for record in records:
            yield from reader.read(record, about)
    if known:
        for key in sorted(printed.data.keys() - READERS.keys() - _BESIDE):
            yield Unread(id=f"{key} in {Path(printed.file).name}", why="import-aws does not know this part of the output")


def _cut(data: dict[str, object]) -> str:
    """What is wrong if this is only a part of the output. "" if it is whole."""
    if any(data.get(key) for key in _PAGE):
        way_out = "run the AWS command without --max-items and --no-paginate, or use the script: import-aws --script"
        return f"this is only one page of the output, and AWS has more ({way_out})"
    if data.get("AdditionalRoutesAvailable") is True:
        return "AWS has more routes than it gave (update the AWS CLI or boto3: new versions fetch all of them)"
    return ""


def _foreign(printed: Printed) -> str:
    meant = next((f"did you mean {near(key, READERS)}?; " for key in sorted(printed.data) if near(key, READERS)), "")
    known = f"{meant}known: {listed(key for key in READERS if key != NOT_READ)}"
    return f"expected the output of `aws ec2 describe-…` or `aws directconnect describe-…`, found {_shown(printed)} ({known})"


def _shown(printed: Printed) -> str:
    """The first keys of a JSON object, without their values."""
    keys = ", ".join(key[:40] for key in sorted(printed.data)[:3])
    return f"the keys {keys}" if keys else "no key"


def _no_region(found: str, reader: Reader) -> str:
    way_out = "name its folder after the Region, as in us-east-1/vpcs.json, or the file, as in us-east-1-vpcs.json"
    if found:
        return f"{found} in the path looks like a Region, but it is none ({meant_region(found)}{way_out})"
    return f"`{reader.command}` does not print its Region, and the path does not say it ({way_out})"


__all__ = ["account_from", "read_account", "things_in"]
