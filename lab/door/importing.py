"""The words of `import-aws`, and the mistakes in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lab.door.files import require_new, write_new
from lab.errors import InputError, Problem

if TYPE_CHECKING:  # imported late, because it loads slowly. No circular import is hidden.
    from lab.api.import_aws import Order
    from lab.model.imported import ImportDone


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the user gave. None or (): nothing."""

    files: tuple[str, ...]
    sites: str | None
    out: str | None
    check: str | None
    profile: str | None
    regions: tuple[str, ...]


def order_of(words: Words) -> "Order":
    """What the user asks for. Raises one InputError that lists every mistake."""
    from lab.api.import_aws import Order

    problems = list(_mistakes(words))
    if problems:
        raise InputError(problems)
    if words.out:
        require_new(words.out, "--out")
    return Order(
        files=tuple(map(Path, words.files)),
        sites=Path(words.sites or ""),
        check=Path(words.check) if words.check else None,
        profile=words.profile,
        regions=words.regions,
    )


def write_import(done: "ImportDone", out: str) -> tuple[str, ...]:
    """Write a topology, and its checks into `checks/NAME/` beside it. Return the paths of the checks.

    Raises InputError if a file exists already, and then nothing is written. With a topology on standard output, no check is written.
    """
    from lab.api.check_files import CHECKS

    folder = Path(out).parent / CHECKS / done.name
    checks = {str(folder / f"{each.name}.yaml"): each.text for each in done.checks} if out != "-" else {}
    problems = [Problem(place=path, message=_THERE) for path in checks if Path(path).exists()]
    if problems:
        raise InputError(problems)
    write_new(out, done.text)
    if checks:
        folder.mkdir(parents=True, exist_ok=True)
    for path, text in checks.items():
        write_new(path, text)
    return tuple(checks)


_THERE = "this check exists already, and import-aws never overwrites one (rename it, or leave the experiment out of the files)"


def _mistakes(words: Words) -> Iterator[Problem]:
    if not words.files and not words.profile:
        yield Problem(place="import-aws", message="the files are missing (give JSON files of the AWS CLI, a folder of them, or --profile)")
    if words.files and words.profile:
        yield Problem(place="--profile", message="files are given, too (give either files or --profile)")
    if words.regions and not words.profile:
        yield Problem(place="--region", message="this option works only with --profile (leave it out: files say their Region)")
    if not words.sites:
        yield Problem(place="--sites", message="your sites file is missing (give a path; if there is no such file, a draft is written)")
    if not words.out and not words.check:
        yield Problem(place="--out", message="the path for the topology is missing (give --out FILE, or --check FILE)")
    if words.out and words.check:
        yield Problem(place="--check", message="--out is given, too (give either --out or --check)")
