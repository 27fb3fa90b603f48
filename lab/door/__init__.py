"""DOOR: the command line. It uses Invoke. It turns errors into messages and exit codes, shows progress, and writes results to files.

Slow modules are imported only when they are used, so that help and error messages appear at once.
"""

import functools
import os
import shlex
import shutil
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec

from lab.door.files import FOLDER, require_folder, require_writable, write, write_folder
from lab.errors import InputError, LabError, Problem
from lab.interrupt import interrupt
from lab.program import COMMAND
from lab.views.plain_text import plain
from lab.views.problem_lines import error_text

if TYPE_CHECKING:  # imported late, because it loads slowly. No circular import is hidden.
    from rich.console import Console

    from lab.model.outcome import Report

_BROKEN, _WRONG, _UNTOLD, _INTERRUPTED = 1, 2, 3, 130
_WRITTEN = ("json", "junit", "file", "sarif", "save_baseline", "out")
"""The options of verbs that name a file to write."""
_EXPORT = "export"
"""The verb whose `--out` names a folder. It looks itself whether it can be written."""

_Parameters = ParamSpec("_Parameters")


def verb(function: Callable[_Parameters, int]) -> Callable[_Parameters, None]:
    """Make a function a command of the command line. It runs, and the process exits with the exit code that it returns.

    - An error of ours becomes a message, never a traceback.
    - After a success, the next command of the command line runs.
    - If an output file cannot be written, the function does not run.
    - With `-R` (a dry run), only a text says what would run.
    - SIGTERM and SIGHUP end the command like Ctrl-C.
    """

    @functools.wraps(function)
    def run(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> None:
        from invoke.context import Context

        if any(isinstance(each, Context) and each.config.run.dry for each in args):
            print(plain(_dry_words(function.__name__, kwargs)))
            return  # the next task of the command line is named, too
        for ending in (signal.SIGTERM, signal.SIGHUP):  # a request to end, or a closed terminal: end as on Ctrl-C
            signal.signal(ending, interrupt)
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # otherwise somebody wants Ctrl-C to be ignored
            signal.signal(signal.SIGINT, interrupt)
        try:
            require_writable({name: kwargs[name] for name in _written(function.__name__) if isinstance(kwargs.get(name), str)})
            require_folder(kwargs.get(FOLDER))
            code = function(*args, **kwargs)
        except LabError as error:
            complain(error_text(error))
            code = error.exit_code
        except KeyboardInterrupt as end:
            complain(str(end) or f"interrupted ({COMMAND} lab-list shows what still runs, {COMMAND} lab-down removes it)")
            code = _INTERRUPTED
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader of our output has stopped reading
            code = 0
        if code:
            sys.exit(code)

    return run


def _written(task: str) -> tuple[str, ...]:
    return tuple(name for name in _WRITTEN if (task, name) != (_EXPORT, "out"))


def _dry_words(task: str, options: Mapping[str, object]) -> str:
    """A command as text, with all its options, also those with default values."""
    words = [f"{name.strip('_').replace('_', '-')}={each}" for name, value in options.items() if value for each in _each(value)]
    after = after_dashes()
    return shlex.join(["would", "run", task.replace("_", "-"), *words, *(["--", *after] if after else [])])


def _each(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else ["yes" if value is True else value]


def say(line: str) -> None:
    """Show a line of progress on standard error. Results go to standard output."""
    complain(f"· {line}")


def complain(text: str) -> None:
    """Show a message on standard error. Control characters are removed from it, because parts may come from a file, a name or a node."""
    print(plain(text), file=sys.stderr, flush=True)


def columns() -> int | None:
    """The width of the terminal on standard output, in characters. None if standard output is not a terminal."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def piped(*files: str | None) -> str | None:
    """`-` if one of the files is standard output. Then the text of the command goes to standard error. Otherwise None."""
    return "-" if "-" in files else None


def console(json: str | None = None) -> "Console":
    """Where a command shows its results: standard output. If the JSON goes to standard output: standard error."""
    from lab.views.console import console_on

    return console_on(sys.stderr if json == "-" else sys.stdout)


def finish(report: "Report", json: str | None, junit: str | None, folder: str | None = None, save_baseline: str | None = None) -> int:
    """Write the report of a run to the given files, show its summary, and return the exit code.

    - 3: a check is an error
    - 1: a promise was broken, or something is worse than in the baseline
    - 2: a file could not be written
    - 0: none of these

    The first line that is true counts. A run with an error is not saved as a baseline. If promises were broken, a warning says that the
    figures of the saved baseline are doubtful.
    """
    from lab.model.outcome import Status
    from lab.views.baseline.as_json import baseline_json
    from lab.views.baseline.words import why_doubtful, why_not_saved
    from lab.views.report.as_json import report_json
    from lab.views.report.junit import report_junit
    from lab.views.report.text import print_summary

    unwritten: list[str] = []
    writings: list[tuple[str | None, Callable[[], None]]] = [
        (json, lambda: write(json, report_json(report))),
        (junit, lambda: write(junit, report_junit(report))),
    ]
    if folder:
        writings.append((f"{folder.rstrip('/')}/index.html", lambda: write_folder(folder, report)))
    if save_baseline and (reason := why_not_saved(report)):
        unwritten.append(f"{save_baseline}: {reason}")
    elif save_baseline:
        writings.append((save_baseline, lambda: write(save_baseline, baseline_json(report))))
    written, missed = _write_all(writings)
    unwritten += missed
    print_summary(console(piped(json, junit)), report, [path for path in written if path])
    for problem in unwritten:
        complain(problem)
    if save_baseline and save_baseline in written and (doubt := why_doubtful(report)):
        complain(f"{save_baseline}: {doubt}")
    untold = bool(report.count(Status.ERROR)) or not report.verdicts
    code = _UNTOLD if untold else _BROKEN if report.count(Status.FAIL) or report.is_worse else 0
    return code or (_WRONG if unwritten else 0)


def _write_all(writings: Sequence[tuple[str | None, Callable[[], None]]]) -> tuple[list[str | None], list[str]]:
    """Write files.

    If one cannot be written, the next ones are still written. Return the paths that were written, and why others were not.
    """
    from lab.views.console import silence

    written, unwritten = [], []
    for path, writing in writings:
        try:
            writing()
            written.append(path)
        except InputError as error:
            unwritten.append(str(error))
        except BrokenPipeError:
            silence(sys.stdout)  # the reader of our JSON has stopped reading; the verdict and the other files do not depend on it
    return written, unwritten


def earlier(baseline: str | None, save_baseline: str | None) -> Path | None:
    """The path of the baseline, None if the user named none. Raises InputError if the figures of this run would be written to the same
    file.

    This run may be worse than the baseline. If it replaced the baseline, a later run would not show that.
    """
    if baseline == "":
        raise InputError([Problem(place="--baseline", message="the path is empty (give the path of a file that --save-baseline wrote)")])
    if baseline and save_baseline and Path(baseline).resolve() == Path(save_baseline).resolve():
        message = f"{save_baseline} is the baseline itself (save to another file, look at the result, and then replace the baseline)"
        raise InputError([Problem(place="--save-baseline", message=message)])
    return Path(baseline) if baseline else None


def after_dashes() -> list[str]:
    """The words after `--`, as the user typed them. Invoke would join them and lose the quotes."""
    return sys.argv[sys.argv.index("--") + 1 :] if "--" in sys.argv else []
