"""What a door for people needs around Invoke: errors as messages and exit codes, progress lines, files written where asked.

Heavy rooms are imported only when they are used, so that help and mistakes come at once.
"""

import functools
import inspect
import os
import re
import shutil
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from invoke.exceptions import ParseError
from invoke.program import Program

from lab.errors import InputError, LabError, Problem
from lab.interrupt import interrupt

if TYPE_CHECKING:  # no circle is hidden: rich alone would cost a tenth of a second at every start
    from rich.console import Console

    from lab.model.outcome import Report

_BROKEN, _WRONG, _UNTOLD, _INTERRUPTED = 1, 2, 3, 130
_WRITTEN = ("json", "junit", "file")
"""What a verb calls the files it writes."""
_FOLDER = "report"
"""What a verb calls the folder it writes."""

REPORT_HELP = {
    "json": "write the report to this file as JSON",
    "junit": "write the report to this file as JUnit XML",
    "report": "write it to this folder: a page (index.html), summary.md, report.json, junit.xml and the journal",
}
"""What verbs that end in a report say of its files."""

OPTIONS_HELP = {
    "timers": "tuned (the best a customer may configure) or default (what AWS and a bare router do)",
    "ipsec": "where ESP is done: userspace (every kernel) or kernel",
}
"""What verbs that deploy say of how."""

_Parameters = ParamSpec("_Parameters")
_Word = TypeVar("_Word", bound=Enum)


class Door(Program):
    """Invoke, with our words and the contract's exit code for what it does not understand, and help that shows what has no dashes."""

    def parse_tasks(self) -> None:
        """As Invoke's own."""
        try:
            super().parse_tasks()
        except (ParseError, ValueError) as error:
            words = plain_words(str(error), self.argv[1:])
            print(f"inv: {words} (./inv --list shows the commands, ./inv COMMAND --help one of them)", file=sys.stderr)
            sys.exit(_WRONG)

    def print_task_help(self, name: str) -> None:
        """What a command does, the words it needs, and its options."""
        context = self.parser.contexts[name]
        needed = {argument.name: argument.help or "" for argument in context.positional_args}
        options = [
            (flag, text) for flag, text in context.help_tuples() if not {f"--{word}=STRING" for word in needed} & set(flag.split(", "))
        ]
        usage = " ".join([f"Usage: ./inv {name}", *map(str.upper, needed), *(["[options]"] if options else [])])
        print(f"{usage}\n\n{self.leading_indent}{inspect.getdoc(self.collection[name])}\n")
        if columns := [*((word.upper(), text) for word, text in needed.items()), *options]:
            self.print_columns(columns)


def plain_words(error: str, words: Sequence[str]) -> str:
    """What Invoke does not understand of the words of a command line, in words for whoever wrote them."""
    if lacking := re.fullmatch(r"Flag <Argument: (\S+?)_?(?: .*)?> needed value and was not given one!", error):
        return f"--{lacking[1]} needs a value behind it"
    if missing := re.fullmatch(r"'(.+)' did not receive required positional arguments: (.+)", error):
        needed = missing[2].replace("', '", " ").strip("'").upper()
        return f"{missing[1]} needs {needed} behind it"
    if unknown := re.fullmatch(r"No idea what '(.+)' is!", error):
        return _unknown(unknown[1], list(words))
    return error


def _unknown(word: str, words: list[str]) -> str:
    before = words[words.index(word) - 1] if word in words[1:] else ""
    if word.startswith("-"):
        return f"no option {word} here"
    if before.startswith("-") and words.count(before) > 1:
        return f"{before} is there more than once, expected once"
    return f"'{word}' is one word too many" if before else f"no command '{word}'"


def verb(function: Callable[_Parameters, int]) -> Callable[_Parameters, None]:
    """Run a task's function and exit with its code; an error of ours is its message, never a traceback. SIGTERM, SIGHUP: as Ctrl-C.

    A file that it is to write and cannot is refused before it begins.
    """

    @functools.wraps(function)
    def run(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> None:
        for ending in (signal.SIGTERM, signal.SIGHUP):  # asked to end, or the terminal is gone: end as on Ctrl-C
            signal.signal(ending, interrupt)
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else somebody wants it ignored
            signal.signal(signal.SIGINT, interrupt)
        try:
            require_writable({name: kwargs[name] for name in _WRITTEN if isinstance(kwargs.get(name), str)})
            require_folder(kwargs.get(_FOLDER))
            code = function(*args, **kwargs)
        except LabError as error:
            print(error, file=sys.stderr)
            code = error.exit_code
        except KeyboardInterrupt:
            print("interrupted (./inv lab-list shows what still runs, ./inv lab-down removes it)", file=sys.stderr)
            code = _INTERRUPTED
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read us has enough
            code = 0
        sys.exit(code)

    return run


def say(line: str) -> None:
    """A line of progress; results go to standard output, this does not."""
    print(f"· {line}", file=sys.stderr, flush=True)


def console(json: str | None = None) -> "Console":
    """Where a verb shows what it found: standard output, unless JSON goes there."""
    from lab.views.console import console_on

    return console_on(sys.stderr if json == "-" else sys.stdout)


def write(path: str | None, text: str) -> None:
    """Write text to a file, to standard output for `-`, nowhere for None. InputError when it cannot be written."""
    if path == "-":
        sys.stdout.write(text.rstrip("\n") + "\n")
    elif path:
        try:
            Path(path).write_text(text, encoding="utf-8")
        except OSError as error:
            raise InputError([Problem(place=path, message=f"cannot be written ({error.strerror})")]) from error


def require_writable(files: Mapping[str, object]) -> None:
    """InputError with every file (a path by its option's name) that cannot be written; none is made or changed by looking."""
    reasons = {option: _unwritable(str(path)) for option, path in files.items()}
    problems = [Problem(place=str(files[option]) or f"--{option}", message=reason) for option, reason in reasons.items() if reason]
    if problems:
        raise InputError(problems)


def require_folder(path: object) -> None:
    """InputError when a folder (None: none is wanted) can neither be made nor written to; it is not made by looking."""
    if isinstance(path, str) and (reason := _unwritable_folder(path)):
        raise InputError([Problem(place=path or f"--{_FOLDER}", message=reason)])


def write_folder(path: str, report: "Report") -> None:
    """Write a report as a folder, the run's journal with it. InputError when that cannot be done."""
    from lab.views.report_folder import JOURNAL, report_folder

    folder = Path(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for document in report_folder(report):
            (folder / document.name).write_text(document.text, encoding="utf-8")
        with suppress(shutil.SameFileError):  # a run's own folder may be its report's
            shutil.copyfile(report.journal, folder / JOURNAL)
    except OSError as error:
        raise InputError([Problem(place=path, message=f"cannot be written ({error.strerror})")]) from error


def finish(report: "Report", json: str | None, junit: str | None, folder: str | None = None) -> int:
    """Write and sum up a report; its exit code: what we could not tell outweighs what was broken, and both a file that was not written."""
    from lab.model.outcome import Status
    from lab.views.report_json import report_json
    from lab.views.report_junit import report_junit
    from lab.views.report_text import print_summary

    written, unwritten = [], []
    writings: list[tuple[str | None, Callable[[], None]]] = [
        (json, lambda: write(json, report_json(report))),
        (junit, lambda: write(junit, report_junit(report))),
    ]
    if folder:
        writings.append((f"{folder.rstrip('/')}/index.html", lambda: write_folder(folder, report)))
    for path, writing in writings:
        try:
            writing()
            written.append(path)
        except InputError as error:
            unwritten.append(str(error))
    print_summary(console(json), report, [path for path in written if path])
    for problem in unwritten:
        print(problem, file=sys.stderr)
    code = _UNTOLD if report.count(Status.ERROR) or not report.verdicts else _BROKEN if report.count(Status.FAIL) else 0
    return code or (_WRONG if unwritten else 0)


def choice(word: str, option: str, kind: type[_Word]) -> _Word:
    """The member of an Enum that a word of the command line names. InputError lists those there are."""
    known = {str(each.value): each for each in kind}
    if word not in known:
        raise InputError([Problem(place=option, message=f"'{word}' is none (known: {', '.join(known)})")])
    return known[word]


def number(word: str | None, option: str) -> int | None:
    """The number a word of the command line stands for, 1 or more; None where nothing was said. InputError when it is none."""
    if word is None:
        return None
    if not word.isascii() or not word.isdigit() or int(word) < 1:
        raise InputError([Problem(place=option, message=f"'{word}' is none (a whole number was expected, 1 or more)")])
    return int(word)


def after_dashes() -> list[str]:
    """What follows `--` as it was typed: Invoke itself would join it and lose the quotes."""
    return sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []


def _unwritable(path: str) -> str | None:
    """Why a path cannot be written, None if it can. A pipe or a device is left alone: opening one tells whoever reads it of an end."""
    if path == "-" or (Path(path).exists() and not Path(path).is_file() and not Path(path).is_dir()):
        return None
    if not path:
        return "names no file (give a path, or - for standard output)"
    was_there = Path(path).exists()
    try:
        Path(path).open("ab").close()
    except OSError as error:
        return f"cannot be written ({error.strerror})"
    if not was_there:
        Path(path).unlink()
    return None


def _unwritable_folder(path: str) -> str | None:
    """Why a report's folder cannot be made or written to, None if it can."""
    from lab.views.report_folder import NAMES

    if not path:
        return "names no folder (give a path)"
    folder = Path(path)
    there = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    if not there.is_dir():
        return "is no folder" if there == folder else f"cannot be made ({there} is no folder)"
    if not os.access(there, os.W_OK | os.X_OK):
        return f"cannot be {'written' if there == folder else 'made'} (no leave to write in {there})"
    return next((f"{name} there {reason}" for name in NAMES if there == folder and (reason := _unwritable(str(folder / name)))), None)
