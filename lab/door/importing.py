"""The words of `import-aws` and `import-terraform`, the mistakes in them, and what the user is told at the end."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lab.door import complain
from lab.door.files import require_new, write, write_new
from lab.errors import InputError, Problem

if TYPE_CHECKING:  # imported late, because it loads slowly. No circular import is hidden.
    from lab.api.import_aws import Order
    from lab.model.imported import ImportDone


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the user gave. None or (): nothing. `command`: the name of the command."""

    command: str
    files: tuple[str, ...]
    sites: str | None
    out: str | None
    check: str | None
    profile: str | None = None
    regions: tuple[str, ...] = ()


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


def finished(done: "ImportDone", words: Words, json: str | None) -> int:
    """Write what an import gave, and tell the user what it did. Return the exit code. `json`: where the remarks are also written."""
    from lab.views.imports import drift_text, import_json, import_text, remarks_text

    if done.draft:
        write_new(str(words.sites), done.draft)
        complain(f"{words.sites} did not exist, so a draft was written. Answer the questions in it, and run the same command again.")
        return 0
    complain(remarks_text(done.remarks))
    if words.check:
        write(json, import_json(done))
        write("-" if json != "-" else None, drift_text(done, words.check))
        return 1 if done.drifted else 0
    checks = write_import(done, str(words.out))
    write(json, import_json(done))
    complain(import_text(done, str(words.out), checks))
    return 0


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


_WANTED = {
    "import-aws": "give JSON files of the AWS CLI, a folder of them, or --profile",
    "import-terraform": "give what `terraform show -json` prints, a CloudFormation template, or a folder of them",
}


def _mistakes(words: Words) -> Iterator[Problem]:
    if not words.files and not words.profile:
        yield Problem(place=words.command, message=f"the files are missing ({_WANTED[words.command]})")
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
