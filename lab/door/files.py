"""Files that the user named. Before a command begins, they are checked. When it ends, they are written."""

import os
import shutil
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from lab.errors import InputError, Problem

if TYPE_CHECKING:  # imported late, because it loads slowly. No circular import is hidden.
    from lab.model.outcome import Report

FOLDER = "report"
"""The option of verbs that names a folder to write."""


def write(path: str | None, text: str) -> None:
    """Write a text to a file, to standard output (`-`), or nowhere (None). Raises InputError if the file cannot be written."""
    if path == "-":
        sys.stdout.write(text.rstrip("\n") + "\n")
        sys.stdout.flush()
    elif path:
        try:
            Path(path).write_text(text, encoding="utf-8")
        except OSError as error:
            raise InputError([Problem(place=path, message=f"this file cannot be written ({error.strerror})")]) from error


def require_new(path: str, option: str) -> None:
    """Raise InputError if a file exists already, or cannot be made. A file of the user is never overwritten."""
    if not path:
        raise InputError([Problem(place=option, message="the path is empty (give a path, or - for standard output)")])
    if path != "-" and Path(path).exists():
        raise InputError([Problem(place=path, message=f"this file exists already, and {option} never overwrites one (give another path)")])
    if path != "-" and (reason := _unwritable(path)):
        raise InputError([Problem(place=path, message=reason)])


def write_new(path: str, text: str) -> None:
    """Write a text to a file that does not exist, whole or not at all. `-` is standard output. Raises InputError if it is not possible."""
    if path == "-":
        write(path, text)
        return
    part = Path(f"{path}.part")
    try:
        part.write_text(text, encoding="utf-8")
        os.link(part, path)
    except OSError as error:
        raise InputError([Problem(place=path, message=f"this file cannot be written ({error.strerror})")]) from error
    finally:
        part.unlink(missing_ok=True)


def require_writable(files: Mapping[str, object]) -> None:
    """Raise one InputError that lists every file that cannot be written. `files`: a path for each option. No file is made or changed.

    Two options may not name one file: the second document would follow the first one, or replace it.
    """
    problems: list[Problem] = []
    first: dict[str, str] = {}
    for option, path in ((_written(name), str(path)) for name, path in files.items()):
        if reason := _unwritable(path):
            problems.append(Problem(place=path or option, message=reason))
        elif (other := first.setdefault(_place(path, option), option)) != option:
            problems.append(Problem(place=option, message=f"'{path}' is also where {other} is written (give another file)"))
    if problems:
        raise InputError(problems)


def _place(path: str, option: str) -> str:
    """The same text for the same file. A pipe or a device, such as /dev/null, may be named twice."""
    if path == "-":
        return path
    return str(Path(path).resolve()) if Path(path).is_file() or not Path(path).exists() else option


def _written(option: str) -> str:
    """An option as the user writes it, from the name of its parameter."""
    return f"--{option.replace('_', '-')}"


def require_folder(path: object) -> None:
    """Raise InputError if the folder can neither be made nor written to. It is not made here. None: the user wants no folder."""
    if isinstance(path, str) and (reason := _unwritable_folder(path)):
        raise InputError([Problem(place=path or f"--{FOLDER}", message=reason)])


def write_folder(path: str, report: "Report") -> None:
    """Write a report and the journals of its runs into a folder. Raises InputError if that is not possible."""
    from lab.views.report.folder import report_folder
    from lab.views.report.words import journals

    folder = Path(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for document in report_folder(report):
            (folder / document.name).write_text(document.text, encoding="utf-8")
        for journal, name in journals(report):
            with suppress(shutil.SameFileError):  # a run's own folder may be the folder of its report
                shutil.copyfile(journal, folder / name)
    except OSError as error:
        raise InputError([Problem(place=path, message=f"this folder cannot be written ({error.strerror})")]) from error


def _unwritable(path: str) -> str | None:
    """Why a file cannot be written. None if it can. A pipe or a device is not opened to find out, because its reader would notice."""
    if path == "-" or (Path(path).exists() and not Path(path).is_file() and not Path(path).is_dir()):
        return None
    if not path:
        return "the path is empty (give a path, or - for standard output)"
    was_there = Path(path).exists()
    try:
        Path(path).open("ab").close()
    except OSError as error:
        return f"this file cannot be written ({error.strerror})"
    if not was_there:
        Path(path).unlink()
    return None


def _unwritable_folder(path: str) -> str | None:
    """Why the folder for a report cannot be made or written to. None if it can."""
    from lab.views.report.folder import NAMES

    if not path:
        return "the path is empty (give the path of a folder)"
    folder = Path(path)
    there = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    if not there.is_dir():
        return (
            "this is not a folder (give the path of a folder)"
            if there == folder
            else f"this folder cannot be made: {there} is not a folder"
        )
    if not os.access(there, os.W_OK | os.X_OK):
        return f"this folder cannot be {'written' if there == folder else 'made'}: you may not write in {there}"
    return next((f"{name} in it: {reason}" for name in NAMES if there == folder and (reason := _unwritable(str(folder / name)))), None)
